package sqlite

import (
	"fmt"
	"math"
	"time"

	"maildesk/tickets"
)

var (
	releaseClaimed = statement("release_claimed")
	claimable      = statement("claimable")
	claim          = statement("claim")
	nextDue        = statement("next_due")
	nextUnblocked  = statement("next_unblocked")
	markSent       = statement("mark_sent")
	putBack        = statement("put_back")
	markFailed     = statement("mark_failed")
)

// orderHolds is how long a mail waits for an earlier one to the same ticket and recipient, from when it was composed.
const orderHolds = 10 * time.Minute

// Release makes the rows that a dead process had claimed due at now, as Queued, and says how many they were.
func (tx *Tx) Release(now time.Time) (int, error) { return tx.change(releaseClaimed, now) }

// Claim marks up to max due rows of a lane as Sending and returns them with their bytes, those due longest first. A
// row waits while an earlier row of its lane to the same ticket and recipient is Queued or Sending, but no longer than
// 10 minutes after it was itself composed. Mails of no ticket do not wait. A mail whose bytes are damaged is Failed and
// keeps nobody from leaving.
func (tx *Tx) Claim(lane tickets.Lane, now time.Time, max int) ([]tickets.OutboxItem, error) {
	var items []tickets.OutboxItem
	var blobs []int64
	err := tx.each(claimable, []any{int(lane), now, now.Add(-orderHolds), max}, func(r row) error {
		last := len(r) - 1
		item, err := scanOutbox(r[:last])
		if err != nil {
			return err
		}
		var blob int64
		err = r[last:].scan(&blob)
		items, blobs = append(items, item), append(blobs, blob)
		return err
	})
	if err != nil {
		return nil, err
	}
	claimed := items[:0]
	for i, item := range items {
		ok, err := tx.claim(&item, blobs[i], now)
		if err != nil {
			return nil, err
		}
		if ok {
			claimed = append(claimed, item)
		}
	}
	return claimed, nil
}

// claim takes a row to be sent, unless its mail has nothing to say any more, or cannot be read.
func (tx *Tx) claim(item *tickets.OutboxItem, blob int64, now time.Time) (ok bool, err error) {
	if outdated, err := tx.outdated(item); err != nil || outdated {
		return false, err
	}
	if _, err := tx.exec(claim, item.ID); err != nil {
		return false, err
	}
	raw, err := tx.blobBytes(blob)
	switch {
	case temporary(err):
		return false, err
	case err != nil:
		return false, tx.MarkFailed(item.ID, now, "the desk cannot read its copy of the mail: "+err.Error())
	}
	item.State, item.Raw = tickets.Sending, raw
	return true, nil
}

// outdated withdraws a mail that has nothing to say any more.
func (tx *Tx) outdated(item *tickets.OutboxItem) (bool, error) {
	if item.Ticket == 0 || !item.Kind.Ages() {
		return false, nil
	}
	ticket, err := tx.TicketByID(item.Ticket)
	if err != nil || ticket == nil || !ticket.Outdates(item.Kind) {
		return false, err
	}
	_, err = tx.exec(cancelOutgoing, item.ID)
	return true, err
}

// NextDue is when the lane's next Queued row can leave, zero when none is queued: when it is due, or for one that waits
// for an earlier row when its waiting ends. Claimed rows do not count.
func (tx *Tx) NextDue(lane tickets.Lane) (time.Time, error) {
	var due, unblocked time.Time
	if _, err := tx.first(nextDue, []any{int(lane)}, &due); err != nil {
		return time.Time{}, err
	}
	before := int64(math.MaxInt64)
	if !due.IsZero() {
		before = due.UnixMilli()
	}
	if _, err := tx.first(nextUnblocked, []any{orderHolds.Milliseconds(), int(lane), before}, &unblocked); err != nil {
		return time.Time{}, err
	}
	if due.IsZero() || !unblocked.IsZero() && unblocked.Before(due) {
		return unblocked, nil
	}
	return due, nil
}

// MarkSent records that the next hop has taken responsibility, with its reply.
func (tx *Tx) MarkSent(id int64, at time.Time, response string) error {
	return tx.finish(id, markSent, at, response, id)
}

// Defer puts a claimed row back as Queued, due at due, and counts an attempt.
func (tx *Tx) Defer(id int64, due time.Time, response string) error {
	return tx.finish(id, putBack, 1, due, response, id)
}

// Return puts a claimed row back as Queued, due at due, and counts no attempt.
func (tx *Tx) Return(id int64, due time.Time, response string) error {
	return tx.finish(id, putBack, 0, due, response, id)
}

// MarkFailed ends a row: it will not be tried again. Its Due then says when that was.
func (tx *Tx) MarkFailed(id int64, at time.Time, response string) error {
	return tx.finish(id, markFailed, at, response, id)
}

// finish changes a row that is claimed.
func (tx *Tx) finish(id int64, q *query, args ...any) error {
	n, err := tx.change(q, args...)
	if err == nil && n == 0 {
		err = fmt.Errorf("%s: outgoing mail %d is not claimed", q.name, id)
	}
	return err
}
