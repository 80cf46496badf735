package tickets_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/calendar"
)

// dice draw offices, targets and lives of tickets, the same in every run.
type dice struct{ *rand.Rand }

func (d dice) duration(atMost time.Duration) time.Duration {
	return time.Duration(d.Int64N(int64(atMost)))
}

// hours are always open, or those of an office in a zone whose clocks change, with a few dates off and on.
func (d dice) hours(t testing.TB) calendar.Hours {
	t.Helper()
	if d.IntN(4) == 0 {
		return calendar.Always
	}
	zone, err := time.LoadLocation([]string{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}[d.IntN(4)])
	if err != nil {
		t.Fatal(err)
	}
	open := time.Duration(d.IntN(23*60)) * time.Minute
	o := calendar.Office{Zone: zone, Open: open, Close: open + time.Minute + d.duration(24*time.Hour-open-time.Minute), Days: []time.Weekday{time.Weekday(d.IntN(7))}}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if d.IntN(3) > 0 {
			o.Days = append(o.Days, day)
		}
	}
	for range d.IntN(4) {
		from := time.Date(2024, 1, 1+d.IntN(366), 0, 0, 0, 0, time.UTC)
		o.Holidays = append(o.Holidays, calendar.Dates{From: from, To: from.AddDate(0, 0, d.IntN(7))})
		o.Workdays = append(o.Workdays, calendar.Dates{From: from.AddDate(0, 0, 3), To: from.AddDate(0, 0, 3)})
	}
	h, err := calendar.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// life is what a ticket goes through: spans of work and of waiting in turn, from its report on.
type life struct {
	reported time.Time
	spans    []time.Duration
}

func (d dice) life() life {
	l := life{reported: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(d.duration(366 * 24 * time.Hour))}
	for range d.IntN(8) {
		l.spans = append(l.spans, d.duration(40*time.Hour))
	}
	return l
}

// lived is the ticket after its life, which ends at work.
func (l life) lived(s tickets.SLA, begun time.Time) *tickets.Ticket {
	t := &tickets.Ticket{Status: tickets.New, Priority: tickets.P1, Course: tickets.Course{Since: begun}}
	now := l.reported
	s.Settle(t, now)
	for i, span := range l.spans {
		now = now.Add(span)
		t.Status = tickets.Waiting
		if i%2 == 1 {
			t.Status = tickets.InProgress
		}
		s.Settle(t, now)
	}
	t.Status = tickets.InProgress
	s.Settle(t, now)
	return t
}

// worked is the time that counts until an instant, span by span: the plainest way to say it.
func (l life) worked(h calendar.Hours, until time.Time) time.Duration {
	var total time.Duration
	from := l.reported
	for i := range l.spans {
		to := from.Add(l.spans[i])
		if i%2 == 0 {
			total += max(h.Between(from, minTime(to, until)), 0)
		}
		from = to
	}
	if until.After(from) {
		total += h.Between(from, until)
	}
	return total
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// TestCourseProperties holds for every office, target and life: pauses neither lose nor give time.
func TestCourseProperties(t *testing.T) {
	d := dice{rand.New(rand.NewPCG(1, 1))}
	for range 1500 {
		h, l := d.hours(t), d.life()
		target := tickets.Target{Respond: 1 + d.duration(30*time.Hour), Resolve: 1 + d.duration(90*time.Hour), Hours: h}
		s := tickets.SLA{tickets.P1: {Target: target}}
		ticket := l.lived(s, l.reported)
		due, course := ticket.ResolveDue, ticket.Course

		earlier := l.lived(s, l.reported.Add(-d.duration(90*time.Hour)))
		longer, shorter := l, l
		if len(l.spans) > 1 {
			longer.spans = append([]time.Duration{}, l.spans...) // of the work after it, which ends when it did
			if len(l.spans) > 2 {
				more := d.duration(1 + l.spans[2])
				longer.spans[1], longer.spans[2] = l.spans[1]+more, l.spans[2]-more
			}
			shorter.spans = append([]time.Duration{}, l.spans...)
			shorter.spans[0], shorter.spans[1] = shorter.spans[0]+shorter.spans[1], 0 // the first wait never was
		}
		through := l // stopping for no time changes nothing
		through.spans = append(append([]time.Duration{}, l.spans...), make([]time.Duration, 2+len(l.spans)%2)...)

		otherwise := *ticket
		otherwise.Priority = tickets.P0
		both := tickets.SLA{tickets.P0: {Target: tickets.Target{Resolve: target.Resolve, Hours: calendar.Always}}, tickets.P1: {Target: target}}
		both.Settle(&otherwise, due)
		back := otherwise
		back.Priority = tickets.P1
		both.Settle(&back, due)

		for law, holds := range map[string]bool{
			"what counts until it is due is the target":            l.worked(h, due) == target.Resolve,
			"the instant before, it is not over":                   l.worked(h, due.Add(-1)) < target.Resolve,
			"the warning comes after four fifths":                  l.worked(h, warningOf(t, s, ticket)) == target.Resolve-target.Resolve/5,
			"what was reported earlier is due no later":            !earlier.ResolveDue.After(due),
			"a longer wait is due no earlier":                      !longer.lived(s, l.reported).ResolveDue.Before(due),
			"without its first wait it is due no later":            !shorter.lived(s, l.reported).ResolveDue.After(due),
			"a wait of no length changes nothing":                  through.lived(s, l.reported).ResolveDue.Equal(due),
			"a pause that goes on does not move what is due":       paused(s, *ticket, due).Equal(due),
			"another priority and back is as it was":               back.ResolveDue.Equal(due),
			"a priority whose hours are others counts all of them": l.worked(calendar.Always, otherwise.ResolveDue) == target.Resolve,
			"each pause has an end":                                course.Paused().IsZero(),
		} {
			if !holds {
				t.Fatalf("not so for %+v, a target of %s, due %s: %s", l, target.Resolve, due, law)
			}
		}
	}
}

// warningOf is when a ticket's solution is warned of.
func warningOf(t testing.TB, s tickets.SLA, ticket *tickets.Ticket) time.Time {
	t.Helper()
	for _, a := range s.Alarms(ticket) {
		if a.Goal == tickets.GoalResolve && !a.Missed {
			return a.At
		}
	}
	t.Fatalf("no warning of %+v", ticket)
	return time.Time{}
}

// paused is when a ticket is due that begins to wait at an instant at which it is not over.
func paused(s tickets.SLA, ticket tickets.Ticket, due time.Time) time.Time {
	ticket.Status = tickets.Waiting
	s.Settle(&ticket, due.Add(-time.Minute))
	return ticket.ResolveDue
}
