package sqlite

import (
	"strings"
	"time"

	"maildesk/tickets"
)

// NextNumber counts a day up by one and returns the new sequence, from 1. Rolled back, the number is given again.
func (tx *Tx) NextNumber(day string) (seq int, err error) {
	_, err = tx.one("next_number", func(row scanner) error { return row.Scan(&seq) }, day)
	return seq, err
}

// AddTicket stores a new ticket with its watchers and links and sets its ID.
func (tx *Tx) AddTicket(t *tickets.Ticket) (err error) {
	r := t.Requester
	t.ID, err = tx.insert("add_ticket", t.Number, t.Subject, string(t.Status), string(t.Priority), t.PriorityReason,
		string(t.Category), string(t.Severity), t.Impact, millis(t.OccurredAt), r.Name, r.Address, r.StaffNumber,
		r.Department, r.Phone, string(r.Language), millis(t.CreatedAt), millis(t.UpdatedAt), t.Attention)
	if err != nil {
		return err
	}
	for _, w := range t.Watchers {
		if _, err := tx.exec("add_participant", t.ID, tickets.AddressKey(w.Address), "watcher", w.Name); err != nil {
			return err
		}
	}
	for _, number := range t.Links {
		if _, err := tx.exec("add_link", t.ID, number); err != nil {
			return err
		}
	}
	return nil
}

// TicketByID reads a ticket without watchers, links and entries; nil when it is not there.
func (tx *Tx) TicketByID(id int64) (*tickets.Ticket, error) {
	var t tickets.Ticket
	found, err := tx.one("ticket_by_id", scanTicket(&t), id)
	if !found {
		return nil, err
	}
	return &t, nil
}

// TouchTicket sets a ticket's updated_at.
func (tx *Tx) TouchTicket(id int64, at time.Time) error {
	_, err := tx.exec("touch_ticket", millis(at), id)
	return err
}

// AddEntry stores an entry with its attachments and sets its ID.
func (tx *Tx) AddEntry(e *tickets.Entry) (err error) {
	var key any
	if e.TextKey != nil {
		key = e.TextKey
	}
	e.ID, err = tx.insert("add_entry", e.Ticket, millis(e.At), e.Actor.Name, e.Actor.Address, string(e.Kind),
		string(e.Visibility), e.Text, reference(e.Message), e.HeaderID, e.Verified, key, strings.Join(e.Recipients, "\n"))
	if err != nil {
		return err
	}
	for _, a := range e.Attachments {
		if _, err := tx.exec("add_attachment", e.ID, a.Position, a.Name, a.Type, a.Size, a.SHA256, a.Inline); err != nil {
			return err
		}
	}
	return nil
}

// EntryByID reads an entry without its attachments; nil when it is not there.
func (tx *Tx) EntryByID(id int64) (*tickets.Entry, error) {
	var e tickets.Entry
	found, err := tx.one("entry_by_id", scanEntry(&e), id)
	if !found {
		return nil, err
	}
	return &e, nil
}

// SameText finds the newest open ticket with an entry of that text key at or after since.
func (tx *Tx) SameText(key []byte, since time.Time) (*tickets.Lead, error) {
	return tx.lead("same_text", key, millis(since))
}

// LeadByNumber finds a ticket by its number, and how the sender stands to it.
func (tx *Tx) LeadByNumber(number, sender string) (*tickets.Lead, error) {
	return tx.lead("lead_by_number", tickets.AddressKey(sender), number)
}

func (tx *Tx) lead(name string, args ...any) (*tickets.Lead, error) {
	var l tickets.Lead
	found, err := tx.one(name, scanLead(&l), args...)
	if !found {
		return nil, err
	}
	return &l, nil
}

// LeadsByHeaderIDs finds the tickets that Message-IDs are tied to, in the order of ids, each once.
func (tx *Tx) LeadsByHeaderIDs(ids []string, sender string) ([]tickets.Lead, error) {
	var leads []tickets.Lead
	seen := map[int64]bool{}
	for _, id := range ids {
		err := tx.each("leads_by_header_id", func(row scanner) error {
			var l tickets.Lead
			err := scanLead(&l)(row)
			if err == nil && !seen[l.Ticket] {
				seen[l.Ticket] = true
				leads = append(leads, l)
			}
			return err
		}, tickets.AddressKey(sender), id)
		if err != nil {
			return nil, err
		}
	}
	return leads, nil
}

// AddHeaderIDs ties Message-IDs to a ticket.
func (tx *Tx) AddHeaderIDs(ticket int64, ids []string) error {
	for _, id := range ids {
		if _, err := tx.exec("add_thread_id", id, ticket); err != nil {
			return err
		}
	}
	return nil
}

// AddParticipants records who belongs to a ticket in a role.
func (tx *Tx) AddParticipants(ticket int64, role string, addresses []string) error {
	for _, address := range addresses {
		if _, err := tx.exec("add_participant", ticket, tickets.AddressKey(address), role, ""); err != nil {
			return err
		}
	}
	return nil
}

// Person finds a person by address; nil when nobody is known by it.
func (tx *Tx) Person(address string) (*tickets.Person, error) {
	var p tickets.Person
	found, err := tx.one("person", func(row scanner) error {
		return row.Scan(&p.Address, &p.Name, &p.StaffNumber, &p.Department, &p.Phone, (*string)(&p.Language))
	}, tickets.AddressKey(address))
	if !found {
		return nil, err
	}
	return &p, nil
}

// PutPerson stores a person; empty fields leave what is known.
func (tx *Tx) PutPerson(p tickets.Person) error {
	_, err := tx.exec("put_person", tickets.AddressKey(p.Address), p.Name, p.StaffNumber, p.Department, p.Phone, string(p.Language))
	return err
}

func scanLead(l *tickets.Lead) func(scanner) error {
	return func(row scanner) error {
		return row.Scan(&l.Ticket, &l.Number, (*string)(&l.Status), &l.Requester, &l.Belongs, &l.Copied)
	}
}

func scanTicket(t *tickets.Ticket) func(scanner) error {
	return func(row scanner) error {
		var assignee tickets.Address
		var rating tickets.Satisfaction
		var occurred, created, updated, resolved, closed, response, resolve int64
		r := &t.Requester
		err := row.Scan(&t.ID, &t.Number, &t.Subject, (*string)(&t.Status), (*string)(&t.Priority), &t.PriorityReason,
			(*string)(&t.Category), (*string)(&t.Severity), &t.Impact, &occurred, &r.Name, &r.Address, &r.StaffNumber,
			&r.Department, &r.Phone, (*string)(&r.Language), &assignee.Name, &assignee.Address, &t.Group, &created, &updated,
			&resolved, &closed, &response, &resolve, &t.Diagnosis, &t.Workaround, &t.Fix, &t.Prevention, &rating.Score,
			&rating.Comment, &t.Attention)
		if err != nil {
			return err
		}
		if assignee.Address != "" {
			t.Assignee = &assignee
		}
		if rating.Score != 0 {
			t.Satisfaction = &rating
		}
		t.OccurredAt, t.CreatedAt, t.UpdatedAt = instant(occurred), instant(created), instant(updated)
		t.ResolvedAt, t.ClosedAt = instant(resolved), instant(closed)
		t.ResponseDue, t.ResolveDue = instant(response), instant(resolve)
		return nil
	}
}

func scanEntry(e *tickets.Entry) func(scanner) error {
	return func(row scanner) error {
		var at int64
		var recipients string
		err := row.Scan(&e.ID, &e.Ticket, &at, &e.Actor.Name, &e.Actor.Address, (*string)(&e.Kind), (*string)(&e.Visibility),
			&e.Text, &e.Message, &e.HeaderID, &e.Verified, &e.TextKey, &recipients)
		e.At = instant(at)
		if recipients != "" {
			e.Recipients = strings.Split(recipients, "\n")
		}
		return err
	}
}
