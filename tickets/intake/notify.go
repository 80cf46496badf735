package intake

import (
	"slices"

	"maildesk/tickets"
)

// notify composes the mail that the decision asks for: to the requester, and to who brought the problem to the desk.
func (a *application) notify() error {
	if a.decision.Notice == "" {
		return nil
	}
	people := []tickets.Person{a.person(tickets.Address(author(a.mail.Message)), a.decision.Language)}
	if a.decision.Opens {
		people[0] = a.requester()
		for _, w := range a.bringers() {
			people = append(people, a.person(w, a.decision.Language))
		}
	}
	for _, to := range people {
		if a.tells(to.Address) {
			continue // one mail causes at most one mail a person
		}
		if err := a.post.send(a.notice(to), a.now); err != nil {
			return err
		}
	}
	return nil
}

// tells reports whether a move tells somebody of the mail.
func (a *application) tells(address string) bool {
	return slices.ContainsFunc(a.decision.Moves, func(m Move) bool {
		return slices.ContainsFunc(m.Tell, func(t Telling) bool { return tickets.SameAddress(t.To.Address, address) })
	})
}

// shown is a ticket as mails show it: the subject of a confidential one stays at the desk.
func (a *application) shown(t *tickets.Ticket) *tickets.Ticket {
	if t == nil || !a.policy.Confidential(t.Group) {
		return t
	}
	masked := *t
	masked.Subject = ""
	return &masked
}

func (a *application) notice(to tickets.Person) tickets.Notice {
	n := tickets.Notice{Kind: a.decision.Notice, To: to, Ticket: a.shown(a.ticket), Auto: tickets.AutoReplied}
	if a.entry != nil {
		n.Entry = *a.entry
	} else {
		n.Entry = tickets.Entry{At: a.now, Text: a.mail.Message.NewText}
		if a.record != nil {
			n.Entry.Message = a.record.ID
		}
	}
	if a.mail.Problem != nil {
		n.Reason = a.mail.Problem.In(to.Language)
	}
	if id := a.mail.Message.MessageID; id != "" && a.had(to.Address) {
		n.References = []string{id}
	}
	return n
}

// had reports whether somebody sent or received the mail. A mail refers only to what its reader has.
func (a *application) had(address string) bool {
	return tickets.SameAddress(address, author(a.mail.Message).Address) ||
		tickets.SameAddress(address, a.mail.Message.Sender.Address) ||
		slices.ContainsFunc(a.recipients(), func(r string) bool { return tickets.SameAddress(r, address) })
}
