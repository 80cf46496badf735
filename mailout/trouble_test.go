package mailout

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"maildesk/mailout/smtptest"
	"maildesk/tickets"
)

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
			if len(o.marked) != 1 || o.marked["user1@corp.example"] != "550 5.1.1 no such user" {
				t.Errorf("marked %v", o.marked)
			}
			want := tickets.Timer{Kind: tickets.TimerUnreached, Ticket: 1, Subject: "user1@corp.example", Due: morning,
				Data: `{"kind":"confirmation","entry":1,"recipient":"user1@corp.example","response":"550 5.1.1 no such user"}`}
			if len(o.timers) != 1 || o.timers[0] != want {
				t.Errorf("timers %+v, want %+v", o.timers, want)
			}
			if n := d.smtp.Connections(); n != 1 {
				t.Errorf("%d connections", n)
			}
		})
	}
}

// Who is not reached is told of once, and no mail about that brings another; a mail of no ticket concerns nobody.
func TestNobodyIsToldOfAMailThatTellsOfAnother(t *testing.T) {
	word, list := mailTo("liwei@corp.example"), mailTo("wangfang@corp.example")
	word.Kind = tickets.NoticeUnreached
	list.Kind, list.Ticket, list.Number = tickets.NoticeDigest, 0, ""
	o := newOutbox(word, list)
	d := startDesk(t, o, setting{faults: []smtptest.Fault{{At: smtptest.Rcpt, Code: 550, Text: "5.1.1 no such user"}}})
	d.event(EventFailed)
	d.event(EventFailed)
	d.stop()
	if len(o.entries) != 1 || len(o.marked) != 1 || len(o.timers) != 0 {
		t.Errorf("entries %+v, marked %v, timers %+v", o.entries, o.marked, o.timers)
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
		"cut before taking it":  {smtptest.Fault{At: smtptest.Data, Times: 1, Drop: true}, 1},
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
