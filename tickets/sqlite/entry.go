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
	mailsHad            = statement("mails_had")
	addAttachment       = statement("add_attachment")
	attachmentsOfTicket = statement("attachments_of_ticket")
	attachmentsOfEntry  = statement("attachments_of_entry")
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

// EntriesOf reads a ticket's timeline without attachments, oldest first.
func (tx *Tx) EntriesOf(ticket int64) (out []tickets.Entry, err error) {
	err = tx.each(entriesOfTicket, []any{ticket}, func(r row) error {
		e, err := scanEntry(r)
		out = append(out, *e)
		return err
	})
	return out, err
}

// HeaderIDsHadBy finds the Message-IDs, without angle brackets, of the ticket's mails that a person wrote, had in To or
// Cc, or was sent by us and did not fail; oldest first. Of more than limit it gives the first, and the newest limit-1.
func (tx *Tx) HeaderIDsHadBy(ticket int64, address string, limit int) ([]string, error) {
	key := tickets.AddressKey(address)
	if key == "" || limit < 1 {
		return nil, nil
	}
	var ids []string
	seen := map[string]bool{}
	err := tx.each(mailsHad, []any{ticket, ticket}, func(r row) error {
		var id, who, recipients string
		if err := r[:3].scan(&id, &who, &recipients); err != nil {
			return err
		}
		if !seen[id] && (tickets.AddressKey(who) == key || hasAddress(recipients, key)) {
			seen[id] = true
			ids = append(ids, id)
		}
		return nil
	})
	if err == nil && len(ids) > limit {
		ids = append(ids[:1], ids[len(ids)-limit+1:]...)
	}
	return ids, err
}

// hasAddress reports whether one of the addresses, one a line, has that key.
func hasAddress(addresses, key string) bool {
	for address := range strings.Lines(addresses) {
		if tickets.AddressKey(address) == key {
			return true
		}
	}
	return false
}

// AttachmentsOf reads the attachments of an entry, in their order.
func (tx *Tx) AttachmentsOf(entry int64) (out []tickets.Attachment, err error) {
	err = tx.each(attachmentsOfEntry, []any{entry}, func(r row) error {
		var f tickets.Attachment
		err := r.scan(&f.Position, &f.Name, &f.Type, &f.Size, &f.SHA256, &f.Inline)
		out = append(out, f)
		return err
	})
	return out, err
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
