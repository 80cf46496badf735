package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	addOutgoing            = statement("add_outgoing")
	addDigestLine          = statement("add_digest_line")
	digestLines            = statement("digest_lines")
	outgoingByMessageID    = statement("outgoing_by_message_id")
	outgoingOfTicketTo     = statement("outgoing_of_ticket_to")
	countAutomatic         = statement("count_automatic")
	countAutomaticOfTicket = statement("count_automatic_of_ticket")
	countNotices           = statement("count_notices")
	wholeOutbox            = statement("whole_outbox")
	outboxInState          = statement("outbox_in_state")
	outboxBlob             = statement("outbox_blob")
	retryOutgoing          = statement("retry_outgoing")
	retryAllFailed         = statement("retry_all_failed")
	cancelOutgoing         = statement("cancel_outgoing")
	withdraw               = statement("withdraw")
)

func (tx *Tx) addOutgoingBytes(o tickets.Outgoing) (id int64, err error) {
	if o.Packed != nil {
		return tx.addPacked(o.Packed, int64(len(o.Raw)))
	}
	id, _, err = tx.addBlob(bytes.NewReader(o.Raw))
	return id, err
}

// AddOutgoing puts a mail into the outbox, due at now, with the tickets that its lines stand for. A second mail with the same Message-ID is refused.
func (tx *Tx) AddOutgoing(o tickets.Outgoing, now time.Time) error {
	blob, err := tx.addOutgoingBytes(o)
	if err != nil {
		return fmt.Errorf("store outgoing mail: %w", err)
	}
	id, err := tx.insert(addOutgoing, reference(o.Ticket), reference(o.Entry), string(o.Kind), int(o.Lane), o.Sender,
		tickets.AddressKey(o.Recipient), o.Recipient, o.MessageID, blob, now, now)
	if err != nil {
		return fmt.Errorf("store outgoing mail %s: %w", o.MessageID, err)
	}
	for i, ticket := range o.Lines {
		if _, err := tx.exec(addDigestLine, id, i+1, ticket); err != nil {
			return fmt.Errorf("store line %d of %s: %w", i+1, o.MessageID, err)
		}
	}
	return nil
}

// DigestLines are the numbers of the tickets that stood on the lines of one of our mails, in their order from line 1; none
// when its lines stood for no tickets.
func (tx *Tx) DigestLines(outbox int64) (numbers []string, err error) {
	err = tx.each(digestLines, []any{outbox}, func(r row) error {
		var number string
		err := r.scan(&number)
		numbers = append(numbers, number)
		return err
	})
	return numbers, err
}

// OutgoingByMessageID finds one of our mails, without its bytes; nil when it is none of ours.
func (tx *Tx) OutgoingByMessageID(id string) (*tickets.OutboxItem, error) {
	found, err := tx.outgoing(outgoingByMessageID, id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// OutgoingTo reads up to limit of our mails on a ticket to a recipient, whatever became of them, newest first and without
// their bytes.
func (tx *Tx) OutgoingTo(ticket int64, recipient string, limit int) ([]tickets.OutboxItem, error) {
	return tx.outgoing(outgoingOfTicketTo, ticket, tickets.AddressKey(recipient), max(limit, 0))
}

func (a *access) outgoing(q *query, args ...any) (out []tickets.OutboxItem, err error) {
	err = a.each(q, args, func(r row) error {
		item, err := scanOutbox(r)
		out = append(out, item)
		return err
	})
	return out, err
}

// scanOutbox reads the columns outbox_columns.
func scanOutbox(r row) (o tickets.OutboxItem, err error) {
	var lane int
	err = r.scan(&o.ID, &o.Ticket, &o.Number, &o.Entry, (*string)(&o.Kind), &lane, &o.Sender, &o.Recipient, &o.MessageID,
		(*string)(&o.State), &o.Attempts, &o.CreatedAt, &o.Due, &o.SentAt, &o.Response)
	o.Lane = tickets.Lane(lane)
	return o, err
}

// CountAutomatic counts the mails composed for recipient since an instant; of one ticket, or of all with ticket 0.
func (tx *Tx) CountAutomatic(recipient string, ticket int64, since time.Time) (n int, err error) {
	args := []any{tickets.AddressKey(recipient), since}
	if ticket == 0 {
		_, err = tx.first(countAutomatic, args, &n)
	} else {
		_, err = tx.first(countAutomaticOfTicket, append(args, ticket), &n)
	}
	return n, err
}

// CountNotices counts the mails of a kind composed for recipient since an instant.
func (tx *Tx) CountNotices(recipient string, kind tickets.NoticeKind, since time.Time) (n int, err error) {
	_, err = tx.first(countNotices, []any{tickets.AddressKey(recipient), since, string(kind)}, &n)
	return n, err
}

// RetryOutbox makes failed mails queued again, as if composed and never tried at now; of mails that wait for a later attempt
// it is the attempt. Without ids it takes all failed ones. It returns how many there were.
func (s *Store) RetryOutbox(ctx context.Context, ids []int64, now time.Time) (n int, err error) {
	if len(ids) > 0 {
		return s.changeOutbox(ctx, ids, func(tx *Tx, id int64) (int, error) { return tx.change(retryOutgoing, now, now, id) })
	}
	err = s.Update(ctx, func(tx *Tx) error {
		n, err = tx.change(retryAllFailed, now, now)
		return err
	})
	return n, err
}

// Withdraw takes back what is queued of a kind, to an address on a ticket, or to all with "".
func (tx *Tx) Withdraw(ticket int64, recipient string, kind tickets.NoticeKind) error {
	key := tickets.AddressKey(recipient)
	_, err := tx.exec(withdraw, ticket, string(kind), key, key)
	return err
}

// CancelOutbox withdraws mails that are queued or failed, and returns how many there were. What is being sent at that
// moment, and what was sent, stays as it is.
func (s *Store) CancelOutbox(ctx context.Context, ids []int64) (int, error) {
	return s.changeOutbox(ctx, ids, func(tx *Tx, id int64) (int, error) { return tx.change(cancelOutgoing, id) })
}

func (s *Store) changeOutbox(ctx context.Context, ids []int64, change func(tx *Tx, id int64) (int, error)) (total int, err error) {
	err = s.Update(ctx, func(tx *Tx) error {
		total = 0
		for _, id := range ids {
			n, err := change(tx, id)
			if err != nil {
				return err
			}
			total += n
		}
		return nil
	})
	return total, err
}
