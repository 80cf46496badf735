package intake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// application writes what was decided of one mail.
type application struct {
	tx       Tx
	policy   Policy
	post     *post
	mail     *Mail
	known    Known
	decision Decision
	now      time.Time

	ticket *tickets.Ticket // the one the mail is written on, nil when none
	entry  *tickets.Entry
	record *tickets.LedgerMessage // nil for a mail of which nothing was read

	splitNumber string // of the ticket that the mail has split off, "" when none

	filesRead bool
	relayed   []tickets.File // the mail's attachments, once they are read
	passed    int            // bytes of files that were passed on, to all
	omitted   []string       // names of those too large to be passed on
}

// run writes the ledger row, ticket, entry and outgoing mail. It reports false when that very sighting is in the
// ledger already, and then everything it wrote is to be undone.
func (a *application) run() (bool, error) {
	for _, step := range []func() error{a.findTicket, a.recordMessage, a.writeEntry, a.people, a.uses, a.notify, a.move, a.asks} {
		if err := step(); err != nil {
			return false, err
		}
	}
	if a.mail.Released {
		return true, nil
	}
	return a.sight()
}

func (a *application) findTicket() error {
	d := a.decision
	switch {
	case d.Opens:
		return a.openTicket()
	case d.Ticket != 0:
		ticket, err := a.tx.TicketByID(d.Ticket)
		if err == nil && ticket == nil {
			err = fmt.Errorf("ticket %d of the decision is not there", d.Ticket)
		}
		a.ticket = ticket
		return err
	}
	return nil
}

// nextNumber gives the next number of the desk's day.
func (a *application) nextNumber() (string, error) {
	local := a.now.In(a.policy.Zone)
	seq, err := a.tx.NextNumber(thread.Day(local))
	return thread.FormatNumber(a.policy.Prefix, local, seq), err
}

func (a *application) openTicket() error {
	number, err := a.nextNumber()
	if err != nil {
		return err
	}
	a.ticket = &tickets.Ticket{
		Number:    number,
		Subject:   a.rootSubject(),
		Status:    tickets.New,
		Requester: a.requester(),
		Watchers:  a.watchers(),
		CreatedAt: a.now,
		UpdatedAt: a.now,
		Links:     a.decision.Links,
	}
	if p := a.mail.Problem; p != nil {
		a.ticket.Attention = p.String()
	}
	a.ticket.Requester = described(a.ticket.Requester, a.mail.Message.Form)
	fillIn(a.ticket, a.mail.Message.Form)
	if turn := a.decision.Turn; turn != nil {
		a.ticket.Category = cmp.Or(a.ticket.Category, turn.Category)
		a.ticket.Group, a.ticket.Assignee = turn.Group, turn.Assignee
		if turn.Assignee != nil {
			a.ticket.Status = tickets.Assigned
		}
	}
	if err := a.begin(a.ticket); err != nil {
		return err
	}
	return a.linkBack()
}

// linkBack makes the links of a new ticket go both ways.
func (a *application) linkBack() error {
	for _, number := range a.ticket.Links {
		lead, err := a.tx.LeadByNumber(number, "")
		if err != nil || lead == nil {
			return err
		}
		other, err := a.tx.TicketByID(lead.Ticket)
		if err != nil || other == nil {
			return err
		}
		other.Links = append(other.Links, a.ticket.Number)
		if err := a.tx.SetTicket(other); err != nil {
			return err
		}
	}
	return nil
}

// rootSubject is the subject that all mails of the ticket will bear.
func (a *application) rootSubject() string {
	if subject := withoutTags(a.policy.Prefix, a.mail.Message.Subject); subject != "" {
		return subject
	}
	if line, _, _ := strings.Cut(strings.TrimSpace(a.mail.Message.NewText), "\n"); line != "" {
		return clip(strings.TrimSpace(line), maxRootSubject)
	}
	if a.decision.Language == tickets.Chinese {
		return "(无主题)"
	}
	return "(no subject)"
}

// withoutTags is a base subject (RFC 5256 2.1) without the tags of other tickets in front: one that stayed would lead answers
// there.
func withoutTags(prefix, subject string) string {
	for {
		subject = parser.BaseSubject(subject)
		tag, rest, closed := strings.Cut(subject, "]")
		if !closed || !strings.HasPrefix(tag, "[") || !slices.Equal(thread.FindNumbers(prefix, tag), []string{tag[1:]}) {
			return subject
		}
		subject = rest
	}
}

const maxRootSubject = 60 // letters of a root subject that is made from the text

func clip(s string, letters int) string {
	runes := []rune(s)
	if len(runes) <= letters {
		return s
	}
	return string(runes[:letters-1]) + "…"
}

// recordMessage writes the mail's own row: once for its content, renewed when a mail that had failed comes again.
func (a *application) recordMessage() error {
	if !a.mail.whole || a.decision.Verdict == tickets.VerdictSkip {
		return nil // nothing or a header alone was had: the sighting tells it all
	}
	if a.known.Earlier != nil && !a.known.Earlier.Verdict.Retriable() {
		return nil // this very content is recorded; the sighting points to it
	}
	record, err := a.ledgerRow()
	if err != nil {
		return err
	}
	a.record = record
	if a.known.Earlier != nil {
		record.ID = a.known.Earlier.Message
		return nil // written with its entry, see writeEntry
	}
	if _, err := a.mail.Raw.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read the mail again: %w", err)
	}
	return a.tx.AddMessage(record, stored{a.mail.Raw, a.mail.packed})
}

func (a *application) ledgerRow() (*tickets.LedgerMessage, error) {
	m, d := a.mail.Message, a.decision
	key, err := a.mail.contentKey()
	if err != nil {
		return nil, err
	}
	known, err := json.Marshal(a.known)
	if err != nil {
		return nil, fmt.Errorf("store what was known: %w", err)
	}
	decision, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("store the decision: %w", err)
	}
	row := &tickets.LedgerMessage{
		ContentKey: key, HeaderID: m.MessageID, From: tickets.Address(author(m)), Subject: m.Subject,
		Size: a.mail.Raw.Size(), Verdict: d.Verdict, Reason: d.Reason, Evidence: string(d.Evidence),
		Decision: decision, Known: known, RulesVersion: RulesVersion, Now: a.now,
	}
	if a.ticket != nil {
		row.Ticket = a.ticket.ID
	}
	return row, nil
}

func (a *application) writeEntry() error {
	if a.ticket != nil && a.decision.Entry != "" {
		if err := a.addEntry(); err != nil {
			return err
		}
		if !a.decision.Opens {
			if err := a.tx.TouchTicket(a.ticket.ID, a.now); err != nil {
				return err
			}
		}
	}
	if a.record == nil || a.entry == nil && a.known.Earlier == nil {
		return nil
	}
	if a.entry != nil {
		a.record.Entry = a.entry.ID
	}
	return a.tx.SetMessage(a.record)
}

func (a *application) addEntry() error {
	m, d := a.mail.Message, a.decision
	from := author(m)
	a.entry = &tickets.Entry{
		Ticket: a.ticket.ID, At: a.now, Actor: tickets.Address(from), Kind: d.Entry, Text: a.entryText(),
		Visibility: d.Visibility, HeaderID: m.MessageID, Verified: d.Verified, Recipients: a.recipients(),
	}
	if a.record != nil {
		a.entry.Message = a.record.ID
	}
	if m.Kind == parser.Human && a.mail.Problem == nil {
		a.entry.TextKey = textKey(from.Address, m.Subject, m.NewText)
	}
	for i, file := range m.Attachments {
		a.entry.Attachments = append(a.entry.Attachments, tickets.Attachment{
			Position: i, Name: file.Name, Type: file.Type, Size: file.Size, SHA256: file.SHA256, Inline: file.Inline,
		})
	}
	return a.tx.AddEntry(a.entry)
}

// entryText is what goes on record: of the mail that reports a problem all of it, for what it quotes or passes on is
// part of the report; of a later mail what its author wrote just now.
func (a *application) entryText() string {
	m := a.mail.Message
	switch {
	case a.mail.Problem != nil:
		return a.mail.Problem.String()
	case a.decision.Text != "":
		return a.decision.Text
	case a.decision.Entry == tickets.EntryReport || m.NewText == "":
		return m.Text
	}
	return withoutTokens(m.NewText)
}

// sight writes the sighting: the row by which every mail is accounted for. The mail keeps its own, for the transaction
// may be run again.
func (a *application) sight() (bool, error) {
	s := a.mail.Sighting
	s.Verdict, s.Reason, s.At, s.Message = a.decision.Verdict, a.decision.Reason, a.now, 0
	if s.UIDValidity == 0 || s.Verdict == tickets.VerdictSkip || s.Verdict == tickets.VerdictVanish {
		s.Acknowledged = a.now // nothing is to be done on a server
	}
	switch m := a.mail.Message; {
	case a.record != nil:
		s.Message = a.record.ID
	case a.known.Earlier != nil:
		s.Message = a.known.Earlier.Message
	default:
		s.HeaderID, s.From, s.Subject = m.MessageID, author(m).Address, m.Subject
	}
	return a.tx.AddSighting(&s)
}
