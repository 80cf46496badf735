package sqlite

import (
	"encoding/json"
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	addChange       = statement("add_change")
	lastChange      = statement("last_change")
	changesWith     = statement("changes_with")
	changesAfter    = statement("changes_after")
	setChangeUndone = statement("set_change_undone")
)

// AddChange stores what a mail's commands did to a ticket and sets its ID. IDs rise.
func (tx *Tx) AddChange(c *tickets.Change) (err error) {
	c.ID, err = tx.insert(addChange, c.Ticket, reference(c.Message), reference(c.Entry), c.At,
		tickets.AddressKey(c.Actor), c.Actor, c.Commands, string(c.Before), c.Undone)
	if err != nil {
		return fmt.Errorf("store change: %w", err)
	}
	return nil
}

// LastChange is the newest change of a ticket by an actor, at or after since, that is not undone; nil when there is none.
func (tx *Tx) LastChange(ticket int64, actor string, since time.Time) (*tickets.Change, error) {
	found, err := tx.changes(lastChange, ticket, tickets.AddressKey(actor), since)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// ChangesWith are the changes that a mail has made on any ticket, in their order, that are not undone.
func (tx *Tx) ChangesWith(message int64) ([]tickets.Change, error) {
	return tx.changes(changesWith, message)
}

func (tx *Tx) changes(q *query, args ...any) (out []tickets.Change, err error) {
	err = tx.each(q, args, func(r row) error {
		var c tickets.Change
		var before string
		err := r.scan(&c.ID, &c.Ticket, &c.Message, &c.Entry, &c.At, &c.Actor, &c.Commands, &before, &c.Undone)
		if before != "" {
			c.Before = json.RawMessage(before)
		}
		out = append(out, c)
		return err
	})
	return out, err
}

// ChangesAfter counts the changes of a ticket after the one with that ID, by anybody, that are not undone.
func (tx *Tx) ChangesAfter(ticket, id int64) (n int, err error) {
	_, err = tx.first(changesAfter, []any{ticket, id}, &n)
	return n, err
}

// SetChangeUndone records that a change was taken back. A change is taken back once.
func (tx *Tx) SetChangeUndone(id int64, at time.Time) error {
	n, err := tx.change(setChangeUndone, at, id)
	if err == nil && n == 0 {
		err = fmt.Errorf("change %d is not there or is undone already", id)
	}
	return err
}
