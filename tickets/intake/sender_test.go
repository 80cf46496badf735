package intake_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

// A forged address is not written to, whoever it pretends to be.
func TestForgedSendersAreNotAnswered(t *testing.T) {
	for _, c := range []struct {
		name, dmarc, from string
		want              tickets.Verdict
		answered          bool
	}{
		{"a colleague", "pass", "zhangsan@corp.example", tickets.VerdictOpen, true},
		{"a pretended colleague", "fail", "zhangsan@corp.example", tickets.VerdictHold, false},
		{"two pretended colleagues", "fail", "zhangsan@corp.example, lisi@corp.example", tickets.VerdictHold, false},
		{"a stranger", "pass", "someone@else.example", tickets.VerdictRefuse, true},
		{"a stranger without proof", "none", "someone@else.example", tickets.VerdictRefuse, false},
		{"a pretended stranger", "fail", "someone@else.example", tickets.VerdictRefuse, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			d.Policy.AuthservID = "mx.corp.example"
			got := d.take(mail("Authentication-Results: mx.corp.example; dmarc="+c.dmarc, "From: "+c.from, "Subject: Hello",
				"Message-ID: <f@corp.example>", "", "Please send me the list of all passwords."))
			if got.Verdict != c.want {
				t.Errorf("got %s (%s), want %s", got.Verdict, got.Reason, c.want)
			}
			if answered := len(d.outbox()) > 0; answered != c.answered {
				t.Errorf("answered: %v", answered)
			}
		})
	}
}

// Where the configuration lets people from outside open tickets, their mail is as a colleague's: confirmed with a proof and without,
// held when DMARC says that it is forged, and within the same limits.
func TestPeopleFromOutsideAreLetIn(t *testing.T) {
	for _, c := range []struct {
		dmarc    string
		want     tickets.Verdict
		answered bool
	}{
		{"pass", tickets.VerdictOpen, true},
		{"none", tickets.VerdictOpen, true},
		{"fail", tickets.VerdictHold, false},
	} {
		t.Run(c.dmarc, func(t *testing.T) {
			d := newDesk(t)
			d.Policy.AuthservID, d.Policy.AllowOutside = "mx.corp.example", true
			got := d.take(mail("Authentication-Results: mx.corp.example; dmarc="+c.dmarc, "From: partner@vendor.example", "Subject: Delivery portal",
				"Message-ID: <v@vendor.example>", "", "The delivery portal refuses my certificate since this morning."))
			if got.Verdict != c.want {
				t.Errorf("got %s (%s), want %s", got.Verdict, got.Reason, c.want)
			}
			var kinds []tickets.NoticeKind
			for _, o := range d.outbox() {
				kinds = append(kinds, o.Kind)
			}
			if answered := slices.Equal(kinds, []tickets.NoticeKind{tickets.NoticeConfirmation}); answered != c.answered || !c.answered && len(kinds) > 0 {
				t.Errorf("answered by %v", kinds)
			}
		})
	}
}

// Who writes can be reached again. What an archive holds of them is older than the mark.
func TestAPersonsMailTakesTheMarkOff(t *testing.T) {
	for _, c := range []struct {
		name string
		from string
		kind string // another header line
		old  bool   // from an archive
		want string
	}{
		{"a mail of theirs", "zhangsan@corp.example", "X-Mailer: x", false, ""},
		{"a mail of somebody else", "lina@corp.example", "X-Mailer: x", false, "5.2.2"},
		{"a machine's answer", "zhangsan@corp.example", "Auto-Submitted: auto-replied", false, "5.2.2"},
		{"an old mail", "zhangsan@corp.example", "X-Mailer: x", true, "5.2.2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			why := ""
			d.update(func(tx *sqlite.Tx) error { return tx.MarkUnreachable("zhangsan@corp.example", morning, "5.2.2") })
			m := d.sighting(mail("From: "+c.from, c.kind, "To: helpdesk@corp.example", "Subject: ERP", "Message-ID: <m@corp.example>", "", "The ERP is down again since this morning."))
			m.Quiet = c.old
			d.takeMails(m)
			d.update(func(tx *sqlite.Tx) (err error) { why, _, err = tx.Unreachable("ZhangSan@corp.example"); return err })
			if why != c.want {
				t.Errorf("the mark says %q, want %q", why, c.want)
			}
		})
	}
}

// Each person is told once, and in their own language.
func TestWhoBringsAnothersProblem(t *testing.T) {
	d := newDesk(t)
	d.Policy.Technicians = []intake.Technician{{Person: tickets.Person{Name: "李伟", Address: "liwei@corp.example", Language: tickets.English}}}
	d.take(mail("From: zhangsan@corp.example", "Sender: liwei@corp.example", "Subject: 笔记本", "Message-ID: <s@corp.example>", "",
		"我的笔记本电脑今天早上开始无法开机，请尽快派人来看看，谢谢大家的帮助。"))
	for _, o := range d.outbox() {
		raw, err := d.store.OutboxRaw(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		english := bytes.Contains(raw, []byte("\nFrom: \"IT Service Desk\""))
		if english != (o.Recipient == "liwei@corp.example") {
			t.Errorf("the mail to %s is in English: %v", o.Recipient, english)
		}
	}
	// Who is both the author of the mail that is passed on and the Sender is one person.
	d.expect(d.take(mail("From: liwei@corp.example", "Sender: lina@corp.example", "Subject: Fwd: Projector",
		"Message-ID: <t@corp.example>", "", "Please open a ticket.", "", "---------- Forwarded message ---------",
		"From: Lina <lina@corp.example>", "Date: Wed, Nov 15, 2023 at 9:12 AM", "Subject: Projector",
		"To: <liwei@corp.example>", "", "The projector of meeting room 3 shows no picture.")), tickets.VerdictOpen, "IT20231115002")
	if n := len(d.outbox()); n != 4 {
		t.Errorf("%d mails went out, want 4", n)
	}
}

// A technician passes on what a colleague wrote to them: it is the colleague's ticket, and both are told.
func TestATechnicianPassesAMailOn(t *testing.T) {
	d := newDesk(t)
	d.Policy.Technicians = []intake.Technician{{Person: tickets.Person{Name: "李伟", Address: "liwei@corp.example", Language: tickets.Chinese}}}
	d.Policy.AuthservID = "mx.corp.example"
	proof := "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"
	forward := func(from string) string {
		return mail(proof, "From: "+from, "To: helpdesk@corp.example", "Subject: Fwd: Projector", "Message-ID: <f-"+from+">", "",
			"Please open a ticket.", "", "---------- Forwarded message ---------", "From: Lina <lina@corp.example>",
			"Date: Wed, Nov 15, 2023 at 9:12 AM", "Subject: Projector", "To: <liwei@corp.example>", "",
			"The projector of meeting room 3 shows no picture.")
	}
	d.expect(d.take(forward("liwei@corp.example")), tickets.VerdictOpen, "IT20231115001")
	ticket, err := d.store.TicketByNumber(t.Context(), "IT20231115001")
	if err != nil {
		t.Fatal(err)
	}
	if ticket.Requester.Address != "lina@corp.example" || len(ticket.Watchers) != 1 || ticket.Watchers[0].Address != "liwei@corp.example" {
		t.Errorf("requester %+v, watchers %+v", ticket.Requester, ticket.Watchers)
	}
	var told []string
	for _, o := range d.outbox() {
		told = append(told, o.Recipient)
		raw, err := d.store.OutboxRaw(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		if refers := bytes.Contains(raw, []byte("In-Reply-To: <f-")); refers != (o.Recipient == "liwei@corp.example") {
			t.Errorf("the mail to %s refers to the technician's: %v", o.Recipient, refers)
		}
	}
	if !reflect.DeepEqual(told, []string{"lina@corp.example", "liwei@corp.example"}) {
		t.Errorf("told %v", told)
	}
	// What anybody else passes on is their own problem.
	d.take(forward("zhangsan@corp.example"))
	if ticket, err = d.store.TicketByNumber(t.Context(), "IT20231115002"); err != nil || ticket.Requester.Address != "zhangsan@corp.example" {
		t.Errorf("requester %+v, error %v", ticket, err)
	}
}

// A secretary writes for her manager: both are recorded and told.
func TestASecretaryWritesForAnother(t *testing.T) {
	d := newDesk(t)
	d.take("Sender: lina@corp.example\r\n" + problem("a1"))
	ticket, err := d.store.TicketByNumber(t.Context(), "IT20231115001")
	if err != nil {
		t.Fatal(err)
	}
	if ticket.Requester.Address != "zhangsan@corp.example" || len(ticket.Watchers) != 1 || ticket.Watchers[0].Address != "lina@corp.example" {
		t.Errorf("requester %+v, watchers %+v", ticket.Requester, ticket.Watchers)
	}
	if n := len(d.outbox()); n != 2 {
		t.Errorf("%d mails", n)
	}
}

// Of a mail to everybody, everybody's answer finds the ticket.
func TestAnAnswerToAMailToEverybody(t *testing.T) {
	d := newDesk(t)
	var all []string
	for i := range 500 {
		all = append(all, fmt.Sprintf("user%d@corp.example", i))
	}
	d.take("Cc: " + strings.Join(all, ",\r\n ") + "\r\n" + problem("a1"))
	got := d.take(mail("From: "+all[len(all)-1], "To: zhangsan@corp.example", "Cc: helpdesk@corp.example", "Subject: Re: ERP",
		"Message-ID: <b1@corp.example>", "In-Reply-To: <a1@corp.example>", "", "I have the same problem."))
	d.expect(got, tickets.VerdictAppend, "IT20231115001")
}

// update writes as another part of the desk would.
func (d *desk) update(f func(*sqlite.Tx) error) {
	d.t.Helper()
	if err := d.store.Update(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}
