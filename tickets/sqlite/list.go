package sqlite

import (
	"context"

	"maildesk/tickets"
)

var (
	openLoad        = statement("open_load")
	lastAssignee    = statement("last_assignee")
	ticketsOf       = statement("tickets_of")
	ticketsWith     = statement("tickets_with")
	openTicketsWith = statement("open_tickets_with")
)

// OpenLoad counts the tickets that are still to be solved (not resolved, confirmed, closed, cancelled or merged) of each
// assignee, by AddressKey.
func (tx *Tx) OpenLoad() (map[string]int, error) {
	load := map[string]int{}
	err := tx.each(openLoad, nil, func(r row) error {
		var key string
		var n int
		err := r.scan(&key, &n)
		load[key] = n
		return err
	})
	return load, err
}

// LastAssignee is the address of who has the newest ticket of a group that somebody has, "" when there is none.
func (tx *Tx) LastAssignee(group string) (address string, err error) {
	_, err = tx.first(lastAssignee, []any{group}, &address)
	return address, err
}

// TicketsOf reads up to limit tickets, whatever their status, of which an address is requester or watcher, newest
// first, without entries, watchers and links.
func (a *access) TicketsOf(address string, limit int) ([]tickets.Ticket, error) {
	key := tickets.AddressKey(address)
	if key == "" {
		return nil, nil
	}
	return a.tickets(ticketsOf, key, key, max(limit, 0))
}

// TicketsOf is Tx.TicketsOf beside the writer.
func (s *Store) TicketsOf(ctx context.Context, address string, limit int) (out []tickets.Ticket, err error) {
	err = s.view(ctx, func(v *access) error {
		out, err = v.TicketsOf(address, limit)
		return err
	})
	return out, err
}

// TicketsWith reads up to limit tickets that fit a filter, P0 first and what is not assessed last, within a priority
// the oldest first, without entries, watchers and links. A filter that asks for what is open or overdue reads no others.
func (a *access) TicketsWith(f tickets.Filter, limit int) ([]tickets.Ticket, error) {
	assignee, group := given(tickets.AddressKey(f.Assignee)), given(f.Group)
	var unassigned any
	if f.Unassigned {
		unassigned = true
	}
	q := ticketsWith
	if f.Open || !f.OverdueAt.IsZero() {
		q = openTicketsWith
	}
	return a.tickets(q, assignee, assignee, group, group, unassigned, f.OverdueAt, f.OverdueAt, f.OverdueAt, max(limit, 0))
}

// TicketsWith is Tx.TicketsWith beside the writer.
func (s *Store) TicketsWith(ctx context.Context, f tickets.Filter, limit int) (out []tickets.Ticket, err error) {
	err = s.view(ctx, func(v *access) error {
		out, err = v.TicketsWith(f, limit)
		return err
	})
	return out, err
}

// tickets reads the columns ticket_columns.
func (a *access) tickets(q *query, args ...any) (out []tickets.Ticket, err error) {
	err = a.each(q, args, func(r row) error {
		t, err := scanTicket(r)
		out = append(out, *t)
		return err
	})
	return out, err
}

// given is NULL for what is not asked for.
func given(s string) any {
	if s == "" {
		return nil
	}
	return s
}
