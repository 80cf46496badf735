package demo

import (
	"context"
	"fmt"
	"slices"

	"maildesk/tickets"
	"maildesk/tickets/sqlite"
)

// fate is what the desk's ledger says of one appearance of a mail.
type fate struct {
	verdict  tickets.Verdict
	reason   string
	evidence string
	number   string // of the ticket it went to, "" when none
	answers  []tickets.OutboxItem
}

// written are the mails to a person that it made the desk write.
func (f fate) written(to person) []tickets.OutboxItem {
	return slices.DeleteFunc(slices.Clone(f.answers), func(o tickets.OutboxItem) bool {
		return !tickets.SameAddress(o.Recipient, to.Address)
	})
}

// lookUp asks the ledger about the n-th appearance of a mail, the newest with n = 0.
func lookUp(ctx context.Context, store *sqlite.Store, messageID string, n int) (fate, error) {
	account, err := store.WhyMessageID(ctx, messageID)
	if err != nil {
		return fate{}, err
	}
	f := fate{answers: account.Outgoing}
	sightings := account.Unread
	for _, m := range account.Messages {
		f.number, f.evidence = m.Number, m.Evidence
		sightings = append(sightings, m.Sightings...)
	}
	if len(sightings) == 0 || len(sightings) < n {
		return fate{}, fmt.Errorf("the ledger knows %d appearances of <%s>, want %d", len(sightings), messageID, max(n, 1))
	}
	if n == 0 {
		n = len(sightings)
	}
	f.verdict, f.reason = sightings[n-1].Verdict, sightings[n-1].Reason
	if len(account.Unread) > 0 {
		f.number, f.answers, err = stubOf(ctx, store, messageID)
	}
	return f, err
}

// stubOf finds the ticket of a mail that could not be read: nothing ties them but the Message-ID.
func stubOf(ctx context.Context, store *sqlite.Store, messageID string) (string, []tickets.OutboxItem, error) {
	all, err := store.Tickets(ctx)
	if err != nil {
		return "", nil, err
	}
	for _, t := range slices.Backward(all) {
		account, err := store.WhyNumber(ctx, t.Number)
		if err != nil {
			return "", nil, err
		}
		if slices.ContainsFunc(account.Unread, func(s tickets.Sighting) bool { return s.HeaderID == messageID }) {
			return t.Number, account.Outgoing, nil
		}
	}
	return "", nil, nil
}
