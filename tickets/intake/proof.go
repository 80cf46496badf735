package intake

import (
	"strings"

	"maildesk/parser/command"
)

// mayChange reports whether the mail proves enough of its sender to change anything.
func (w *work) mayChange(strict bool) bool { return w.k.mayChange(strict) }

// mayChange weighs the proofs that a mail brings. Strict commands need one by our own mail server besides, wherever that
// is configured.
func (k Known) mayChange(strict bool) bool {
	s := k.Sender
	switch {
	case s.Proof == proofFailed, strict && k.Trust.Server && !s.Server:
		return false
	case s.Proof == proofReleased:
		return true
	case k.Trust.Require == "both":
		return s.Server && s.Token
	case k.Trust.Require == "dmarc":
		return s.Proof == proofDMARC
	}
	return s.Server || s.Token
}

// mayRun reports whether the mail proves enough for a command: by itself, or by the button that is for this very command
// and proves as much as any token of the sender's.
func (w *work) mayRun(verb command.Verb, args string) bool {
	switch {
	case reads[verb.Key], w.mayChange(verb.Strict):
		return true
	case !w.pressed(verb, args):
		return answers[verb.Key] && w.mayAnswer()
	case answers[verb.Key] && w.roles.Has(command.Requester):
		return true
	}
	k := w.k
	k.Sender.Token = true
	return k.mayChange(verb.Strict)
}

// answers are what a requester's token is enough for, whatever else commands need.
var answers = map[string]bool{"confirm": true, "unsolved": true, "rate": true}

// mayAnswer reports whether the mail proves that its requester answers us.
func (w *work) mayAnswer() bool {
	return w.roles.Has(command.Requester) && (w.k.Sender.Token || w.mayChange(false))
}

// pressed reports that the mail comes from the button that is for this command, with its argument.
func (w *work) pressed(verb command.Verb, args string) bool {
	key, wants, _ := strings.Cut(w.scene.Button, " ")
	if key != verb.Key || w.k.Sender.Proof == proofFailed {
		return false
	}
	score, _, scored := command.ReadScore(args)
	button, _, rates := command.ReadScore(wants)
	return !rates || scored && score == button
}

// mayRunAll reports that a mail gives commands and proves enough for each.
func (w *work) mayRunAll(block command.Block) bool {
	if len(block.Commands) == 0 || len(block.Unknown)+len(block.Stray) > 0 {
		return false
	}
	for _, c := range block.Commands {
		verb, _ := command.Find(c.Verb)
		if !w.mayRun(verb, c.Args) {
			return false
		}
	}
	return true
}
