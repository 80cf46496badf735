package sqlite

import (
	"context"
	"time"

	"maildesk/tickets"
)

// AddOutgoing puts a mail into the outbox, due at now.
func (tx *Tx) AddOutgoing(o tickets.Outgoing, now time.Time) error {
	raw, err := tx.addBytes(o.Raw)
	if err != nil {
		return err
	}
	_, err = tx.exec("add_outgoing", reference(o.Ticket), reference(o.Entry), string(o.Kind), int(o.Lane), o.Sender, o.Recipient,
		tickets.AddressKey(o.Recipient), o.MessageID, raw, len(o.Raw), millis(now), millis(now))
	return err
}

// OutgoingByMessageID finds one of our mails, without its bytes; nil when there is none.
func (tx *Tx) OutgoingByMessageID(id string) (*tickets.OutboxItem, error) {
	var row outboxRow
	found, err := tx.one("outgoing_by_message_id", row.scan, id)
	if !found {
		return nil, err
	}
	return &row.item, nil
}

// CountOutgoing counts the mails composed for a recipient since an instant; of one ticket, or of all with ticket 0.
func (tx *Tx) CountOutgoing(recipient string, ticket int64, since time.Time) (n int, err error) {
	_, err = tx.one("count_outgoing", func(row scanner) error { return row.Scan(&n) },
		tickets.AddressKey(recipient), millis(since), ticket)
	return n, err
}

// Release makes the mails that a dead daemon had claimed due at now, and says how many they were.
func (tx *Tx) Release(now time.Time) (int, error) {
	n, err := tx.exec("release", millis(now))
	return int(n), err
}

// Claim marks up to max due mails of a lane as Sending and returns them with their bytes, oldest first, in order per
// ticket and recipient.
func (tx *Tx) Claim(lane tickets.Lane, now time.Time, max int) ([]tickets.OutboxItem, error) {
	var rows []outboxRow
	err := tx.each("due", func(s scanner) error {
		var row outboxRow
		err := row.scan(s)
		rows = append(rows, row)
		return err
	}, int(lane), millis(now), max)
	if err != nil {
		return nil, err
	}
	items := make([]tickets.OutboxItem, len(rows))
	for i, row := range rows {
		if _, err := tx.exec("claim", row.item.ID); err != nil {
			return nil, err
		}
		items[i] = row.item
		items[i].State = tickets.Sending
		if items[i].Raw, err = readChunks(tx.ctx, tx.store.conn, row.raw); err != nil {
			return nil, err
		}
	}
	return items, nil
}

// NextDue is when the lane's next mail becomes due, zero when none is queued.
func (tx *Tx) NextDue(lane tickets.Lane) (time.Time, error) {
	var due int64
	_, err := tx.one("next_due", func(row scanner) error { return row.Scan(&due) }, int(lane))
	return instant(due), err
}

// MarkSent records that the next hop has taken a mail.
func (tx *Tx) MarkSent(id int64, at time.Time, response string) error {
	_, err := tx.exec("mark_sent", millis(at), response, id)
	return err
}

// Defer puts a claimed mail back, due at due, and counts an attempt.
func (tx *Tx) Defer(id int64, due time.Time, response string) error {
	_, err := tx.exec("defer", millis(due), response, id)
	return err
}

// Return puts a claimed mail back, due at due, and counts no attempt.
func (tx *Tx) Return(id int64, due time.Time, response string) error {
	_, err := tx.exec("return", millis(due), response, id)
	return err
}

// MarkFailed ends a mail: it is not tried again. The instant is kept in the entry that goes with it.
func (tx *Tx) MarkFailed(id int64, _ time.Time, response string) error {
	_, err := tx.exec("mark_failed", response, id)
	return err
}

// RetryOutbox makes mails due at now as if they were new: those of the ids, or with none all that failed. It returns how
// many there were.
func (s *Store) RetryOutbox(ctx context.Context, ids []int64, now time.Time) (n int, err error) {
	if len(ids) == 0 {
		ids = []int64{0}
	}
	return s.changeOutbox(ctx, ids, func(tx *Tx, id int64) (int64, error) {
		return tx.exec("retry_failed", id, millis(now))
	})
}

// CancelOutbox withdraws mails that are queued or failed, and returns how many there were. What is being sent goes out.
func (s *Store) CancelOutbox(ctx context.Context, ids []int64) (n int, err error) {
	return s.changeOutbox(ctx, ids, func(tx *Tx, id int64) (int64, error) { return tx.exec("cancel", id) })
}

func (s *Store) changeOutbox(ctx context.Context, ids []int64, change func(*Tx, int64) (int64, error)) (n int, err error) {
	err = s.Update(ctx, func(tx *Tx) error {
		n = 0
		for _, id := range ids {
			changed, err := change(tx, id)
			if err != nil {
				return err
			}
			n += int(changed)
		}
		return nil
	})
	return n, err
}

// Outbox lists the mails of a state, or all with "", without their bytes, in the order in which they were composed.
func (s *Store) Outbox(ctx context.Context, state tickets.OutboxState) ([]tickets.OutboxItem, error) {
	return s.outgoing(ctx, "outbox", string(state))
}

// OutboxRaw reads the bytes of one of our mails.
func (s *Store) OutboxRaw(ctx context.Context, id int64) ([]byte, error) {
	var row outboxRow
	found := false
	err := s.read(ctx, "outgoing_by_id", func(sc scanner) error { found = true; return row.scan(sc) }, id)
	if err != nil || !found {
		return nil, err
	}
	return readChunks(ctx, s.readers, row.raw)
}

func (s *Store) outgoing(ctx context.Context, name string, args ...any) ([]tickets.OutboxItem, error) {
	var items []tickets.OutboxItem
	err := s.read(ctx, name, func(sc scanner) error {
		var row outboxRow
		err := row.scan(sc)
		items = append(items, row.item)
		return err
	}, args...)
	return items, err
}

// OutboxState counts what has not left.
type OutboxState struct {
	Queued map[tickets.Lane]int
	Oldest map[tickets.Lane]time.Time // when the lane's oldest mail was composed
	Failed int
}

// OutboxState counts what has not left, for the health page.
func (s *Store) OutboxState(ctx context.Context) (OutboxState, error) {
	state := OutboxState{Queued: map[tickets.Lane]int{}, Oldest: map[tickets.Lane]time.Time{}}
	err := s.read(ctx, "outbox_counts", func(row scanner) error {
		var name string
		var lane tickets.Lane
		var n int
		var oldest int64
		if err := row.Scan(&name, (*int)(&lane), &n, &oldest); err != nil {
			return err
		}
		if tickets.OutboxState(name) == tickets.Failed {
			state.Failed += n
			return nil
		}
		state.Queued[lane] += n
		if at := instant(oldest); state.Oldest[lane].IsZero() || at.Before(state.Oldest[lane]) {
			state.Oldest[lane] = at
		}
		return nil
	})
	return state, err
}

// outboxRow is a row of the view outbox_item.
type outboxRow struct {
	item tickets.OutboxItem
	raw  int64 // its first chunk
}

func (r *outboxRow) scan(row scanner) error {
	var ticket, entry *int64
	var number *string
	var size, created, due, sent int64
	o := &r.item
	err := row.Scan(&o.ID, &ticket, &number, &entry, (*string)(&o.Kind), (*int)(&o.Lane), &o.Sender, &o.Recipient, &o.MessageID,
		(*string)(&o.State), &o.Attempts, &created, &due, &sent, &o.Response, &r.raw, &size)
	o.Ticket, o.Entry, o.Number = orZero(ticket), orZero(entry), orZero(number)
	o.CreatedAt, o.Due, o.SentAt = instant(created), instant(due), instant(sent)
	return err
}
