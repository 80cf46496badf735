package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"

	"maildesk/tickets"
)

// ErrNoBytes says that a mail's bytes are not there (any more).
var ErrNoBytes = errors.New("the mail's bytes are not in the database")

// ErrTooBig says that a mail is too big to be read whole.
var ErrTooBig = errors.New("the mail is too big to be read at once")

// Tickets reads all tickets, whatever their status, oldest first, without their entries.
func (s *Store) Tickets(ctx context.Context) (out []tickets.Ticket, err error) {
	err = s.view(ctx, func(v *access) error {
		at := map[int64]int{}
		err := v.each(allTickets, nil, func(r row) error {
			t, err := scanTicket(r)
			at[t.ID] = len(out)
			out = append(out, *t)
			return err
		})
		if err != nil {
			return err
		}
		err = v.each(allWatchers, nil, func(r row) error {
			var ticket int64
			var w tickets.Address
			err := r.scan(&ticket, &w.Address, &w.Name)
			t := &out[at[ticket]]
			t.Watchers = append(t.Watchers, w)
			return err
		})
		if err != nil {
			return err
		}
		return v.each(allLinks, nil, func(r row) error {
			var ticket int64
			var number string
			err := r.scan(&ticket, &number)
			t := &out[at[ticket]]
			t.Links = append(t.Links, number)
			return err
		})
	})
	return out, err
}

// TicketByNumber reads a ticket without its entries, nil when there is none.
func (s *Store) TicketByNumber(ctx context.Context, number string) (t *tickets.Ticket, err error) {
	err = s.view(ctx, func(v *access) error {
		t, err = v.ticket(ticketByNumber, number)
		return err
	})
	return t, err
}

// TicketByID reads a ticket without its entries, nil when it is not there.
func (s *Store) TicketByID(ctx context.Context, id int64) (t *tickets.Ticket, err error) {
	err = s.view(ctx, func(v *access) error {
		t, err = v.ticket(ticketByID, id)
		return err
	})
	return t, err
}

// Entries reads a ticket's timeline with its attachments, oldest first.
func (s *Store) Entries(ctx context.Context, ticket int64) (out []tickets.Entry, err error) {
	err = s.view(ctx, func(v *access) error {
		at := map[int64]int{}
		err := v.each(entriesOfTicket, []any{ticket}, func(r row) error {
			e, err := scanEntry(r)
			at[e.ID] = len(out)
			out = append(out, *e)
			return err
		})
		if err != nil {
			return err
		}
		return v.each(attachmentsOfTicket, []any{ticket}, func(r row) error {
			var entry int64
			var f tickets.Attachment
			err := r.scan(&entry, &f.Position, &f.Name, &f.Type, &f.Size, &f.SHA256, &f.Inline)
			e := &out[at[entry]]
			e.Attachments = append(e.Attachments, f)
			return err
		})
	})
	return out, err
}

// RawMessage streams the bytes of a mail that came in, ErrNoBytes when they are gone. It reads a piece at a time, in a
// transaction each, and holds nothing back from the writer; the caller closes it. ctx ends it.
func (s *Store) RawMessage(ctx context.Context, message int64) (io.ReadCloser, error) {
	c := &chunks{}
	err := s.view(ctx, func(v *access) (err error) {
		if c.blob, err = v.blobOf(messageBlob, message); err == nil {
			_, c.next, err = v.blobHead(c.blob)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("bytes of message %d: %w", message, err)
	}
	c.chunk = func(id int64, seq int) (data []byte, err error) {
		err = s.view(ctx, func(v *access) error {
			data, err = v.blobChunk(id, seq)
			return err
		})
		return data, err
	}
	return mustDecoder(c).IOReadCloser(), nil
}

// maxRaw is the biggest mail that RawOf reads.
const maxRaw = 64 << 20

// RawOf reads the bytes of a mail that came in, ErrNoBytes when they are gone, ErrTooBig when they are more than 64 MiB.
// They are all in memory then; whoever needs a part of them alone has RawMessage.
func (tx *Tx) RawOf(message int64) ([]byte, error) {
	raw, err := tx.rawOf(message)
	if err != nil {
		return nil, fmt.Errorf("bytes of message %d: %w", message, err)
	}
	return raw, nil
}

func (a *access) rawOf(message int64) ([]byte, error) {
	blob, err := a.blobOf(messageBlob, message)
	if err != nil {
		return nil, err
	}
	size, _, err := a.blobHead(blob)
	if err != nil {
		return nil, err
	}
	if size > maxRaw {
		return nil, fmt.Errorf("%w: %d bytes", ErrTooBig, size)
	}
	return a.blobBytes(blob)
}

// blobOf finds where the bytes of a mail lie.
func (a *access) blobOf(q *query, id int64) (blob int64, err error) {
	if _, err := a.first(q, []any{id}, &blob); err != nil {
		return 0, err
	}
	if blob == 0 {
		return 0, ErrNoBytes
	}
	return blob, nil
}

// Outbox reads the outgoing mails in one state, or in any with "", oldest first and without their bytes.
func (s *Store) Outbox(ctx context.Context, state tickets.OutboxState) (out []tickets.OutboxItem, err error) {
	err = s.view(ctx, func(v *access) error {
		if state == "" {
			out, err = v.outgoing(wholeOutbox)
		} else {
			out, err = v.outgoing(outboxInState, string(state))
		}
		return err
	})
	return out, err
}

// OutboxRaw reads the bytes of an outgoing mail, ErrNoBytes when there are none.
func (s *Store) OutboxRaw(ctx context.Context, id int64) (raw []byte, err error) {
	err = s.view(ctx, func(v *access) error {
		blob, err := v.blobOf(outboxBlob, id)
		if err == nil {
			raw, err = v.blobBytes(blob)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("bytes of outgoing mail %d: %w", id, err)
	}
	return raw, nil
}
