package tickets_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/calendar"
)

var shanghai = time.FixedZone("CST", 8*3600)

// at is a minute of 2023 on the office's wall: "09-28 16:00"; "" is never.
func at(clock string) time.Time {
	if clock == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", "2023-"+clock, shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

// office is open from Monday to Friday, 09:00 to 18:00, with the National Day holidays of 2023 and the day worked for them.
func office(t testing.TB) calendar.Hours {
	t.Helper()
	hours, err := calendar.New(calendar.Office{Zone: shanghai, Open: 9 * time.Hour, Close: 18 * time.Hour,
		Days:     []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
		Holidays: []calendar.Dates{{From: at("10-01 00:00"), To: at("10-06 00:00")}}, Workdays: []calendar.Dates{{From: at("10-07 00:00"), To: at("10-07 00:00")}}})
	if err != nil {
		t.Fatal(err)
	}
	return hours
}

// promises are 15m and 4h day and night for P0, 1h and 8h for P1, 4h and 18h for P2 in office hours, 2h for P1 of the network.
func promises(t testing.TB) tickets.SLA {
	open := office(t)
	target := func(respond, resolve time.Duration, h calendar.Hours) tickets.Target {
		return tickets.Target{Respond: respond, Resolve: resolve, Hours: h}
	}
	return tickets.SLA{
		tickets.P0: {Target: target(15*time.Minute, 4*time.Hour, calendar.Always)},
		tickets.P1: {Target: target(time.Hour, 8*time.Hour, open), Categories: map[tickets.Category]tickets.Target{tickets.Network: target(time.Hour, 2*time.Hour, open)}},
		tickets.P2: {Target: target(4*time.Hour, 18*time.Hour, open)},
	}
}

// happening is what befalls a ticket at an instant.
type happening struct {
	at string
	do func(t *tickets.Ticket, now time.Time)
}

func becomes(s tickets.Status) func(*tickets.Ticket, time.Time) {
	return func(t *tickets.Ticket, _ time.Time) { t.Status = s }
}

func isAssessed(p tickets.Priority) func(*tickets.Ticket, time.Time) {
	return func(t *tickets.Ticket, _ time.Time) { t.Priority = p }
}

func isAnswered(t *tickets.Ticket, now time.Time) { t.Course.AnsweredAt = now }

// play lets things happen to a ticket that was reported at an instant.
func play(s tickets.SLA, reported string, p tickets.Priority, happenings ...happening) *tickets.Ticket {
	t := &tickets.Ticket{ID: 7, Status: tickets.New, Priority: p, Course: tickets.Course{Since: at(reported)}}
	s.Settle(t, at(reported))
	for _, h := range happenings {
		h.do(t, at(h.at))
		s.Settle(t, at(h.at))
	}
	return t
}

func TestSettle(t *testing.T) {
	s := promises(t)
	wait, reply, p0 := becomes(tickets.Waiting), becomes(tickets.InProgress), isAssessed(tickets.P0)
	for _, c := range []struct {
		name             string
		reported         string
		priority         tickets.Priority
		happenings       []happening
		respond, resolve string
		timer            string // of the next alarm, "" when there is none
	}{
		{"in an office day", "11-15 10:00", tickets.P1, nil, "11-15 11:00", "11-15 18:00", "11-15 10:48"},
		{"over a night", "11-15 17:30", tickets.P1, nil, "11-16 09:30", "11-16 16:30", "11-16 09:18"},
		{"at night", "11-15 23:00", tickets.P1, nil, "11-16 10:00", "11-16 17:00", "11-16 09:48"},
		{"over a weekend", "11-17 17:30", tickets.P1, nil, "11-20 09:30", "11-20 16:30", "11-20 09:18"},
		{"over the holidays, with the day worked for them", "09-29 17:30", tickets.P1, nil, "10-07 09:30", "10-07 16:30", "10-07 09:18"},
		{"from that day on", "10-07 16:00", tickets.P2, nil, "10-09 11:00", "10-10 16:00", "10-09 10:12"},
		{"P0 knows no holidays", "10-01 03:00", tickets.P0, nil, "10-01 03:15", "10-01 07:00", "10-01 03:12"},
		{"without a priority it is P2", "11-15 10:00", "", nil, "11-15 14:00", "11-17 10:00", "11-15 13:12"},
		{"nothing is promised for P3 here", "11-15 10:00", tickets.P3, nil, "", "", ""},
		{"answered", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered}}, "11-15 11:00", "11-15 18:00", "11-15 16:24"},
		{"answered, then of another priority: what was answered was due when it was", "11-15 10:00", tickets.P1,
			[]happening{{"11-15 10:20", isAnswered}, {"11-15 10:30", isAssessed(tickets.P2)}}, "11-15 11:00", "11-17 10:00", "11-16 15:24"},
		{"while it waits nothing comes", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered}, {"11-15 10:20", wait}}, "11-15 11:00", "11-15 18:00", ""},
		{"the wait is not counted", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered}, {"11-15 10:20", wait}, {"11-15 12:20", reply}}, "11-15 11:00", "11-16 11:00", "11-16 09:24"},
		{"a wait over the night costs office time alone", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered}, {"11-15 17:00", wait}, {"11-16 10:00", reply}}, "11-15 11:00", "11-16 11:00", "11-15 16:24"},
		{"a wait at night costs nothing", "11-15 10:00", tickets.P1, []happening{{"11-15 17:30", isAnswered}, {"11-15 20:00", wait}, {"11-16 06:00", reply}}, "11-15 11:00", "11-15 18:00", "11-15 16:24"},
		{"two waits", "11-15 10:00", tickets.P1, []happening{{"11-15 11:00", isAnswered}, {"11-15 11:00", wait}, {"11-15 12:00", reply}, {"11-15 13:00", wait}, {"11-15 14:00", reply}}, "11-15 11:00", "11-16 11:00", "11-16 09:24"},
		{"a plan that waits for approval stops nothing", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered}, {"11-15 10:20", becomes(tickets.PendingApproval)}}, "11-15 11:00", "11-15 18:00", "11-15 16:24"},
		{"resolved", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered}, {"11-15 11:00", becomes(tickets.Resolved)}}, "11-15 11:00", "11-15 18:00", ""},
		{"not solved after all: the time of the trial is not counted", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered}, {"11-15 11:00", becomes(tickets.Resolved)}, {"11-16 11:00", reply}}, "11-15 11:00", "11-16 18:00", "11-16 16:24"},
		{"raised to P0 it counts from the report, day and night", "11-17 17:30", tickets.P1, []happening{{"11-17 20:00", p0}}, "11-17 17:45", "11-17 21:30", "11-17 17:42"},
		{"raised to P0 after a wait", "11-17 17:30", tickets.P1, []happening{{"11-17 17:40", isAnswered}, {"11-17 17:40", wait}, {"11-17 20:40", reply}, {"11-17 20:45", p0}}, "11-20 09:30", "11-18 00:30", "11-17 23:42"},
		{"raised and lowered again", "11-17 17:30", tickets.P1, []happening{{"11-17 20:00", p0}, {"11-17 20:05", isAssessed(tickets.P1)}}, "11-20 09:30", "11-20 16:30", "11-20 09:18"},
		{"of the network", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", func(t *tickets.Ticket, _ time.Time) { t.Category = tickets.Network }}}, "11-15 11:00", "11-15 12:00", "11-15 10:48"},
		{"taken up again after its end it begins anew", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered}, {"11-15 11:00", becomes(tickets.Resolved)}, {"11-15 12:00", becomes(tickets.Closed)},
			{"11-20 10:00", func(t *tickets.Ticket, now time.Time) { t.Status, t.Course = tickets.InProgress, t.Course.Restart(now) }}}, "11-15 11:00", "11-20 18:00", "11-20 16:24"},
		{"a date that was promised", "11-15 10:00", tickets.P1, []happening{{"11-15 10:20", isAnswered},
			{"11-15 13:00", func(t *tickets.Ticket, now time.Time) { t.Course.Due, t.Course.DueSetAt = at("11-17 14:00"), now }}}, "11-15 11:00", "11-17 14:00", "11-17 10:12"},
		{"a date on a Saturday: nobody is told before Monday", "11-17 10:00", tickets.P1, []happening{{"11-17 10:20", isAnswered},
			{"11-17 17:00", func(t *tickets.Ticket, now time.Time) { t.Course.Due, t.Course.DueSetAt = at("11-18 14:00"), now }},
			{"11-17 17:50", func(t *tickets.Ticket, now time.Time) { t.Course.Resolve.Warned = now }}}, "11-17 11:00", "11-18 14:00", "11-20 09:00"},
		{"a clock that was set back", "11-15 10:00", tickets.P1, []happening{{"11-15 09:00", wait}, {"11-15 08:00", reply}}, "11-15 11:00", "11-15 18:00", "11-15 10:48"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := play(s, c.reported, c.priority, c.happenings...)
			if !got.ResponseDue.Equal(at(c.respond)) || !got.ResolveDue.Equal(at(c.resolve)) {
				t.Errorf("due are %s and %s, want %s and %s", got.ResponseDue, got.ResolveDue, at(c.respond), at(c.resolve))
			}
			timer, want := s.Timer(got), at(c.timer)
			if timer == nil && !want.IsZero() || timer != nil && (!timer.Due.Equal(want) || timer.Ticket != 7 || timer.Kind != tickets.TimerSLA) {
				t.Errorf("the timer is %+v, want %s", timer, want)
			}
			again := *got
			if s.Settle(&again, at("12-31 10:00")); !reflect.DeepEqual(*got, again) {
				t.Errorf("settled again it is %+v, was %+v", again, *got)
			}
		})
	}
}

// What was told is told once, and again only when it lies ahead once more.
func TestAlarms(t *testing.T) {
	s := promises(t)
	heard := func(t *tickets.Ticket, now time.Time) {
		for _, a := range s.Alarms(t) {
			h := &t.Course.Respond
			if a.Goal == tickets.GoalResolve {
				h = &t.Course.Resolve
			}
			switch {
			case a.At.After(now):
			case a.Missed:
				h.Missed = now
			default:
				h.Warned = now
			}
		}
	}
	wait, reply := becomes(tickets.Waiting), becomes(tickets.InProgress)
	const respond, resolve = "respond", "resolve"
	for _, c := range []struct {
		name       string
		happenings []happening
		want       []string
	}{
		{"nothing was told", nil, []string{respond, respond + "!", resolve, resolve + "!"}},
		{"warned", []happening{{"11-15 10:50", heard}}, []string{respond + "!", resolve, resolve + "!"}},
		{"missed", []happening{{"11-15 11:00", heard}}, []string{resolve, resolve + "!"}},
		{"answered too late", []happening{{"11-15 11:10", isAnswered}}, []string{resolve, resolve + "!"}},
		{"a wait brings no second warning", []happening{{"11-15 10:10", isAnswered}, {"11-15 16:30", heard}, {"11-15 16:40", wait}, {"11-16 10:00", reply}}, []string{resolve + "!"}},
		{"lowered it may warn again", []happening{{"11-15 10:10", isAnswered}, {"11-15 16:30", heard}, {"11-15 16:40", isAssessed(tickets.P2)}}, []string{resolve, resolve + "!"}},
		{"missed and lowered", []happening{{"11-15 10:10", isAnswered}, {"11-15 18:00", heard}, {"11-16 09:00", isAssessed(tickets.P2)}}, []string{resolve, resolve + "!"}},
		{"missed and raised", []happening{{"11-15 10:10", isAnswered}, {"11-15 18:00", heard}, {"11-16 09:00", isAssessed(tickets.P0)}}, nil},
		{"resolved", []happening{{"11-15 10:10", isAnswered}, {"11-15 12:00", becomes(tickets.Resolved)}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, a := range s.Alarms(play(s, "11-15 10:00", tickets.P1, c.happenings...)) {
				name := string(a.Goal)
				if a.Missed {
					name += "!"
				}
				got = append(got, name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("still to be told %q, want %q", got, c.want)
			}
		})
	}
}

// A desk that promises nothing, and a ticket of an older version, have nothing due but what somebody promised by hand.
func TestNothingIsPromised(t *testing.T) {
	ticket := play(nil, "11-15 10:00", tickets.P0)
	if !ticket.ResponseDue.IsZero() || !ticket.ResolveDue.IsZero() || tickets.SLA(nil).Timer(ticket) != nil {
		t.Errorf("due on a desk that promises nothing: %+v", ticket)
	}
	s, old := promises(t), &tickets.Ticket{Status: tickets.Waiting, Priority: tickets.P1}
	s.Settle(old, at("11-15 10:00"))
	if !old.ResponseDue.IsZero() || !old.ResolveDue.IsZero() || len(old.Course.Pauses) > 0 || s.Timer(old) != nil {
		t.Errorf("due on an old ticket: %+v", old)
	}
	old.Status, old.Course.Due, old.Course.DueSetAt = tickets.InProgress, at("11-17 12:00"), at("11-15 10:00")
	s.Settle(old, at("11-15 10:00"))
	if timer := s.Timer(old); !old.ResolveDue.Equal(at("11-17 12:00")) || timer == nil || !timer.Due.Equal(at("11-16 17:00")) {
		t.Errorf("promised by hand: %+v, timer %+v", old, timer)
	}
}
