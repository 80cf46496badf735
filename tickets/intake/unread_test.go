package intake_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// tooLarge is a mail of which the header alone was fetched.
func (d *desk) tooLarge(header ...string) *intake.Mail {
	m := d.sighting(mail(append(header, "")...))
	m.Problem = &tickets.Problem{Kind: tickets.TooLarge, Size: 80 << 20, Limit: 40 << 20}
	return m
}

var video = []string{"From: zhangsan@corp.example", "Subject: the video", "Message-ID: <big@corp.example>"}

func TestTooLargeGetsAStubAndAnAnswer(t *testing.T) {
	d := newDesk(t)
	d.expect(d.takeMails(d.tooLarge(video...))[0], tickets.VerdictFail, "IT20231115001")
	sent := d.outbox()
	if len(sent) != 1 || sent[0].Kind != tickets.NoticeUnreadable {
		t.Fatalf("outbox %+v", sent)
	}
}

// It may lie in a second mailbox, stay where a new UIDVALIDITY shows it again, or be dragged back in vain.
func TestTooLargeTwiceIsOneTicket(t *testing.T) {
	d := newDesk(t)
	d.takeMails(d.tooLarge(video...))
	d.expect(d.takeMails(d.tooLarge(video...))[0], tickets.VerdictFail, "")
	if n := len(d.outbox()); n != 1 {
		t.Errorf("%d mails went out", n)
	}
	// Once the limit is raised it goes onto its ticket, and is confirmed.
	whole := mail(append(video, "", "Here is how it looks when Excel crashes.")...)
	d.expect(d.take(whole), tickets.VerdictAppend, "IT20231115001")
	if sent := d.outbox(); len(sent) != 2 || sent[1].Kind != tickets.NoticeConfirmation {
		t.Errorf("outbox %+v", sent)
	}
	// Another mail that borrows the Message-ID is not that mail.
	forged := d.tooLarge("From: lisi@corp.example", "Subject: mine", "Message-ID: <big@corp.example>")
	d.expect(d.takeMails(forged)[0], tickets.VerdictFail, "IT20231115002")
}

func TestWhatNobodyCanReadIsQuarantined(t *testing.T) {
	for _, c := range []struct {
		name string
		mail func(*desk) *intake.Mail
	}{
		{"not even the header was had", func(d *desk) *intake.Mail {
			m := d.sighting("")
			m.Raw, m.Problem = nil, &tickets.Problem{Kind: tickets.Unfetchable, Detail: "no such message"}
			return m
		}},
		{"a machine's mail is too large", func(d *desk) *intake.Mail {
			return d.tooLarge(append(video, "Auto-Submitted: auto-generated")...)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			got := d.takeMails(c.mail(d))[0]
			d.expect(got, tickets.VerdictFail, "")
			if got.Reason == "" || len(d.outbox()) != 0 {
				t.Errorf("reason %q, %d mails went out", got.Reason, len(d.outbox()))
			}
		})
	}
}

// Whatever of a poisoned mail can be written is written, and the mails behind it are taken.
func TestPoisonThatEvenTheStubCannotHold(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault func(intake.Tx) intake.Tx
		kept  int // messages
	}{
		{"no ticket can be opened", func(tx intake.Tx) intake.Tx { return noTickets{tx} }, 1},
		{"its bytes cannot be stored", func(tx intake.Tx) intake.Tx { return noMessages{tx} }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			update := d.Update
			d.Update = func(ctx context.Context, f func(intake.Tx) error) error {
				return update(ctx, func(tx intake.Tx) error { return f(c.fault(tx)) })
			}
			d.expect(d.take(problem("a1")), tickets.VerdictFail, "")
			d.Update = update
			d.expect(d.take(problem("a2")), tickets.VerdictOpen, "IT20231115001")
			kept, err := d.store.RawMessage(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			defer kept.Close()
			raw, err := io.ReadAll(kept)
			if err != nil {
				t.Fatal(err)
			}
			if poison := strings.Contains(string(raw), "(a1)"); poison != (c.kept == 1) {
				t.Errorf("the poisoned mail is kept: %v", poison)
			}
		})
	}
}

type noTickets struct{ intake.Tx }

func (noTickets) AddTicket(*tickets.Ticket) error { return errors.New("no such ticket") }

type noMessages struct{ intake.Tx }

func (noMessages) AddMessage(*tickets.LedgerMessage, io.Reader) error {
	return errors.New("no such mail")
}

// A mail on which the reader panics is quarantined, and its author is told.
func TestAPanicOfTheReader(t *testing.T) {
	d := newDesk(t)
	raw := problem("a1")
	m := d.sighting(raw)
	m.Raw = io.NewSectionReader(&panicsOnce{ReaderAt: strings.NewReader(raw)}, 0, int64(len(raw)))
	d.expect(d.takeMails(m)[0], tickets.VerdictFail, "IT20231115001")
	if sent := d.outbox(); len(sent) != 1 || sent[0].Recipient != "zhangsan@corp.example" || sent[0].Kind != tickets.NoticeUnreadable {
		t.Errorf("outbox %+v", sent)
	}
	// Once the reader is mended the mail goes onto its ticket.
	d.expect(d.take(raw), tickets.VerdictAppend, "IT20231115001")
}

type panicsOnce struct {
	io.ReaderAt
	done bool
}

func (r *panicsOnce) ReadAt(p []byte, off int64) (int, error) {
	if !r.done {
		r.done = true
		panic("the reader is broken")
	}
	return r.ReaderAt.ReadAt(p, off)
}

// A mailing list adds a footer to its copy of a mail; whatever else differs is not lost.
func TestTheSameMessageIDWithOtherContent(t *testing.T) {
	body := "The printer on the third floor does not print."
	for _, c := range []struct {
		name string
		body string
		want tickets.Verdict
	}{
		{"a list's footer", body + "\r\n-- \r\nstaff mailing list", tickets.VerdictDuplicate},
		{"the sentence goes on", body + " Nor does the one on the second floor.", tickets.VerdictOpen},
		{"other words", "My telephone is broken.", tickets.VerdictOpen},
		{"much more", body + strings.Repeat("\r\nand this is what I have tried so far", 1000), tickets.VerdictOpen},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			header := []string{"From: zhangsan@corp.example", "Subject: Printer", "Message-ID: <p@corp.example>", ""}
			d.take(mail(append(header, body)...))
			if got := d.take(mail(append(header, c.body)...)); got.Verdict != c.want {
				t.Errorf("got %s (%s), want %s", got.Verdict, got.Reason, c.want)
			}
		})
	}
}
