package sqlite

import (
	"context"
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	setTimer         = statement("set_timer")
	dropTimers       = statement("drop_timers")
	dropTimersOfKind = statement("drop_timers_of_kind")
	dropTimer        = statement("drop_timer")
	hastenTimer      = statement("hasten_timer")
	dueTimers        = statement("due_timers")
	timersOf         = statement("timers_of")
	nextTimer        = statement("next_timer")
)

// SetTimer stores a timer; one of the same kind, ticket and subject gets the new due time and data and keeps its ID.
// The ID given is not looked at.
func (tx *Tx) SetTimer(t tickets.Timer) error {
	if _, err := tx.exec(setTimer, string(t.Kind), reference(t.Ticket), t.Subject, t.Due, t.Data); err != nil {
		return fmt.Errorf("set timer %s: %w", t.Kind, err)
	}
	return nil
}

// DropTimers removes a ticket's timers of some kinds, or all of them when no kind is given. What belongs to no ticket is
// removed with DropTimer.
func (tx *Tx) DropTimers(ticket int64, kinds ...tickets.TimerKind) error {
	if len(kinds) == 0 {
		_, err := tx.exec(dropTimers, ticket)
		return err
	}
	for _, kind := range kinds {
		if _, err := tx.exec(dropTimersOfKind, ticket, string(kind)); err != nil {
			return err
		}
	}
	return nil
}

// HastenTimer makes a ticket's timer of a kind due no later than an instant, if there is one.
func (tx *Tx) HastenTimer(ticket int64, kind tickets.TimerKind, due time.Time) error {
	_, err := tx.exec(hastenTimer, due, ticket, string(kind), due)
	return err
}

// DropTimer removes a timer, in the transaction that read it: later its ID may be another's. It may be gone already.
func (tx *Tx) DropTimer(id int64) error {
	_, err := tx.exec(dropTimer, id)
	return err
}

// DueTimers reads up to limit timers that are due at now, those due longest first.
func (tx *Tx) DueTimers(now time.Time, limit int) ([]tickets.Timer, error) {
	return tx.timers(dueTimers, now, max(limit, 0))
}

// TimersOf reads a ticket's timers, those due first first.
func (tx *Tx) TimersOf(ticket int64) ([]tickets.Timer, error) { return tx.timers(timersOf, ticket) }

// timers reads the columns timer_columns.
func (a *access) timers(q *query, args ...any) (out []tickets.Timer, err error) {
	err = a.each(q, args, func(r row) error {
		var t tickets.Timer
		err := r.scan(&t.ID, (*string)(&t.Kind), &t.Ticket, &t.Subject, &t.Due, &t.Data)
		out = append(out, t)
		return err
	})
	return out, err
}

// NextTimer is when the first timer is due, false when there is none.
func (s *Store) NextTimer(ctx context.Context) (due time.Time, found bool, err error) {
	err = s.view(ctx, func(v *access) error {
		_, err := v.first(nextTimer, nil, &due)
		return err
	})
	return due, !due.IsZero(), err
}
