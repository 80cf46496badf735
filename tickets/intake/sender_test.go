package intake_test

import (
	"bytes"
	"testing"

	"maildesk/tickets"
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

// Each person is told once, and in their own language.
func TestWhoBringsAnothersProblem(t *testing.T) {
	d := newDesk(t)
	d.Policy.Technicians = []tickets.Person{{Name: "李伟", Address: "liwei@corp.example", Language: tickets.English}}
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
