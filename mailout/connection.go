package mailout

import (
	"context"
	"errors"
	"time"

	"maildesk/tickets"
)

// handOver sends one mail. At shutdown a mail that was begun is finished, but no connection is begun.
func (l *lane) handOver(ctx, work context.Context, mail tickets.Outgoing) (string, *Fault) {
	if fault := l.ready(ctx); fault != nil {
		return "", fault
	}
	response, fault := l.session.send(work, mail)
	l.used = l.options.Now()
	return response, fault
}

// ready makes sure of a connection that works.
func (l *lane) ready(ctx context.Context) *Fault {
	if l.session != nil && l.options.Now().Sub(l.used) > askFirst && !l.session.alive(ctx) {
		l.drop()
	}
	if l.session != nil {
		return nil
	}
	session, err := connect(ctx, l.server, l.timeouts)
	if err != nil {
		var fault *Fault
		if !errors.As(err, &fault) {
			fault = newFault(StageConnect, err)
		}
		return fault
	}
	l.session, l.used = session, l.options.Now()
	return nil
}

// afterFault makes the session fit for the next mail, or gives it up: after a wait that was broken off, and after
// 421, it is of no use (RFC 5321 4.2.3).
func (l *lane) afterFault(work context.Context, fault *Fault) {
	switch {
	case l.session == nil:
	case fault.Code == 0 || fault.Code == 421 || fault.judge() == stopQueue:
		l.drop()
	case l.session.reset(work) != nil:
		l.drop()
	}
}

func (l *lane) drop() {
	if l.session != nil {
		l.session.conn.Close()
		l.session = nil
	}
}

func (l *lane) hangUp(ctx context.Context) {
	if l.session != nil {
		l.session.quit(ctx)
		l.session = nil
	}
}

func (l *lane) rested() bool { return !l.options.Now().Before(l.rest) }

func (l *lane) recovered(now time.Time) {
	if l.failures == 0 {
		return
	}
	l.failures, l.rest = 0, time.Time{}
	l.options.Log.Info("mail goes out again")
	l.options.Observe(Event{Kind: EventResumed, Lane: l.lane, At: now})
}

func (l *lane) stopped(now time.Time, fault *Fault) {
	l.failures++
	l.rest = now.Add(pause(l.options.Stopped.First, l.options.Stopped.Longest, l.failures, int64(l.lane)))
	l.options.Log.Error("the outbox is stopped: no mail can leave",
		"reason", fault.Error(), "fix", fault.Fix(), "until", l.rest)
	l.options.Observe(Event{
		Kind: EventStopped, Lane: l.lane, At: now, Reply: fault.response(), Fix: fault.Fix(), Until: l.rest,
	})
}

func (l *lane) unreachable(ctx context.Context, now time.Time, fault *Fault) {
	if ctx.Err() != nil {
		return // it is we who gave up
	}
	l.failures++
	l.rest = now.Add(pause(l.options.Reconnect.First, l.options.Reconnect.Longest, l.failures, int64(l.lane)))
	l.options.Log.Warn("the mail server cannot be reached", "reason", fault.Error(), "until", l.rest)
	l.options.Observe(Event{Kind: EventUnreachable, Lane: l.lane, At: now, Reply: fault.response(), Until: l.rest})
}
