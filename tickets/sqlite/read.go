package sqlite

import (
	"context"
	"fmt"
	"io"

	"maildesk/tickets"
)

// Tickets calls f for every ticket, the oldest first, with its watchers and links but without entries.
func (s *Store) Tickets(ctx context.Context, f func(*tickets.Ticket) error) error {
	return s.read(ctx, "tickets", func(row scanner) error {
		var t tickets.Ticket
		if err := scanTicket(&t)(row); err != nil {
			return err
		}
		if err := s.around(ctx, &t); err != nil {
			return err
		}
		return f(&t)
	})
}

// TicketByNumber reads a ticket with its watchers and links; nil when there is none.
func (s *Store) TicketByNumber(ctx context.Context, number string) (*tickets.Ticket, error) {
	var t *tickets.Ticket
	err := s.read(ctx, "ticket_by_number", func(row scanner) error {
		t = &tickets.Ticket{}
		return scanTicket(t)(row)
	}, number)
	if err != nil || t == nil {
		return nil, err
	}
	return t, s.around(ctx, t)
}

// around adds a ticket's watchers and links.
func (s *Store) around(ctx context.Context, t *tickets.Ticket) error {
	err := s.read(ctx, "watchers", func(row scanner) error {
		var w tickets.Address
		err := row.Scan(&w.Name, &w.Address)
		t.Watchers = append(t.Watchers, w)
		return err
	}, t.ID)
	if err != nil {
		return err
	}
	return s.read(ctx, "links", func(row scanner) error {
		var number string
		err := row.Scan(&number)
		t.Links = append(t.Links, number)
		return err
	}, t.ID)
}

// Entries reads a ticket's timeline with its attachments, the oldest first.
func (s *Store) Entries(ctx context.Context, ticket int64) ([]tickets.Entry, error) {
	var entries []tickets.Entry
	at := map[int64]int{}
	err := s.read(ctx, "entries", func(row scanner) error {
		var e tickets.Entry
		err := scanEntry(&e)(row)
		at[e.ID] = len(entries)
		entries = append(entries, e)
		return err
	}, ticket)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, "attachments", func(row scanner) error {
		var entry int64
		var a tickets.Attachment
		err := row.Scan(&entry, &a.Position, &a.Name, &a.Type, &a.Size, &a.SHA256, &a.Inline)
		if i, known := at[entry]; known {
			entries[i].Attachments = append(entries[i].Attachments, a)
		}
		return err
	}, ticket)
	return entries, err
}

// RawMessage reads back a mail as it came. The caller closes it.
func (s *Store) RawMessage(ctx context.Context, message int64) (io.ReadCloser, error) {
	var raw, size int64
	found := false
	err := s.read(ctx, "message_raw", func(row scanner) error { found = true; return row.Scan(&raw, &size) }, message)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, fmt.Errorf("message %d is not in the ledger", message)
	case raw == 0:
		return nil, fmt.Errorf("the raw bytes of message %d have expired", message)
	}
	return openChunks(ctx, s.readers, raw)
}

// Account is what the ledger tells of a number, a Message-ID or an address.
type Account struct {
	Messages []tickets.LedgerMessage
	Seen     map[int64][]tickets.Sighting // of the messages, by their ID
	Unread   []tickets.Sighting           // of mails that were never read whole
	Outgoing []tickets.OutboxItem
}

// WhyNumber tells of a ticket's mails.
func (s *Store) WhyNumber(ctx context.Context, number string) (Account, error) {
	return s.why(ctx, number, "messages_by_ticket", "", "outgoing_by_ticket")
}

// WhyMessageID tells of the mails with a Message-ID, without angle brackets.
func (s *Store) WhyMessageID(ctx context.Context, id string) (Account, error) {
	return s.why(ctx, id, "messages_by_header_id", "sightings_by_header_id", "outgoing_by_message_id")
}

// WhyAddress tells of the mails from and to an address.
func (s *Store) WhyAddress(ctx context.Context, address string) (Account, error) {
	return s.why(ctx, tickets.AddressKey(address), "messages_by_address", "sightings_by_address", "outgoing_by_address")
}

func (s *Store) why(ctx context.Context, key, messages, unread, outgoing string) (Account, error) {
	a := Account{Seen: map[int64][]tickets.Sighting{}}
	if err := s.read(ctx, messages, appendMessage(&a.Messages), key); err != nil {
		return a, err
	}
	for _, m := range a.Messages {
		var seen []tickets.Sighting
		if err := s.read(ctx, "sightings_by_message", scanSighting(&seen), m.ID); err != nil {
			return a, err
		}
		a.Seen[m.ID] = seen
	}
	if unread != "" {
		if err := s.read(ctx, unread, scanSighting(&a.Unread), key); err != nil {
			return a, err
		}
	}
	var err error
	a.Outgoing, err = s.outgoing(ctx, outgoing, key)
	return a, err
}

// Verdicts counts the sightings by verdict.
func (s *Store) Verdicts(ctx context.Context) (map[tickets.Verdict]int, error) {
	counts := map[tickets.Verdict]int{}
	err := s.read(ctx, "verdicts", func(row scanner) error {
		var verdict string
		var n int
		err := row.Scan(&verdict, &n)
		counts[tickets.Verdict(verdict)] = n
		return err
	})
	return counts, err
}
