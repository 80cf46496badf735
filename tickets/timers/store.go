package timers

import (
	"context"
	"time"

	"maildesk/tickets"
)

// Update runs f in one transaction and commits; an error of f rolls everything back. It may run f again, so f has no
// effect beside its Tx.
type Update func(ctx context.Context, f func(Tx) error) error

// Tx is what due work asks of the store within a transaction. Look-ups return nil, without an error, for what is not
// there. An error that is the environment's has Temporary() true.
type Tx interface {
	// Savepoint runs f and undoes what it wrote when it returns an error or panics, which Savepoint passes on.
	Savepoint(f func() error) error

	// DueTimers reads up to limit timers that are due at now, those due longest first.
	DueTimers(now time.Time, limit int) ([]tickets.Timer, error)
	// SetTimer stores a timer; one of the same kind, ticket and subject gets the new due time and data and keeps its ID.
	SetTimer(t tickets.Timer) error
	// DropTimer removes a timer, in the transaction that read it.
	DropTimer(id int64) error

	// TicketByID reads a ticket without its entries.
	TicketByID(id int64) (*tickets.Ticket, error)
	// SetTicket stores all of a ticket but its number and when it was created.
	SetTicket(t *tickets.Ticket) error
	// AddEntry stores an entry and sets its ID.
	AddEntry(e *tickets.Entry) error
	// AddChange stores what became of a ticket and sets its ID.
	AddChange(c *tickets.Change) error
	// Person finds a person by address.
	Person(address string) (*tickets.Person, error)

	// HeaderIDsHadBy are the Message-IDs of a ticket's mails that somebody sent or received, oldest first: the first and the newest.
	HeaderIDsHadBy(ticket int64, address string, limit int) ([]string, error)
	// HastenTimer makes a ticket's timer of a kind due no later than an instant, if there is one.
	HastenTimer(ticket int64, kind tickets.TimerKind, due time.Time) error
	// TimersOf reads a ticket's timers.
	TimersOf(ticket int64) ([]tickets.Timer, error)
	// Withdraw takes back what is queued of a kind, to an address on a ticket, or to all with "".
	Withdraw(ticket int64, recipient string, kind tickets.NoticeKind) error
	// EntriesOf reads a ticket's entries, oldest first.
	EntriesOf(ticket int64) ([]tickets.Entry, error)
	// DutyAt is who was arranged to be on call at an instant, "" when it is the rota's turn.
	DutyAt(at time.Time) (address string, err error)
	// AddAlerted records who was alerted of a ticket, Alerted is who was.
	AddAlerted(ticket int64, who []tickets.Address) error
	Alerted(ticket int64) ([]tickets.Address, error)
	// AwayAt is who is away at an instant, by AddressKey, and until when.
	AwayAt(at time.Time) (map[string]time.Time, error)
	// AddOutgoing puts a mail into the outbox, due at now.
	AddOutgoing(o tickets.Outgoing, now time.Time) error
}
