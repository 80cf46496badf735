package mailout

import (
	"context"
	"errors"
	"time"

	"maildesk/tickets"
)

const (
	idleClose = 30 * time.Second      // an unused connection is closed after this
	askFirst  = 5 * time.Second       // and asked whether it is alive before it is used again after this
	longest   = time.Minute           // without a wake-up the outbox is looked at this often
	busy      = 50 * time.Millisecond // and no more often than this
)

// lane sends one queue over one connection. All of it but the channels belongs to its goroutine.
type lane struct {
	*Dispatcher
	lane     tickets.Lane
	batch    int // rows claimed at once
	timeouts Timeouts
	wake     chan struct{}
	resume   chan struct{}

	session  *session
	used     time.Time // when the session last was
	failures int       // of the connection or the queue, in a row
	rest     time.Time // no attempt before this
}

func newLane(d *Dispatcher, name tickets.Lane) *lane {
	l := &lane{
		Dispatcher: d, lane: name, batch: 3, timeouts: d.options.Timeouts,
		wake: make(chan struct{}, 1), resume: make(chan struct{}, 1),
	}
	if name == tickets.LaneAlert {
		l.batch, l.timeouts = 1, l.timeouts.urgent()
	}
	return l
}

// run claims, sends and records until ctx ends. work outlives ctx by the time that the mail in flight may take.
func (l *lane) run(ctx, work context.Context) {
	defer func() { l.hangUp(work) }()
	var results []result
	for broken := 0; ; {
		items, next, err := l.exchange(work, results, ctx.Err() == nil && l.rested())
		if err != nil {
			broken++
			if !l.storeFailed(ctx, work, err, broken) {
				return
			}
			continue
		}
		broken = 0
		l.report(results)
		results = nil
		if len(items) > 0 {
			results = l.sendAll(ctx, work, items)
			continue
		}
		if ctx.Err() != nil {
			return
		}
		l.idle(ctx, next)
	}
}

// exchange records the last batch and claims the next in one transaction. Without a claim it says when the lane's
// next row is due.
func (l *lane) exchange(ctx context.Context, results []result, claim bool) (
	items []tickets.OutboxItem, next time.Time, err error,
) {
	if ctx.Err() != nil { // the time for sending is over, that for recording is not
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
	}
	err = l.store.Update(ctx, func(tx Tx) (err error) {
		items, next = nil, time.Time{} // it may run again
		for _, r := range results {
			if err := r.record(tx); err != nil {
				return err
			}
		}
		if claim {
			if items, err = tx.Claim(l.lane, l.options.Now(), l.batch); err != nil || len(items) > 0 {
				return err
			}
		}
		next, err = tx.NextDue(l.lane)
		return err
	})
	return items, next, err
}

// storeFailed waits before the store is tried again, and says whether to try: after shutdown only while there is
// time, for what was sent should be recorded as sent.
func (l *lane) storeFailed(ctx, work context.Context, err error, times int) bool {
	if work.Err() != nil || ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return false
	}
	wait := pause(100*time.Millisecond, 30*time.Second, times, int64(l.lane))
	l.options.Log.Error("outbox cannot be read or written", "reason", err, "retry_in", wait)
	select {
	case <-time.After(wait):
	case <-ctx.Done():
		select {
		case <-time.After(min(wait, time.Second)):
		case <-work.Done():
		}
	}
	return true
}

// sendAll hands a batch over. What it does not come to, because the daemon stops or the connection fails, goes back
// as it was.
func (l *lane) sendAll(ctx, work context.Context, items []tickets.OutboxItem) []result {
	results := make([]result, 0, len(items))
	for _, item := range items {
		if ctx.Err() != nil || !l.rested() {
			results = append(results, returned(item, l.options.Now()))
			continue
		}
		results = append(results, l.sendOne(ctx, work, item))
	}
	return results
}

func (l *lane) sendOne(ctx, work context.Context, item tickets.OutboxItem) result {
	response, fault := l.handOver(ctx, work, item.Outgoing)
	if fault != nil && fault.judge() == redial {
		l.drop()
		response, fault = l.handOver(ctx, work, item.Outgoing)
	}
	now := l.options.Now()
	if fault == nil {
		l.recovered(now)
		return sent(item, now, response)
	}
	l.afterFault(work, fault)
	if work.Err() != nil {
		return returned(item, now) // it is we who broke it off
	}
	switch fault.judge() {
	case failMail:
		return failed(item, now, fault)
	case deferMail:
		return deferred(item, now, fault)
	case stopQueue:
		l.stopped(now, fault)
	case reconnect, redial:
		l.unreachable(ctx, now, fault)
	}
	item.Response = fault.response()
	return returned(item, now)
}

// idle waits until something may be due. A connection that nobody needs is closed meanwhile.
func (l *lane) idle(ctx context.Context, next time.Time) {
	now := l.options.Now()
	wait := longest
	if !next.IsZero() {
		wait = min(wait, max(next.Sub(now), busy))
	}
	if rest := l.rest.Sub(now); rest > 0 {
		l.sleep(ctx, rest, nil) // rows that come in meanwhile rest with the lane
		return
	}
	if l.session != nil && wait > idleClose {
		if l.sleep(ctx, idleClose-min(idleClose, now.Sub(l.used)), l.wake) {
			l.hangUp(ctx)
		}
		return
	}
	l.sleep(ctx, wait, l.wake)
}

// sleep waits and says whether the time went by, rather than that something happened.
func (l *lane) sleep(ctx context.Context, wait time.Duration, wake <-chan struct{}) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-wake:
	case <-l.resume:
		l.failures, l.rest = min(l.failures, 1), time.Time{}
	case <-ctx.Done():
	}
	return false
}

// report logs and tells what is now on record.
func (l *lane) report(results []result) {
	for _, r := range results {
		if r.event.Kind == "" {
			continue
		}
		r.event.Lane = l.lane
		log := l.options.Log.Info
		if r.event.Kind == EventFailed {
			log = l.options.Log.Warn
		}
		log("mail "+string(r.event.Kind), "ticket", r.event.Item.Number, "message_id", r.event.Item.MessageID,
			"outbox", r.event.Item.ID, "reason", r.event.Reply)
		l.options.Observe(r.event)
	}
}
