package intake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"maildesk/mailout"
	"maildesk/parser"
	"maildesk/templates"
	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
	"maildesk/tickets/thread"
)

// desk is a desk on a real store, with a clock that stands still until it is moved.
type desk struct {
	*intake.Desk
	t     tb
	store *sqlite.Store
	now   time.Time
	uid   uint32
}

var morning = time.Date(2023, 11, 15, 9, 30, 0, 0, time.FixedZone("CST", 8*3600))

func newDesk(t testing.TB) *desk {
	t.Helper()
	key, err := thread.NewKey("k1")
	if err != nil {
		t.Fatal(err)
	}
	keys := thread.Keys{key}
	words, err := templates.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	composer, err := mailout.NewComposer(mailout.Identity{
		Name: "IT Service Desk", NameZH: "IT 服务台", Address: "helpdesk@corp.example", Language: tickets.Chinese,
	}, keys, words, log)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, store: sqlitetest.New(t), now: morning}
	d.Desk = &intake.Desk{
		Update: func(ctx context.Context, f func(intake.Tx) error) error {
			return d.store.Update(ctx, func(tx *sqlite.Tx) error { return f(tx) })
		},
		Policy: intake.Policy{
			Prefix: "IT", Zone: morning.Location(), Language: tickets.Chinese,
			Addresses: []string{"helpdesk@corp.example"}, StaffDomains: []string{"corp.example"},
			Limits: intake.Limits{TicketHour: 5, SenderHour: 20},
		},
		Keys: keys, Composer: composer, Now: func() time.Time { return d.now }, Log: log,
	}
	return d
}

// mail writes a mail: header lines, an empty line, a body.
func mail(lines ...string) string { return strings.Join(lines, "\r\n") + "\r\n" }

// problem is an ordinary mail of 张三 with the given Message-ID.
func problem(id string) string {
	return mail("From: =?UTF-8?B?5byg5LiJ?= <zhangsan@corp.example>", "To: helpdesk@corp.example",
		"Subject: Cannot log in to ERP", "Message-ID: <"+id+"@corp.example>", "Date: Wed, 15 Nov 2023 09:29:00 +0800", "",
		"Since this morning the ERP log-in says that my password is wrong ("+id+").")
}

func (d *desk) sighting(raw string) *intake.Mail {
	d.uid++
	return &intake.Mail{
		Sighting: tickets.Sighting{Source: "helpdesk@imap.corp.example", Folder: "INBOX", UIDValidity: 1, UID: d.uid},
		Raw:      io.NewSectionReader(strings.NewReader(raw), 0, int64(len(raw))),
	}
}

func (d *desk) take(raw string) intake.Outcome {
	d.t.Helper()
	return d.takeMails(d.sighting(raw))[0]
}

func (d *desk) takeMails(mails ...*intake.Mail) []intake.Outcome {
	d.t.Helper()
	outcomes, err := d.Take(d.t.Context(), mails)
	if err != nil {
		d.t.Fatal(err)
	}
	return outcomes
}

func (d *desk) expect(got intake.Outcome, verdict tickets.Verdict, number string) {
	d.t.Helper()
	if got.Verdict != verdict || got.Number != number {
		d.t.Errorf("got %s %s (%s), want %s %s", got.Verdict, got.Number, got.Reason, verdict, number)
	}
}

func (d *desk) entries(number string) []tickets.Entry {
	d.t.Helper()
	ticket, err := d.store.TicketByNumber(d.t.Context(), number)
	if err != nil || ticket == nil {
		d.t.Fatalf("ticket %s: %v", number, err)
	}
	entries, err := d.store.Entries(d.t.Context(), ticket.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return entries
}

func (d *desk) outbox() []tickets.OutboxItem {
	d.t.Helper()
	items, err := d.store.Outbox(d.t.Context(), "")
	if err != nil {
		d.t.Fatal(err)
	}
	return items
}

func TestAMailBecomesATicketAndAReplyGoesOntoIt(t *testing.T) {
	d := newDesk(t)
	d.expect(d.take(problem("a1")), tickets.VerdictOpen, "IT20231115001")
	sent := d.outbox()
	if len(sent) != 1 || sent[0].Recipient != "zhangsan@corp.example" || sent[0].Number != "IT20231115001" {
		t.Fatalf("outbox %+v", sent)
	}
	reply := mail("From: zhangsan@corp.example", "To: helpdesk@corp.example", "Subject: Re: [IT20231115001] Cannot log in",
		"Message-ID: <a2@corp.example>", "In-Reply-To: <"+sent[0].MessageID+">", "Date: Wed, 15 Nov 2023 09:40:00 +0800", "",
		"It works on my phone.")
	d.expect(d.take(reply), tickets.VerdictAppend, "IT20231115001")
	entries := d.entries("IT20231115001")
	if len(entries) != 2 || entries[0].Kind != tickets.EntryReport || entries[1].Kind != tickets.EntryReply {
		t.Fatalf("entries %+v", entries)
	}
	if !entries[1].Verified {
		t.Error("our own token in the requester's hands proves the sender")
	}
	if len(d.outbox()) != 1 {
		t.Error("a reply was answered")
	}
}

// Each carrier of FIELD.md 11 alone finds the ticket.
func TestThreading(t *testing.T) {
	for _, c := range []struct {
		name   string
		header string // of the reply, beside From, To, Message-ID; %s is our Message-ID
		from   string
		cc     string // of the first mail
		want   tickets.Verdict
	}{
		{"our Message-ID in In-Reply-To", "Subject: Re: ERP\r\nIn-Reply-To: <%s>", "zhangsan@corp.example", "", tickets.VerdictAppend},
		{"our Message-ID in References", "Subject: Re: ERP\r\nReferences: <x@y.example> <%s>", "zhangsan@corp.example", "", tickets.VerdictAppend},
		{"our token in a stranger's hands still proves the thread", "Subject: Re: ERP\r\nIn-Reply-To: <%s>", "lisi@corp.example", "", tickets.VerdictAppend},
		{"the requester's own Message-ID", "Subject: more%.0s\r\nReferences: <a1@corp.example>", "zhangsan@corp.example", "", tickets.VerdictAppend},
		{"a colleague in Cc answers the first mail", "Subject: Re: ERP%.0s\r\nIn-Reply-To: <a1@corp.example>", "lisi@corp.example", "lisi@corp.example", tickets.VerdictAppend},
		{"an outsider to the thread knows its Message-ID", "Subject: Re: ERP%.0s\r\nIn-Reply-To: <a1@corp.example>", "lisi@corp.example", "", tickets.VerdictOpen},
		{"the number in the subject, from the requester", "Subject: [IT20231115001] still broken%.0s", "zhangsan@corp.example", "", tickets.VerdictAppend},
		{"the number in the subject, from somebody else", "Subject: [IT20231115001] me too%.0s", "lisi@corp.example", "", tickets.VerdictOpen},
		{"a forged token", "Subject: Re: ERP%.0s\r\nIn-Reply-To: <IT20231115001.1.aaaaaaaaaaaaaaaa@corp.example>", "lisi@corp.example", "", tickets.VerdictOpen},
		{"nothing", "Subject: Another matter%.0s", "zhangsan@corp.example", "", tickets.VerdictOpen},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			first := problem("a1")
			if c.cc != "" {
				first = "Cc: " + c.cc + "\r\n" + first
			}
			d.take(first)
			header := fmt.Sprintf(c.header, d.outbox()[0].MessageID)
			got := d.take(mail("From: "+c.from, "To: helpdesk@corp.example", "Message-ID: <b1@corp.example>", header, "", "Some other words."))
			number := "IT20231115001"
			if c.want == tickets.VerdictOpen {
				number = "IT20231115002"
			}
			d.expect(got, c.want, number)
		})
	}
}

func TestTheSameMailTwiceIsOneTicket(t *testing.T) {
	d := newDesk(t)
	d.take(problem("a1"))
	again := d.sighting("Received: from elsewhere\r\n" + problem("a1"))
	again.Sighting.Source = "support@imap.corp.example"
	d.expect(d.takeMails(again)[0], tickets.VerdictDuplicate, "")
	if n := len(d.outbox()); n != 1 {
		t.Errorf("%d confirmations", n)
	}
	// A second sighting of the same UID, as after a lost answer, is none.
	d.uid = 0
	d.expect(d.take(problem("a1")), tickets.VerdictOpen, "")
	if n := len(d.entries("IT20231115001")); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestTheSameWordsAgainAreAnsweredAtMostFiveTimesAnHour(t *testing.T) {
	d := newDesk(t)
	for i := range 9 {
		raw := strings.Replace(problem("a1"), "<a1@", fmt.Sprintf("<again%d@", i), 1)
		got := d.take(raw)
		want := tickets.VerdictSentAgain
		if i == 0 {
			want = tickets.VerdictOpen
		}
		d.expect(got, want, "IT20231115001")
	}
	if n := len(d.outbox()); n != 5 {
		t.Errorf("%d mails went out, want 5", n)
	}
	d.now = d.now.Add(2 * time.Hour)
	d.expect(d.take(strings.Replace(problem("a1"), "<a1@", "<later@", 1)), tickets.VerdictOpen, "IT20231115002")
}

func TestTheSameWordsInAnArchiveAreTwoProblems(t *testing.T) {
	d := newDesk(t)
	for i, day := range []string{"Mon, 13 Nov 2023", "Wed, 15 Nov 2023"} {
		old := d.sighting(mail("From: zhangsan@corp.example", "Subject: Password", "Date: "+day+" 09:00:00 +0800",
			fmt.Sprintf("Message-ID: <old%d@corp.example>", i), "", "Please reset my password."))
		old.Quiet = true
		d.expect(d.takeMails(old)[0], tickets.VerdictOpen, thread.FormatNumber("IT", morning, i+1))
	}
}

func TestEveryHumanIsAnsweredHoweverMany(t *testing.T) {
	d := newDesk(t)
	var mails []*intake.Mail
	for i := range 1500 {
		mails = append(mails, d.sighting(mail(fmt.Sprintf("From: user%d@corp.example", i), "Subject: VPN is down",
			fmt.Sprintf("Message-ID: <m%d@corp.example>", i), "", "The VPN does not connect since nine o'clock.")))
	}
	for i, outcome := range d.takeMails(mails...) {
		if want := thread.FormatNumber("IT", morning, i+1); outcome.Number != want {
			t.Fatalf("mail %d is %s, want %s", i, outcome.Number, want)
		}
	}
	if n := len(d.outbox()); n != 1500 {
		t.Errorf("%d confirmations", n)
	}
}

// A poisoned mail is undone and quarantined; the mails around it in the same transaction are not touched, and its
// number is given to the next.
func TestPoisonIsQuarantinedAlone(t *testing.T) {
	d := newDesk(t)
	compose := d.Composer
	d.Composer = composerFunc(func(n tickets.Notice) tickets.Outgoing {
		if n.Kind == tickets.NoticeConfirmation && strings.Contains(n.Entry.Text, "(poison)") {
			panic("poison")
		}
		return compose.Compose(n)
	})
	got := d.takeMails(d.sighting(problem("a1")), d.sighting(problem("poison")), d.sighting(problem("a3")))
	d.expect(got[0], tickets.VerdictOpen, "IT20231115001")
	d.expect(got[1], tickets.VerdictFail, "IT20231115002") // the stub
	d.expect(got[2], tickets.VerdictOpen, "IT20231115003")
	stub := d.entries("IT20231115002")
	if len(stub) != 1 || stub[0].Kind != tickets.EntryProblem || strings.Contains(stub[0].Text, "goroutine") {
		t.Errorf("stub %+v", stub)
	}
	// Dragged back once the fault is mended, it is taken anew, onto the ticket that was opened for it.
	d.Composer = compose
	d.expect(d.take(problem("poison")), tickets.VerdictAppend, "IT20231115002")
	if stub = d.entries("IT20231115002"); len(stub) != 2 || !strings.Contains(stub[1].Text, "my password is wrong (poison)") {
		t.Errorf("entries %+v", stub)
	}
	if sent := d.outbox(); sent[len(sent)-1].Kind != tickets.NoticeConfirmation {
		t.Errorf("%d mails went out, the last is %s", len(sent), sent[len(sent)-1].Kind)
	}
	d.expect(d.take(problem("poison")), tickets.VerdictDuplicate, "")
}

func TestFaultsOfTheEnvironmentQuarantineNothing(t *testing.T) {
	d := newDesk(t)
	full := errors.New("disk full")
	update := d.Update
	d.Update = func(ctx context.Context, f func(intake.Tx) error) error {
		return update(ctx, func(tx intake.Tx) error { return f(faultyTx{tx, outage{full}}) })
	}
	outcomes, err := d.Take(t.Context(), []*intake.Mail{d.sighting(problem("a1"))})
	if !errors.Is(err, full) || len(outcomes) != 0 {
		t.Fatalf("outcomes %v, error %v", outcomes, err)
	}
	d.Update, d.uid = update, 0
	d.expect(d.take(problem("a1")), tickets.VerdictOpen, "IT20231115001")
}

type composerFunc func(tickets.Notice) tickets.Outgoing

func (f composerFunc) Compose(n tickets.Notice) tickets.Outgoing { return f(n) }

// faultyTx fails at the last write of a mail.
type faultyTx struct {
	intake.Tx
	err error
}

func (tx faultyTx) AddSighting(*tickets.Sighting) (bool, error) { return false, tx.err }

type outage struct{ error }

func (outage) Temporary() bool { return true }
func (o outage) Unwrap() error { return o.error }

// Two desks that write to each other end after two mails.
func TestTwoDesksEndAfterTwoMails(t *testing.T) {
	a, b := newDesk(t), newDesk(t)
	b.Policy.Addresses = []string{"itdesk@corp.example"}
	first := strings.Replace(problem("a1"), "zhangsan@", "itdesk@", 1)
	a.expect(a.take(first), tickets.VerdictOpen, "IT20231115001")
	confirmation, err := a.store.OutboxRaw(t.Context(), a.outbox()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	got := b.take(string(confirmation))
	b.expect(got, tickets.VerdictIgnore, "")
	if len(b.outbox()) != 0 {
		t.Errorf("the second desk answered: %s", got.Reason)
	}
}

// What is stored beside each mail decides the same case the same way, from the raw mail on.
func TestStoredDecisionsReplay(t *testing.T) {
	d := newDesk(t)
	d.take(problem("a1"))
	reply := mail("From: zhangsan@corp.example", "Subject: Re: [IT20231115001] ERP", "Message-ID: <a2@corp.example>", "", "More.")
	d.take(reply)
	d.take(mail("From: lisi@corp.example", "Subject: Automatic reply: x", "Auto-Submitted: auto-replied", "Message-ID: <a3@corp.example>", "", "I am away."))
	for _, address := range []string{"zhangsan@corp.example", "lisi@corp.example"} {
		account, err := d.store.WhyAddress(t.Context(), address)
		if err != nil || len(account.Messages) == 0 {
			t.Fatalf("no messages of %s: %v", address, err)
		}
		for _, m := range account.Messages {
			raw, err := d.store.RawMessage(t.Context(), m.ID)
			if err != nil {
				t.Fatal(err)
			}
			all, err := io.ReadAll(raw)
			raw.Close()
			if err != nil {
				t.Fatal(err)
			}
			again, err := intake.Replay(io.NewSectionReader(bytes.NewReader(all), 0, int64(len(all))), parser.Options{Prefix: "IT"}, m.LedgerMessage)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(again.Then, again.Now) {
				t.Errorf("then %+v\nnow  %+v", again.Then, again.Now)
			}
		}
	}
}

func TestSkippedMailStaysSkippedWhenTheFolderIsRenumbered(t *testing.T) {
	d := newDesk(t)
	old := d.sighting(problem("old"))
	old.Skipped = true
	d.expect(d.takeMails(old)[0], tickets.VerdictSkip, "")
	renumbered := d.sighting(problem("old"))
	renumbered.Sighting.UIDValidity, renumbered.Renumbered = 2, true
	d.expect(d.takeMails(renumbered)[0], tickets.VerdictSkip, "")
	// Dragged back by a person under the same UIDVALIDITY, it is taken.
	d.expect(d.take(problem("old")), tickets.VerdictOpen, "IT20231115001")
}

// The directory's language wins over the mail's, and what it knows of a person is on the ticket.
func TestTheDirectoryIsAsked(t *testing.T) {
	d := newDesk(t)
	d.Policy.Directory = func(address string) (tickets.Person, bool) {
		return tickets.Person{Address: address, Name: "张三", Department: "市场部", Phone: "13800000000", Language: tickets.Chinese}, true
	}
	d.take(problem("a1"))
	ticket, err := d.store.TicketByNumber(t.Context(), "IT20231115001")
	if err != nil {
		t.Fatal(err)
	}
	if r := ticket.Requester; r.Department != "市场部" || r.Phone != "13800000000" {
		t.Errorf("requester %+v", r)
	}
	raw, err := d.store.OutboxRaw(t.Context(), d.outbox()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(raw, []byte("lang=3D\"zh")) {
		t.Error("an English mail of somebody whose language is Chinese is not answered in Chinese")
	}
}
