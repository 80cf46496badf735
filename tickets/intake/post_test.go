package intake_test

import (
	"fmt"
	"slices"
	"testing"

	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// choosy composes for all but one, at whom it panics.
type choosy struct {
	tickets.Composer
	enemy string
}

func (c choosy) Compose(n tickets.Notice) tickets.Outgoing {
	if tickets.SameAddress(n.To.Address, c.enemy) {
		panic("a template of the house")
	}
	return c.Composer.Compose(n)
}

func from(n int) string {
	return mail(fmt.Sprintf("From: user%d@corp.example", n), "To: helpdesk@corp.example", fmt.Sprintf("Subject: Problem %d", n),
		fmt.Sprintf("Message-ID: <p%d@corp.example>", n), "", fmt.Sprintf("Problem number %d keeps me from working.", n))
}

// The notices of a batch are composed together: each mail's has its own number, in the order of the mails.
func TestABatchIsAnsweredInItsOrder(t *testing.T) {
	d := newDesk(t)
	var mails []*intake.Mail
	for n := range 20 {
		mails = append(mails, d.sighting(from(n)))
	}
	outcomes := d.takeMails(mails...)
	sent := d.outbox()
	if len(sent) != 20 {
		t.Fatalf("%d mails went out", len(sent))
	}
	for n, o := range sent {
		if o.Recipient != fmt.Sprintf("user%d@corp.example", n) || o.Number != outcomes[n].Number {
			t.Errorf("mail %d is to %s about %s", n, o.Recipient, o.Number)
		}
	}
}

// A notice of a batch that cannot be composed costs its own mail alone.
func TestABatchWithAMailThatCannotBeAnswered(t *testing.T) {
	d := newDesk(t)
	d.Composer = choosy{d.Composer, "user3@corp.example"}
	var mails []*intake.Mail
	for n := range 6 {
		mails = append(mails, d.sighting(from(n)))
	}
	for n, o := range d.takeMails(mails...) {
		want := tickets.VerdictOpen
		if n == 3 {
			want = tickets.VerdictFail
		}
		if o.Verdict != want {
			t.Errorf("mail %d: %s (%s), want %s", n, o.Verdict, o.Reason, want)
		}
	}
	var to []string
	for _, o := range d.outbox() {
		to = append(to, o.Recipient)
	}
	if want := []string{"user0@corp.example", "user1@corp.example", "user2@corp.example", "user4@corp.example", "user5@corp.example"}; !slices.Equal(to, want) {
		t.Errorf("answered %v, want %v", to, want)
	}
}

// A mail that looks for what an earlier one of its batch made the desk write finds it.
func TestABatchIsLimitedAsSingleMailsAre(t *testing.T) {
	counts := func(together bool) int {
		d := newDesk(t)
		d.Policy.Limits = intake.Limits{TicketHour: 2, SenderHour: 2}
		var mails []*intake.Mail
		for n := range 5 { // the same words under five Message-IDs
			mails = append(mails, d.sighting(mail("From: zhangsan@corp.example", "To: helpdesk@corp.example", "Subject: VPN", fmt.Sprintf("Message-ID: <v%d@corp.example>", n), "", "VPN keeps failing today.")))
		}
		if together {
			d.takeMails(mails...)
		} else {
			for _, m := range mails {
				d.takeMails(m)
			}
		}
		return len(d.outbox())
	}
	if together, single := counts(true), counts(false); together != single || single != 2 {
		t.Errorf("%d mails went out for a batch, %d for single mails; want 2", together, single)
	}
}
