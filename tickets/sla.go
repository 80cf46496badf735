package tickets

import (
	"cmp"
	"slices"
	"time"

	"maildesk/tickets/calendar"
)

// Goal is one of the two things that a target promises; its words are those of the configuration.
type Goal string

// The goals.
const (
	GoalRespond Goal = "respond" // a technician answers the requester
	GoalResolve Goal = "resolve" // the ticket is resolved
)

// Target is what the desk promises for a kind of tickets. A goal without a time is not promised.
type Target struct {
	Respond time.Duration
	Resolve time.Duration
	Hours   calendar.Hours // count both times
}

// SLA is what the desk promises, by priority. A nil SLA promises nothing.
type SLA map[Priority]Promise

// Promise is the target of a priority, and those of categories for which it is another.
type Promise struct {
	Target
	Categories map[Category]Target
}

// Unassessed is the priority whose target holds while a ticket has none: the middle of the four, so that nobody is woken for what
// has not been looked at, and it is not left lying either.
const Unassessed = P2

// Target is what is promised for a ticket of a priority and a category.
func (s SLA) Target(p Priority, c Category) Target {
	promise := s[cmp.Or(p, Unassessed)]
	if own, set := promise.Categories[c]; set {
		return own
	}
	return promise.Target
}

// Settle brings what is due on a ticket up to what the ticket has become at now: it begins or ends a pause by the status, counts
// anew by priority and category, and lets an alarm come again that lies ahead once more. To do it twice changes nothing. An answer
// that was given stays due when it was, and a ticket on which no target runs has only the date that somebody promised.
func (s SLA) Settle(t *Ticket, now time.Time) {
	t.Course = t.Course.stand(t.Status, now)
	target, c := s.Target(t.Priority, t.Category), &t.Course
	if c.AnsweredAt.IsZero() {
		t.ResponseDue = c.due(target, GoalRespond)
	}
	t.ResolveDue = c.due(target, GoalResolve)
	c.Respond = c.Respond.until(now, c.warning(target, GoalRespond), t.ResponseDue)
	c.Resolve = c.Resolve.until(now, c.warning(target, GoalResolve), t.ResolveDue)
}

// Alarm is what somebody is to hear of a goal.
type Alarm struct {
	Goal   Goal
	Missed bool      // it is over; else four fifths of it are
	At     time.Time // when that is so
	Due    time.Time // of the goal
}

// Alarms are what is still to be told of a ticket as it stands, the first first. While its time stands still there are none.
func (s SLA) Alarms(t *Ticket) []Alarm {
	if t.Status.standsStill() {
		return nil
	}
	var out []Alarm
	target, c := s.Target(t.Priority, t.Category), t.Course
	for _, g := range []struct {
		goal  Goal
		due   time.Time
		heard Heard
		done  bool
	}{
		{GoalRespond, t.ResponseDue, c.Respond, !c.AnsweredAt.IsZero()},
		{GoalResolve, t.ResolveDue, c.Resolve, false},
	} {
		if g.done || g.due.IsZero() || !g.heard.Missed.IsZero() {
			continue
		}
		if g.heard.Warned.IsZero() {
			out = append(out, Alarm{Goal: g.goal, At: c.warning(target, g.goal), Due: g.due})
		}
		out = append(out, Alarm{Goal: g.goal, Missed: true, At: g.due, Due: g.due})
	}
	slices.SortStableFunc(out, func(a, b Alarm) int { return a.At.Compare(b.At) })
	return out
}

// Timer is when somebody is to look at a ticket's targets next, nil when nobody needs to. Nobody is told outside the hours that
// count the target: what falls at their end, or on a promised date outside, waits for the next opening.
func (s SLA) Timer(t *Ticket) *Timer {
	alarms := s.Alarms(t)
	if len(alarms) == 0 {
		return nil
	}
	return &Timer{Kind: TimerSLA, Ticket: t.ID, Due: s.Target(t.Priority, t.Category).Hours.NextOpen(alarms[0].At)}
}
