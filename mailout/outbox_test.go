package mailout

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"maildesk/tickets"
)

// outbox is Store in memory, for the dispatcher's own tests; tickets/sqlite has the real one. Every function runs
// twice, the first time on a copy that is thrown away, as Update may do.
type outbox struct {
	mu      sync.Mutex
	rows    map[int64]tickets.OutboxItem
	entries []tickets.Entry
	marked  map[string]string // addresses that refuse mail, and why
	timers  []tickets.Timer
	changed chan struct{}
	broken  int // how many updates fail
}

func newOutbox(items ...tickets.OutboxItem) *outbox {
	o := &outbox{rows: map[int64]tickets.OutboxItem{}, marked: map[string]string{}, changed: make(chan struct{})}
	o.add(items...)
	return o
}

func (o *outbox) add(items ...tickets.OutboxItem) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, item := range items {
		item.ID = int64(len(o.rows) + 1)
		item.State = cmp.Or(item.State, tickets.Queued)
		o.rows[item.ID] = item
	}
}

func (o *outbox) Update(ctx context.Context, fn func(Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken > 0 {
		o.broken--
		return errors.New("disk full")
	}
	for range 2 {
		tx := &outboxTx{rows: maps.Clone(o.rows), entries: slices.Clone(o.entries), marked: maps.Clone(o.marked), timers: slices.Clone(o.timers)}
		if err := fn(tx); err != nil {
			return err
		}
		defer func() { o.rows, o.entries, o.marked, o.timers = tx.rows, tx.entries, tx.marked, tx.timers }()
		if tx.changed {
			defer func() { close(o.changed); o.changed = make(chan struct{}) }()
		}
	}
	return nil
}

// until waits until the rows are as they should be.
func (o *outbox) until(t *testing.T, what string, ok func(rows map[int64]tickets.OutboxItem) bool) map[int64]tickets.OutboxItem {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		o.mu.Lock()
		rows, changed := o.rows, o.changed
		o.mu.Unlock()
		if ok(rows) {
			return rows
		}
		select {
		case <-changed:
		case <-deadline:
			for _, row := range rows {
				t.Logf("row %d: %s, %d attempts, %q", row.ID, row.State, row.Attempts, row.Response)
			}
			t.Fatalf("the outbox never was as it should: %s", what)
		}
	}
}

func (o *outbox) untilAll(t *testing.T, state tickets.OutboxState) map[int64]tickets.OutboxItem {
	t.Helper()
	return o.until(t, "all "+string(state), func(rows map[int64]tickets.OutboxItem) bool {
		for _, row := range rows {
			if row.State != state {
				return false
			}
		}
		return true
	})
}

type outboxTx struct {
	rows    map[int64]tickets.OutboxItem
	entries []tickets.Entry
	marked  map[string]string
	timers  []tickets.Timer
	changed bool
}

func (tx *outboxTx) set(id int64, change func(*tickets.OutboxItem)) error {
	row := tx.rows[id]
	if row.State != tickets.Sending {
		return errors.New("row is not claimed")
	}
	change(&row)
	tx.rows[id], tx.changed = row, true
	return nil
}

func (tx *outboxTx) Release(now time.Time) (int, error) {
	n := 0
	for id, row := range tx.rows {
		if row.State == tickets.Sending {
			row.State, row.Due = tickets.Queued, now
			tx.rows[id] = row
			n++
		}
	}
	return n, nil
}

func (tx *outboxTx) blocked(row tickets.OutboxItem) bool {
	for _, other := range tx.rows {
		if other.ID < row.ID && other.Lane == row.Lane && other.Ticket == row.Ticket && other.Recipient == row.Recipient &&
			(other.State == tickets.Queued || other.State == tickets.Sending) {
			return true
		}
	}
	return false
}

func (tx *outboxTx) Claim(lane tickets.Lane, now time.Time, max int) ([]tickets.OutboxItem, error) {
	var claimed []tickets.OutboxItem
	for _, id := range slices.Sorted(maps.Keys(tx.rows)) {
		row := tx.rows[id]
		if len(claimed) == max || row.Lane != lane || row.State != tickets.Queued || row.Due.After(now) ||
			tx.blocked(row) && now.Before(row.CreatedAt.Add(10*time.Minute)) {
			continue
		}
		row.State = tickets.Sending
		tx.rows[id], tx.changed = row, true
		claimed = append(claimed, row)
	}
	return claimed, nil
}

func (tx *outboxTx) NextDue(lane tickets.Lane) (time.Time, error) {
	var next time.Time
	for _, row := range tx.rows {
		due := row.Due
		if tx.blocked(row) {
			due = row.CreatedAt.Add(10 * time.Minute)
		}
		if row.Lane == lane && row.State == tickets.Queued && (next.IsZero() || due.Before(next)) {
			next = due
		}
	}
	return next, nil
}

func (tx *outboxTx) MarkSent(id int64, at time.Time, response string) error {
	return tx.set(id, func(row *tickets.OutboxItem) { row.State, row.SentAt, row.Response = tickets.Sent, at, response })
}

func (tx *outboxTx) Defer(id int64, due time.Time, response string) error {
	return tx.set(id, func(row *tickets.OutboxItem) {
		row.State, row.Due, row.Response = tickets.Queued, due, response
		row.Attempts++
	})
}

func (tx *outboxTx) Return(id int64, due time.Time, response string) error {
	return tx.set(id, func(row *tickets.OutboxItem) { row.State, row.Due, row.Response = tickets.Queued, due, response })
}

func (tx *outboxTx) MarkFailed(id int64, at time.Time, response string) error {
	return tx.set(id, func(row *tickets.OutboxItem) { row.State, row.Response = tickets.Failed, response })
}

func (tx *outboxTx) AddEntry(e *tickets.Entry) error {
	e.ID = int64(len(tx.entries) + 1)
	tx.entries = append(tx.entries, *e)
	return nil
}

func (tx *outboxTx) MarkUnreachable(address string, _ time.Time, why string) error {
	tx.marked[address] = why
	return nil
}

func (tx *outboxTx) SetTimer(t tickets.Timer) error {
	tx.timers = append(tx.timers, t)
	return nil
}
