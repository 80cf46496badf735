package timers

import (
	"fmt"
	"strconv"
	"time"

	"maildesk/tickets"
)

// step is what a due timer comes to. The zero step does nothing, and the timer is over.
type step struct {
	Remind int             // this reminder goes to the requester, from 1; 0 is none
	Ask    bool            // the managers are asked again for their approval
	List   bool            // the ticket belongs in the managers' digest
	After  *tickets.Ticket // the ticket as it becomes; nil when it stays
	Record string          // for the timeline, in English; "" when nothing is to be recorded
	Next   *tickets.Timer  // what takes the timer's place; nil when nothing does
}

// told is the data of a digest's timer once the managers have heard of the ticket.
const told = "told"

// decide says what a ticket's timer comes to at now. ticket is nil when it is not there any more.
func (p Policy) decide(t tickets.Timer, ticket *tickets.Ticket, now time.Time) step {
	switch {
	case ticket == nil:
		return step{}
	case t.Kind == tickets.TimerRemind && ticket.Status == tickets.Resolved:
		n := reminder(t.Data)
		return step{Remind: n, Next: p.afterReminder(t, n, ticket.ResolvedAt, now)}
	case t.Kind == tickets.TimerDigest && ticket.Status == tickets.Resolved:
		s := step{List: true, Next: &tickets.Timer{Kind: t.Kind, Ticket: t.Ticket, Due: p.opening(now), Data: told}}
		if t.Data != told {
			s.Record = fmt.Sprintf("silent: no answer to the solution of %s, nor to a reminder; the managers decide", p.local(ticket.ResolvedAt))
		}
		return s
	case t.Kind == tickets.TimerApproval && ticket.AwaitsApproval():
		return step{Ask: true, Next: &tickets.Timer{Kind: t.Kind, Ticket: t.Ticket, Due: p.opening(now)}}
	case t.Kind == tickets.TimerLapse && ticket.Status == tickets.Confirmed:
		after := *ticket
		after.Status, after.ClosedAt, after.UpdatedAt = tickets.Closed, now, now
		return step{After: &after, Record: tickets.Step(ticket.Status, after.Status) + "\nclosed: the survey lapsed"}
	}
	return step{}
}

func count(n int) string { return strconv.Itoa(n) }

// reminder reads which reminder a timer is for; what cannot be read is the first.
func reminder(data string) int {
	n, err := strconv.Atoi(data)
	if err != nil {
		return 1
	}
	return max(n, 1)
}

// local writes an instant in the office's zone, to the minute.
func (p Policy) local(t time.Time) string { return t.In(p.zone()).Format("2006-01-02 15:04") }
