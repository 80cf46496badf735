package mailout

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"maildesk/mailout/smtptest"
	"maildesk/tickets"
)

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
