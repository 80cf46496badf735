package timers

import (
	"time"

	"maildesk/tickets"
	"maildesk/tickets/calendar"
)

// Policy is what the configuration says of due work.
type Policy struct {
	Remind   []time.Duration // after the resolution, ascending
	SLA      tickets.SLA
	Hours    calendar.Hours // count Remind, and say when a day's digest goes out
	Zone     *time.Location // of the office, and of the times that mails tell; nil is UTC
	Language tickets.Language
	Managers []tickets.Address
	Ladder   Ladder
	// Group is who works on the tickets of a group, everybody for ""; nil knows nobody.
	Group func(name string) tickets.Group
	// Stated is what the directory and the configuration say of a person, and whether they work in IT; nil says nothing.
	Stated func(address string) (known tickets.Person, staff bool)
	// Sees reports whether a technician may see the tickets of a group, Confidential whether a group is for few.
	Sees         func(address, group string) bool
	Confidential func(group string) bool
}

func (p Policy) zone() *time.Location {
	if p.Zone == nil {
		return time.UTC
	}
	return p.Zone
}

// shown is a ticket as mails show it: the subject of a confidential one stays at the desk.
func (p Policy) shown(t tickets.Ticket) tickets.Ticket {
	if p.Confidential != nil && p.Confidential(t.Group) {
		t.Subject = ""
	}
	return t
}

// opening is when the office opens next after t.
func (p Policy) opening(t time.Time) time.Time {
	year, month, day := t.In(p.zone()).Date()
	for {
		open := p.Hours.NextOpen(time.Date(year, month, day, 0, 0, 0, 0, p.zone()))
		if open.After(t) {
			return open
		}
		day++
	}
}

// afterReminder is the timer that takes the place of the one whose n-th reminder has gone out at now: that of the next
// reminder, or the managers' digest. When the desk was down for long, the reminders still keep apart.
func (p Policy) afterReminder(t tickets.Timer, n int, resolved, now time.Time) *tickets.Timer {
	if n >= len(p.Remind) {
		return p.lastCall(t, now)
	}
	gap := p.Remind[n] - p.Remind[n-1]
	t.Due, t.Data = p.Hours.After(resolved, p.Remind[n]), count(n+1)
	if soonest := p.Hours.After(now, gap/2); t.Due.Before(soonest) {
		t.Due = soonest
	}
	return &t
}

// trial is a wait so short that nobody means it in earnest: who tries the desk does not want to wait for tomorrow.
const trial = time.Hour

// lastCall is the digest's timer after the last reminder. A requester has as long to answer it as passed before it, but
// one office day at most; the managers hear on the morning after, so that all such tickets reach them in one mail.
func (p Policy) lastCall(t tickets.Timer, now time.Time) *tickets.Timer {
	grace := 24 * time.Hour
	switch n := len(p.Remind); {
	case n > 1:
		grace = min(grace, p.Remind[n-1]-p.Remind[n-2])
	case n == 1:
		grace = min(grace, p.Remind[0])
	}
	due := p.Hours.After(now, grace)
	if grace >= trial {
		due = p.opening(due.Add(-time.Nanosecond)) // an opening at that very instant will do
	}
	return &tickets.Timer{Kind: tickets.TimerDigest, Ticket: t.Ticket, Due: due}
}
