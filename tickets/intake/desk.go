package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// How much is committed in one transaction while a backlog lasts.
const (
	groupMails = 64
	groupBytes = 8 << 20
	groupTime  = 50 * time.Millisecond
)

// Desk takes mails: it decides on each and writes what follows.
type Desk struct {
	Update   Update
	Policy   Policy
	Keys     thread.Keys
	Composer tickets.Composer
	Pack     func(raw []byte) []byte // packs bytes as the store keeps them, for several at once; nil leaves it to the store
	Now      func() time.Time
	Log      *slog.Logger
}

// Outcome is what became of a mail once it is committed.
type Outcome struct {
	Verdict tickets.Verdict
	Reason  string
	Number  string // of the ticket it opened or went to, "" when none
	Known   bool   // this very sighting was taken before, and this time nothing was done

	cause error // why it was quarantined, nil when it was not, for the log
}

// Take reads, decides and commits mails in their order, several in one transaction, and returns an outcome for each.
// With an error, which is always the environment's, the outcomes are those of the mails that were committed before it;
// the rest is to be handed over again.
func (d *Desk) Take(ctx context.Context, mails []*Mail) ([]Outcome, error) {
	var outcomes []Outcome
	for len(mails) > 0 {
		group, err := d.takeSome(ctx, mails, len(mails) == 1)
		if errors.Is(err, errPost) {
			group, err = d.takeSome(ctx, mails, true)
		}
		if err != nil {
			return outcomes, fmt.Errorf("take mail: %w", err)
		}
		for i, outcome := range group {
			d.log(ctx, mails[i], outcome)
		}
		outcomes, mails = append(outcomes, group...), mails[len(group):]
	}
	return outcomes, nil
}

// takeSome takes as many mails as belong into one transaction, at least one. Their notices are collected, or composed at once.
func (d *Desk) takeSome(ctx context.Context, mails []*Mail, atOnce bool) (outcomes []Outcome, err error) {
	err = d.Update(ctx, func(tx Tx) (err error) {
		outcomes, err = d.takeGroup(&post{tx: tx, composer: d.Composer, pack: d.Pack, atOnce: atOnce}, mails)
		return err
	})
	return outcomes, err
}

func (d *Desk) takeGroup(p *post, mails []*Mail) ([]Outcome, error) {
	start, bytes := d.Now(), int64(0)
	var outcomes []Outcome
	for _, mail := range mails[:min(len(mails), groupMails)] {
		if len(outcomes) > 0 && (bytes > groupBytes || d.Now().Sub(start) > groupTime) {
			break
		}
		outcome, err := d.handle(p, mail)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, outcome)
		if mail.Raw != nil {
			bytes += mail.Raw.Size()
		}
	}
	return outcomes, p.empty()
}

// errTaken says that a sighting is in the ledger already.
var errTaken = errors.New("taken before")

// handle takes one mail. Its own error or panic undoes what it wrote and quarantines it; an error of the environment
// is returned.
func (d *Desk) handle(p *post, mail *Mail) (Outcome, error) {
	mail.prepare(d.Policy, d.Pack)
	if mail.readErr != nil {
		return Outcome{}, mail.readErr
	}
	if p.concerns(mail.Message) {
		if err := p.empty(); err != nil {
			return Outcome{}, err
		}
	}
	outcome, err := d.attempt(p, mail)
	if err == nil || temporary(err) || errors.Is(err, errPost) {
		return outcome, err
	}
	if errors.Is(err, errTaken) {
		return d.taken(p.tx, mail)
	}
	return d.quarantine(p, mail, err)
}

// quarantine records a mail that cannot be taken, with as much as can be written: a stub for its author, the mail and
// its row in the ledger, that row alone.
func (d *Desk) quarantine(p *post, mail *Mail, cause error) (outcome Outcome, err error) {
	poisoned := *mail // the transaction may be run again, so the mail itself stays as it is
	poisoned.poison(cause)
	for _, yield := range []func(){
		func() {},
		func() { poisoned.Message = &parser.Message{} },
		func() { poisoned.whole = false },
	} {
		yield()
		if outcome, err = d.attempt(p, &poisoned); err == nil || temporary(err) {
			break
		}
	}
	return outcome, err
}

// attempt decides and applies within a savepoint; a panic becomes an error.
func (d *Desk) attempt(p *post, mail *Mail) (outcome Outcome, err error) {
	collected := len(p.waiting)
	err = p.tx.Savepoint(func() (err error) {
		defer func() {
			if fault := recover(); fault != nil {
				err = &panicError{fault, debug.Stack()}
			}
		}()
		outcome, err = d.decideAndApply(p, mail)
		return err
	})
	if err != nil {
		p.forget(collected)
	}
	return outcome, err
}

func (d *Desk) decideAndApply(p *post, mail *Mail) (Outcome, error) {
	tx := p.tx
	now := d.Now()
	known, err := lookup{tx: tx, policy: d.Policy, keys: d.Keys, mail: mail, now: now}.known()
	if err != nil {
		return Outcome{}, err
	}
	a := application{
		tx: tx, policy: d.Policy, post: p, mail: mail,
		known: known, decision: Decide(mail.Message, known), now: now,
	}
	inserted, err := a.run()
	if err != nil {
		return Outcome{}, err
	}
	if !inserted {
		return Outcome{}, errTaken
	}
	if a.decision.Release != 0 {
		return d.release(p, a.decision.Release)
	}
	outcome := Outcome{Verdict: a.decision.Verdict, Reason: a.decision.Reason, cause: mail.cause}
	if a.ticket != nil {
		outcome.Number = a.ticket.Number
	}
	return outcome, nil
}

// release takes a mail that was held, as its author's own.
func (d *Desk) release(p *post, message int64) (Outcome, error) {
	raw, err := p.tx.RawOf(message)
	if err != nil {
		return Outcome{}, err
	}
	held := &Mail{Raw: io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw))), Released: true}
	held.prepare(d.Policy, nil)
	outcome, err := d.decideAndApply(p, held)
	outcome.Reason = fmt.Sprintf("releases mail %d: %s", message, outcome.Reason)
	return outcome, err
}

// taken answers for a sighting that was committed before, by this process or the one before it.
func (d *Desk) taken(tx Tx, mail *Mail) (Outcome, error) {
	s := mail.Sighting
	verdict, err := tx.SightingVerdict(s.Source, s.Folder, s.UIDValidity, s.UID)
	return Outcome{Verdict: verdict, Reason: "in the ledger already", Known: true}, err
}

// temporary reports whether an error is the environment's and not the mail's.
func temporary(err error) bool {
	var t interface{ Temporary() bool }
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &t) && t.Temporary()
}

func (d *Desk) log(ctx context.Context, mail *Mail, o Outcome) {
	var p *panicError
	if errors.As(o.cause, &p) {
		d.Log.ErrorContext(ctx, "mail caused a panic", "source", mail.Sighting.Source, "uid", mail.Sighting.UID,
			"reason", p.value, "stack", string(p.stack))
	}
	level := slog.LevelInfo
	if o.Verdict == tickets.VerdictFail {
		level = slog.LevelWarn
	}
	d.Log.Log(ctx, level, "mail taken", "verdict", o.Verdict, "ticket", o.Number, "source", mail.Sighting.Source,
		"uid", mail.Sighting.UID, "message_id", mail.Message.MessageID, "reason", o.Reason)
}
