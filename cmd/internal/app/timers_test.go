package app_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
)

// What became due while the desk was down is done when it is up, and what becomes due while it runs is done then: both by
// the policy of the configuration.
func TestServeDoesWhatIsDue(t *testing.T) {
	o := openOffice(t)
	o.cfg.Technicians = []config.Technician{{Name: "王芳", Address: "wangfang@corp.example", Manager: true, Language: tickets.English}}
	now := time.Now()
	before, err := app.Open(t.Context(), o.cfg, app.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ticket := &tickets.Ticket{Number: "IT20231115001", Subject: "ERP", Status: tickets.Resolved, Requester: tickets.Person{Address: "zhangsan@corp.example"},
		Fix: "账号已解锁。", CreatedAt: now, UpdatedAt: now, ResolvedAt: now.Add(-time.Hour)}
	set := func(store *sqlite.Store, kind tickets.TimerKind, due time.Time) {
		t.Helper()
		if err := store.Update(t.Context(), func(tx *sqlite.Tx) error {
			return tx.SetTimer(tickets.Timer{Kind: kind, Ticket: ticket.ID, Due: due, Data: "1"})
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := before.Store.Update(t.Context(), func(tx *sqlite.Tx) error { return tx.AddTicket(ticket) }); err != nil {
		t.Fatal(err)
	}
	set(before.Store, tickets.TimerRemind, now.Add(-time.Minute))
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	o.serve()
	if to := o.answers(1)[0].To; len(to) != 1 || to[0] != "zhangsan@corp.example" {
		t.Errorf("the reminder went to %v", to)
	}
	set(o.app.Store, tickets.TimerDigest, time.Now())
	digest := o.answers(2)[1]
	if to := digest.To; len(to) != 1 || to[0] != "wangfang@corp.example" || !bytes.Contains(digest.Raw, []byte("1 ticket without a confirmation")) {
		t.Errorf("the digest went to %v:\n%s", to, digest.Raw)
	}
	var next []tickets.Timer
	if err := o.app.Store.Update(t.Context(), func(tx *sqlite.Tx) (err error) { next, err = tx.TimersOf(ticket.ID); return err }); err != nil {
		t.Fatal(err)
	}
	if len(next) != 2 || !next[0].Due.After(now) || !next[1].Due.After(now) {
		t.Errorf("next are %+v", next)
	}
}

// replies answers the newest mail to somebody with a text.
func (o *office) replies(from, text string) {
	o.t.Helper()
	for _, sent := range slices.Backward(o.smtp.Mails()) {
		if sent.To[0] != from {
			continue
		}
		m, err := mail.ReadMessage(bytes.NewReader(sent.Raw))
		if err != nil {
			o.t.Fatal(err)
		}
		o.arrives(strings.ReplaceAll(fmt.Sprintf("From: %s\nTo: %s\nSubject: Re: ERP\nMessage-ID: <%d@corp.example>\nIn-Reply-To: %s\n"+
			"Content-Type: text/plain; charset=utf-8\n\n%s\n", from, deskUser, len(o.smtp.Mails()), m.Header.Get("Message-ID"), text), "\n", "\r\n"))
		return
	}
	o.t.Fatalf("nothing went to %s", from)
}

// A whole wait by mail alone, in the times of a trial: reminders, the digest, a late answer, no rating.
func TestAStoryOfSilence(t *testing.T) {
	o := openOffice(t)
	o.cfg.Technicians = []config.Technician{{Name: "李伟", Address: "liwei@corp.example"}, {Name: "王芳", Address: "wangfang@corp.example", Manager: true}}
	o.cfg.Survey = config.Survey{Remind: []time.Duration{time.Millisecond, 2 * time.Millisecond}, Lapse: time.Millisecond}
	o.cfg.Office = config.Office{} // always open
	o.cfg.Mailboxes[0].Backlog = "answer"
	o.arrives(problem(1))
	o.serve()
	o.answers(2)
	o.replies("liwei@corp.example", "#诊断 账号被锁定\n#解决 账号已解锁，请再试一次。")
	count := map[string]int{}
	for _, sent := range o.answers(7) {
		count[sent.To[0]]++
	}
	// The confirmation, the solution, two reminders; the assignment and the receipt; the digest.
	if want := map[string]int{"zhangsan@corp.example": 4, "liwei@corp.example": 2, "wangfang@corp.example": 1}; !maps.Equal(count, want) {
		t.Errorf("went out %v, want %v", count, want)
	}
	o.replies("zhangsan@corp.example", "已解决")
	o.eventually("the survey has lapsed", func() bool {
		all, err := o.app.Store.Tickets(t.Context())
		return err == nil && len(all) == 1 && all[0].Status == tickets.Closed && !all[0].ClosedAt.IsZero() && all[0].Satisfaction == nil
	})
}
