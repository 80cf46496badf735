package tickets

import (
	"slices"
	"time"

	"maildesk/tickets/calendar"
)

// Course is how a ticket's time has gone, as far as its targets ask. It keeps what happened and counts nothing, so that another
// priority, whose hours may be others, counts it all anew.
type Course struct {
	Since      time.Time `json:",omitzero"` // both goals count from here: the report, or a reopening after the end; zero when no target runs
	Pauses     []Pause   `json:",omitzero"` // since then, the oldest first
	AnsweredAt time.Time `json:",omitzero"` // a technician's first words to the requester; zero while there are none
	Due        time.Time `json:",omitzero"` // what #due promises in place of the target; zero when nothing
	DueSetAt   time.Time `json:",omitzero"` // when it was promised
	Respond    Heard     `json:",omitzero"`
	Resolve    Heard     `json:",omitzero"`
}

// Pause is a span in which a ticket's time stood still. The last one goes on while Until is zero.
type Pause struct {
	From  time.Time
	Until time.Time `json:",omitzero"`
}

// Heard is when somebody heard of a goal; zero while nobody has.
type Heard struct {
	Warned time.Time `json:",omitzero"`
	Missed time.Time `json:",omitzero"`
}

// until takes back what was told of an instant that lies ahead again.
func (h Heard) until(now, warning, due time.Time) Heard {
	if warning.After(now) {
		h.Warned = time.Time{}
	}
	if due.After(now) {
		h.Missed = time.Time{}
	}
	return h
}

// standsStill reports whether no target runs in a status: the desk waits for the requester, or work is over. A plan that waits for
// the desk's own manager stops nothing.
func (s Status) standsStill() bool {
	switch s {
	case New, Assigned, InProgress, PendingApproval:
		return false
	}
	return true
}

// Restart is the course of a ticket that is taken up again after its end: a new problem, in the same ticket. What was answered
// stays answered.
func (c Course) Restart(now time.Time) Course {
	return Course{Since: now, AnsweredAt: c.AnsweredAt, Respond: c.Respond}
}

// Paused is since when a ticket's time stands still, zero while it runs.
func (c Course) Paused() time.Time {
	if n := len(c.Pauses); n > 0 && c.Pauses[n-1].Until.IsZero() {
		return c.Pauses[n-1].From
	}
	return time.Time{}
}

// stand begins a pause, or ends it, as the status has it.
func (c Course) stand(s Status, now time.Time) Course {
	paused := !c.Paused().IsZero()
	switch {
	case c.Since.IsZero() || s.standsStill() == paused:
		return c
	case paused:
		c.Pauses = slices.Clone(c.Pauses)
		c.Pauses[len(c.Pauses)-1].Until = now
	default:
		c.Pauses = append(slices.Clone(c.Pauses), Pause{From: now})
	}
	return c
}

// due is when a goal is over, zero when none is set.
func (c Course) due(t Target, g Goal) time.Time {
	if g == GoalResolve && !c.Due.IsZero() {
		return c.Due
	}
	return c.after(t.Hours, t.of(g))
}

// warning is when four fifths of a goal are over; of a promised date, four fifths of the time that there was when it was promised.
func (c Course) warning(t Target, g Goal) time.Time {
	if g == GoalResolve && !c.Due.IsZero() {
		left := max(t.Hours.Between(c.DueSetAt, c.Due), 0)
		return earlier(t.Hours.Add(c.DueSetAt, left-left/5), c.Due)
	}
	d := t.of(g)
	return c.after(t.Hours, d-d/5)
}

// after is the instant at which d of time that counts has passed since the course began: neither outside of the hours nor in a
// pause. A pause that goes on has no end to count from; what is due is then due as if it ended where it began. Without a beginning or
// a d it is zero.
func (c Course) after(h calendar.Hours, d time.Duration) time.Time {
	if c.Since.IsZero() || d <= 0 {
		return time.Time{}
	}
	start := c.Since
	for _, p := range c.Pauses {
		ran := max(h.Between(start, p.From), 0)
		if d <= ran || p.Until.IsZero() {
			break
		}
		d -= ran
		start = later(later(start, p.From), p.Until) // a clock that was set back gives no time away
	}
	return h.Add(start, d)
}

// of is how long a goal may take.
func (t Target) of(g Goal) time.Duration {
	if g == GoalRespond {
		return t.Respond
	}
	return t.Resolve
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
