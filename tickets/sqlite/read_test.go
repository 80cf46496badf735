package sqlite_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

func sight(tx deskTx, uid uint32, verdict tickets.Verdict) error {
	_, err := tx.AddSighting(&tickets.Sighting{Source: "acc", Folder: "INBOX", UIDValidity: 1, UID: uid, Verdict: verdict, At: clock})
	return err
}

func TestCursor(t *testing.T) {
	s := sqlitetest.New(t)
	later := clock.Add(time.Hour)
	steps := []struct {
		name     string
		folder   string
		validity uint32
		uidNext  uint32
		now      time.Time
		want     tickets.Cursor
	}{
		{"the first start", "INBOX", 1, 50, clock, tickets.Cursor{First: true, FirstStart: clock, SkipBelow: 50}},
		{"the next", "INBOX", 1, 70, later, tickets.Cursor{FirstStart: clock, SkipBelow: 50}},
		{"renumbered", "INBOX", 2, 30, later, tickets.Cursor{FirstStart: clock, Renumbered: true}},
		{"renumbered, again", "INBOX", 2, 40, later, tickets.Cursor{FirstStart: clock, Renumbered: true}},
		{"another folder", "IT", 2, 9, later, tickets.Cursor{First: true, FirstStart: later, SkipBelow: 9}},
	}
	for _, step := range steps {
		got := must(s.Cursor(t.Context(), "acc", step.folder, step.validity, step.uidNext, step.now))(t)
		if !reflect.DeepEqual(got, step.want) {
			t.Errorf("%s: got %+v", step.name, got)
		}
	}
}

func TestAcknowledge(t *testing.T) {
	s := sqlitetest.New(t)
	verdicts := []tickets.Verdict{tickets.VerdictOpen, tickets.VerdictSkip, tickets.VerdictFail, tickets.VerdictVanish, tickets.VerdictIgnore}
	do(t, sqliteStore{s}, func(tx deskTx) error {
		for i, verdict := range verdicts {
			if err := sight(tx, uint32(10+i), verdict); err != nil {
				return err
			}
		}
		return nil
	})
	pending := func(validity uint32) string {
		cursor := must(s.Cursor(t.Context(), "acc", "INBOX", validity, 1, clock))(t)
		out := fmt.Sprint(cursor.Last, ":")
		for _, p := range cursor.Pending {
			out += fmt.Sprintf(" %d %s", p.UID, p.Verdict)
		}
		return out
	}
	if got, want := pending(1), "14: 10 open 12 fail 14 ignore"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := pending(2), "0:"; got != want {
		t.Errorf("under another UIDVALIDITY: got %q, want %q", got, want)
	}
	for range 2 {
		if err := s.Acknowledge(t.Context(), "acc", "INBOX", 1, []uint32{10, 14, 99}, clock); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := pending(1), "14: 12 fail"; got != want {
		t.Errorf("acknowledged: got %q, want %q", got, want)
	}
	if seen := must(s.Seen(t.Context(), "acc", "INBOX", 1))(t); !reflect.DeepEqual(seen, []uint32{10, 11, 12, 13, 14}) {
		t.Errorf("seen %v", seen)
	}
	if seen := must(s.Seen(t.Context(), "acc", "INBOX", 2))(t); len(seen) != 0 {
		t.Errorf("seen %v under another UIDVALIDITY", seen)
	}
}

func TestTicketsAndEntriesAreRead(t *testing.T) {
	s := sqlitetest.New(t)
	do(t, sqliteStore{s}, func(tx deskTx) error {
		for i := range 3 {
			ticket := &tickets.Ticket{
				Number: fmt.Sprintf("IT2023111500%d", 3-i), Status: tickets.Closed, CreatedAt: clock, UpdatedAt: clock,
				Watchers: []tickets.Address{liwei}, Links: []string{fmt.Sprint(i)},
			}
			entry := &tickets.Entry{At: clock, Text: "one", Attachments: []tickets.Attachment{
				{Position: 0, Name: "图.png", Type: "image/png", Size: 5, SHA256: "ab", Inline: true}, {Position: 2, Name: "b"},
			}}
			if err := tx.AddTicket(ticket); err != nil {
				return err
			}
			for _, e := range []*tickets.Entry{entry, {At: clock, Text: "two"}} {
				e.Ticket = ticket.ID
				if err := tx.AddEntry(e); err != nil {
					return err
				}
			}
		}
		return nil
	})
	all := must(s.Tickets(t.Context()))(t)
	if len(all) != 3 {
		t.Fatalf("%d tickets", len(all))
	}
	for i, ticket := range all {
		one := must(ptr(s.TicketByNumber(t.Context(), ticket.Number)))(t)
		if ticket.ID != int64(i+1) || !reflect.DeepEqual(ticket, one) || len(one.Watchers) != 1 || one.Links[0] != fmt.Sprint(i) {
			t.Errorf("in the list %+v, alone %+v", ticket, one)
		}
		entries := must(s.Entries(t.Context(), ticket.ID))(t)
		if len(entries) != 2 || entries[0].Text != "one" || len(entries[0].Attachments) != 2 || entries[1].Attachments != nil {
			t.Errorf("entries %+v", entries)
		}
		if f := entries[0].Attachments[0]; f != (tickets.Attachment{Position: 0, Name: "图.png", Type: "image/png", Size: 5, SHA256: "ab", Inline: true}) {
			t.Errorf("attachment %+v", f)
		}
	}
	if none := must(s.TicketByNumber(t.Context(), "IT1"))(t); none != nil {
		t.Errorf("found %+v", none)
	}
}

// told is a short account: messages with the UIDs of their sightings, unread UIDs, outgoing Message-IDs.
func told(a tickets.LedgerAccount) string {
	var out []string
	for _, m := range a.Messages {
		uids := ""
		for _, s := range m.Sightings {
			uids += fmt.Sprint(" ", s.UID)
		}
		out = append(out, m.HeaderID+uids)
	}
	for _, s := range a.Unread {
		out = append(out, fmt.Sprint("unread ", s.UID))
	}
	for _, o := range a.Outgoing {
		out = append(out, "sent "+o.MessageID)
	}
	return strings.Join(out, ", ")
}

func TestWhy(t *testing.T) {
	s := sqlitetest.New(t)
	do(t, sqliteStore{s}, func(tx deskTx) error {
		ticket := open(t, tx, "IT20231115001")
		m := mail(1, "a@mail")
		m.Ticket = ticket.ID
		if err := tx.AddMessage(m, strings.NewReader("x")); err != nil {
			return err
		}
		entry := &tickets.Entry{Ticket: ticket.ID, At: clock, Message: m.ID}
		if err := tx.AddEntry(entry); err != nil {
			return err
		}
		m.Entry = entry.ID
		sightings := []tickets.Sighting{
			{UID: 1, Message: m.ID}, {UID: 2, Message: m.ID},
			{UID: 3, HeaderID: "big@mail", From: "ZHANGSAN@corp.example", Verdict: tickets.VerdictFail},
			{UID: 4, HeaderID: "old@mail", From: "liwei@corp.example", Verdict: tickets.VerdictSkip},
		}
		for _, s := range sightings {
			s.Source, s.Folder, s.UIDValidity, s.At = "acc", "INBOX", 1, clock
			if _, err := tx.AddSighting(&s); err != nil {
				return err
			}
		}
		return errors.Join(tx.SetMessage(m), tx.AddHeaderIDs(ticket.ID, []string{"a@mail", "big@mail"}),
			tx.AddOutgoing(tickets.Outgoing{Ticket: ticket.ID, Entry: entry.ID, Recipient: zhang.Address, MessageID: "ours@mail"}, clock),
			tx.AddParticipants(ticket.ID, intake.RoleRequester, []string{zhang.Address}))
	})
	tests := []struct {
		name string
		ask  func() (tickets.LedgerAccount, error)
		want string
	}{
		{"a number", func() (tickets.LedgerAccount, error) { return s.WhyNumber(t.Context(), "IT20231115001") }, "a@mail 1 2, unread 3, sent ours@mail"},
		{"another number", func() (tickets.LedgerAccount, error) { return s.WhyNumber(t.Context(), "IT20231115002") }, ""},
		{"a mail that came in", func() (tickets.LedgerAccount, error) { return s.WhyMessageID(t.Context(), "a@mail") }, "a@mail 1 2, sent ours@mail"},
		{"one of ours", func() (tickets.LedgerAccount, error) { return s.WhyMessageID(t.Context(), "ours@mail") }, "sent ours@mail"},
		{"a skipped mail", func() (tickets.LedgerAccount, error) { return s.WhyMessageID(t.Context(), "old@mail") }, "unread 4"},
		{"no Message-ID", func() (tickets.LedgerAccount, error) { return s.WhyMessageID(t.Context(), "") }, ""},
		{"an address", func() (tickets.LedgerAccount, error) { return s.WhyAddress(t.Context(), "zhangsan@corp.example") }, "a@mail 1 2, unread 3, sent ours@mail"},
		{"another address", func() (tickets.LedgerAccount, error) { return s.WhyAddress(t.Context(), "LiWei@corp.example") }, "unread 4"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := told(must(test.ask())(t)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestRetryAndCancel(t *testing.T) {
	later := clock.Add(time.Hour)
	tests := []struct {
		name   string
		change func(s *sqlite.Store) (int, error)
		n      int
		want   string // states of the mails that were queued, sending, sent, failed, failed
	}{
		{"retry all failed", func(s *sqlite.Store) (int, error) { return s.RetryOutbox(t.Context(), nil, later) }, 2, "queued sending sent queued queued"},
		{"retry some", func(s *sqlite.Store) (int, error) { return s.RetryOutbox(t.Context(), []int64{1, 2, 3, 4, 99}, later) }, 2, "queued sending sent queued failed"},
		{"cancel", func(s *sqlite.Store) (int, error) { return s.CancelOutbox(t.Context(), []int64{1, 2, 3, 4, 99}) }, 2, "cancelled sending sent cancelled failed"},
		{"cancel none", func(s *sqlite.Store) (int, error) { return s.CancelOutbox(t.Context(), nil) }, 0, "queued sending sent failed failed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := sqlitetest.New(t)
			do(t, sqliteStore{s}, func(tx deskTx) error {
				queue(t, tx, tickets.LaneNormal, "a 0 5", "b 0 0", "c 0 0", "d 0 0", "e 0 0")
				claim(t, tx, tickets.LaneNormal, 1, 9)
				return errors.Join(tx.MarkSent(3, clock, ""), tx.MarkFailed(4, clock, ""), tx.MarkFailed(5, clock, ""))
			})
			if n := must(test.change(s))(t); n != test.n {
				t.Errorf("%d changed", n)
			}
			var states []string
			for _, item := range must(s.Outbox(t.Context(), ""))(t) {
				states = append(states, string(item.State))
			}
			if got := strings.Join(states, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestStatsAndStates(t *testing.T) {
	s := sqlitetest.New(t)
	do(t, sqliteStore{s}, func(tx deskTx) error {
		queue(t, tx, tickets.LaneNormal, "a 0 5", "b 0 0", "c 0 1")
		claim(t, tx, tickets.LaneNormal, 1, 2)
		return tx.MarkFailed(2, clock, "550")
	})
	want := sqlite.Stats{
		Queued: map[tickets.Lane]int{tickets.LaneNormal: 2}, Failed: 1,
		Oldest: map[tickets.Lane]time.Time{tickets.LaneNormal: clock.Add(time.Minute)},
	}
	if got := must(s.Stats(t.Context()))(t); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if failed := must(s.Outbox(t.Context(), tickets.Failed))(t); len(failed) != 1 || failed[0].ID != 2 {
		t.Errorf("failed: %+v", failed)
	}
}

func TestADamagedMailKeepsNobodyFromLeaving(t *testing.T) {
	s := sqlitetest.New(t)
	do(t, sqliteStore{s}, func(tx deskTx) error {
		queue(t, tx, tickets.LaneNormal, "a 0 0", "b 0 0", "c 0 0")
		return nil
	})
	run(t, s.Path(), "UPDATE blob SET data = x'0102' WHERE id = 2")
	do(t, sqliteStore{s}, func(tx deskTx) error {
		if got := claim(t, tx, tickets.LaneNormal, 0, 9); got != "m1 m3" {
			t.Errorf("claimed %q", got)
		}
		return nil
	})
	failed := must(s.Outbox(t.Context(), tickets.Failed))(t)
	if len(failed) != 1 || failed[0].MessageID != "m2" || failed[0].Response == "" {
		t.Errorf("failed: %+v", failed)
	}
}
