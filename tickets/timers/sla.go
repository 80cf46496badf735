package timers

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"maildesk/tickets"
)

// alarm is what a ticket's targets come to at an instant.
type alarm struct {
	Tell  []tickets.Alarm // one for a goal, the graver; none when nobody has to hear of it now
	After tickets.Ticket  // with what is told noted, and what is due counted anew
	Next  *tickets.Timer  // nil when nothing more is to come
}

// alarm looks at a ticket's targets. However late it is, each goal is told of once, and nobody outside the hours that count it.
func (p Policy) alarm(ticket tickets.Ticket, now time.Time) alarm {
	a := alarm{After: ticket}
	p.SLA.Settle(&a.After, now)
	hours := p.SLA.Target(ticket.Priority, ticket.Category).Hours
	if hours.IsOpen(now) {
		for _, due := range p.SLA.Alarms(&a.After) {
			if !due.At.After(now) {
				a.tell(due, now)
			}
		}
	}
	if a.Next = p.SLA.Timer(&a.After); a.Next != nil && a.Next.Due.Before(now) {
		a.Next.Due = hours.NextOpen(now)
	}
	return a
}

// tell notes an alarm, in place of a lesser one of the same goal.
func (a *alarm) tell(due tickets.Alarm, now time.Time) {
	heard := &a.After.Course.Respond
	if due.Goal == tickets.GoalResolve {
		heard = &a.After.Course.Resolve
	}
	if due.Missed {
		heard.Missed = now
	} else {
		heard.Warned = now
	}
	for i := range a.Tell {
		if a.Tell[i].Goal == due.Goal {
			a.Tell[i] = due
			return
		}
	}
	a.Tell = append(a.Tell, due)
}

// missed reports whether a target was.
func (a alarm) missed() bool {
	for _, told := range a.Tell {
		if told.Missed {
			return true
		}
	}
	return false
}

// targets tells those who are to hear of a ticket's targets, in one mail each.
func (s *Sweeper) targets(tx Tx, due []tickets.Timer, now time.Time) error {
	for _, t := range due {
		ticket, err := tx.TicketByID(t.Ticket)
		if err != nil {
			return err
		}
		var a alarm
		if ticket != nil {
			a = s.Policy.alarm(*ticket, now)
			if err := tx.SetTicket(&a.After); err != nil {
				return err
			}
		}
		if len(a.Tell) > 0 {
			if err := s.tellTargets(tx, a, now); err != nil {
				return err
			}
		}
		if err := replace(tx, t, a.Next, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sweeper) tellTargets(tx Tx, a alarm, now time.Time) error {
	away, err := absent(tx, now)
	if err != nil {
		return err
	}
	who := s.Policy.hearOfTargets(&a.After, a.missed(), away)
	var readers []tickets.Person
	var names []string
	for _, address := range who {
		to, _, err := s.reader(tx, address)
		if err != nil {
			return err
		}
		readers, names = append(readers, to), append(names, cmp.Or(to.Name, to.Address))
	}
	entry := tickets.Entry{Ticket: a.After.ID, At: now, Kind: tickets.EntrySLA, Visibility: tickets.Internal, Text: s.Policy.recordOf(a, names)}
	if err := tx.AddEntry(&entry); err != nil {
		return err
	}
	entry.Text = ""
	for i, to := range readers {
		n := tickets.Notice{Kind: tickets.NoticeSLAWarning, To: to, Staff: true, Entry: entry, Lines: s.Policy.linesOf(a, to.Language, now)}
		if a.missed() {
			n.Kind = tickets.NoticeSLABreach
			n.Also = append(append(n.Also, names[:i]...), names[i+1:]...)
		}
		if a.After.Assignee == nil {
			n.Buttons = []tickets.Button{{Purpose: "accept", Command: wordsOf(to.Language).accept}}
		}
		if err := s.mail(tx, &a.After, n, tickets.LaneNormal, now); err != nil {
			return err
		}
	}
	return nil
}

// hearOfTargets is who hears of a target that is nearly over: who handles the ticket, and where they are all away, the lead or the
// managers too. Of one that was missed the lead and the managers hear in any case.
func (p Policy) hearOfTargets(t *tickets.Ticket, missed bool, away func(address string) bool) []tickets.Address {
	who := p.hearOf(t, "")
	here := false
	for _, a := range who {
		here = here || !away(a.Address)
	}
	var lead []tickets.Address
	if p.Group != nil {
		if l := p.Group(t.Group).Lead; l.Address != "" {
			lead = append(lead, l)
		}
	}
	switch {
	case missed:
		who = append(append(who, lead...), p.Managers...)
	case !here && len(lead) > 0:
		who = append(who, lead...)
	case !here:
		who = append(who, p.Managers...)
	}
	return once(who)
}

// once leaves each address where it stands first.
func once(all []tickets.Address) []tickets.Address {
	seen := map[string]bool{}
	var out []tickets.Address
	for _, a := range all {
		if key := tickets.AddressKey(a.Address); !seen[key] {
			seen[key] = true
			out = append(out, a)
		}
	}
	return out
}

// recordOf is an alarm on the timeline, in English.
func (p Policy) recordOf(a alarm, told []string) string {
	w := wordsOf(tickets.English)
	var lines []string
	for _, due := range a.Tell {
		state := "warning"
		if due.Missed {
			state = "missed"
		}
		lines = append(lines, fmt.Sprintf("SLA %s: %s, due %s", state, strings.ToLower(w.goals[due.Goal]), p.local(due.Due)))
	}
	if len(told) == 0 {
		return strings.Join(append(lines, "nobody is there to be told"), "\n")
	}
	return strings.Join(append(lines, "told: "+strings.Join(told, ", ")), "\n")
}

// linesOf are an alarm in its reader's language: what is due, by when, and how much of the time that counts is left.
func (p Policy) linesOf(a alarm, lang tickets.Language, now time.Time) []string {
	w := wordsOf(lang)
	hours := p.SLA.Target(a.After.Priority, a.After.Category).Hours
	var lines []string
	for _, due := range a.Tell {
		form, length := w.left, hours.Between(now, due.Due)
		if due.Missed {
			form, length = w.over, hours.Between(due.Due, now)
		}
		line := fmt.Sprintf(w.dueBy, w.goals[due.Goal], p.local(due.Due))
		switch {
		case length >= time.Minute:
			line += fmt.Sprintf(form, w.length(length))
		case due.Missed:
			line += w.now
		}
		lines = append(lines, line)
	}
	return lines
}
