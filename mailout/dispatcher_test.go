package mailout

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
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

func TestSendsManyOverOneConnection(t *testing.T) {
	d := startDesk(t, newOutbox(mailsTo(20)...), setting{})
	rows := d.outbox.untilAll(t, tickets.Sent)
	for i, mail := range d.received(20) {
		row := rows[int64(i+1)]
		if mail.From != row.Sender || mail.To[0] != row.Recipient || !bytes.Equal(mail.Raw, row.Raw) {
			t.Errorf("mail %d arrived as %q to %q:\n%q\nwant\n%q", i, mail.From, mail.To, mail.Raw, row.Raw)
		}
		if row.SentAt.IsZero() || !strings.Contains(row.Response, "queued") {
			t.Errorf("row %d: sent at %v, response %q", row.ID, row.SentAt, row.Response)
		}
	}
	if n := d.smtp.Connections(); n != 1 {
		t.Errorf("%d connections for 20 mails", n)
	}
}

func TestWakeSendsWhatWasAdded(t *testing.T) {
	d := startDesk(t, newOutbox(mailTo("first@corp.example")), setting{})
	d.event(EventSent)
	d.outbox.add(mailTo("second@corp.example"))
	d.Wake()
	if e := d.event(EventSent); e.Item.Recipient != "second@corp.example" || e.Lane != tickets.LaneNormal {
		t.Errorf("event for %q in lane %d", e.Item.Recipient, e.Lane)
	}
}

func TestRecipientRefused(t *testing.T) {
	for _, at := range []smtptest.Verb{smtptest.Rcpt, smtptest.Data} {
		t.Run(string(at), func(t *testing.T) {
			o := newOutbox(mailsTo(4)...)
			d := startDesk(t, o, setting{faults: []smtptest.Fault{
				{At: at, To: "user1@corp.example", Code: 550, Text: "5.1.1 no such user"},
			}})
			d.event(EventFailed)
			d.received(3)
			rows := o.until(t, "one failed, three sent", func(rows map[int64]tickets.OutboxItem) bool {
				return rows[1].State == tickets.Sent && rows[2].State == tickets.Failed &&
					rows[3].State == tickets.Sent && rows[4].State == tickets.Sent
			})
			if rows[2].Response != "550 5.1.1 no such user" {
				t.Errorf("response %q", rows[2].Response)
			}
			d.stop()
			if len(o.entries) != 1 || o.entries[0].Kind != tickets.EntryBounce || o.entries[0].Visibility != tickets.Internal ||
				o.entries[0].Ticket != 1 || !strings.Contains(o.entries[0].Text, "user1@corp.example: 550 5.1.1 no such user") {
				t.Errorf("entries %+v", o.entries)
			}
			if n := d.smtp.Connections(); n != 1 {
				t.Errorf("%d connections", n)
			}
		})
	}
}

func TestRecipientDeferred(t *testing.T) {
	o := newOutbox(mailsTo(2)...)
	d := startDesk(t, o, setting{faults: []smtptest.Fault{
		{At: smtptest.Rcpt, To: "user0@corp.example", Times: 1, Code: 450, Text: "4.2.2 mailbox full"},
	}})
	e := d.event(EventDeferred)
	if wait := e.Until.Sub(morning); wait < time.Minute || wait > 72*time.Second {
		t.Errorf("deferred for %v", wait)
	}
	d.received(1)
	d.clock.advance(2 * time.Minute)
	d.Wake()
	rows := o.untilAll(t, tickets.Sent)
	if rows[1].Attempts != 1 || rows[2].Attempts != 0 {
		t.Errorf("attempts %d and %d", rows[1].Attempts, rows[2].Attempts)
	}
}

func TestDeferredMailFailsAfterThreeDays(t *testing.T) {
	o := newOutbox(mailTo("user@corp.example"))
	d := startDesk(t, o, setting{faults: []smtptest.Fault{{At: smtptest.Rcpt, Code: 450, Text: "4.2.2 mailbox full"}}})
	d.event(EventDeferred)
	d.clock.advance(72 * time.Hour)
	d.Wake()
	d.event(EventFailed)
	d.stop()
	if len(o.entries) != 1 {
		t.Errorf("%d entries tell of it", len(o.entries))
	}
}

func TestOrderPerTicketAndRecipient(t *testing.T) {
	first, second := mailTo("user@corp.example"), mailTo("user@corp.example")
	first.Raw, second.Raw = []byte("Subject: 1\r\n\r\n"), []byte("Subject: 2\r\n\r\n")
	d := startDesk(t, newOutbox(first, second), setting{faults: []smtptest.Fault{
		{At: smtptest.Data, Times: 1, Code: 451, Text: "4.3.0 try again"},
	}})
	d.event(EventDeferred)
	if n := len(d.smtp.Mails()); n != 0 {
		t.Fatalf("%d mails overtook the first", n)
	}
	d.clock.advance(2 * time.Minute)
	d.Wake()
	mails := d.received(2)
	if !bytes.HasPrefix(mails[0].Raw, []byte("Subject: 1")) {
		t.Errorf("%q came first", mails[0].Raw)
	}
}

func TestAlertsHaveTheirOwnConnection(t *testing.T) {
	alert := mailTo("oncall@corp.example")
	alert.Lane = tickets.LaneAlert
	slow := smtptest.Fault{At: smtptest.Rcpt, To: "user0@corp.example", Hang: true}
	o := newOutbox(mailsTo(3)...)
	d := startDesk(t, o, setting{faults: []smtptest.Fault{slow}, options: Options{Drain: 50 * time.Millisecond}})
	o.until(t, "the normal lane at work", func(rows map[int64]tickets.OutboxItem) bool { return rows[1].State == tickets.Sending })
	o.add(alert)
	d.Wake()
	if e := d.event(EventSent); e.Lane != tickets.LaneAlert {
		t.Errorf("lane %d came first", e.Lane)
	}
}

func TestQueueStops(t *testing.T) {
	cases := map[string]struct {
		fault smtptest.Fault
		fix   string
	}{
		"connect": {smtptest.Fault{At: smtptest.Connect, Code: 554, Text: "5.7.1 go away"}, "smtp.url"},
		"hello":   {smtptest.Fault{At: smtptest.Ehlo, Code: 550, Text: "5.7.1 bad name"}, "smtp.url"},
		"log-in":  {smtptest.Fault{At: smtptest.Auth, Code: 535, Text: "5.7.8 bad credentials"}, "smtp.password_file"},
		"sender":  {smtptest.Fault{At: smtptest.Mail, Code: 553, Text: "5.7.1 not your address"}, "desk.address"},
		"quota":   {smtptest.Fault{At: smtptest.Data, Code: 550, Text: "5.4.5 daily sending quota exceeded"}, "quota"},
		"softly":  {smtptest.Fault{At: smtptest.Rcpt, Code: 452, Text: "4.4.5 daily sending quota exceeded"}, "quota"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			o := newOutbox(mailsTo(5)...)
			d := startDesk(t, o, setting{
				server: smtptest.Options{Users: map[string]string{"desk": "secret"}},
				change: logInAs("desk", "secret"),
				faults: []smtptest.Fault{c.fault},
			})
			e := d.event(EventStopped)
			if !strings.Contains(e.Fix, c.fix) || !e.Until.After(morning) {
				t.Errorf("fix %q until %v", e.Fix, e.Until)
			}
			o.until(t, "all queued, uncharged", func(rows map[int64]tickets.OutboxItem) bool {
				for _, row := range rows {
					if row.State != tickets.Queued || row.Attempts != 0 {
						return false
					}
				}
				return true
			})
			d.smtp.Mend()
			d.Wake() // rows that come in do not end the pause
			d.Resume()
			d.event(EventResumed)
			o.untilAll(t, tickets.Sent)
			if len(o.entries) != 0 {
				t.Errorf("entries %+v", o.entries)
			}
		})
	}
}

func logInAs(username, password string) func(*Server) {
	return func(s *Server) {
		s.Username = username
		s.Password = func(context.Context) (string, error) { return password, nil }
	}
}

func TestUnreachableServerChargesNoMail(t *testing.T) {
	for name, fault := range map[string]smtptest.Fault{
		"too busy":     {At: smtptest.Connect, Times: 2, Code: 421, Text: "4.3.2 too busy"},
		"cut":          {At: smtptest.Connect, Times: 2, Drop: true},
		"no greeting":  {At: smtptest.Connect, Times: 1, Hang: true},
		"log-in later": {At: smtptest.Auth, Times: 2, Code: 454, Text: "4.7.0 temporary failure"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutbox(mailsTo(3)...)
			d := startDesk(t, o, setting{
				server: smtptest.Options{Users: map[string]string{"desk": "secret"}},
				change: logInAs("desk", "secret"),
				faults: []smtptest.Fault{fault},
				options: Options{
					Timeouts:  Timeouts{Connect: 200 * time.Millisecond},
					Reconnect: Pauses{First: time.Second, Longest: time.Minute},
				},
			})
			for range max(fault.Times, 1) {
				d.event(EventUnreachable)
				d.clock.advance(time.Minute)
				d.Resume()
			}
			d.event(EventResumed)
			for _, row := range o.untilAll(t, tickets.Sent) {
				if row.Attempts != 0 {
					t.Errorf("row %d was charged", row.ID)
				}
			}
		})
	}
}

func TestBrokenConversationIsSentAgain(t *testing.T) {
	short := Timeouts{Command: 200 * time.Millisecond, Dot: 200 * time.Millisecond}
	for name, c := range map[string]struct {
		fault  smtptest.Fault
		copies int // the server has, when all is done
	}{
		"hang at MAIL":          {smtptest.Fault{At: smtptest.Mail, Times: 1, Hang: true}, 1},
		"hang at RCPT":          {smtptest.Fault{At: smtptest.Rcpt, Times: 1, Hang: true}, 1},
		"hang before the reply": {smtptest.Fault{At: smtptest.Data, Times: 1, Hang: true}, 1},
		"hang after taking it":  {smtptest.Fault{At: smtptest.Dot, Times: 1, Hang: true}, 2},
		"cut before taking it":  {smtptest.Fault{At: smtptest.Data, Times: 1, Drop: true, Code: 451}, 1},
		"cut after taking it":   {smtptest.Fault{At: smtptest.Dot, Times: 1, Drop: true}, 2},
		"closing at RCPT":       {smtptest.Fault{At: smtptest.Rcpt, Times: 1, Code: 421, Text: "4.3.2 closing"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutbox(mailTo("user@corp.example"))
			d := startDesk(t, o, setting{faults: []smtptest.Fault{c.fault}, options: Options{Timeouts: short}})
			d.event(EventDeferred)
			d.clock.advance(2 * time.Minute)
			d.Wake()
			rows := o.untilAll(t, tickets.Sent)
			mails := d.received(c.copies)
			if len(mails) != c.copies {
				t.Errorf("%d copies, want %d", len(mails), c.copies)
			}
			for _, mail := range mails {
				if !bytes.Equal(mail.Raw, rows[1].Raw) {
					t.Errorf("a copy differs: %q", mail.Raw)
				}
			}
			if rows[1].Attempts != 1 || d.smtp.Connections() != 2 {
				t.Errorf("%d attempts, %d connections", rows[1].Attempts, d.smtp.Connections())
			}
		})
	}
}

func TestStaleConnectionIsReplaced(t *testing.T) {
	for name, pause := range map[string]time.Duration{"at once": 0, "after a pause": 10 * time.Second} {
		t.Run(name, func(t *testing.T) {
			o := newOutbox(mailTo("first@corp.example"))
			d := startDesk(t, o, setting{})
			d.event(EventSent)
			d.smtp.DropConnections()
			d.clock.advance(pause)
			o.add(mailTo("second@corp.example"))
			d.Wake()
			rows := o.untilAll(t, tickets.Sent)
			if rows[2].Attempts != 0 || d.smtp.Connections() != 2 {
				t.Errorf("%d attempts charged, %d connections", rows[2].Attempts, d.smtp.Connections())
			}
		})
	}
}

func TestShutdownFinishesTheMailInFlight(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	o := newOutbox(mailsTo(3)...)
	d := startDesk(t, o, setting{server: smtptest.Options{OnMail: func(smtptest.Envelope) error {
		close(arrived)
		<-release
		return nil
	}}})
	<-arrived
	d.cancel()
	close(release)
	d.stop()
	if o.rows[1].State != tickets.Sent || o.rows[2].State != tickets.Queued || o.rows[3].State != tickets.Queued {
		t.Errorf("states %s, %s, %s", o.rows[1].State, o.rows[2].State, o.rows[3].State)
	}
}

func TestShutdownGivesUpAHangingServer(t *testing.T) {
	o := newOutbox(mailTo("user@corp.example"))
	d := startDesk(t, o, setting{
		faults:  []smtptest.Fault{{At: smtptest.Dot, Hang: true}},
		options: Options{Drain: 100 * time.Millisecond},
	})
	d.received(1)
	d.stop()
	if o.rows[1].State != tickets.Queued || o.rows[1].Attempts != 0 {
		t.Errorf("%s after %d attempts", o.rows[1].State, o.rows[1].Attempts)
	}
}

func TestRowsOfADeadProcessAreSent(t *testing.T) {
	dead := mailTo("user@corp.example")
	dead.State, dead.Due = tickets.Sending, morning.Add(time.Hour)
	startDesk(t, newOutbox(dead), setting{}).outbox.untilAll(t, tickets.Sent)
}

func TestStoreTroubleLosesNothing(t *testing.T) {
	o := newOutbox(mailsTo(2)...)
	d := startDesk(t, o, setting{server: smtptest.Options{OnMail: func(smtptest.Envelope) error {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.broken = 2
		return nil
	}}})
	o.untilAll(t, tickets.Sent)
	if n := len(d.smtp.Mails()); n != 2 {
		t.Errorf("%d mails arrived", n)
	}
}

func TestAddressesBeyondASCII(t *testing.T) {
	for name, c := range map[string]struct {
		offered bool
		to      string
		state   tickets.OutboxState
		utf8    bool
	}{
		"plain address, offered":    {true, "user@corp.example", tickets.Sent, false},
		"local part, offered":       {true, "张三@corp.example", tickets.Sent, true},
		"local part, not offered":   {false, "张三@corp.example", tickets.Failed, false},
		"not an address":            {true, "nobody", tickets.Failed, false},
		"line break in the address": {true, "a@corp.example>\r\nRCPT TO:<b@corp.example", tickets.Failed, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := startDesk(t, newOutbox(mailTo(c.to)), setting{server: smtptest.Options{SMTPUTF8: c.offered}})
			rows := d.outbox.untilAll(t, c.state)
			if c.state == tickets.Failed && !strings.Contains(rows[1].Response, "not sent") {
				t.Errorf("response %q", rows[1].Response)
			}
			for _, mail := range d.smtp.Mails() {
				if mail.UTF8 != c.utf8 || mail.To[0] != c.to {
					t.Errorf("to %q, SMTPUTF8 %v", mail.To, mail.UTF8)
				}
			}
		})
	}
}
