package intake

import (
	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// press finds the token line that an answer button has filled in: it leads to its ticket, and is good for one purpose of one
// person. It counts in what a person wrote just now, not in what they quote.
func (l lookup) press(m *parser.Message, k *Known) error {
	lines := thread.FindTokenLines(m.NewText)
	if len(lines) == 0 || m.Froms != 1 || k.Sender.Proof == proofFailed {
		return nil
	}
	number, token := lines[len(lines)-1][0], lines[len(lines)-1][1]
	lead, err := l.tx.LeadByNumber(number, k.Sender.Address)
	if err != nil || lead == nil {
		return err
	}
	for _, address := range l.policy.addressesOf(k.Sender.Address) {
		sent, err := l.tx.OutgoingTo(lead.Ticket, address, maxButtons)
		if err != nil {
			return err
		}
		for _, mail := range sent {
			purpose, ok := l.purpose(mail, token)
			if ok && l.now.Sub(mail.CreatedAt) < tokenLasts {
				k.Leads = append(k.Leads, Evident{Lead: *lead, Evidence: ByToken})
				if spoilt, err := l.spoilt(mail.ID, k); err != nil || spoilt {
					return err
				}
				if k.answers == "" { // the mail of a button answers ours, though it is a new one
					k.answers = mail.Kind
				}
				k.pressed = &pressed{ticket: lead.Ticket, purpose: purpose, entry: mail.Entry}
				return l.releases(k)
			}
		}
	}
	return nil
}

// maxButtons is how many of our newest mails to somebody on a ticket have buttons that still work.
const maxButtons = 300

// pressed is the button behind a token line.
type pressed struct {
	ticket  int64
	purpose string
	entry   int64 // of the mail that had the button
}

// releases finds the held mail that a button lets go, within 7 days.
func (l lookup) releases(k *Known) error {
	if k.pressed.purpose != "release" {
		return nil
	}
	told, err := l.tx.EntryByID(k.pressed.entry)
	if err != nil || told == nil {
		return err
	}
	held, err := l.tx.HeldMessage(told.Message)
	if err == nil && held != nil && l.now.Sub(held.Now) < heldLasts {
		k.Release = held.ID
	}
	return err
}

// purposes are what buttons are for.
var purposes = []string{"confirm", "unsolved", "rate 5", "rate 4", "rate 3", "rate 2", "rate 1", "accept", "release", "junk ignore", "ack"}

func (l lookup) purpose(mail tickets.OutboxItem, token string) (string, bool) {
	for _, purpose := range purposes {
		if l.keys.Verify(token, mail.Number, mail.Entry, mail.Recipient, purpose) {
			return purpose, true
		}
	}
	return "", false
}
