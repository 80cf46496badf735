package sqlite

import (
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	addTicket        = statement("add_ticket")
	ticketByID       = statement("ticket_by_id")
	ticketByNumber   = statement("ticket_by_number")
	allTickets       = statement("all_tickets")
	ignoredBy        = statement("ignored_by")
	setTicket        = statement("set_ticket")
	touchTicket      = statement("touch_ticket")
	addLink          = statement("add_link")
	dropLinks        = statement("drop_links")
	linksOfTicket    = statement("links_of_ticket")
	allLinks         = statement("all_links")
	addParticipant   = statement("add_participant")
	dropWatchers     = statement("drop_watchers")
	watchersOfTicket = statement("watchers_of_ticket")
	allWatchers      = statement("all_watchers")
	addHeaderID      = statement("add_header_id")
)

const roleWatcher = "watcher"

// AddTicket stores a ticket with its watchers and links and sets its ID.
func (tx *Tx) AddTicket(t *tickets.Ticket) (err error) {
	t.ID, err = tx.insert(addTicket, append([]any{t.Number, t.CreatedAt}, ticketValues(t)...)...)
	if err != nil {
		return fmt.Errorf("store ticket %s: %w", t.Number, err)
	}
	return tx.addRelated(t)
}

// SetTicket writes all of a ticket but its ID, number and created_at. Its watchers and links become those of t; who
// watches no longer keeps every other role.
func (tx *Tx) SetTicket(t *tickets.Ticket) error {
	n, err := tx.change(setTicket, append(ticketValues(t), t.ID)...)
	if err == nil && n == 0 {
		err = fmt.Errorf("ticket %d is not there", t.ID)
	}
	if err != nil {
		return fmt.Errorf("store ticket %s: %w", t.Number, err)
	}
	for _, q := range []*query{dropLinks, dropWatchers} {
		if _, err := tx.exec(q, t.ID); err != nil {
			return fmt.Errorf("store ticket %s: %w", t.Number, err)
		}
	}
	return tx.addRelated(t)
}

// ticketValues are the columns of add_ticket after the first two, and of set_ticket.
func ticketValues(t *tickets.Ticket) []any {
	var assignee tickets.Address
	if t.Assignee != nil {
		assignee = *t.Assignee
	}
	var score any
	var comment string
	if t.Satisfaction != nil {
		score, comment = t.Satisfaction.Score, t.Satisfaction.Comment
	}
	r, c := t.Requester, t.Course
	return []any{t.Subject, string(t.Status), string(t.Priority), t.PriorityReason, string(t.Category), string(t.Severity),
		t.Impact, t.OccurredAt,
		tickets.AddressKey(r.Address), r.Address, r.Name, r.StaffNumber, r.Department, r.Phone, string(r.Language),
		tickets.AddressKey(assignee.Address), assignee.Address, assignee.Name, t.Group,
		t.UpdatedAt, t.ResolvedAt, t.ConfirmedAt, t.ClosedAt, t.ResponseDue, t.ResolveDue,
		t.Diagnosis, t.Workaround, t.Fix, t.Prevention, t.Verification, t.Minutes, t.Asked, t.MergedInto,
		t.Plan, t.PlannedBy, string(t.Approval), t.Escalated, t.EscalatedAt, string(t.Former),
		score, comment, t.Ignores, t.Attention,
		c.Since, packPauses(c.Pauses), c.AnsweredAt, c.Due, c.DueSetAt, c.Respond.Warned, c.Respond.Missed, c.Resolve.Warned, c.Resolve.Missed}
}

// addRelated stores a ticket's links and watchers.
func (tx *Tx) addRelated(t *tickets.Ticket) error {
	for i, number := range t.Links {
		if _, err := tx.exec(addLink, t.ID, i+1, number); err != nil {
			return fmt.Errorf("link ticket %s: %w", t.Number, err)
		}
	}
	for _, w := range t.Watchers {
		if err := tx.addParticipant(t.ID, roleWatcher, w); err != nil {
			return err
		}
	}
	return nil
}

// TicketByID reads a ticket without its entries, nil when it is not there.
func (tx *Tx) TicketByID(id int64) (*tickets.Ticket, error) { return tx.ticket(ticketByID, id) }

func (a *access) ticket(q *query, arg any) (*tickets.Ticket, error) {
	var t *tickets.Ticket
	err := a.each(q, []any{arg}, func(r row) (err error) {
		t, err = scanTicket(r)
		return err
	})
	if err != nil || t == nil {
		return nil, err
	}
	err = a.each(watchersOfTicket, []any{t.ID}, func(r row) error {
		var w tickets.Address
		err := r.scan(&w.Address, &w.Name)
		t.Watchers = append(t.Watchers, w)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = a.each(linksOfTicket, []any{t.ID}, func(r row) error {
		var number string
		err := r.scan(&number)
		t.Links = append(t.Links, number)
		return err
	})
	return t, err
}

// IgnoredBy is the number of the junk because of which an address is ignored, "" for none.
func (tx *Tx) IgnoredBy(address string) (number string, err error) {
	_, err = tx.first(ignoredBy, []any{tickets.AddressKey(address)}, &number)
	return number, err
}

// scanTicket reads the columns ticket_columns.
func scanTicket(r row) (*tickets.Ticket, error) {
	t := &tickets.Ticket{}
	var assignee tickets.Address
	var rating tickets.Satisfaction
	var pauses string
	c := &t.Course
	err := r.scan(&t.ID, &t.Number, &t.CreatedAt, &t.Subject, (*string)(&t.Status), (*string)(&t.Priority),
		&t.PriorityReason, (*string)(&t.Category), (*string)(&t.Severity), &t.Impact, &t.OccurredAt,
		&t.Requester.Address, &t.Requester.Name, &t.Requester.StaffNumber, &t.Requester.Department, &t.Requester.Phone,
		(*string)(&t.Requester.Language), &assignee.Address, &assignee.Name, &t.Group,
		&t.UpdatedAt, &t.ResolvedAt, &t.ConfirmedAt, &t.ClosedAt, &t.ResponseDue, &t.ResolveDue,
		&t.Diagnosis, &t.Workaround, &t.Fix, &t.Prevention, &t.Verification, &t.Minutes, &t.Asked, &t.MergedInto,
		&t.Plan, &t.PlannedBy, (*string)(&t.Approval), &t.Escalated, &t.EscalatedAt, (*string)(&t.Former),
		&rating.Score, &rating.Comment, &t.Ignores, &t.Attention,
		&c.Since, &pauses, &c.AnsweredAt, &c.Due, &c.DueSetAt, &c.Respond.Warned, &c.Respond.Missed, &c.Resolve.Warned, &c.Resolve.Missed)
	if err == nil {
		c.Pauses, err = unpackPauses(pauses)
	}
	if assignee.Address != "" {
		t.Assignee = &assignee
	}
	if rating.Score != 0 {
		t.Satisfaction = &rating
	}
	return t, err
}

// TouchTicket sets a ticket's updated_at.
func (tx *Tx) TouchTicket(id int64, at time.Time) error {
	_, err := tx.exec(touchTicket, at, id)
	return err
}

// AddHeaderIDs ties Message-IDs, without angle brackets, to a ticket, for the replies to come.
func (tx *Tx) AddHeaderIDs(ticket int64, ids []string) error {
	for _, id := range ids {
		if id == "" {
			continue
		}
		if _, err := tx.exec(addHeaderID, id, ticket); err != nil {
			return err
		}
	}
	return nil
}

// AddParticipants records who belongs to a ticket, in a role: requester, watcher, sender, recipient.
func (tx *Tx) AddParticipants(ticket int64, role string, addresses []string) error {
	for _, address := range addresses {
		if err := tx.addParticipant(ticket, role, tickets.Address{Address: address}); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) addParticipant(ticket int64, role string, who tickets.Address) error {
	key := tickets.AddressKey(who.Address)
	if key == "" {
		return nil // nobody can be told by an empty address
	}
	_, err := tx.exec(addParticipant, ticket, key, role, who.Address, who.Name)
	return err
}
