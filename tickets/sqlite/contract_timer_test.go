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

// wind sets timers, each written "kind ticket minutes subject" with - for no subject: due so many minutes after clock.
func wind(t *testing.T, tx deskTx, timers ...string) {
	t.Helper()
	for _, written := range timers {
		var timer tickets.Timer
		var kind string
		var minutes int
		if _, err := fmt.Sscan(written, &kind, &timer.Ticket, &minutes, &timer.Subject); err != nil {
			t.Fatal(err)
		}
		timer.Kind, timer.Subject, timer.Due = tickets.TimerKind(kind), strings.TrimPrefix(timer.Subject, "-"), clock.Add(time.Duration(minutes)*time.Minute)
		if err := tx.SetTimer(timer); err != nil {
			t.Fatal(err)
		}
	}
}

// wound is the reverse of wind.
func wound(timers []tickets.Timer) string {
	var out []string
	for _, timer := range timers {
		subject := timer.Subject
		if subject == "" {
			subject = "-"
		}
		out = append(out, fmt.Sprint(timer.Kind, " ", timer.Ticket, " ", int(timer.Due.Sub(clock).Minutes()), " ", subject))
	}
	return strings.Join(out, ", ")
}

func TestTimerComesBack(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		open(t, tx, "IT20231115001")
		want := tickets.Timer{Kind: "remind", Ticket: 1, Subject: "zhangsan@corp.example", Due: clock, Data: `{"round":1}`}
		if err := tx.SetTimer(want); err != nil {
			return err
		}
		found := must(tx.TimersOf(1))(t)
		if len(found) != 1 || found[0].ID == 0 {
			t.Fatalf("found %+v", found)
		}
		id := found[0].ID
		want.ID = id
		if found[0] != want {
			t.Errorf("got %+v, want %+v", found[0], want)
		}
		want.ID, want.Due, want.Data = 0, clock.Add(time.Hour), `{"round":2}`
		if err := tx.SetTimer(want); err != nil {
			return err
		}
		want.ID = id
		if found := must(tx.TimersOf(1))(t); len(found) != 1 || found[0] != want {
			t.Errorf("set again: %+v, want %+v", found, want)
		}
		if err := tx.SetTimer(tickets.Timer{Kind: "remind", Ticket: 99, Due: clock}); err == nil {
			t.Error("a timer of a ticket that is not there was set")
		}
		return nil
	})
}

func TestDueTimers(t *testing.T) {
	tests := []struct {
		name           string
		timers         []string
		minutes, limit int
		want           string
	}{
		{"due longest first", []string{"a 1 5 -", "b 1 1 -", "c 0 3 -", "d 1 3 -"}, 5, 9, "b 1 1 -, c 0 3 -, d 1 3 -, a 1 5 -"},
		{"no more than asked for", []string{"a 1 5 -", "b 1 1 -"}, 5, 1, "b 1 1 -"},
		{"what is not due stays", []string{"a 1 5 -", "b 1 1 -"}, 4, 9, "b 1 1 -"},
		{"one of a kind, ticket and subject", []string{"a 1 1 -", "a 1 2 x", "a 2 3 -", "b 1 4 -", "a 0 5 -"}, 9, 9, "a 1 1 -, a 1 2 x, a 2 3 -, b 1 4 -, a 0 5 -"},
		{"set again it moves", []string{"a 1 1 -", "a 1 2 x", "a 1 8 -"}, 7, 9, "a 1 2 x"},
		{"of no ticket too", []string{"a 0 1 -", "a 0 1 x", "a 0 2 -"}, 7, 9, "a 0 1 x, a 0 2 -"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				open(t, tx, "IT20231115001")
				open(t, tx, "IT20231115002")
				wind(t, tx, test.timers...)
				if got := wound(must(tx.DueTimers(clock.Add(time.Duration(test.minutes)*time.Minute), test.limit))(t)); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
				return nil
			})
		})
	}
}

func TestDropTimers(t *testing.T) {
	tests := map[string]struct {
		drop func(tx deskTx) error
		want string
	}{
		"all of a ticket":     {func(tx deskTx) error { return tx.DropTimers(1) }, "a 2 4 -, a 0 5 -"},
		"a kind":              {func(tx deskTx) error { return tx.DropTimers(1, "a") }, "b 1 3 -, a 2 4 -, a 0 5 -"},
		"kinds":               {func(tx deskTx) error { return tx.DropTimers(1, "b", "a", "none") }, "a 2 4 -, a 0 5 -"},
		"a kind it has not":   {func(tx deskTx) error { return tx.DropTimers(2, "b") }, "a 1 1 -, a 1 2 x, b 1 3 -, a 2 4 -, a 0 5 -"},
		"no ticket's":         {func(tx deskTx) error { return tx.DropTimers(0) }, "a 1 1 -, a 1 2 x, b 1 3 -, a 2 4 -, a 0 5 -"},
		"one":                 {func(tx deskTx) error { return dropAt(tx, 1) }, "a 1 2 x, b 1 3 -, a 2 4 -, a 0 5 -"},
		"one of no ticket":    {func(tx deskTx) error { return dropAt(tx, 5) }, "a 1 1 -, a 1 2 x, b 1 3 -, a 2 4 -"},
		"one that is not any": {func(tx deskTx) error { return tx.DropTimer(99) }, "a 1 1 -, a 1 2 x, b 1 3 -, a 2 4 -, a 0 5 -"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				open(t, tx, "IT20231115001")
				open(t, tx, "IT20231115002")
				wind(t, tx, "a 1 1 -", "a 1 2 x", "b 1 3 -", "a 2 4 -", "a 0 5 -")
				if err := test.drop(tx); err != nil {
					return err
				}
				if got := wound(must(tx.DueTimers(clock.Add(time.Hour), 9))(t)); got != test.want {
					t.Errorf("left %q, want %q", got, test.want)
				}
				return nil
			})
		})
	}
}

// dropAt drops the timer that is due at that minute.
func dropAt(tx deskTx, minute int) error {
	due, err := tx.DueTimers(clock.Add(time.Duration(minute)*time.Minute), 9)
	if err != nil {
		return err
	}
	return tx.DropTimer(due[len(due)-1].ID)
}

func TestNextTimer(t *testing.T) {
	s := newStore(t)
	if due, found, err := s.NextTimer(t.Context()); found || !due.IsZero() || err != nil {
		t.Errorf("of an empty desk: %v %v %v", due, found, err)
	}
	do(t, s, func(tx deskTx) error {
		wind(t, tx, "a 0 5 -", "b 0 2 -")
		return nil
	})
	if due, found, err := s.NextTimer(t.Context()); !found || !due.Equal(clock.Add(2*time.Minute)) || err != nil {
		t.Errorf("got %v %v %v", due, found, err)
	}
}

func TestAway(t *testing.T) {
	day := func(n int) time.Time { return clock.AddDate(0, 0, n) }
	do(t, newStore(t), func(tx deskTx) error {
		err := errors.Join(
			tx.SetAway("LiWei@corp.example", day(1), day(3), "mail"),
			tx.SetAway("liwei@corp.example", day(2), day(5), "calendar"),
			tx.SetAway("wangfang@corp.example", day(0), day(9), "mail"),
			tx.SetAway("wangfang@corp.example", day(3), day(4), "mail"),
			tx.SetAway("zhao@corp.example", day(0), day(9), "mail"),
			tx.SetAway("zhao@corp.example", day(0), day(9), "calendar"),
			tx.SetAway("ZHAO@corp.example", time.Time{}, time.Time{}, "mail"),
			tx.SetAway("zhao@corp.example", day(9), day(9), "calendar"),
		)
		if tx.SetAway("", day(0), day(1), "mail") == nil {
			t.Error("nobody was away")
		}
		for _, test := range []struct {
			name string
			at   time.Time
			want map[string]time.Time
		}{
			{"before", day(1).Add(-time.Millisecond), map[string]time.Time{}},
			{"from the first instant", day(1), map[string]time.Time{"liwei@corp.example": day(3)}},
			{"of two sources the longer", day(2), map[string]time.Time{"liwei@corp.example": day(5)}},
			{"several", day(3), map[string]time.Time{"liwei@corp.example": day(5), "wangfang@corp.example": day(4)}},
			{"back at the last instant", day(5), map[string]time.Time{}},
		} {
			if got := must(tx.AwayAt(test.at))(t); !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s: %v", test.name, got)
			}
		}
		return err
	})
}
