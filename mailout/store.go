package mailout

import (
	"context"
	"time"

	"maildesk/tickets"
)

// Store is the outbox as the dispatcher needs it.
type Store interface {
	// Update runs fn in one transaction and commits it when fn returns nil. It may run fn again.
	Update(ctx context.Context, fn func(Tx) error) error
}

// Tx is the dispatcher's slice of a transaction.
type Tx interface {
	// Release makes the rows that a dead process had claimed due at now, as Queued, and says how many they were.
	Release(now time.Time) (int, error)
	// Claim marks up to max due rows of a lane as Sending and returns them, oldest first. A row waits while an
	// earlier row of its lane to the same ticket and recipient is Queued or Sending, but no longer than 10 minutes
	// after it was itself created; alerts wait for no other lane.
	Claim(lane tickets.Lane, now time.Time, max int) ([]tickets.OutboxItem, error)
	// NextDue is when the lane's next Queued row becomes due, zero when none is queued. Claimed rows do not
	// count; rows that wait for an earlier one count from when their waiting ends.
	NextDue(lane tickets.Lane) (time.Time, error)
	// MarkSent records that the next hop has taken responsibility, with its reply.
	MarkSent(id int64, at time.Time, response string) error
	// Defer puts a claimed row back as Queued, due at due, and counts an attempt.
	Defer(id int64, due time.Time, response string) error
	// Return puts a claimed row back as Queued, due at due, and counts no attempt: the row had no part in why
	// it could not leave.
	Return(id int64, due time.Time, response string) error
	// MarkFailed ends a row: it will not be tried again.
	MarkFailed(id int64, at time.Time, response string) error
	// AddEntry appends an entry to its ticket's timeline and sets its ID.
	AddEntry(*tickets.Entry) error
	// MarkUnreachable records that mail to an address is refused, since when and why.
	MarkUnreachable(address string, at time.Time, why string) error
	// SetTimer stores work that is due later; one of the same kind, ticket and subject is moved.
	SetTimer(t tickets.Timer) error
}
