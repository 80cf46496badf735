package sqlite

import (
	"context"

	"maildesk/tickets"
)

var (
	messageBlob           = statement("message_blob")
	messageIDsOfTicket    = statement("message_ids_of_ticket")
	messageIDsFrom        = statement("message_ids_from")
	sightingsOfMessage    = statement("sightings_of_message")
	unreadOfTicket        = statement("unread_of_ticket")
	unreadByHeaderID      = statement("unread_by_header_id")
	unreadFrom            = statement("unread_from")
	outgoingOfTicket      = statement("outgoing_of_ticket")
	outgoingAboutHeaderID = statement("outgoing_about_header_id")
	outgoingTo            = statement("outgoing_to")
)

// WhyNumber tells of the mails of a ticket.
func (s *Store) WhyNumber(ctx context.Context, number string) (tickets.LedgerAccount, error) {
	return s.why(ctx, inquiry{messageIDsOfTicket, unreadOfTicket, outgoingOfTicket, []any{number}}, number)
}

// WhyMessageID tells of the mails with a Message-ID, without angle brackets, and of what they caused.
func (s *Store) WhyMessageID(ctx context.Context, id string) (tickets.LedgerAccount, error) {
	return s.why(ctx, inquiry{messageIDsByHeaderID, unreadByHeaderID, outgoingAboutHeaderID, []any{id, id}}, id)
}

// WhyAddress tells of the mails from and to an address.
func (s *Store) WhyAddress(ctx context.Context, address string) (tickets.LedgerAccount, error) {
	key := tickets.AddressKey(address)
	return s.why(ctx, inquiry{messageIDsFrom, unreadFrom, outgoingTo, []any{key}}, key)
}

// inquiry is one way to ask the ledger.
type inquiry struct {
	messages, unread, outgoing *query
	outgoingArgs               []any
}

func (s *Store) why(ctx context.Context, q inquiry, arg string) (account tickets.LedgerAccount, err error) {
	err = s.view(ctx, func(v *access) error {
		ids, err := v.ids(q.messages, arg)
		if err != nil {
			return err
		}
		messages, err := v.messages(ids)
		if err != nil {
			return err
		}
		for _, m := range messages {
			sightings, err := v.sightings(sightingsOfMessage, m.ID)
			if err != nil {
				return err
			}
			account.Messages = append(account.Messages, tickets.Accounted{LedgerMessage: m, Sightings: sightings})
		}
		if account.Unread, err = v.sightings(q.unread, arg); err != nil {
			return err
		}
		account.Outgoing, err = v.outgoing(q.outgoing, q.outgoingArgs...)
		return err
	})
	return account, err
}

// sightings reads the columns sighting_columns.
func (a *access) sightings(q *query, args ...any) (out []tickets.Sighting, err error) {
	err = a.each(q, args, func(r row) error {
		var s tickets.Sighting
		err := r.scan(&s.ID, &s.Source, &s.Folder, &s.UIDValidity, &s.UID, &s.Message, (*string)(&s.Verdict), &s.Reason,
			&s.At, &s.Acknowledged, &s.HeaderID, &s.From, &s.Subject)
		out = append(out, s)
		return err
	})
	return out, err
}
