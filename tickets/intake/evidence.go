package intake

import (
	"cmp"
	"slices"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// leads gathers the tickets that the mail may belong to, strongest evidence first.
func (l lookup) leads(m *parser.Message, k *Known) error {
	sender := k.Sender.Address
	var failed error
	add := func(by Evidence, leads ...tickets.Lead) {
		for _, lead := range leads {
			if lead.Status == tickets.Merged && !orders(m, "undo") {
				if err := l.follow(&lead); err != nil {
					failed = err
				}
			}
			barred, err := l.barredFrom(lead.Ticket)
			if err != nil {
				failed = err
			}
			if !hasTicket(k.Leads, lead.Ticket) {
				k.Leads = append(k.Leads, Evident{Lead: lead, Evidence: by, Barred: barred})
			}
		}
	}
	if err := l.tokenLeads(m, k, add); err != nil {
		return err
	}
	// The newest reference stands last (RFC 5322 3.6.4); what is answered says more than what came before.
	ids := append(append([]string{}, m.InReplyTo...), reversed(m.References)...)
	if len(ids) > 0 {
		found, err := l.tx.LeadsByHeaderIDs(ids[:min(len(ids), maxReferences)], sender)
		if err != nil {
			return err
		}
		add(ByMessageID, found...)
	}
	for _, n := range namedIn(m) {
		lead, err := l.tx.LeadByNumber(n.number, sender)
		if err != nil {
			return err
		}
		if lead != nil {
			add(n.by, *lead)
		}
	}
	return failed
}

// numbered is a number that a mail has in it, and what that is worth.
type numbered struct {
	number string
	by     Evidence
}

// namedIn are the numbers in a mail, strongest evidence first. Our own footer, quoted, is the last thing that a client leaves of
// a thread; in a mail that is passed on it is part of another's conversation.
func namedIn(m *parser.Message) []numbered {
	var subject, footers, mentions []numbered
	for _, n := range m.Numbers {
		if n.Subject {
			subject = append(subject, numbered{n.Number, ByNumber})
		} else {
			mentions = append(mentions, numbered{n.Number, ByMention})
		}
	}
	for _, n := range m.Footers {
		if m.Forwarded == nil {
			footers = append(footers, numbered{n, ByFooter})
		} else {
			mentions = append(mentions, numbered{n, ByMention})
		}
	}
	all := slices.Concat(subject, footers, mentions)
	return all[:min(len(all), maxReferences)]
}

// barredFrom reports whether the mail's sender works in IT and has no business with a ticket, by its ID.
func (l lookup) barredFrom(ticket int64) (bool, error) {
	if _, technician := l.policy.technician(author(l.mail.Message).Address); !technician || !l.policy.confidential() {
		return false, nil
	}
	t, err := l.tx.TicketByID(ticket)
	return err == nil && t != nil && l.barred(t), err
}

// barred reports that of a ticket: a confidential group has it, of which the sender is no member, and it was not assigned to
// them all the same.
func (l lookup) barred(t *tickets.Ticket) bool {
	sender := author(l.mail.Message).Address
	_, technician := l.policy.technician(sender)
	assigned := t.Assignee != nil && l.policy.same(t.Assignee.Address, sender)
	return technician && !assigned && !l.policy.Sees(sender, t.Group)
}

// follow leads from a merged ticket to the one that has taken its place. Who belonged to the first belongs to that.
func (l lookup) follow(lead *tickets.Lead) error {
	for range maxMerges {
		t, err := l.tx.TicketByID(lead.Ticket)
		if err != nil || t == nil || t.Status != tickets.Merged {
			return err
		}
		next, err := l.tx.LeadByNumber(t.MergedInto, "")
		if err != nil || next == nil {
			return err
		}
		belongs, copied := lead.Belongs, lead.Copied
		*lead = *next
		lead.Belongs, lead.Copied = belongs, copied
	}
	return nil
}

// maxMerges is how many merges are followed; a ticket that is over takes no other in, so there is no ring.
const maxMerges = 20

// maxReferences bounds the look-ups that one mail can cause.
const maxReferences = 40

// tokenLeads finds the tickets that our own Message-IDs name, where the token proves that we wrote them.
func (l lookup) tokenLeads(m *parser.Message, k *Known, add func(Evidence, ...tickets.Lead)) error {
	ids := append(append([]string{}, m.InReplyTo...), reversed(m.References)...)
	if m.Bounce != nil && m.Bounce.MessageID != "" {
		ids = append(ids, m.Bounce.MessageID)
	}
	for _, id := range ids[:min(len(ids), maxReferences)] {
		ref, ours := thread.ParseMessageID(id)
		if !ours {
			continue
		}
		sent, err := l.tx.OutgoingByMessageID(id)
		if err != nil {
			return err
		}
		recipient := k.Sender.Address
		if sent != nil {
			recipient = sent.Recipient
		}
		if !l.keys.Verify(ref.Token, ref.Number, ref.Entry, recipient, "") {
			continue
		}
		if err := l.weigh(m, k, sent); err != nil {
			return err
		}
		lead, err := l.tx.LeadByNumber(ref.Number, k.Sender.Address)
		if err != nil {
			return err
		}
		if lead != nil {
			add(ByToken, *lead)
		}
	}
	return nil
}

// weigh takes the token of a mail of ours for a proof: when it was mailed to the very sender less than 30 days ago, and no
// mail of another's has carried it since, nor one that others got as well, for they can copy it.
func (l lookup) weigh(m *parser.Message, k *Known, sent *tickets.OutboxItem) error {
	if sent == nil {
		return nil
	}
	if k.answers == "" {
		k.answers, k.AnswersNone = sent.Kind, sent.Ticket == 0
	}
	if err := l.digest(k, sent); err != nil {
		return err
	}
	k.carry(sent.ID)
	if k.Sender.Token || k.Sender.Proof == proofFailed || m.Froms != 1 ||
		!l.policy.same(sent.Recipient, k.Sender.Address) || l.now.Sub(sent.CreatedAt) >= tokenLasts {
		return nil
	}
	spoilt, err := l.spoilt(sent.ID, k)
	if err != nil || spoilt {
		return err
	}
	k.Sender.Token = true
	k.Sender.Proof = cmp.Or(k.Sender.Proof, proofToken)
	return nil
}

// carry keeps that the mail carries the token of a mail of ours.
func (k *Known) carry(outbox int64) {
	if !slices.Contains(k.Carried, outbox) {
		k.Carried = append(k.Carried, outbox)
	}
}

// spoilt reports whether the token of a mail of ours proves nothing any more. Somebody with several addresses is one
// sender.
func (l lookup) spoilt(outbox int64, k *Known) (bool, error) {
	k.carry(outbox)
	return l.tx.TokenSpoilt(outbox, l.policy.main(k.Sender.Address))
}

func hasTicket(leads []Evident, ticket int64) bool {
	return slices.ContainsFunc(leads, func(lead Evident) bool { return lead.Ticket == ticket })
}

func reversed(ids []string) []string {
	out := slices.Clone(ids)
	slices.Reverse(out)
	return out
}
