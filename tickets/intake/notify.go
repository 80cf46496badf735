package intake

import (
	"runtime/debug"
	"slices"

	"maildesk/tickets"
)

// composing is a mail's notices on their way to being outgoing mail. They are composed on a goroutine, beside the
// store's work; the zero value has none.
type composing struct {
	done     chan struct{} // closed when all are composed; nil before begin
	mails    []tickets.Outgoing
	panicked *panicError
}

// begin lets notices be composed. The composer must not change, nor anybody else, what they point to.
func (c *composing) begin(composer tickets.Composer, notices []tickets.Notice) {
	if len(notices) == 0 {
		return
	}
	c.done = make(chan struct{})
	go func() {
		defer close(c.done)
		defer func() {
			if p := recover(); p != nil {
				c.panicked = &panicError{p, debug.Stack()}
			}
		}()
		for _, n := range notices {
			c.mails = append(c.mails, composer.Compose(n))
		}
	}()
}

// wait waits for the mails. A panic of the composer is an error, the mail's.
func (c *composing) wait() ([]tickets.Outgoing, error) {
	if c.done == nil {
		return nil, nil
	}
	<-c.done
	if c.panicked != nil {
		return nil, c.panicked
	}
	return c.mails, nil
}

// send puts the notices into the outbox. One of no entry is named after the mail's record, so it is composed only now.
func (a *application) send() error {
	if a.entry == nil {
		a.notices.begin(a.composer, a.asked())
	}
	mails, err := a.notices.wait()
	if err != nil {
		return err
	}
	for _, mail := range mails {
		if err := a.tx.AddOutgoing(mail, a.now); err != nil {
			return err
		}
	}
	return nil
}

// asked are the notices that the decision asks for: to the requester, and to who brought the problem to the desk.
func (a *application) asked() []tickets.Notice {
	if a.decision.Notice == "" {
		return nil
	}
	people := []tickets.Person{a.person(tickets.Address(author(a.mail.Message)), a.decision.Language)}
	if a.decision.Opens {
		people[0] = a.requester()
		for _, w := range a.ticket.Watchers {
			people = append(people, a.person(w, a.decision.Language))
		}
	}
	notices := make([]tickets.Notice, len(people))
	for i, to := range people {
		notices[i] = a.notice(to)
	}
	return notices
}

func (a *application) notice(to tickets.Person) tickets.Notice {
	n := tickets.Notice{Kind: a.decision.Notice, To: to, Ticket: a.ticket, Auto: tickets.AutoReplied}
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
