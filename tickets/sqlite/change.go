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
	c := &tickets.Change{}
	var before string
	found, err := tx.first(lastChange, []any{ticket, tickets.AddressKey(actor), since},
		&c.ID, &c.Ticket, &c.Message, &c.Entry, &c.At, &c.Actor, &c.Commands, &before, &c.Undone)
	if err != nil || !found {
		return nil, err
	}
	if before != "" {
		c.Before = json.RawMessage(before)
	}
	return c, nil
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
