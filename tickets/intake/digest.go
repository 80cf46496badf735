package intake

import (
	"fmt"
	"slices"
	"strings"

	"maildesk/parser"
	"maildesk/parser/command"
	"maildesk/tickets"
)

// Digest is the list of silent tickets that a mail answers.
type Digest struct {
	HeaderID string   `json:"header_id"` // the Message-ID of our mail
	Theirs   bool     `json:"theirs"`    // it was sent to the sender
	Lines    []string `json:"lines"`     // the numbers of its tickets, from line 1
}

// digest finds what the lines of the digest stood for that a mail answers. They are told to nobody whom they were not for:
// whoever has got hold of a Message-ID learns no numbers by it.
func (l lookup) digest(k *Known, sent *tickets.OutboxItem) error {
	theirs := l.policy.same(sent.Recipient, k.Sender.Address)
	if sent.Kind != tickets.NoticeDigest || k.Digest != nil || !theirs && !k.Sender.Manager {
		return nil
	}
	lines, err := l.tx.DigestLines(sent.ID)
	if err == nil && len(lines) > 0 {
		k.Digest = &Digest{HeaderID: sent.MessageID, Theirs: theirs, Lines: lines}
	}
	return err
}

// ordered is the mail with what it orders on the lines of a digest that it answers. m itself stays as it is.
func (k Known) ordered(m *parser.Message) *parser.Message {
	if k.Digest == nil || m.Kind != parser.Human && m.Kind != parser.List {
		return m
	}
	answer := *m
	answer.Orders = k.Digest.orders(m.NewText)
	return &answer
}

// orders reads commands and gives those on lines of the digest to the tickets of these lines. What names lines that the digest
// does not have is left as it is, to be refused, and of too many commands those are left out that are not needed to know it.
func (g *Digest) orders(text string) command.Block {
	block := command.ParseNumbered(text)
	given := block.Commands
	block.Commands = nil
	for _, c := range given {
		if len(block.Commands) > maxOrders {
			break
		}
		if c.Lines == nil || slices.ContainsFunc(c.Lines, func(s command.Span) bool { return !g.has(s) }) {
			block.Commands = append(block.Commands, c)
		} else {
			block.Commands = append(block.Commands, g.each(c)...)
		}
	}
	return block
}

func (g *Digest) has(s command.Span) bool {
	return 1 <= s.From && s.From <= s.To && s.To <= len(g.Lines)
}

// each is a command for the ticket of each line that it names, once each: no more than it takes to know that they are too many.
func (g *Digest) each(c command.Command) (out []command.Command) {
	named := map[int]bool{}
	for _, s := range c.Lines {
		for line := s.From; line <= s.To && len(out) <= maxOrders; line++ {
			if !named[line] {
				named[line] = true
				out = append(out, g.on(c, line))
			}
		}
	}
	return out
}

// on is a command as it would be given by the number of a line's ticket.
func (g *Digest) on(c command.Command, line int) command.Command {
	verb, _ := command.Find(c.Verb)
	first, _, _ := strings.Cut(c.Args, "\n")
	c.Number, c.Lines = g.Lines[line-1], nil
	c.Raw = strings.TrimSpace(fmt.Sprintf("%d → #%s %s %s", line, c.Number, verb.Name(c.Language), first))
	return c
}

// noLine refuses a command on lines that the digest does not have, and says which it has.
func (k Known) noLine(lines []command.Span) *tickets.RuleError {
	g := k.Digest
	all, english := command.Span{From: 1, To: len(g.Lines)}, "lines "
	if len(g.Lines) == 1 {
		english = "line "
	}
	english += all.String()
	for _, s := range lines {
		switch {
		case g.has(s):
		case s.From > s.To:
			return rule(fmt.Sprintf("%s 前后颠倒；您回复的列表有第 %s 行", s, all), fmt.Sprintf("%s runs backwards; the list that you answer has %s", s, english))
		default:
			return rule(fmt.Sprintf("您回复的列表有第 %s 行，没有第 %s 行", all, s), fmt.Sprintf("the list that you answer has %s, not %s", english, s))
		}
	}
	return nil
}
