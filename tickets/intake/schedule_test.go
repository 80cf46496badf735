package intake

import (
	"reflect"
	"testing"
	"time"

	"maildesk/tickets"
)

func TestSchedule(t *testing.T) {
	now := time.Date(2023, 11, 15, 10, 0, 0, 0, time.UTC)
	policy := Policy{
		Survey: Survey{Remind: []time.Duration{48 * time.Hour, 96 * time.Hour}, Lapse: 7 * 24 * time.Hour},
		Office: func(start time.Time, d time.Duration) time.Time { return start.Add(2 * d) }, // half of all days are worked
	}
	at := func(status tickets.Status, resolved, confirmed time.Time) tickets.Ticket {
		return tickets.Ticket{ID: 7, Status: status, ResolvedAt: resolved, ConfirmedAt: confirmed}
	}
	var none time.Time
	yesterday := now.Add(-24 * time.Hour)
	remind := []tickets.Timer{{Kind: tickets.TimerRemind, Ticket: 7, Due: now.Add(4 * 24 * time.Hour), Data: "1"}}
	lapse := []tickets.Timer{{Kind: tickets.TimerLapse, Ticket: 7, Due: now.Add(14 * 24 * time.Hour)}}
	asks := []tickets.Timer{{Kind: tickets.TimerApproval, Ticket: 7, Due: now.Add(2 * 24 * time.Hour)}}
	decided := []tickets.TimerKind{tickets.TimerApproval}
	planned := func(status tickets.Status, plan string) tickets.Ticket {
		t := at(status, none, none)
		t.Plan, t.Approval = plan, tickets.ApprovalPending
		return t
	}
	waits, rates := ended[tickets.Resolved], ended[tickets.Confirmed]
	for _, c := range []struct {
		name          string
		before, after tickets.Ticket
		set           []tickets.Timer
		drop          []tickets.TimerKind
	}{
		{"resolved", at(tickets.InProgress, none, none), at(tickets.Resolved, now, none), remind, nil},
		{"nothing changes", at(tickets.Resolved, yesterday, none), at(tickets.Resolved, yesterday, none), nil, nil},
		{"resolved otherwise", at(tickets.Resolved, yesterday, none), at(tickets.Resolved, now, none), remind, waits},
		{"confirmed", at(tickets.Resolved, yesterday, none), at(tickets.Confirmed, yesterday, now), lapse, waits},
		{"confirmed and rated at once", at(tickets.Resolved, yesterday, none), at(tickets.Closed, yesterday, now), nil, waits},
		{"rated", at(tickets.Confirmed, yesterday, yesterday), at(tickets.Closed, yesterday, yesterday), nil, rates},
		{"not solved", at(tickets.Resolved, yesterday, none), at(tickets.InProgress, none, none), nil, waits},
		{"it fails again", at(tickets.Confirmed, yesterday, yesterday), at(tickets.InProgress, none, none), nil, rates},
		{"closed by the manager", at(tickets.Resolved, yesterday, none), at(tickets.Closed, yesterday, none), nil, waits},
		{"a confirmation is undone", at(tickets.Confirmed, yesterday, yesterday), at(tickets.Resolved, yesterday, none), remind, rates},
		{"a plan waits", at(tickets.InProgress, none, none), planned(tickets.PendingApproval, "tonight"), asks, nil},
		{"another plan waits", planned(tickets.PendingApproval, "tonight"), planned(tickets.PendingApproval, "tomorrow"), asks, nil},
		{"a plan is decided on", planned(tickets.PendingApproval, "tonight"), at(tickets.InProgress, none, none), nil, decided},
		{"a plan waits and the work does not", planned(tickets.InProgress, "tonight"), planned(tickets.Assigned, "tonight"), nil, nil},
		{"what has a plan is withdrawn", planned(tickets.PendingApproval, "tonight"), planned(tickets.Cancelled, "tonight"), nil, decided},
		{"what has a plan comes back", planned(tickets.Cancelled, "tonight"), planned(tickets.PendingApproval, "tonight"), asks, nil},
		{"another step", at(tickets.Assigned, none, none), at(tickets.InProgress, none, none), nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, drop := policy.schedule(&c.before, &c.after, now)
			if !reflect.DeepEqual(set, c.set) || !reflect.DeepEqual(drop, c.drop) {
				t.Errorf("set %+v, drop %v\nwant %+v, %v", set, drop, c.set, c.drop)
			}
		})
	}
}

func TestScheduleOfADeskThatNeverAsksAgain(t *testing.T) {
	for _, status := range []tickets.Status{tickets.Resolved, tickets.Confirmed} {
		set, _ := Policy{}.schedule(&tickets.Ticket{Status: tickets.InProgress}, &tickets.Ticket{Status: status}, time.Time{})
		if len(set) > 0 {
			t.Errorf("%s: %+v", status, set)
		}
	}
}
