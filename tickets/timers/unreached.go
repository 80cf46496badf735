package timers

import (
	"encoding/json"
	"fmt"
	"time"

	"maildesk/tickets"
)

// unreached tells whoever handles a ticket that the server has refused one of its mails for good.
func (s *Sweeper) unreached(tx Tx, due []tickets.Timer, now time.Time) error {
	for _, t := range due {
		ticket, err := tx.TicketByID(t.Ticket)
		if err != nil {
			return err
		}
		if ticket != nil {
			if err := s.tellUnreached(tx, t, ticket, now); err != nil {
				return err
			}
		}
		if err := tx.DropTimer(t.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sweeper) tellUnreached(tx Tx, t tickets.Timer, ticket *tickets.Ticket, now time.Time) error {
	var lost tickets.Unreached
	if err := json.Unmarshal([]byte(t.Data), &lost); err != nil {
		return fmt.Errorf("read which mail of %s did not arrive: %w", ticket.Number, err)
	}
	if lost.Kind == tickets.NoticeAlert {
		if err := s.climb(tx, ticket, now); err != nil {
			return err
		}
	}
	missed := ticket.Requester
	if !tickets.SameAddress(missed.Address, lost.Recipient) {
		var err error
		if missed, _, err = s.reader(tx, tickets.Address{Address: lost.Recipient}); err != nil {
			return err
		}
	}
	told := *ticket
	told.Requester = missed // the mail asks to reach whom it did not reach, and says how
	for _, who := range s.Policy.hearOf(ticket, lost.Recipient) {
		to, _, err := s.reader(tx, who)
		if err != nil {
			return err
		}
		n := tickets.Notice{Kind: tickets.NoticeUnreached, To: to, Staff: true, Reason: lost.Response,
			Entry: tickets.Entry{ID: lost.Entry, Ticket: ticket.ID, At: now}, Lines: []string{missedLine(ticket, missed, to.Language)}}
		if err := s.mail(tx, &told, n, tickets.LaneNormal, now); err != nil {
			return err
		}
	}
	return nil
}

// missedLine names who was not reached, and says what follows when it is who handles the ticket.
func missedLine(ticket *tickets.Ticket, missed tickets.Person, lang tickets.Language) string {
	line := missed.Address
	if missed.Name != "" {
		line = missed.Name + " <" + missed.Address + ">"
	}
	if ticket.Assignee != nil && tickets.SameAddress(ticket.Assignee.Address, missed.Address) {
		line += wordsOf(lang).handles
	}
	return line
}

// hearOf is who hears that somebody was not reached on a ticket: its assignee, else the members of its group; when it is they who were not
// reached, the group's lead, and where there is none the managers. Nobody hears of their own address.
func (p Policy) hearOf(t *tickets.Ticket, missed string) []tickets.Address {
	var group tickets.Group
	if p.Group != nil {
		group = p.Group(t.Group)
	}
	handlers := group.Members
	if t.Assignee != nil {
		handlers = []tickets.Address{*t.Assignee}
	}
	for _, some := range [][]tickets.Address{handlers, {group.Lead}, p.Managers} {
		var out []tickets.Address
		for _, who := range some {
			if who.Address != "" && !tickets.SameAddress(who.Address, missed) {
				out = append(out, who)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}
