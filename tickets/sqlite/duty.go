package sqlite

import (
	"context"
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	addDuty         = statement("add_duty")
	dutyAt          = statement("duty_at")
	alertedOfTicket = statement("alerted_of_ticket")
)

const roleAlerted = "alerted"

// AddDuty records that somebody is on call from an instant until another, in place of whose turn it is. What was arranged
// last counts.
func (tx *Tx) AddDuty(address string, from, until time.Time, by string, at time.Time) error {
	if _, err := tx.exec(addDuty, address, from, until, by, at); err != nil {
		return fmt.Errorf("arrange the duty of %s: %w", address, err)
	}
	return nil
}

// DutyAt is who was arranged to be on call at an instant, "" when it is the rota's turn.
func (tx *Tx) DutyAt(at time.Time) (address string, err error) { return tx.dutyAt(at) }

// DutyAt is who was arranged to be on call at an instant, "" when it is the rota's turn.
func (s *Store) DutyAt(ctx context.Context, at time.Time) (address string, err error) {
	err = s.view(ctx, func(v *access) (err error) {
		address, err = v.dutyAt(at)
		return err
	})
	return address, err
}

func (a *access) dutyAt(at time.Time) (address string, err error) {
	_, err = a.first(dutyAt, []any{at, at}, &address)
	return address, err
}

// AddAlerted records who was alerted of a ticket.
func (tx *Tx) AddAlerted(ticket int64, who []tickets.Address) error {
	for _, a := range who {
		if err := tx.addParticipant(ticket, roleAlerted, a); err != nil {
			return err
		}
	}
	return nil
}

// Alerted is who was alerted of a ticket.
func (tx *Tx) Alerted(ticket int64) (out []tickets.Address, err error) {
	err = tx.each(alertedOfTicket, []any{ticket}, func(r row) error {
		var a tickets.Address
		err := r.scan(&a.Address, &a.Name)
		out = append(out, a)
		return err
	})
	return out, err
}
