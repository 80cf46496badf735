package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"maildesk/parser"
	"maildesk/tickets"
)

// move carries out what was decided on tickets: their new state, what is recorded of it, and who is told.
func (a *application) move() error {
	if p0 := a.decision.Climbs; p0 != 0 {
		if err := a.tx.HastenTimer(p0, tickets.TimerAlert, a.now); err != nil {
			return err
		}
	}
	for _, m := range a.decision.Moves {
		ticket, entry := a.ticket, a.entry
		if m.Ticket != 0 && (a.ticket == nil || m.Ticket != a.ticket.ID) {
			ticket, entry = &m.Before, nil
		}
		if err := a.moveOne(m, ticket, entry); err != nil {
			return err
		}
	}
	return nil
}

// moveOne writes one move. ticket is nil where a mail of commands alone is answered, entry where the mail stands on another
// ticket.
func (a *application) moveOne(m Move, ticket *tickets.Ticket, entry *tickets.Entry) error {
	if m.Split != nil {
		if err := a.split(&m, ticket); err != nil {
			return err
		}
	}
	if err := a.become(m, ticket); err != nil {
		return err
	}
	if err := a.tend(m, ticket); err != nil {
		return err
	}
	for _, said := range m.Words {
		entry = a.words(ticket, said)
		if err := a.tx.AddEntry(entry); err != nil {
			return err
		}
	}
	changed, err := a.recordChange(m, ticket)
	if err != nil {
		return err
	}
	if entry == nil {
		entry = changed
	}
	for _, t := range m.Tell {
		if err := a.tellOne(t, ticket, entry); err != nil {
			return err
		}
	}
	return nil
}

// become writes the ticket as the move leaves it, with what is due then, and its timers. A plain answer changes no more than that
// it was given.
func (a *application) become(m Move, ticket *tickets.Ticket) error {
	answers := m.Answers && m.Before.Course.AnsweredAt.IsZero()
	if ticket == nil || m.After == nil && !answers {
		return nil
	}
	after := copyOf(*ticket)
	if m.After != nil {
		after = copyOf(*m.After)
	}
	if answers {
		after.Course.AnsweredAt, after.UpdatedAt = a.now, a.now
	}
	a.policy.SLA.Settle(&after, a.now)
	if err := a.tx.SetTicket(&after); err != nil {
		return err
	}
	*ticket = after
	return a.reschedule(&m.Before, ticket)
}

// words are the entry of what the mail says on a ticket that it names beside its own.
func (a *application) words(ticket *tickets.Ticket, w Words) *tickets.Entry {
	e := &tickets.Entry{Ticket: ticket.ID, At: a.now, Actor: tickets.Address(author(a.mail.Message)), Kind: tickets.EntryReply, Text: w.Text,
		Visibility: w.Visibility, Verified: a.decision.Verified}
	if a.record != nil {
		e.Message = a.record.ID
	}
	return e
}

// recordChange writes the entry of what changed, nil when nothing did, and what #undo needs.
func (a *application) recordChange(m Move, ticket *tickets.Ticket) (*tickets.Entry, error) {
	if len(m.Record) == 0 {
		return nil, nil
	}
	e := &tickets.Entry{Ticket: ticket.ID, At: a.now, Kind: tickets.EntryChange, Text: strings.Join(m.Record, "\n"), Visibility: tickets.Internal}
	if m.After != nil { // else the desk itself did it, with a new ticket
		e.Actor, e.Verified = tickets.Address(author(a.mail.Message)), a.decision.Verified
	}
	if a.record != nil {
		e.Message = a.record.ID
	}
	if err := a.tx.AddEntry(e); err != nil {
		return nil, err
	}
	if m.Undoes != 0 {
		if err := a.tx.SetChangeUndone(m.Undoes, a.now); err != nil {
			return nil, err
		}
	}
	if m.After == nil {
		return e, nil // a ticket that was just opened: there is nothing to return to
	}
	before, err := json.Marshal(m.Before)
	if err != nil {
		return nil, fmt.Errorf("store the ticket as it was: %w", err)
	}
	return e, a.tx.AddChange(&tickets.Change{Ticket: ticket.ID, Message: e.Message, Entry: e.ID, At: a.now,
		Actor: e.Actor.Address, Commands: m.Orders, Before: before})
}

// tellOne composes a mail and puts it into the outbox.
func (a *application) tellOne(t Telling, ticket *tickets.Ticket, entry *tickets.Entry) error {
	to := a.policy.stated(t.To.Address)
	to.Name, to.Address, to.Language = t.To.Name, t.To.Address, t.To.Language
	n := tickets.Notice{Kind: t.Kind, To: to, Staff: t.To.Technician, Author: t.Author, Signed: a.known.Sender.Technician, Auto: t.Auto, Reason: t.Reason, Lines: a.numbered(t.Lines),
		Also: t.Also, Buttons: t.Buttons}
	if ticket != nil && ticket.ID != 0 {
		n.Ticket = a.shown(ticket)
		ids, err := a.tx.HeaderIDsHadBy(ticket.ID, t.To.Address, maxReferences/2)
		if err != nil {
			return err
		}
		n.References = ids
	} else if id := a.mail.Message.MessageID; id != "" {
		n.References = []string{id}
		if g := a.known.Digest; g != nil && g.Theirs { // an answer to this mail still names its lines
			n.References = []string{g.HeaderID, id}
		}
	}
	if entry != nil {
		n.Entry = *entry
	} else {
		n.Entry = tickets.Entry{At: a.now}
		if a.record != nil {
			n.Entry.Message = a.record.ID
		}
	}
	switch {
	case t.Report:
		if err := a.report(&n); err != nil {
			return err
		}
	case t.Silent:
		n.Entry.Text, n.Entry.Attachments = "", nil
	case t.Text != "":
		n.Entry.Text = t.Text
	case hides(n.Entry, t.To):
		n.Entry.Text, n.Entry.Attachments = "", nil
	}
	if t.Files {
		if err := a.attach(&n); err != nil {
			return err
		}
	}
	return a.post.send(n, a.now)
}

// hides reports that what an entry says is not for somebody: internal words are for IT, private ones for their sender and
// whom they are sent to.
func hides(e tickets.Entry, reader Reader) bool {
	if tickets.SameAddress(e.Actor.Address, reader.Address) {
		return false
	}
	return e.Visibility == tickets.Private || e.Visibility == tickets.Internal && !reader.Technician
}

// report puts the words of the mail that opened the ticket into a notice.
func (a *application) report(n *tickets.Notice) error {
	entries, err := a.tx.EntriesOf(n.Ticket.ID)
	if err != nil || len(entries) == 0 {
		return err
	}
	n.Entry.Text, n.Entry.Attachments = entries[0].Text, nil
	n.Author = ""
	return nil
}

// Limits of what is passed on. What is larger stays on the ticket, and the mail names it.
const (
	maxRelayed = 10 << 20 // bytes of all files of a mail
	maxPassed  = 40 << 20 // bytes of the files of a mail, to all who get them
	minInline  = 8 << 10  // smaller pictures inside the text are logos of a signature
)

// attach adds the mail's files to a notice.
func (a *application) attach(n *tickets.Notice) error {
	files, omitted, err := a.files()
	n.Files, n.Omitted = files, omitted
	size := 0
	for _, f := range files {
		size += len(f.Data)
	}
	if a.passed+size <= maxPassed {
		a.passed += size
		return err
	}
	n.Files, n.Omitted = nil, slices.Clone(omitted)
	for _, f := range files { // the rest of a crowd is told their names
		n.Omitted = append(n.Omitted, f.Name)
	}
	return err
}

// files reads the mail's attachments once for all who get them.
func (a *application) files() ([]tickets.File, []string, error) {
	if a.filesRead || !a.mail.whole {
		return a.relayed, a.omitted, nil
	}
	a.filesRead = true
	left := int64(maxRelayed)
	for i, file := range a.mail.Message.Attachments {
		switch {
		case file.Inline && file.Size < minInline:
		case file.Size > left:
			a.omitted = append(a.omitted, file.Name)
		default:
			data, err := a.readFile(i)
			if err != nil {
				return nil, nil, err
			}
			left -= int64(len(data))
			a.relayed = append(a.relayed, tickets.File{Name: file.Name, Type: file.Type, Data: data})
		}
	}
	return a.relayed, a.omitted, nil
}

func (a *application) readFile(position int) ([]byte, error) {
	content, err := parser.Open(a.mail.Raw, position)
	if err != nil {
		return nil, fmt.Errorf("read attachment %d: %w", position, err)
	}
	data, err := io.ReadAll(io.LimitReader(content, maxRelayed+1))
	if err != nil {
		return nil, environment{fmt.Errorf("read attachment %d: %w", position, err)}
	}
	if len(data) > maxRelayed {
		return nil, errors.New("an attachment is larger than it was found to be")
	}
	return data, nil
}

// uses records which of our tokens the mail carries, so that one that others may have seen proves nothing any more.
func (a *application) uses() error {
	shared := len(a.recipients()) > 0
	for _, id := range a.known.Carried {
		if err := a.tx.AddTokenUse(id, a.policy.main(a.known.Sender.Address), shared, a.now); err != nil {
			return err
		}
	}
	return nil
}
