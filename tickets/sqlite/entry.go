package sqlite

import (
	"fmt"
	"strings"

	"maildesk/tickets"
)

var (
	addEntry            = statement("add_entry")
	entryByID           = statement("entry_by_id")
	entriesOfTicket     = statement("entries_of_ticket")
	addAttachment       = statement("add_attachment")
	attachmentsOfTicket = statement("attachments_of_ticket")
)

// AddEntry appends an entry with its attachments to its ticket's timeline and sets its ID.
func (tx *Tx) AddEntry(e *tickets.Entry) (err error) {
	e.ID, err = tx.insert(addEntry, e.Ticket, e.At, e.Actor.Address, e.Actor.Name, string(e.Kind), e.Text,
		string(e.Visibility), reference(e.Message), e.HeaderID, e.Verified, e.TextKey, strings.Join(e.Recipients, "\n"))
	if err != nil {
		return fmt.Errorf("store entry: %w", err)
	}
	for _, f := range e.Attachments {
		if _, err := tx.exec(addAttachment, e.ID, f.Position, f.Name, f.Type, f.Size, f.SHA256, f.Inline); err != nil {
			return fmt.Errorf("store attachment %d: %w", f.Position, err)
		}
	}
	return nil
}

// EntryByID reads an entry without its attachments, nil when it is not there.
func (tx *Tx) EntryByID(id int64) (*tickets.Entry, error) {
	var e *tickets.Entry
	err := tx.each(entryByID, []any{id}, func(r row) (err error) {
		e, err = scanEntry(r)
		return err
	})
	return e, err
}

// scanEntry reads the columns entry_columns.
func scanEntry(r row) (*tickets.Entry, error) {
	e := &tickets.Entry{}
	var recipients string
	err := r.scan(&e.ID, &e.Ticket, &e.At, &e.Actor.Address, &e.Actor.Name, (*string)(&e.Kind), &e.Text,
		(*string)(&e.Visibility), &e.Message, &e.HeaderID, &e.Verified, &e.TextKey, &recipients)
	if recipients != "" {
		e.Recipients = strings.Split(recipients, "\n")
	}
	return e, err
}
