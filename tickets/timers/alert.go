package timers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"maildesk/tickets"
)

// unanswered is how many questions how a P0 stands may go without an answer before the alerts begin again, a rung higher.
const unanswered = 2

// alert sends the next alerts of P0s: each timer is one rung, and sets the next.
func (s *Sweeper) alert(tx Tx, due []tickets.Timer, now time.Time) error {
	for _, t := range due {
		ticket, climb, err := s.alarming(tx, t)
		if err != nil {
			return err
		}
		if ticket == nil {
			if err := tx.DropTimer(t.ID); err != nil {
				return err
			}
			continue
		}
		people, err := s.reached(tx, climb.Rung, now)
		if err != nil {
			return err
		}
		if err := s.alertAll(tx, ticket, people, climb.Rung, now); err != nil {
			return err
		}
		if err := tx.SetTimer(timer(tickets.TimerAlert, t.Ticket, now.Add(s.Policy.Ladder.Repeat), tickets.Climb{Rung: climb.Rung + 1})); err != nil {
			return err
		}
	}
	return nil
}

// alarming is the ticket of a P0's timer; nil when it keeps nobody awake any more.
func (s *Sweeper) alarming(tx Tx, t tickets.Timer) (*tickets.Ticket, tickets.Climb, error) {
	var climb tickets.Climb
	ticket, err := tx.TicketByID(t.Ticket)
	if err != nil || ticket == nil || !ticket.Alerts() {
		return nil, climb, err
	}
	if err := json.Unmarshal([]byte(t.Data), &climb); err != nil {
		return nil, climb, fmt.Errorf("read how far the alerts of %s have come: %w", ticket.Number, err)
	}
	return ticket, climb, nil
}

// timer is one that carries how far the alerts have come.
func timer(kind tickets.TimerKind, ticket int64, due time.Time, climb tickets.Climb) tickets.Timer {
	data, err := json.Marshal(climb)
	if err != nil {
		panic(err) // two numbers and a text
	}
	return tickets.Timer{Kind: kind, Ticket: ticket, Due: due, Data: string(data)}
}

// alertAll alerts people, in the lane that waits for nothing, and records once that nobody could be.
func (s *Sweeper) alertAll(tx Tx, ticket *tickets.Ticket, people []tickets.Address, rung int, now time.Time) error {
	said := fmt.Sprintf("alert %d: %s", rung+1, addresses(people))
	switch {
	case len(people) == 0 && rung > 0:
		return nil
	case len(people) == 0:
		said = "nobody is alerted: nobody is on call now, and there is no technician with manager = true"
	}
	entry := tickets.Entry{Ticket: ticket.ID, At: now, Kind: tickets.EntryAlert, Visibility: tickets.Internal, Text: said}
	if err := tx.AddEntry(&entry); err != nil {
		return err
	}
	var err error
	if entry.Text, err = s.report(tx, ticket); err != nil {
		return err
	}
	for _, who := range people {
		to, _, err := s.reader(tx, who)
		if err != nil {
			return err
		}
		w := wordsOf(to.Language)
		n := tickets.Notice{Kind: tickets.NoticeAlert, To: to, Staff: true, Entry: entry, Lines: names(people),
			Buttons: []tickets.Button{{Purpose: "ack", Command: w.ack}}}
		if rung > 0 {
			n.Reason = w.again(rung + 1)
		}
		if err := tx.Withdraw(ticket.ID, who.Address, tickets.NoticeAlert); err != nil { // one that waits for a server that is down
			return err
		}
		if err := s.mail(tx, ticket, n, tickets.LaneAlert, now); err != nil {
			return err
		}
	}
	return tx.AddAlerted(ticket.ID, people)
}

// reached is who is alerted at a rung.
func (s *Sweeper) reached(tx Tx, rung int, now time.Time) ([]tickets.Address, error) {
	away, err := absent(tx, now)
	if err != nil {
		return nil, err
	}
	onDuty, err := tx.DutyAt(now)
	if err != nil {
		return nil, err
	}
	var turns []tickets.Address
	if s.Policy.Ladder.Turns != nil {
		turns = s.Policy.Ladder.Turns(now)
	}
	duty := tickets.Address{Address: onDuty}
	if s.Policy.Stated != nil && onDuty != "" {
		known, _ := s.Policy.Stated(onDuty)
		duty.Name = known.Name
	}
	return s.Policy.Ladder.reach(rung, turns, duty, s.Policy.Managers, away), nil
}

// report is what the requester wrote at first.
func (s *Sweeper) report(tx Tx, ticket *tickets.Ticket) (string, error) {
	entries, err := tx.EntriesOf(ticket.ID)
	if err != nil || len(entries) == 0 || s.Policy.Confidential != nil && s.Policy.Confidential(ticket.Group) {
		return "", err
	}
	return entries[0].Text, nil
}

// climb lets the next alert go out at once, since the last did not reach somebody.
func (s *Sweeper) climb(tx Tx, ticket *tickets.Ticket, now time.Time) error {
	all, err := tx.TimersOf(ticket.ID)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.Kind != tickets.TimerAlert {
			continue
		}
		if _, climb, err := s.alarming(tx, t); err != nil || !climb.Hastens() {
			return err
		}
		return tx.HastenTimer(ticket.ID, tickets.TimerAlert, now)
	}
	return nil
}

// ring lets the configured webhook and command run beside the mails of a rung, once those are committed.
func (s *Sweeper) ring(ctx context.Context, t tickets.Timer, _ time.Time) error {
	var climb tickets.Climb
	if err := json.Unmarshal([]byte(t.Data), &climb); err == nil && s.Ring != nil {
		s.Ring(ctx, t.Ticket, climb.Rung)
	}
	return nil
}

// update asks who has acknowledged P0s how they stand. Whoever lets it go unanswered too often is alerted again, with a
// rung more.
func (s *Sweeper) update(tx Tx, due []tickets.Timer, now time.Time) error {
	for _, t := range due {
		ticket, climb, err := s.alarming(tx, t)
		if err != nil {
			return err
		}
		var next tickets.Timer
		switch {
		case ticket == nil:
			if err := tx.DropTimer(t.ID); err != nil {
				return err
			}
			continue
		case climb.Missed >= unanswered:
			if err := tx.DropTimer(t.ID); err != nil {
				return err
			}
			next = timer(tickets.TimerAlert, t.Ticket, now, tickets.Climb{Rung: climb.Rung + 1})
		default:
			if err := s.askHow(tx, ticket, climb, now); err != nil {
				return err
			}
			climb.Missed++
			next = timer(tickets.TimerUpdate, t.Ticket, now.Add(tickets.UpdateEvery), climb)
		}
		if err := tx.SetTimer(next); err != nil {
			return err
		}
	}
	return nil
}

// askHow asks who has acknowledged a P0 how it stands.
func (s *Sweeper) askHow(tx Tx, ticket *tickets.Ticket, climb tickets.Climb, now time.Time) error {
	to, _, err := s.reader(tx, tickets.Address{Address: climb.By})
	if err != nil {
		return err
	}
	entry := tickets.Entry{Ticket: ticket.ID, At: now, Kind: tickets.EntryAlert, Visibility: tickets.Internal, Text: "asked " + climb.By + " how it stands"}
	if err := tx.AddEntry(&entry); err != nil {
		return err
	}
	entry.Text = ""
	n := tickets.Notice{Kind: tickets.NoticeUpdate, To: to, Staff: true, Entry: entry}
	if climb.Missed > 0 {
		n.Reason = wordsOf(to.Language).lastAsk
	}
	return s.mail(tx, ticket, n, tickets.LaneAlert, now)
}

// tellClosed lets who was alerted of a ticket hear its timeline when it is closed.
func tellClosed(tx Tx, ticket *tickets.Ticket, now time.Time) error {
	if ticket.Status != tickets.Closed {
		return nil
	}
	people, err := tx.Alerted(ticket.ID)
	if err != nil || len(people) == 0 {
		return err
	}
	return tx.SetTimer(tickets.Timer{Kind: tickets.TimerTimeline, Ticket: ticket.ID, Due: now})
}

// timeline sends the timeline of P0s that were closed to all who were alerted.
func (s *Sweeper) timeline(tx Tx, due []tickets.Timer, now time.Time) error {
	for _, t := range due {
		ticket, err := tx.TicketByID(t.Ticket)
		if err != nil {
			return err
		}
		if ticket != nil && ticket.Status == tickets.Closed {
			if err := s.tellTimeline(tx, ticket, now); err != nil {
				return err
			}
		}
		if err := tx.DropTimer(t.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sweeper) tellTimeline(tx Tx, ticket *tickets.Ticket, now time.Time) error {
	people, err := tx.Alerted(ticket.ID)
	if err != nil || len(people) == 0 {
		return err
	}
	entries, err := tx.EntriesOf(ticket.ID)
	if err != nil {
		return err
	}
	entry := tickets.Entry{Ticket: ticket.ID, At: now, Kind: tickets.EntryAlert, Visibility: tickets.Internal, Text: "its timeline was sent to " + addresses(people)}
	if err := tx.AddEntry(&entry); err != nil {
		return err
	}
	entry.Text = ""
	for _, who := range people {
		if s.Policy.Sees != nil && !s.Policy.Sees(who.Address, ticket.Group) {
			continue // they were on call; what came of it is the group's
		}
		to, _, err := s.reader(tx, who)
		if err != nil {
			return err
		}
		n := tickets.Notice{Kind: tickets.NoticeTimeline, To: to, Staff: true, Entry: entry, Lines: s.Policy.timelineOf(entries, to.Language)}
		if err := s.mail(tx, ticket, n, tickets.LaneNormal, now); err != nil {
			return err
		}
	}
	return nil
}

// longestTimeline is how many lines the timeline of a ticket has at most; what lies between the first and the last is left out.
const longestTimeline = 60

// timelineOf is what happened on a ticket, a line each. What is private stays so.
func (p Policy) timelineOf(entries []tickets.Entry, lang tickets.Language) []string {
	w := wordsOf(lang)
	lines := []string{w.timeline}
	for _, e := range entries {
		text, _, _ := strings.Cut(strings.TrimSpace(e.Text), "\n")
		if e.Visibility == tickets.Private {
			text = "…"
		}
		lines = append(lines, strings.Join([]string{p.local(e.At), cell(cmp.Or(e.Actor.Name, e.Actor.Address, w.desk)), clip(cell(text))}, "\t"))
	}
	if len(lines) > longestTimeline {
		half := longestTimeline / 2
		lines = append(append(lines[:half:half], "…\t…\t…"), lines[len(lines)-half:]...)
	}
	return lines
}

func addresses(people []tickets.Address) string {
	list := make([]string, len(people))
	for i, a := range people {
		list[i] = a.Address
	}
	return strings.Join(list, ", ")
}

// names are what people are called.
func names(people []tickets.Address) []string {
	list := make([]string, len(people))
	for i, a := range people {
		list[i] = cmp.Or(a.Name, a.Address)
	}
	return list
}
