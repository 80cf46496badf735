package sqlite_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

// queue puts mails into the outbox, each written "recipient ticket minutes": composed so many minutes after clock. Their
// Message-IDs are m1, m2, …
func queue(t *testing.T, tx deskTx, lane tickets.Lane, mails ...string) {
	t.Helper()
	for i, m := range mails {
		var recipient string
		var ticket int64
		var minutes int
		if _, err := fmt.Sscan(m, &recipient, &ticket, &minutes); err != nil {
			t.Fatal(err)
		}
		err := tx.AddOutgoing(tickets.Outgoing{
			Ticket: ticket, Kind: tickets.NoticeConfirmation, Lane: lane, Sender: "helpdesk@corp.example",
			Recipient: recipient + "@corp.example", MessageID: fmt.Sprintf("m%d", i+1), Raw: []byte(m),
		}, clock.Add(time.Duration(minutes)*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
	}
}

// claim claims and returns the Message-IDs.
func claim(t *testing.T, tx deskTx, lane tickets.Lane, minutes, max int) string {
	t.Helper()
	var ids []string
	for _, item := range must(tx.Claim(lane, clock.Add(time.Duration(minutes)*time.Minute), max))(t) {
		if item.State != tickets.Sending || len(item.Raw) == 0 {
			t.Errorf("%s is %s, %d bytes", item.MessageID, item.State, len(item.Raw))
		}
		ids = append(ids, item.MessageID)
	}
	return strings.Join(ids, " ")
}

func TestClaim(t *testing.T) {
	tests := []struct {
		name    string
		mails   []string
		minutes int // after clock
		max     int
		want    string
	}{
		{"oldest first", []string{"a 1 2", "b 1 1", "c 1 0"}, 3, 9, "m3 m2 m1"},
		{"no more than asked for", []string{"a 1 0", "b 1 0", "c 1 0"}, 0, 2, "m1 m2"},
		{"what is not due stays", []string{"a 1 0", "b 1 5"}, 4, 9, "m1"},
		{"one of a ticket and recipient", []string{"a 1 0", "a 1 1", "A 1 2", "a 2 0", "b 1 0"}, 3, 9, "m1 m4 m5"},
		{"mails of no ticket have no order", []string{"a 0 0", "a 0 1"}, 2, 9, "m1 m2"},
		{"ten minutes after it was composed a mail waits no longer", []string{"a 1 0", "a 1 1", "a 1 2"}, 11, 9, "m1 m2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				open(t, tx, "IT20231115001")
				open(t, tx, "IT20231115002")
				queue(t, tx, tickets.LaneNormal, test.mails...)
				if got := claim(t, tx, tickets.LaneAlert, test.minutes, test.max); got != "" {
					t.Errorf("the other lane gives %q", got)
				}
				if got := claim(t, tx, tickets.LaneNormal, test.minutes, test.max); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
				return nil
			})
		})
	}
}

func TestOrderOfATicketAndRecipient(t *testing.T) {
	finish := map[string]func(tx deskTx, id int64) error{
		"sent":     func(tx deskTx, id int64) error { return tx.MarkSent(id, clock, "250 ok") },
		"failed":   func(tx deskTx, id int64) error { return tx.MarkFailed(id, clock, "550 no") },
		"deferred": func(tx deskTx, id int64) error { return tx.Defer(id, clock.Add(time.Hour), "450 later") },
		"returned": func(tx deskTx, id int64) error { return tx.Return(id, clock.Add(time.Hour), "down") },
	}
	want := map[string]string{"sent": "m2", "failed": "m2", "deferred": "", "returned": ""}
	for name, end := range finish {
		t.Run(name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				open(t, tx, "IT20231115001")
				queue(t, tx, tickets.LaneNormal, "a 1 0", "a 1 1")
				claim(t, tx, tickets.LaneNormal, 2, 9)
				if err := end(tx, 1); err != nil {
					return err
				}
				if got := claim(t, tx, tickets.LaneNormal, 2, 9); got != want[name] {
					t.Errorf("then %q leaves, want %q", got, want[name])
				}
				return nil
			})
		})
	}
}

func TestAnAlertWaitsForNoOtherLane(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		open(t, tx, "IT20231115001")
		queue(t, tx, tickets.LaneNormal, "a 1 0")
		err := tx.AddOutgoing(tickets.Outgoing{Ticket: 1, Lane: tickets.LaneAlert, Recipient: "a@corp.example", MessageID: "alert", Raw: []byte("x")}, clock)
		if got := claim(t, tx, tickets.LaneAlert, 0, 9); got != "alert" {
			t.Errorf("claimed %q", got)
		}
		return err
	})
}

// What waited for a server that was down is checked against its ticket once more before it leaves.
func TestWhatIsOutdatedDoesNotLeave(t *testing.T) {
	for _, c := range []struct {
		kind   tickets.NoticeKind
		status tickets.Status
		leaves bool
	}{
		{tickets.NoticeReminder, tickets.Resolved, true},
		{tickets.NoticeReminder, tickets.InProgress, false},
		{tickets.NoticeSLAWarning, tickets.Assigned, true},
		{tickets.NoticeSLABreach, tickets.Waiting, false},
		{tickets.NoticeAlert, tickets.New, true},
		{tickets.NoticeAlert, tickets.Resolved, false},
		{tickets.NoticeReply, tickets.Closed, true},
	} {
		t.Run(string(c.kind)+" "+string(c.status), func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				open(t, tx, "IT20231115001")
				ticket := must(tx.TicketByID(1))(t)
				ticket.Status, ticket.Priority = c.status, tickets.P0
				err := errors.Join(tx.SetTicket(ticket),
					tx.AddOutgoing(tickets.Outgoing{Ticket: 1, Kind: c.kind, Lane: tickets.LaneNormal, Recipient: "a@corp.example", MessageID: "old", Raw: []byte("x")}, clock))
				if got := claim(t, tx, tickets.LaneNormal, 0, 9); (got == "old") != c.leaves {
					t.Errorf("claimed %q", got)
				}
				item := must(tx.OutgoingByMessageID("old"))(t)
				if want := map[bool]tickets.OutboxState{true: tickets.Sending, false: tickets.Withdrawn}[c.leaves]; item.State != want {
					t.Errorf("it is %s, want %s", item.State, want)
				}
				return err
			})
		})
	}
}

func TestOutcomesOfDelivery(t *testing.T) {
	later := clock.Add(time.Hour)
	tests := map[string]struct {
		end  func(tx deskTx, id int64) error
		want tickets.OutboxItem
	}{
		"sent":     {func(tx deskTx, id int64) error { return tx.MarkSent(id, later, "250") }, tickets.OutboxItem{State: tickets.Sent, Attempts: 1, Due: clock, SentAt: later, Response: "250"}},
		"failed":   {func(tx deskTx, id int64) error { return tx.MarkFailed(id, later, "550") }, tickets.OutboxItem{State: tickets.Failed, Attempts: 1, Due: later, Response: "550"}},
		"deferred": {func(tx deskTx, id int64) error { return tx.Defer(id, later, "450") }, tickets.OutboxItem{State: tickets.Queued, Attempts: 1, Due: later, Response: "450"}},
		"returned": {func(tx deskTx, id int64) error { return tx.Return(id, later, "down") }, tickets.OutboxItem{State: tickets.Queued, Due: later, Response: "down"}},
		"released": {func(tx deskTx, _ int64) error { _, err := tx.Release(later); return err }, tickets.OutboxItem{State: tickets.Queued, Due: later}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			do(t, s, func(tx deskTx) error {
				ticket := open(t, tx, "IT20231115001")
				queue(t, tx, tickets.LaneNormal, "a 1 0")
				claim(t, tx, tickets.LaneNormal, 0, 1)
				if err := test.end(tx, 1); err != nil {
					return err
				}
				test.want.ID, test.want.Number, test.want.CreatedAt = 1, ticket.Number, clock
				test.want.Outgoing = tickets.Outgoing{
					Ticket: 1, Kind: tickets.NoticeConfirmation, Lane: tickets.LaneNormal, Sender: "helpdesk@corp.example",
					Recipient: "a@corp.example", MessageID: "m1",
				}
				if got := must(ptr(tx.OutgoingByMessageID("m1")))(t); !reflect.DeepEqual(got, test.want) {
					t.Errorf("got  %+v\nwant %+v", got, test.want)
				}
				if name != "released" {
					return nil
				}
				if tx.MarkSent(1, later, "250") == nil {
					t.Error("a mail that nobody had claimed was marked as sent")
				}
				return nil
			})
		})
	}
}

func TestRelease(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		queue(t, tx, tickets.LaneNormal, "a 0 0", "b 0 0", "c 0 0")
		claim(t, tx, tickets.LaneNormal, 0, 2)
		if n := must(tx.Release(clock.Add(time.Minute)))(t); n != 2 {
			t.Errorf("released %d", n)
		}
		if got := claim(t, tx, tickets.LaneNormal, 1, 9); got != "m3 m1 m2" {
			t.Errorf("then claimed %q", got)
		}
		return nil
	})
}

func TestNextDue(t *testing.T) {
	tests := []struct {
		name    string
		mails   []string
		claimed int
		want    string // minutes after clock
	}{
		{"nothing queued", nil, 0, "never"},
		{"the earliest", []string{"a 1 3", "b 1 2"}, 0, "2"},
		{"claimed rows do not count", []string{"a 0 0", "b 0 4"}, 1, "4"},
		{"a row that waits counts from when its waiting ends", []string{"a 1 0", "a 1 4"}, 1, "14"},
		{"unless another is due before", []string{"a 1 0", "a 1 4", "b 1 20"}, 1, "14"},
		{"or after", []string{"a 1 0", "a 1 4", "b 1 5"}, 1, "5"},
		{"of several that wait, the first", []string{"a 1 0", "a 1 6", "a 1 4", "b 1 30"}, 1, "14"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				open(t, tx, "IT20231115001")
				queue(t, tx, tickets.LaneNormal, test.mails...)
				claim(t, tx, tickets.LaneNormal, 0, test.claimed)
				due := must(tx.NextDue(tickets.LaneNormal))(t)
				got := "never"
				if !due.IsZero() {
					got = fmt.Sprint(int(due.Sub(clock).Minutes()))
				}
				if got != test.want {
					t.Errorf("got %s, want %s", got, test.want)
				}
				if at := must(tx.NextDue(tickets.LaneAlert))(t); !at.IsZero() {
					t.Errorf("the other lane is due at %v", at)
				}
				return nil
			})
		})
	}
}

func TestCountAutomatic(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		open(t, tx, "IT20231115001")
		open(t, tx, "IT20231115002")
		queue(t, tx, tickets.LaneNormal, "a 1 0", "A 1 10", "a 2 20", "a 0 30", "b 1 30")
		for _, test := range []struct {
			recipient       string
			ticket, minutes int
			want            int
		}{{"a", 0, 0, 4}, {"a", 0, 10, 3}, {"a", 1, 0, 2}, {"a", 1, 11, 0}, {"A", 2, 0, 1}, {"c", 0, 0, 0}} {
			since := clock.Add(time.Duration(test.minutes) * time.Minute)
			if got := must(tx.CountAutomatic(test.recipient+"@corp.example", int64(test.ticket), since))(t); got != test.want {
				t.Errorf("%+v: got %d", test, got)
			}
		}
		return nil
	})
}

func TestAMessageIDLeavesOnce(t *testing.T) {
	err := newStore(t).update(t.Context(), func(tx deskTx) error {
		queue(t, tx, tickets.LaneNormal, "a 0 0")
		return tx.AddOutgoing(tickets.Outgoing{Recipient: "b@corp.example", MessageID: "m1", Raw: []byte("x")}, clock)
	})
	if err == nil || isTemporary(err) {
		t.Errorf("two mails with one Message-ID: %v", err)
	}
}

// The lines of a digest stand for the tickets that they stood for when it was written, whatever the next one says.
func TestLinesOfADigest(t *testing.T) {
	s := newStore(t)
	do(t, s, func(tx deskTx) error {
		one, two, three := open(t, tx, "IT20231115001").ID, open(t, tx, "IT20231115002").ID, open(t, tx, "IT20231115003").ID
		for id, lines := range map[string][]int64{"first": {three, one}, "second": {one, two, three}, "none": nil} {
			o := tickets.Outgoing{Kind: tickets.NoticeDigest, Lane: tickets.LaneNormal, Sender: "d@corp.example", Recipient: "m@corp.example", MessageID: id, Raw: []byte(id), Lines: lines}
			if err := tx.AddOutgoing(o, clock); err != nil {
				return err
			}
		}
		return nil
	})
	do(t, s, func(tx deskTx) error {
		for id, want := range map[string]string{"first": "[IT20231115003 IT20231115001]", "second": "[IT20231115001 IT20231115002 IT20231115003]", "none": "[]"} {
			item := must(tx.OutgoingByMessageID(id))(t)
			if got := fmt.Sprint(must(tx.DigestLines(item.ID))(t)); got != want {
				t.Errorf("%s: lines %s, want %s", id, got, want)
			}
		}
		return nil
	})
	err := s.update(t.Context(), func(tx deskTx) error {
		return tx.AddOutgoing(tickets.Outgoing{Kind: tickets.NoticeDigest, MessageID: "of no ticket", Raw: []byte("x"), Lines: []int64{99}}, clock)
	})
	if err == nil {
		t.Error("a line stands for a ticket that is not there")
	}
	do(t, s, func(tx deskTx) error {
		if item := must(tx.OutgoingByMessageID("of no ticket"))(t); item != nil {
			t.Errorf("the mail is there without its lines: %+v", item)
		}
		return nil
	})
}
