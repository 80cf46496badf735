package timers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

const (
	liWei = "liwei@corp.example"
	mary  = "mary@corp.example"
)

// onCall is a desk with a rota of two and a manager, and a P0 that rings from ten o'clock on.
func onCall(t *testing.T) (*desk, *tickets.Ticket) {
	d := newDesk(t, sqlitetest.New(t))
	d.Policy.Ladder = Ladder{Rungs: []Rung{RungOnCall, RungNext, RungManager}, Repeat: 5 * time.Minute, Turns: func(time.Time) []tickets.Address {
		return []tickets.Address{{Name: "李伟", Address: liWei}, {Name: "Mary", Address: mary}}
	}}
	ticket := &tickets.Ticket{Number: "IT20231115001", Subject: "ERP 全部无法登录", Status: tickets.Assigned, Priority: tickets.P0,
		Requester: tickets.Person{Name: "张三", Address: zhangsan}, CreatedAt: at("11-15 10:00"), UpdatedAt: at("11-15 10:00")}
	d.update(func(tx *sqlite.Tx) error {
		if err := tx.AddTicket(ticket); err != nil {
			return err
		}
		entry := &tickets.Entry{Ticket: ticket.ID, At: at("11-15 10:00"), Kind: tickets.EntryReport, Text: "所有人都登录不了 ERP。", Visibility: tickets.Public}
		if err := tx.AddEntry(entry); err != nil {
			return err
		}
		return tx.SetTimer(tickets.Timer{Kind: tickets.TimerAlert, Ticket: ticket.ID, Due: at("11-15 10:00"), Data: "{}"})
	})
	return d, ticket
}

// A P0 alerts who is on call at once and climbs every five minutes; after the last rung all are alerted again.
func TestAP0Climbs(t *testing.T) {
	d, ticket := onCall(t)
	var rungs []string
	d.Ring = func(_ context.Context, id int64, rung int) { rungs = append(rungs, fmt.Sprint(id == ticket.ID, rung)) }
	first := d.sweeps("11-15 10:00", "alert "+liWei)
	if got := subject(t, first[0]); !strings.HasPrefix(got, "【P0 告警】[IT20231115001]") {
		t.Errorf("subject %q", got)
	}
	d.sweeps("11-15 10:04")
	d.sweeps("11-15 10:05", "alert "+liWei, "alert "+mary)
	d.sweeps("11-15 10:10", "alert "+liWei, "alert "+mary, "alert "+wangfang)
	d.sweeps("11-15 10:15", "alert "+liWei, "alert "+mary, "alert "+wangfang)
	if want := []string{"true 0", "true 1", "true 2", "true 3"}; !slices.Equal(rungs, want) {
		t.Errorf("rungs %q, want %q", rungs, want)
	}
	items, err := d.store.Outbox(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.Lane != tickets.LaneAlert {
			t.Errorf("an alert to %s waits in lane %d", item.Recipient, item.Lane)
		}
	}
}

// After hours of downtime one alert goes out, of the rung that was due, and the next five minutes later.
func TestAlertsAfterDowntime(t *testing.T) {
	d, _ := onCall(t)
	d.sweeps("11-15 10:00", "alert "+liWei)
	d.sweeps("11-15 18:00", "alert "+liWei, "alert "+mary)
	d.sweeps("11-15 18:04")
	d.sweeps("11-15 18:05", "alert "+liWei, "alert "+mary, "alert "+wangfang)
}

// Where there is nobody to alert the ticket says so, once.
func TestThereIsNobodyToAlert(t *testing.T) {
	d, ticket := onCall(t)
	d.Policy.Ladder.Turns, d.Policy.Managers = nil, nil
	d.sweeps("11-15 10:00")
	d.sweeps("11-15 10:05")
	entries, err := d.store.Entries(t.Context(), ticket.ID)
	if err != nil || len(entries) != 2 || !strings.HasPrefix(entries[1].Text, "nobody is alerted: ") {
		t.Errorf("entries %+v, error %v", entries, err)
	}
}

// What is not a P0 any more, or over, alerts nobody.
func TestAlertsEnd(t *testing.T) {
	for name, change := range map[string]func(*tickets.Ticket){
		"a lower priority": func(t *tickets.Ticket) { t.Priority = tickets.P1 },
		"resolved":         func(t *tickets.Ticket) { t.Status = tickets.Resolved },
	} {
		t.Run(name, func(t *testing.T) {
			d, ticket := onCall(t)
			d.sweeps("11-15 10:00", "alert "+liWei)
			d.update(func(tx *sqlite.Tx) error {
				change(ticket)
				return tx.SetTicket(ticket)
			})
			d.sweeps("11-15 10:05")
			d.sweeps("11-15 12:00")
		})
	}
}

// Who has acknowledged is asked every half hour; two questions without an answer begin the alerts again, a rung higher.
func TestUpdatesAreAskedFor(t *testing.T) {
	d, ticket := onCall(t)
	d.sweeps("11-15 10:00", "alert "+liWei)
	d.update(func(tx *sqlite.Tx) error { // as the intake does for #ack
		if err := tx.DropTimers(ticket.ID, tickets.TimerAlert); err != nil {
			return err
		}
		return tx.SetTimer(timer(tickets.TimerUpdate, ticket.ID, at("11-15 10:31"), tickets.Climb{Rung: 0, By: liWei}))
	})
	d.sweeps("11-15 10:05")
	d.sweeps("11-15 10:31", "update "+liWei)
	d.sweeps("11-15 11:01", "update "+liWei)
	d.sweeps("11-15 11:31")
	d.sweeps("11-15 11:31", "alert "+liWei, "alert "+mary) // what is set for now is the next sweep's, which follows
	d.sweeps("11-15 11:36", "alert "+liWei, "alert "+mary, "alert "+wangfang)
}

// An alert that the server refuses climbs at once.
func TestARefusedAlertClimbs(t *testing.T) {
	d, ticket := onCall(t)
	d.sweeps("11-15 10:00", "alert "+liWei)
	d.update(func(tx *sqlite.Tx) error {
		return tx.SetTimer(tickets.Timer{Kind: tickets.TimerUnreached, Ticket: ticket.ID, Subject: liWei, Due: at("11-15 10:01"),
			Data: `{"kind":"alert","recipient":"` + liWei + `","response":"550 no such user"}`})
	})
	d.sweeps("11-15 10:01", "unreached "+wangfang)
	d.sweeps("11-15 10:01", "alert "+liWei, "alert "+mary)
}

// Whoever was alerted gets the timeline of the P0 when it is closed.
func TestTheTimelineOfAP0(t *testing.T) {
	d, ticket := onCall(t)
	d.sweeps("11-15 10:00", "alert "+liWei)
	d.sweeps("11-15 10:05", "alert "+liWei, "alert "+mary)
	d.update(func(tx *sqlite.Tx) error {
		ticket.Status = tickets.Confirmed
		entry := &tickets.Entry{Ticket: ticket.ID, At: at("11-15 10:20"), Actor: tickets.Address{Address: zhangsan}, Kind: tickets.EntryReply, Text: "只有我知道的事", Visibility: tickets.Private}
		if err := tx.AddEntry(entry); err != nil {
			return err
		}
		if err := tx.SetTicket(ticket); err != nil {
			return err
		}
		return tx.SetTimer(tickets.Timer{Kind: tickets.TimerLapse, Ticket: ticket.ID, Due: at("11-22 10:00")})
	})
	d.sweeps("11-22 10:00")
	for _, m := range d.sweeps("11-22 10:00", "timeline "+liWei, "timeline "+mary) {
		said := text(t, m)
		if !strings.Contains(said, "2023-11-15 10:05  服务台") || strings.Contains(said, "只有我知道") {
			t.Errorf("it says\n%s", said)
		}
	}
}

// A dead address among the alerted does not make the ladder spin: once all have been alerted, it keeps its time.
func TestADeadAddressDoesNotSpinTheLadder(t *testing.T) {
	d, ticket := onCall(t)
	entry := 0
	bounce := func(when string) {
		entry++
		d.update(func(tx *sqlite.Tx) error {
			return tx.SetTimer(tickets.Timer{Kind: tickets.TimerUnreached, Ticket: ticket.ID, Subject: liWei, Due: at(when),
				Data: fmt.Sprintf(`{"kind":"alert","entry":%d,"recipient":"`+liWei+`","response":"550 no such user"}`, entry)})
		})
		d.sweeps(when, "unreached "+wangfang)
	}
	d.sweeps("11-15 10:00", "alert "+liWei)
	bounce("11-15 10:01")
	d.sweeps("11-15 10:01", "alert "+liWei, "alert "+mary)
	bounce("11-15 10:02")
	d.sweeps("11-15 10:02", "alert "+liWei, "alert "+mary, "alert "+wangfang)
	bounce("11-15 10:03")
	d.sweeps("11-15 10:03")
	d.sweeps("11-15 10:07", "alert "+liWei, "alert "+mary, "alert "+wangfang)
}

// While the mail server is down one alert a person waits, not one of every rung.
func TestAlertsDoNotPileUp(t *testing.T) {
	d, _ := onCall(t)
	for n := range 6 {
		if _, err := d.Sweep(t.Context(), at("11-15 10:00").Add(time.Duration(n)*5*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	queued, err := d.store.Outbox(t.Context(), tickets.Queued)
	if err != nil || len(queued) != 3 {
		t.Errorf("%d alerts are queued, error %v", len(queued), err)
	}
}
