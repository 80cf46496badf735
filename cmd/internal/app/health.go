package app

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/cmd/internal/ops"
	"maildesk/mailin"
	"maildesk/mailout"
	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

const (
	mailboxPatience = 10 * time.Minute // a mailbox is looked at every minute; longer silence is a fault
	storePatience   = 2 * time.Minute
	queueEvery      = 15 * time.Second // the queue is counted, and the store tried
	queueTooOld     = 30 * time.Minute // mail that waits longer turns the outbox red
)

// health turns what the daemon's parts tell into the health page and the metrics.
type health struct {
	listen    string
	now       func() time.Time
	store     *sqlite.Store
	page      *ops.Health
	metrics   *ops.Metrics
	mailboxes map[string]*ops.Part
	outbox    *ops.Part
	disk      *ops.Part
	server    *ops.Server            // nil while the page is off
	address   atomic.Pointer[string] // where the page listens, nil while it does not
}

func newHealth(cfg *config.Config, store *sqlite.Store, opt Options) *health {
	page := ops.NewHealth(opt.Now)
	h := &health{
		listen: cfg.HTTP.Listen, now: opt.Now, store: store, page: page,
		metrics: ops.NewMetrics(page, opt.Version), mailboxes: map[string]*ops.Part{},
		outbox: page.Part("outbox", 0), disk: page.Part("store", storePatience),
	}
	for _, box := range cfg.Mailboxes {
		name := accountName(box)
		h.mailboxes[name] = page.Part("mailbox "+name, mailboxPatience)
	}
	return h
}

// taken counts a committed mail.
func (h *health) taken(mail *intake.Mail, o intake.Outcome) {
	h.metrics.Mail(mail.Sighting.Source, string(o.Verdict))
	if !mail.Offered.IsZero() {
		h.metrics.Intake(h.now().Sub(mail.Offered))
	}
}

// mailbox hears of a mailbox's changes.
func (h *health) mailbox(e mailin.Event) {
	part := h.mailboxes[e.Account]
	switch e.Kind {
	case mailin.Connected, mailin.CaughtUp, mailin.Taken:
		part.OK(string(e.Kind))
	case mailin.Lost, mailin.Refused, mailin.Panicked:
		part.Failed(fmt.Errorf("%s: %w", e.Kind, e.Err))
	}
}

// sending hears of the dispatcher's doings.
func (h *health) sending(e mailout.Event) {
	switch e.Kind {
	case mailout.EventSent:
		h.metrics.Outbox(ops.Sent)
		h.outbox.OK("sends")
	case mailout.EventDeferred:
		h.metrics.Outbox(ops.Deferred)
	case mailout.EventFailed:
		h.metrics.Outbox(ops.Failed)
	case mailout.EventUnreachable:
		h.outbox.Failed(errors.New(e.Reply))
	case mailout.EventStopped:
		h.outbox.Alarm(fmt.Errorf("%s; %s", e.Reply, e.Fix))
	case mailout.EventResumed:
		h.outbox.OK("sends again")
	}
}

// watch tries the store and counts the queue until ctx ends.
func (h *health) watch(ctx context.Context) error {
	h.outbox.OK("nothing to send yet")
	tick := time.NewTicker(queueEvery)
	defer tick.Stop()
	for {
		h.look(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (h *health) look(ctx context.Context) {
	if err := h.store.Update(ctx, func(*sqlite.Tx) error { return nil }); err != nil {
		h.disk.Failed(err)
		return
	}
	stats, err := h.store.Stats(ctx)
	if err != nil {
		h.disk.Failed(err)
		return
	}
	h.disk.OK("reads and writes")
	waiting, oldest := 0, time.Time{}
	for _, lane := range []tickets.Lane{tickets.LaneAlert, tickets.LaneNormal} {
		waiting += stats.Queued[lane]
		if at := stats.Oldest[lane]; !at.IsZero() && (oldest.IsZero() || at.Before(oldest)) {
			oldest = at
		}
	}
	h.metrics.Queue(waiting, oldest)
	if !oldest.IsZero() && h.now().Sub(oldest) > queueTooOld {
		h.outbox.Failed(fmt.Errorf("the oldest mail waits since %s; see maildesk outbox list", oldest.Format(time.RFC3339)))
	}
}

// HealthAddress is host:port of the health page, "" while it does not listen.
func (a *App) HealthAddress() string {
	if address := a.health.address.Load(); address != nil {
		return *address
	}
	return ""
}

// open takes the address of http.listen, so that one in use is known before the daemon says that it is up. Without an
// address the page is off.
func (h *health) open() (err error) {
	if h.listen == "" {
		return nil
	}
	if h.server, err = ops.Serve(h.listen, ops.Handler(h.page, h.metrics)); err != nil {
		return err
	}
	address := h.server.Addr()
	h.address.Store(&address)
	return nil
}

// close ends the page when ctx does.
func (h *health) close(ctx context.Context) error {
	<-ctx.Done()
	if h.server == nil {
		return context.Cause(ctx)
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return errors.Join(context.Cause(ctx), h.server.Close(closing))
}
