package sqlite

import (
	"bytes"
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	addOutgoing           = statement("add_outgoing")
	outgoingByMessageID   = statement("outgoing_by_message_id")
	countOutgoing         = statement("count_outgoing")
	countOutgoingOfTicket = statement("count_outgoing_of_ticket")
)

// AddOutgoing puts a mail into the outbox, due at now. A second mail with the same Message-ID is refused.
func (tx *Tx) AddOutgoing(o tickets.Outgoing, now time.Time) error {
	blob, _, err := tx.addBlob(bytes.NewReader(o.Raw))
	if err != nil {
		return fmt.Errorf("store outgoing mail: %w", err)
	}
	_, err = tx.exec(addOutgoing, reference(o.Ticket), reference(o.Entry), string(o.Kind), int(o.Lane), o.Sender,
		tickets.AddressKey(o.Recipient), o.Recipient, o.MessageID, blob, now, now)
	if err != nil {
		return fmt.Errorf("store outgoing mail %s: %w", o.MessageID, err)
	}
	return nil
}

// OutgoingByMessageID finds one of our mails, without its bytes; nil when it is none of ours.
func (tx *Tx) OutgoingByMessageID(id string) (*tickets.OutboxItem, error) {
	var found *tickets.OutboxItem
	err := tx.each(outgoingByMessageID, []any{id}, func(r row) error {
		item, err := scanOutbox(r)
		found = &item
		return err
	})
	return found, err
}

// scanOutbox reads the columns outbox_columns.
func scanOutbox(r row) (o tickets.OutboxItem, err error) {
	var lane int
	err = r.scan(&o.ID, &o.Ticket, &o.Number, &o.Entry, (*string)(&o.Kind), &lane, &o.Sender, &o.Recipient, &o.MessageID,
		(*string)(&o.State), &o.Attempts, &o.CreatedAt, &o.Due, &o.SentAt, &o.Response)
	o.Lane = tickets.Lane(lane)
	return o, err
}

// CountOutgoing counts the mails composed for recipient since an instant; of one ticket, or of all with ticket 0.
func (tx *Tx) CountOutgoing(recipient string, ticket int64, since time.Time) (n int, err error) {
	args := []any{tickets.AddressKey(recipient), since}
	if ticket == 0 {
		_, err = tx.first(countOutgoing, args, &n)
	} else {
		_, err = tx.first(countOutgoingOfTicket, append(args, ticket), &n)
	}
	return n, err
}
