package timers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"maildesk/mailout"
	"maildesk/templates"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
	"maildesk/tickets/thread"
)

const (
	zhangsan = "zhangsan@corp.example"
	wangfang = "wangfang@corp.example" // manager
)

// desk is a store with a sweeper, and a clock that the test moves.
type desk struct {
	*Sweeper
	t     *testing.T
	store *sqlite.Store
	log   bytes.Buffer
	seen  int // mails of the outbox that the test has looked at
}

func newDesk(t *testing.T, store *sqlite.Store) *desk {
	t.Helper()
	key, err := thread.NewKey("k1")
	if err != nil {
		t.Fatal(err)
	}
	words, err := templates.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	composer, err := mailout.NewComposer(mailout.Identity{Name: "IT Service Desk", NameZH: "IT 服务台", Address: "helpdesk@corp.example",
		Language: tickets.Chinese, Zone: shanghai}, thread.Keys{key}, words, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, store: store}
	p := policyOf(t, 2*day, 4*day)
	p.Managers = []tickets.Address{{Name: "王芳", Address: wangfang}}
	d.Sweeper = &Sweeper{Policy: p, Composer: composer, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
		Update: func(ctx context.Context, f func(Tx) error) error {
			return store.Update(ctx, func(tx *sqlite.Tx) error { return f(tx) })
		}}
	return d
}

// update writes as the intake would.
func (d *desk) update(f func(*sqlite.Tx) error) {
	d.t.Helper()
	if err := d.store.Update(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// resolved is the n-th ticket, resolved at an instant, with its first reminder set.
func (d *desk) resolved(n int, when string) *tickets.Ticket {
	d.t.Helper()
	ticket := &tickets.Ticket{Number: fmt.Sprintf("IT20231115%03d", n), Subject: fmt.Sprintf("打印机 %d", n), Status: tickets.Resolved,
		Requester: tickets.Person{Name: "张三", Address: zhangsan}, Fix: "已更换硒鼓。", CreatedAt: at(when), UpdatedAt: at(when), ResolvedAt: at(when)}
	d.update(func(tx *sqlite.Tx) error {
		if err := tx.AddTicket(ticket); err != nil {
			return err
		}
		if err := tx.AddHeaderIDs(ticket.ID, []string{"report@corp.example"}); err != nil {
			return err
		}
		return tx.SetTimer(tickets.Timer{Kind: tickets.TimerRemind, Ticket: ticket.ID, Due: d.Policy.Hours.After(at(when), 2*day), Data: "1"})
	})
	return ticket
}

// sweeps does what is due, and checks which mails go out of it: "kind recipient".
func (d *desk) sweeps(when string, want ...string) []*mail.Message {
	d.t.Helper()
	if _, err := d.Sweep(d.t.Context(), at(when)); err != nil {
		d.t.Fatal(err)
	}
	items, err := d.store.Outbox(d.t.Context(), "")
	if err != nil {
		d.t.Fatal(err)
	}
	var got []string
	var mails []*mail.Message
	for _, item := range items[d.seen:] {
		got = append(got, string(item.Kind)+" "+item.Recipient)
		raw, err := d.store.OutboxRaw(d.t.Context(), item.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			d.t.Fatal(err)
		}
		mails = append(mails, m)
	}
	d.seen = len(items)
	if !slices.Equal(got, want) {
		d.t.Errorf("at %s went out %q, want %q", when, got, want)
	}
	return mails
}

func (d *desk) status(ticket *tickets.Ticket, want tickets.Status) {
	d.t.Helper()
	got, err := d.store.TicketByNumber(d.t.Context(), ticket.Number)
	if err != nil || got == nil || got.Status != want {
		d.t.Errorf("%s is %+v, want %s, error %v", ticket.Number, got, want, err)
	}
}

func (d *desk) timers(ticket *tickets.Ticket) (out []tickets.Timer) {
	d.t.Helper()
	d.update(func(tx *sqlite.Tx) (err error) { out, err = tx.TimersOf(ticket.ID); return err })
	return out
}

func subject(t *testing.T, m *mail.Message) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Nobody answers: two reminders, each once, then the managers, each morning of an office day.
func TestSilence(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	ticket := d.resolved(1, "11-15 10:00") // a Wednesday
	d.sweeps("11-17 09:59")
	first := d.sweeps("11-17 10:00", "reminder "+zhangsan)
	d.sweeps("11-17 10:00")
	d.sweeps("11-21 09:59")
	second := d.sweeps("11-21 10:00", "reminder "+zhangsan)
	d.sweeps("11-23 08:59")
	d.sweeps("11-23 09:00", "digest "+wangfang)
	d.sweeps("11-23 17:00")
	d.sweeps("11-24 09:01", "digest "+wangfang)
	d.sweeps("11-26 12:00")
	d.sweeps("11-27 09:00", "digest "+wangfang)
	d.status(ticket, tickets.Resolved)

	if a, b := first[0].Header.Get("Message-ID"), second[0].Header.Get("Message-ID"); a == b {
		t.Errorf("both reminders are %s", a)
	}
	h := first[0].Header
	if s := subject(t, first[0]); s != "【请确认】[IT20231115001] 打印机 1" {
		t.Errorf("subject %q", s)
	}
	if h.Get("Auto-Submitted") != "auto-generated" || !strings.Contains(second[0].Header.Get("References"), strings.Trim(h.Get("Message-ID"), "<>")) {
		t.Errorf("header %v\n%v", h, second[0].Header)
	}
	entries, err := d.store.Entries(t.Context(), ticket.ID)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []tickets.EntryKind
	for _, e := range entries {
		kinds = append(kinds, e.Kind)
		if e.Visibility != tickets.Internal || e.Actor != (tickets.Address{}) {
			t.Errorf("entry %+v", e)
		}
	}
	if want := []tickets.EntryKind{tickets.EntryReminder, tickets.EntryReminder, tickets.EntryChange}; !slices.Equal(kinds, want) {
		t.Errorf("entries %v, want %v: the managers' first digest is recorded once", kinds, want)
	}
}

// What happens in between is not overtaken: the intake drops the timers, and a timer that was left does nothing.
func TestAnAnswerInBetween(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	ticket := d.resolved(1, "11-15 10:00")
	d.sweeps("11-17 10:00", "reminder "+zhangsan)
	d.update(func(tx *sqlite.Tx) error {
		ticket.Status, ticket.ConfirmedAt = tickets.Confirmed, at("11-17 11:00")
		if err := tx.SetTimer(tickets.Timer{Kind: tickets.TimerLapse, Ticket: ticket.ID, Due: d.Policy.Hours.After(at("11-17 11:00"), 7*day)}); err != nil {
			return err
		}
		return tx.SetTicket(ticket)
	})
	d.sweeps("11-21 10:00")
	if left := d.timers(ticket); len(left) != 1 || left[0].Kind != tickets.TimerLapse {
		t.Errorf("left are %+v", left)
	}
	d.sweeps("11-28 10:59")
	d.status(ticket, tickets.Confirmed)
	d.sweeps("11-28 11:00")
	d.status(ticket, tickets.Closed)
	if left := d.timers(ticket); len(left) != 0 {
		t.Errorf("left are %+v", left)
	}
}

// A crash before the commit loses nothing and doubles nothing.
func TestACrashAtTheCommit(t *testing.T) {
	for n := int64(1); n <= 2; n++ {
		opt := sqlite.Options{}
		armed, commits := false, int64(0)
		opt.BeforeCommit = func() error {
			if armed {
				if commits++; commits == n {
					return &sqlite.Error{Statement: "commit", Code: 10, Err: errors.New("injected")}
				}
			}
			return nil
		}
		d := newDesk(t, sqlitetest.Open(t, t.TempDir()+"/maildesk.db", opt))
		for i := range batchSize + 1 { // two transactions
			d.resolved(i+1, "11-15 10:00")
		}
		armed = true
		if _, err := d.Sweep(t.Context(), at("11-17 10:00")); err == nil {
			t.Fatal("the fault did not show")
		}
		if _, err := d.Sweep(t.Context(), at("11-17 10:00")); err != nil {
			t.Fatal(err)
		}
		items, err := d.store.Outbox(t.Context(), "")
		if err != nil || len(items) != batchSize+1 {
			t.Errorf("crash at commit %d: %d reminders, error %v", n, len(items), err)
		}
	}
}

// panics composes nothing for one ticket.
type panics struct {
	tickets.Composer
	number string
}

func (p panics) Compose(n tickets.Notice) tickets.Outgoing {
	if n.Ticket != nil && n.Ticket.Number == p.number {
		panic("no mail of " + p.number)
	}
	return p.Composer.Compose(n)
}

// One timer that fails is put off, undone and told of, and stops no other.
func TestOneFailureStopsNoOther(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	d.resolved(1, "11-15 10:00")
	bad := d.resolved(2, "11-15 10:00")
	d.resolved(3, "11-15 10:00")
	d.update(func(tx *sqlite.Tx) error {
		return tx.SetTimer(tickets.Timer{Kind: "of another version", Ticket: bad.ID, Due: at("11-17 09:00")})
	})
	works := d.Composer
	d.Composer = panics{works, bad.Number}
	d.sweeps("11-17 10:00", "reminder "+zhangsan, "reminder "+zhangsan)
	if entries, err := d.store.Entries(t.Context(), bad.ID); err != nil || len(entries) != 0 {
		t.Errorf("it left %+v, error %v", entries, err)
	}
	if log := d.log.String(); !strings.Contains(log, "no mail of "+bad.Number) || !strings.Contains(log, "of another version") {
		t.Errorf("log: %s", log)
	}
	for _, timer := range d.timers(bad) {
		if !timer.Due.Equal(at("11-17 10:10")) {
			t.Errorf("%s is due at %s", timer.Kind, timer.Due)
		}
	}
	d.Composer = works
	d.sweeps("11-17 10:09")
	d.sweeps("11-17 10:10", "reminder "+zhangsan)
}

func TestWhoeverIsToldIsToldInTheirLanguage(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	d.Policy.Stated = func(address string) (tickets.Person, bool) {
		return tickets.Person{Language: map[string]tickets.Language{wangfang: tickets.English}[address]}, address == wangfang
	}
	ticket := d.resolved(1, "11-15 10:00")
	d.update(func(tx *sqlite.Tx) error {
		if err := tx.PutPerson(tickets.Person{Address: zhangsan, Language: tickets.English}); err != nil {
			return err
		}
		return tx.SetTimer(tickets.Timer{Kind: tickets.TimerDigest, Ticket: ticket.ID, Due: at("11-17 10:00")})
	})
	for _, m := range d.sweeps("11-17 10:00", "reminder "+zhangsan, "digest "+wangfang) {
		body, err := io.ReadAll(m.Body)
		if err != nil {
			t.Fatal(err)
		}
		if s := subject(t, m); !strings.Contains(s, "lease") || len(body) == 0 {
			t.Errorf("subject %q", s)
		}
	}
}

func TestSweepEndsWithItsContext(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	d.resolved(1, "11-15 10:00")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if n, err := d.Sweep(ctx, at("11-17 10:00")); err == nil || n != 0 {
		t.Errorf("%d done, error %v", n, err)
	}
	d.sweeps("11-17 10:00", "reminder "+zhangsan)
}

// The lapse of a survey is a change of its own: what somebody commanded before it is not taken back over it, and nobody takes the lapse back.
func TestTheLapseIsAChange(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	ticket := d.resolved(1, "11-15 10:00")
	confirming := &tickets.Change{Ticket: ticket.ID, At: at("11-15 11:00"), Actor: liwei, Commands: "#confirm by telephone", Before: []byte("{}")}
	d.update(func(tx *sqlite.Tx) error {
		ticket.Status = tickets.Confirmed
		return errors.Join(tx.SetTicket(ticket), tx.AddChange(confirming), tx.DropTimers(ticket.ID),
			tx.SetTimer(tickets.Timer{Kind: tickets.TimerLapse, Ticket: ticket.ID, Due: at("11-15 12:00")}))
	})
	d.sweeps("11-15 12:00")
	d.status(ticket, tickets.Closed)
	d.update(func(tx *sqlite.Tx) error {
		if later, err := tx.ChangesAfter(ticket.ID, confirming.ID); err != nil || later != 1 {
			t.Errorf("%d changes came later, error %v", later, err)
		}
		lapse, err := tx.LastChange(ticket.ID, "", at("11-15 12:00"))
		if err != nil || lapse == nil {
			t.Fatalf("the change %+v, error %v", lapse, err)
		}
		var before tickets.Ticket
		if err := json.Unmarshal(lapse.Before, &before); err != nil || before.Status != tickets.Confirmed || lapse.Commands != "" || lapse.Entry == 0 {
			t.Errorf("the change %+v of a ticket that was %s, error %v", lapse, before.Status, err)
		}
		return nil
	})
}

// A plan that waits is asked about every working day: managers who are away are left out while another is there, and nobody is
// asked for his own.
func TestAPlanIsAskedAboutAgain(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	d.Policy.Managers = append(d.Policy.Managers, tickets.Address{Name: "陈静", Address: "chenjing@corp.example"}, tickets.Address{Name: "赵敏", Address: "zhaomin@corp.example"})
	ticket := &tickets.Ticket{Number: "IT20231115001", Subject: "ERP", Status: tickets.PendingApproval, Requester: tickets.Person{Address: zhangsan},
		Plan: "今晚切换", PlannedBy: "zhaomin@corp.example", Approval: tickets.ApprovalPending, CreatedAt: at("11-15 10:00"), UpdatedAt: at("11-15 10:00")}
	d.update(func(tx *sqlite.Tx) error {
		return errors.Join(tx.AddTicket(ticket), tx.SetAway(wangfang, at("11-16 00:00"), at("11-16 23:59"), "command"),
			tx.SetTimer(tickets.Timer{Kind: tickets.TimerApproval, Ticket: ticket.ID, Due: at("11-16 10:00")}))
	})
	d.sweeps("11-16 09:59")
	asked := d.sweeps("11-16 10:00", "approval chenjing@corp.example")
	if got := subject(t, asked[0]); !strings.HasPrefix(got, "【请审批】[IT20231115001]") {
		t.Errorf("subject %q", got)
	}
	d.sweeps("11-17 09:00", "approval "+wangfang, "approval chenjing@corp.example")
	d.update(func(tx *sqlite.Tx) error {
		ticket.Status, ticket.Approval = tickets.InProgress, tickets.ApprovalGranted
		return tx.SetTicket(ticket)
	})
	d.sweeps("11-20 09:00")
}
