package intake

import (
	"time"

	"maildesk/tickets"
)

// Survey says when the desk asks again, and when it asks no more. Policy.Office counts the times.
type Survey struct {
	Remind []time.Duration // after the resolution; none: never
	Lapse  time.Duration   // after the confirmation; 0: never
}

// schedule says which timers begin and which end when a ticket changes. What is resolved waits for its requester: the
// first reminder begins, and each later one, then the managers' digest, when the one before it is done. What is confirmed
// waits for a rating, a plan for its approval. A second solution, another confirmation or another plan begins the wait anew.
func (p Policy) schedule(before, after *tickets.Ticket, now time.Time) (set []tickets.Timer, drop []tickets.TimerKind) {
	begin := func(kind tickets.TimerKind, d time.Duration, data string) {
		set = append(set, tickets.Timer{Kind: kind, Ticket: after.ID, Due: p.later(now, d), Data: data})
	}
	switch {
	case after.Alerts() && !before.Alerts():
		set = append(set, tickets.Timer{Kind: tickets.TimerAlert, Ticket: after.ID, Due: now, Data: "{}"})
	case before.Alerts() && !after.Alerts():
		drop = append(drop, tickets.TimerAlert, tickets.TimerUpdate)
	}
	switch awaits := after.AwaitsApproval(); {
	case awaits && (!before.AwaitsApproval() || after.Plan != before.Plan):
		begin(tickets.TimerApproval, approvalWaits, "")
	case !awaits && before.AwaitsApproval():
		drop = append(drop, tickets.TimerApproval)
	}
	if after.Status == before.Status && after.ResolvedAt.Equal(before.ResolvedAt) && after.ConfirmedAt.Equal(before.ConfirmedAt) {
		return set, drop
	}
	switch {
	case after.Status == tickets.Resolved && len(p.Survey.Remind) > 0:
		begin(tickets.TimerRemind, p.Survey.Remind[0], "1")
	case after.Status == tickets.Confirmed && p.Survey.Lapse > 0:
		begin(tickets.TimerLapse, p.Survey.Lapse, "")
	}
	return set, append(drop, ended[before.Status]...)
}

// ended are the timers that a ticket may have in a status, which it leaves.
var ended = map[tickets.Status][]tickets.TimerKind{
	tickets.Resolved:  {tickets.TimerRemind, tickets.TimerDigest},
	tickets.Confirmed: {tickets.TimerLapse},
}

// approvalWaits is how long a plan waits, counted as the office does, before the managers are asked again.
const approvalWaits = 24 * time.Hour

// later is the instant at which d is over, as the office counts it.
func (p Policy) later(start time.Time, d time.Duration) time.Time {
	if p.Office == nil {
		return start.Add(d)
	}
	return p.Office(start, d)
}

// reschedule sets and drops a ticket's timers, in the transaction that changes it. An imported mail begins none: its
// requester may have had the solution years ago.
func (a *application) reschedule(before, after *tickets.Ticket) error {
	if err := a.setAlarm(before, after); err != nil {
		return err
	}
	if after.Status == tickets.Closed && before.Status != tickets.Closed {
		if err := a.tellTimeline(after.ID); err != nil {
			return err
		}
	}
	set, drop := a.policy.schedule(before, after, a.now)
	if len(drop) > 0 {
		if err := a.tx.DropTimers(after.ID, drop...); err != nil {
			return err
		}
	}
	if a.known.Arrival.Quiet {
		return nil
	}
	for _, t := range set {
		if err := a.tx.SetTimer(t); err != nil {
			return err
		}
	}
	return nil
}

// tellTimeline lets who was alerted of a ticket hear its timeline, now that it is closed.
func (a *application) tellTimeline(ticket int64) error {
	alerted, err := a.tx.Alerted(ticket)
	if err != nil || len(alerted) == 0 {
		return err
	}
	return a.tx.SetTimer(tickets.Timer{Kind: tickets.TimerTimeline, Ticket: ticket, Due: a.now})
}

// begin stores a new ticket, whose targets run from now on. Those of an imported mail do not: its desk may have been another.
func (a *application) begin(t *tickets.Ticket) error {
	if !a.known.Arrival.Quiet {
		t.Course.Since = a.now
	}
	a.policy.SLA.Settle(t, a.now)
	if err := a.tx.AddTicket(t); err != nil {
		return err
	}
	return a.reschedule(&tickets.Ticket{}, t)
}

// setAlarm moves the timer of a ticket's targets to its next alarm, or ends it.
func (a *application) setAlarm(before, after *tickets.Ticket) error {
	was, is := a.policy.SLA.Timer(before), a.policy.SLA.Timer(after)
	switch {
	case is != nil && (was == nil || !was.Due.Equal(is.Due)):
		return a.tx.SetTimer(*is)
	case is == nil && was != nil:
		return a.tx.DropTimers(after.ID, tickets.TimerSLA)
	}
	return nil
}
