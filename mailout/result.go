package mailout

import (
	"encoding/json"
	"fmt"
	"time"

	"maildesk/tickets"
)

// result is what became of a claimed row: how to record it, and what to tell when that is committed.
type result struct {
	record func(Tx) error
	event  Event // zero Kind: nothing to tell
}

func sent(item tickets.OutboxItem, now time.Time, response string) result {
	return result{
		record: func(tx Tx) error { return tx.MarkSent(item.ID, now, response) },
		event:  Event{Kind: EventSent, At: now, Item: item, Reply: response},
	}
}

// returned is a row that had no part in why it did not leave.
func returned(item tickets.OutboxItem, now time.Time) result {
	return result{record: func(tx Tx) error { return tx.Return(item.ID, now, item.Response) }}
}

// deferred is a row that is tried again, until its time is over.
func deferred(item tickets.OutboxItem, now time.Time, fault *Fault) result {
	due, ok := nextAttempt(item.ID, item.Attempts+1, item.CreatedAt, now)
	if !ok {
		return failed(item, now, fault)
	}
	response := fault.response()
	return result{
		record: func(tx Tx) error { return tx.Defer(item.ID, due, response) },
		event:  Event{Kind: EventDeferred, At: now, Item: item, Reply: response, Until: due},
	}
}

// failed is a row that is given up, and what follows from that on its ticket.
func failed(item tickets.OutboxItem, now time.Time, fault *Fault) result {
	response := fault.response()
	return result{
		record: func(tx Tx) error {
			if err := tx.MarkFailed(item.ID, now, response); err != nil || item.Ticket == 0 {
				return err
			}
			return unreached(tx, item, now, response)
		},
		event: Event{Kind: EventFailed, At: now, Item: item, Reply: response},
	}
}

// unreached records on its ticket that a mail did not arrive, marks its recipient's address, and has whoever handles the ticket told. That
// such a word did not arrive itself is told to nobody, or two addresses that are out of order would write of each other without end.
func unreached(tx Tx, item tickets.OutboxItem, now time.Time, response string) error {
	entry := &tickets.Entry{
		Ticket: item.Ticket, At: now, Kind: tickets.EntryBounce, Visibility: tickets.Internal,
		Text: fmt.Sprintf("%s → %s: %s", item.Kind, item.Recipient, response),
	}
	if err := tx.AddEntry(entry); err != nil {
		return err
	}
	if err := tx.MarkUnreachable(item.Recipient, now, response); err != nil || item.Kind == tickets.NoticeUnreached {
		return err
	}
	data, err := json.Marshal(tickets.Unreached{Kind: item.Kind, Entry: entry.ID, Recipient: item.Recipient, Response: response})
	if err != nil {
		return fmt.Errorf("have it told that a mail did not arrive: %w", err)
	}
	return tx.SetTimer(tickets.Timer{Kind: tickets.TimerUnreached, Ticket: item.Ticket, Subject: tickets.AddressKey(item.Recipient), Due: now, Data: string(data)})
}
