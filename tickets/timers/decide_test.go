package timers

import (
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/calendar"
)

var shanghai = time.FixedZone("CST", 8*3600)

// at is a minute of 2023 in the office's zone: "09-28 16:00".
func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2023-"+clock, shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

// office is open from Monday to Friday, 09:00 to 18:00, with the National Day holidays of 2023 and the two days on which
// they were worked for.
func office(t testing.TB) calendar.Hours {
	t.Helper()
	days := func(from, to string) calendar.Dates {
		return calendar.Dates{From: at(from + " 00:00"), To: at(to + " 00:00")}
	}
	hours, err := calendar.New(calendar.Office{Zone: shanghai, Open: 9 * time.Hour, Close: 18 * time.Hour,
		Days:     []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
		Holidays: []calendar.Dates{days("09-29", "10-06")}, Workdays: []calendar.Dates{days("10-07", "10-08")}})
	if err != nil {
		t.Fatal(err)
	}
	return hours
}

func policyOf(t testing.TB, remind ...time.Duration) Policy {
	return Policy{Remind: remind, Hours: office(t), Zone: shanghai, Language: tickets.Chinese}
}

const day = 24 * time.Hour

func TestDecideOnAReminder(t *testing.T) {
	for _, c := range []struct {
		name     string
		remind   []time.Duration
		resolved string
		data     string
		now      string
		n        int
		next     tickets.TimerKind
		due      string
		count    string
	}{
		{"the first leaves the second", []time.Duration{2 * day, 4 * day}, "11-15 10:00", "1", "11-17 10:00", 1, tickets.TimerRemind, "11-21 10:00", "2"},
		{"the last leaves the digest, a morning after an office day", []time.Duration{2 * day, 4 * day}, "11-15 10:00", "2", "11-21 10:00", 2, tickets.TimerDigest, "11-23 09:00", ""},
		{"a weekend does not count", []time.Duration{2 * day, 4 * day}, "11-09 10:00", "2", "11-17 10:00", 2, tickets.TimerDigest, "11-21 09:00", ""},
		{"the holidays do not count, the days worked for them do", []time.Duration{day, 3 * day}, "09-27 16:00", "1", "09-28 16:00", 1, tickets.TimerRemind, "10-08 16:00", "2"},
		{"the digest waits for the holidays' end", []time.Duration{day}, "09-27 16:00", "1", "09-28 16:00", 1, tickets.TimerDigest, "10-08 09:00", ""},
		{"at the very opening it is in time", []time.Duration{day}, "11-14 09:00", "1", "11-15 09:00", 1, tickets.TimerDigest, "11-16 09:00", ""},
		{"after a long stop the next does not come at once", []time.Duration{2 * day, 4 * day}, "11-01 10:00", "1", "11-15 10:00", 1, tickets.TimerRemind, "11-16 10:00", "2"},
		{"fewer are configured by now", []time.Duration{day}, "11-15 10:00", "3", "11-21 10:00", 3, tickets.TimerDigest, "11-23 09:00", ""},
		{"what cannot be read is the first", []time.Duration{day, 2 * day}, "11-14 10:00", "?", "11-15 10:00", 1, tickets.TimerRemind, "11-16 10:00", "2"},
		{"a trial waits for no morning", []time.Duration{time.Minute, 2 * time.Minute}, "11-15 10:00", "2", "11-15 10:02", 2, tickets.TimerDigest, "11-15 10:03", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			timer := tickets.Timer{ID: 3, Kind: tickets.TimerRemind, Ticket: 7, Due: at(c.now), Data: c.data}
			do := policyOf(t, c.remind...).decide(timer, &tickets.Ticket{ID: 7, Status: tickets.Resolved, ResolvedAt: at(c.resolved)}, at(c.now))
			if do.Remind != c.n || do.Next == nil || do.After != nil || do.List {
				t.Fatalf("got %+v", do)
			}
			if n := do.Next; n.Kind != c.next || n.Ticket != 7 || !n.Due.Equal(at(c.due)) || n.Data != c.count {
				t.Errorf("next %s %q at %s, want %s %q at %s", n.Kind, n.Data, n.Due, c.next, c.count, c.due)
			}
		})
	}
}

func TestDecideOnTheDigest(t *testing.T) {
	resolved := &tickets.Ticket{ID: 7, Status: tickets.Resolved, ResolvedAt: at("09-20 10:00")}
	for _, c := range []struct {
		name, data, now, next string
		record                bool
	}{
		{"the managers hear of it for the first time", "", "11-15 09:00", "11-16 09:00", true},
		{"and again while nothing is decided", told, "11-15 09:00", "11-16 09:00", false},
		{"not on days off", told, "11-17 09:00", "11-20 09:00", false},
		{"not in the holidays", told, "09-28 09:00", "10-07 09:00", false},
		{"a desk that was down comes late and keeps to the mornings", told, "11-15 14:30", "11-16 09:00", false},
		{"a desk that comes up at night", told, "11-15 03:00", "11-15 09:00", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			do := policyOf(t, day).decide(tickets.Timer{Kind: tickets.TimerDigest, Ticket: 7, Data: c.data}, resolved, at(c.now))
			if !do.List || do.Remind != 0 || do.After != nil || (do.Record != "") != c.record {
				t.Fatalf("got %+v", do)
			}
			if n := do.Next; n == nil || n.Kind != tickets.TimerDigest || n.Data != told || !n.Due.Equal(at(c.next)) {
				t.Errorf("next %+v, want %s", n, c.next)
			}
		})
	}
}

func TestDecideOnTheLapse(t *testing.T) {
	now := at("11-24 10:00")
	before := tickets.Ticket{ID: 7, Status: tickets.Confirmed, ResolvedAt: at("11-14 10:00"), ConfirmedAt: at("11-15 10:00")}
	do := policyOf(t, day).decide(tickets.Timer{Kind: tickets.TimerLapse, Ticket: 7}, &before, now)
	if do.After == nil || do.After.Status != tickets.Closed || !do.After.ClosedAt.Equal(now) || !do.After.UpdatedAt.Equal(now) {
		t.Fatalf("got %+v", do)
	}
	if do.Record != "status: confirmed → closed\nclosed: the survey lapsed" || do.Next != nil || do.Remind != 0 || do.List {
		t.Errorf("got %+v", do)
	}
	if before.Status != tickets.Confirmed {
		t.Error("the ticket itself was changed")
	}
}

// A timer that has outlived its reason does nothing, and is over.
func TestDecideAgainstTheTicketAsItIs(t *testing.T) {
	reasons := map[tickets.TimerKind]tickets.Status{
		tickets.TimerRemind: tickets.Resolved, tickets.TimerDigest: tickets.Resolved, tickets.TimerLapse: tickets.Confirmed,
	}
	for kind, reason := range reasons {
		timer := tickets.Timer{Kind: kind, Ticket: 7, Data: "1"}
		if do := policyOf(t, day).decide(timer, nil, at("11-15 10:00")); do != (step{}) {
			t.Errorf("%s of no ticket: %+v", kind, do)
		}
		for _, status := range tickets.Statuses() {
			do := policyOf(t, day).decide(timer, &tickets.Ticket{ID: 7, Status: status}, at("11-15 10:00"))
			if nothing := do == (step{}); nothing == (status == reason) {
				t.Errorf("%s of a ticket that is %s: %+v", kind, status, do)
			}
		}
	}
}
