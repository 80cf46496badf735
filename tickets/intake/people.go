package intake

import (
	"cmp"
	"slices"
	"strings"

	"maildesk/parser"
	"maildesk/tickets"
)

// author is who wrote the mail: a mail without From is its Sender's (RFC 5322 3.6.2), else of whoever wants the reply.
func author(m *parser.Message) parser.Address {
	switch {
	case m.From.Address != "":
		return m.From
	case m.Sender.Address != "":
		return m.Sender
	case len(m.ReplyTo) > 0:
		return m.ReplyTo[0]
	}
	return parser.Address{}
}

// human reports whether a person wrote the mail: an invitation too, but not the answer to one, which clients give. What a
// list passes on was written by somebody as well; whether it is for the desk is decided apart.
func human(m *parser.Message) bool {
	return m.Kind == parser.Human || m.Kind == parser.List || m.Kind == parser.Calendar && !m.Answer
}

// requester is whose problem the mail reports: its author's, or that of the person whose mail is passed on.
func (a *application) requester() tickets.Person {
	if passed := a.decision.Requester; passed != nil {
		return a.person(tickets.Address{Name: passed.Name, Address: passed.Address}, passed.Language)
	}
	return a.person(tickets.Address(author(a.mail.Message)), a.decision.Language)
}

// person is what is known of somebody, to be written to in lang unless another language is stated for them.
func (a *application) person(who tickets.Address, lang tickets.Language) tickets.Person {
	p := a.policy.stated(who.Address)
	p.Manager = "" // the directory is asked whenever it matters
	p.Name, p.Address, p.Language = cmp.Or(who.Name, p.Name), who.Address, cmp.Or(p.Language, lang)
	return p
}

// watchers are who follows a new ticket: who brought it, and who got its mail beside the desk.
func (a *application) watchers() []tickets.Address {
	if !human(a.mail.Message) {
		return a.bringers()
	}
	group := ""
	if turn := a.decision.Turn; turn != nil {
		group = turn.Group
	}
	out := a.bringers()
	copied, _ := a.policy.copied(a.mail.Message, a.requester().Address, group)
	for _, who := range copied {
		if !slices.ContainsFunc(out, func(w tickets.Address) bool { return tickets.SameAddress(w.Address, who.Address) }) {
			out = append(out, who)
		}
	}
	return out
}

// maxCopied is how many of the people in To and Cc watch a ticket by themselves; a technician can add others.
const maxCopied = 10

// copied are the people in To and Cc of a mail beside its author, its requester, the desk and lists: the colleagues, who
// watch the ticket that it opens by themselves, and the others, who do not. Nobody watches the ticket of a confidential
// group by themselves.
func (p Policy) copied(m *parser.Message, requester, group string) (watch, others []tickets.Address) {
	seen := map[string]bool{"": true, tickets.AddressKey(requester): true, tickets.AddressKey(author(m).Address): true}
	for _, list := range [][]parser.Address{m.To, m.Cc} {
		for _, who := range list {
			key := tickets.AddressKey(who.Address)
			if seen[key] || p.own(who.Address) || p.list(who.Address) {
				continue
			}
			seen[key] = true
			if len(watch) < maxCopied && p.staff(who.Address) && !p.Confidential(group) {
				watch = append(watch, tickets.Address(who))
			} else {
				others = append(others, tickets.Address(who))
			}
		}
	}
	return watch, others
}

// bringers are who has brought the problem of another to the desk: the author of a mail that passes one on, and a
// secretary, who sent the mail for its author (RFC 5322 3.6.2).
func (a *application) bringers() []tickets.Address {
	var out []tickets.Address
	from, sender := author(a.mail.Message), a.mail.Message.Sender
	if a.decision.Requester != nil {
		out = append(out, tickets.Address(from))
	}
	if s := sender.Address; s != "" && !tickets.SameAddress(s, from.Address) &&
		!tickets.SameAddress(s, a.requester().Address) && a.policy.staff(s) && !a.policy.own(s) && !a.policy.list(s) {
		out = append(out, tickets.Address(sender))
	}
	return out
}

// maxRecipients bounds what one mail can cause. A notice to a whole company is answered by people near its end, too.
const maxRecipients = 1000

// recipients are the addresses in To and Cc beside the desk and lists.
func (a *application) recipients() []string {
	var out []string
	for _, list := range [][]parser.Address{a.mail.Message.To, a.mail.Message.Cc} {
		for _, to := range list {
			if to.Address != "" && !a.policy.own(to.Address) && !a.policy.list(to.Address) && len(out) < maxRecipients {
				out = append(out, to.Address)
			}
		}
	}
	return out
}

// people records who belongs to the ticket and by which Message-IDs a reply will find it.
func (a *application) people() error {
	m := a.mail.Message
	from := author(m)
	for _, duty := range a.decision.Duties {
		if err := a.tx.AddDuty(duty.Person, duty.From, duty.Until, a.policy.main(a.known.Sender.Address), a.now); err != nil {
			return err
		}
	}
	if away := a.decision.Away; away != nil {
		if err := a.tx.SetAway(a.policy.main(away.Person), away.From, away.Until, away.Source); err != nil {
			return err
		}
	}
	if a.decision.Unreached != "" {
		why := a.decision.Reason
		if b := m.Bounce; b != nil && b.Status != "" {
			why = strings.TrimSpace(b.Status + " " + b.Recipient)
		}
		return a.tx.MarkUnreachable(a.decision.Unreached, a.now, why)
	}
	if a.entry == nil || !human(m) && a.mail.Problem == nil {
		return nil
	}
	if human(m) && from.Address != "" {
		p := tickets.Person{Name: from.Name, Address: from.Address, Language: tickets.Language(m.Language)}
		if err := a.tx.PutPerson(p); err != nil {
			return err
		}
		if !a.known.Arrival.Quiet { // what an archive holds is older than the mark
			if err := a.tx.ClearUnreachable(from.Address); err != nil {
				return err
			}
		}
	}
	role, member := RoleSender, from.Address
	if a.decision.Opens {
		role, member = RoleRequester, a.ticket.Requester.Address
	}
	if a.decision.Visibility == tickets.Public {
		if err := a.tx.AddParticipants(a.ticket.ID, role, []string{member}); err != nil {
			return err
		}
	}
	if err := a.tx.AddParticipants(a.ticket.ID, RoleRecipient, a.recipients()); err != nil {
		return err
	}
	return a.tx.AddHeaderIDs(a.ticket.ID, a.headerIDs())
}

// headerIDs are the mail's own Message-ID and, of the mail that opens a ticket, those that it refers to: a colleague
// may answer one of them with the desk in Cc.
func (a *application) headerIDs() []string {
	m := a.mail.Message
	var ids []string
	if m.MessageID != "" {
		ids = append(ids, m.MessageID)
	}
	if a.decision.Opens {
		ids = append(ids, m.InReplyTo...)
		ids = append(ids, reversed(m.References)...)
	}
	return ids[:min(len(ids), maxReferences)]
}
