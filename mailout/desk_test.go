package mailout

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"maildesk/mailout/smtptest"
	"maildesk/tickets"
)

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func mailTo(recipient string) tickets.OutboxItem {
	raw := "From: <helpdesk@corp.example>\r\nTo: <" + recipient + ">\r\nSubject: test\r\n\r\n.\r\n..dots\r\nend\r\n"
	return tickets.OutboxItem{
		Outgoing: tickets.Outgoing{
			Ticket: 1, Kind: tickets.NoticeConfirmation, Lane: tickets.LaneNormal, Sender: "helpdesk@corp.example",
			Recipient: recipient, MessageID: "id-" + recipient, Raw: []byte(raw),
		},
		Number: "IT20231115001", CreatedAt: morning, Due: morning,
	}
}

func mailsTo(n int) (items []tickets.OutboxItem) {
	for i := range n {
		items = append(items, mailTo(fmt.Sprintf("user%d@corp.example", i)))
	}
	return items
}

// desk is a dispatcher at work between an outbox and a server.
type desk struct {
	*Dispatcher
	t      *testing.T
	outbox *outbox
	smtp   *smtptest.Server
	clock  *clock
	events chan Event
	cancel func() // tells Run to end
	stop   func() // and waits for it
}

type setting struct {
	server  smtptest.Options
	options Options
	faults  []smtptest.Fault
	change  func(*Server)
}

func startDesk(t *testing.T, o *outbox, s setting) *desk {
	t.Helper()
	server, err := smtptest.Start(s.server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	server.Fail(s.faults...)
	d := &desk{t: t, outbox: o, smtp: server, clock: &clock{now: morning}, events: make(chan Event, 1000)}
	s.options.Now = d.clock.Now
	s.options.Observe = func(e Event) { d.events <- e }
	s.options.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	to := Server{URL: server.URL()}
	if s.change != nil {
		s.change(&to)
	}
	if d.Dispatcher, err = NewDispatcher(o, to, s.options); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	d.cancel = cancel
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	d.stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("Run did not end within 10 s")
		}
	})
	t.Cleanup(d.stop)
	return d
}

// event waits for an event of a kind.
func (d *desk) event(kind EventKind) Event {
	d.t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		select {
		case e := <-d.events:
			if e.Kind == kind {
				return e
			}
		case <-deadline:
			d.t.Fatalf("no event %q", kind)
		}
	}
}

func (d *desk) received(n int) []smtptest.Envelope {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 10*time.Second)
	defer cancel()
	mails, err := d.smtp.Wait(ctx, n)
	if err != nil {
		d.t.Fatal(err)
	}
	return mails
}
