package timers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"maildesk/tickets"
)

// Sweeper carries out what is due.
type Sweeper struct {
	Update   Update
	Reader   Reader
	Policy   Policy
	Composer tickets.Composer
	// Ring is told of each rung of a P0's alerts, from 0, beside the mails; nil is told nothing. It bounds its own time.
	Ring func(ctx context.Context, ticket int64, rung int)
	Log  *slog.Logger
}

// kind is how the timers of a kind are worked.
type kind struct {
	together bool // all that are due at once, not one by one
	work     func(s *Sweeper, tx Tx, due []tickets.Timer, now time.Time) error
	// after is done once the work is committed, outside of any transaction, for each timer as it was; nil does nothing.
	after func(s *Sweeper, ctx context.Context, t tickets.Timer, now time.Time) error
}

// table is all due work there is.
var table = map[tickets.TimerKind]kind{
	tickets.TimerRemind:    {work: (*Sweeper).each},
	tickets.TimerLapse:     {work: (*Sweeper).each},
	tickets.TimerApproval:  {work: (*Sweeper).each},
	tickets.TimerSLA:       {work: (*Sweeper).targets},
	tickets.TimerDigest:    {together: true, work: (*Sweeper).digest},
	tickets.TimerAnswer:    {work: (*Sweeper).claim, after: (*Sweeper).answer},
	tickets.TimerUnreached: {work: (*Sweeper).unreached},
	tickets.TimerAlert:     {work: (*Sweeper).alert, after: (*Sweeper).ring},
	tickets.TimerUpdate:    {work: (*Sweeper).update},
	tickets.TimerTimeline:  {work: (*Sweeper).timeline},
}

const (
	batchSize = 50               // timers of a transaction: mail that comes in waits no longer for it than for a mail
	allOfKind = 10_000           // of a kind that is worked together
	putOff    = 10 * time.Minute // work that failed is tried again
)

// Sweep does all that is due at now, and returns how many timers it has seen to. Work that fails is logged and put off,
// and stops no other; the error is always the environment's, and what was not committed is still due then.
func (s *Sweeper) Sweep(ctx context.Context, now time.Time) (int, error) {
	total := 0
	var after []tickets.Timer
	for {
		var b batch
		err := s.Update(ctx, func(tx Tx) error {
			b = batch{Sweeper: s, tx: tx, now: now}
			return b.run()
		})
		if err != nil {
			return total, fmt.Errorf("due work: %w", err)
		}
		for _, f := range b.failures {
			s.Log.ErrorContext(ctx, "due work failed and is put off", "timer", f.timer.Kind, "ticket", f.timer.Ticket, "until", now.Add(putOff), "reason", f.err)
		}
		total, after = total+b.done, append(after, b.after...)
		if b.read < batchSize {
			break
		}
	}
	for _, t := range after { // it may take its time: nothing else waits
		if err := table[t.Kind].after(s, ctx, t, now); err != nil {
			return total, fmt.Errorf("due work: %w", err)
		}
	}
	return total, nil
}

// batch is the work of one transaction.
type batch struct {
	*Sweeper
	tx       Tx
	now      time.Time
	read     int
	done     int
	after    []tickets.Timer // worked, and something is to be done now
	failures []failure
}

type failure struct {
	timer tickets.Timer
	err   error
}

func (b *batch) run() error {
	due, err := b.tx.DueTimers(b.now, batchSize)
	if err != nil {
		return err
	}
	b.read = len(due)
	worked := map[tickets.TimerKind]bool{}
	for _, t := range due {
		group := []tickets.Timer{t}
		if table[t.Kind].together {
			if worked[t.Kind] {
				continue
			}
			worked[t.Kind] = true
			if group, err = b.all(t.Kind); err != nil {
				return err
			}
		}
		if err := b.attempt(t.Kind, group); err != nil {
			return err
		}
	}
	return nil
}

// all are the due timers of a kind.
func (b *batch) all(of tickets.TimerKind) ([]tickets.Timer, error) {
	due, err := b.tx.DueTimers(b.now, allOfKind)
	var out []tickets.Timer
	for _, t := range due {
		if t.Kind == of {
			out = append(out, t)
		}
	}
	return out, err
}

// attempt works timers within a savepoint. Their own error or panic undoes what they wrote and puts them off; an error
// of the environment is returned.
func (b *batch) attempt(name tickets.TimerKind, group []tickets.Timer) error {
	err := b.tx.Savepoint(func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		k, known := table[name]
		if !known {
			return fmt.Errorf("there is no work of the kind %q", name)
		}
		return k.work(b.Sweeper, b.tx, group, b.now)
	})
	if err == nil {
		b.done += len(group)
		if table[name].after != nil {
			b.after = append(b.after, group...)
		}
		return nil
	}
	if temporary(err) {
		return err
	}
	for _, t := range group {
		b.failures = append(b.failures, failure{t, err})
		t.Due = b.now.Add(putOff)
		if err := b.tx.SetTimer(t); err != nil {
			return err
		}
	}
	return nil
}

// temporary reports whether an error is the environment's and not the work's.
func temporary(err error) bool {
	var t interface{ Temporary() bool }
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &t) && t.Temporary()
}
