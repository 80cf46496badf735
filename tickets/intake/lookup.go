package intake

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// How far back the intake looks.
const (
	sentAgainWithin = time.Hour           // the same words of the same sender are one mail sent twice
	limitWindow     = time.Hour           // the limits of automatic mail
	refusalLasts    = 30 * 24 * time.Hour // one refusal to a stranger in this time
)

// What proves a sender.
const (
	proofDMARC    = "dmarc"
	proofAligned  = "aligned"  // a DKIM or SPF pass of the From domain
	proofToken    = "token"    // that we mailed to this very address
	proofReleased = "released" // its author has pressed the button of the mail that told of it
	proofFailed   = "failed"   // DMARC says that From is forged
)

// lookup gathers what Decide has to know of a mail.
type lookup struct {
	tx     Tx
	policy Policy
	keys   thread.Keys
	mail   *Mail
	now    time.Time
}

func (l lookup) known() (Known, error) {
	m := l.mail.Message
	k := Known{
		Arrival: Arrival{
			Source: l.mail.Sighting.Source, Quiet: l.mail.Quiet, Skipped: l.mail.Skipped,
			Vanished: l.mail.Vanished, Problem: l.mail.Problem,
		},
		Sender: l.sender(m),
		Limits: l.policy.Limits,
		Now:    l.now.In(l.policy.zone()), Zone: l.policy.zone().String(), Prefix: l.policy.Prefix, ReopenWithin: l.policy.ReopenWithin,
		Trust: Trust{Server: l.policy.AuthservID != "", Require: l.policy.Require},
	}
	if k.Arrival.Vanished {
		return k, nil
	}
	if err := inTurn(m, &k, l.arrival, l.earlier, l.again, l.press, l.leads); err != nil {
		return k, err
	}
	answer := *l.mail
	answer.Message = k.ordered(m) // by now it is known which lines it may name
	l.mail = &answer
	return k, inTurn(answer.Message, &k, l.ignored, l.sameText, l.bounced, l.tongue, l.passed, l.sent, l.scene, l.absence, l.commanded, l.turn)
}

// inTurn looks at one thing after another.
func inTurn(m *parser.Message, k *Known, steps ...func(*parser.Message, *Known) error) error {
	for _, step := range steps {
		if err := step(m, k); err != nil {
			return err
		}
	}
	return nil
}

// commanded looks at the people and the tickets that commands name. A mail with too many of them is refused unread: each
// would cost its look-ups.
func (l lookup) commanded(m *parser.Message, k *Known) error {
	if tooMany(m.Orders) {
		return nil
	}
	return inTurn(m, k, l.named, l.others, l.lists)
}

// sender says how the desk sees the mail's author.
func (l lookup) sender(m *parser.Message) Sender {
	s := Sender{Address: author(m).Address}
	t, technician := l.policy.technician(s.Address)
	if s.Technician, s.Manager = technician, t.Manager; technician {
		s.Address = t.Address
	}
	s.Name = cmp.Or(l.policy.stated(s.Address).Name, author(m).Name)
	s.Own = s.Address != "" && l.policy.own(s.Address)
	s.Staff = l.policy.staff(s.Address) || s.Technician || l.policy.AllowOutside
	s.List = l.policy.list(s.Address)
	s.Loop = m.Loop != "" && l.policy.own(m.Loop)
	switch {
	case m.Proof.DMARC == "fail":
		s.Proof = proofFailed
	case m.Froms != 1: // whose proof would it be?
	case m.Proof.DMARC == "pass":
		s.Proof, s.Server = proofDMARC, true
	case m.Proof.Aligned:
		s.Proof, s.Server = proofAligned, true
	case l.mail.Released:
		s.Proof, s.Token = proofReleased, true
	}
	return s
}

// arrival skips a mail that was skipped under the folder's former UIDVALIDITY.
func (l lookup) arrival(m *parser.Message, k *Known) error {
	s := l.mail.Sighting
	if k.Arrival.Skipped || m.MessageID == "" || !l.mail.Renumbered {
		return nil
	}
	skipped, err := l.tx.SkippedHeaderID(s.Source, s.Folder, m.MessageID)
	k.Arrival.Skipped = skipped
	return err
}

func (l lookup) earlier(m *parser.Message, k *Known) error {
	if !l.mail.whole || k.Arrival.Skipped {
		return nil
	}
	key, err := l.mail.contentKey()
	if err != nil {
		return err
	}
	same, err := l.tx.MessageByContent(key)
	if err != nil || same != nil {
		k.Earlier = earlierOf(same)
		return err
	}
	if m.MessageID == "" {
		return nil // FIELD: never match on an empty Message-ID
	}
	others, err := l.tx.MessagesByHeaderID(m.MessageID)
	if err != nil || len(others) == 0 {
		return err
	}
	last := others[len(others)-1]
	k.SameID = earlierOf(&last)
	if last.Entry == 0 || !tickets.SameAddress(last.From.Address, k.Sender.Address) {
		return nil
	}
	entry, err := l.tx.EntryByID(last.Entry)
	if err != nil || entry == nil {
		return err
	}
	files, err := l.tx.AttachmentsOf(entry.ID)
	if err != nil {
		return err
	}
	grown := l.mail.Raw.Size() - last.Size
	k.FooterOnly = grown <= footerRoom && sameFiles(files, m.Attachments) && (footerOnly(entry.Text, m.Text) || footerOnly(entry.Text, m.NewText))
	return nil
}

// again finds the ticket that was opened for this very mail when it could not be read, or not be fetched whole. In the
// latter case the ledger has no content of it, so its Message-ID has to do. The sender has to belong to the ticket.
func (l lookup) again(m *parser.Message, k *Known) error {
	var leads []tickets.Lead
	var err error
	switch earlier := cmp.Or(k.Earlier, k.SameID); {
	case k.Arrival.Skipped:
	case earlier != nil && earlier.Verdict.Retriable() && earlier.Number != "":
		var lead *tickets.Lead
		if lead, err = l.tx.LeadByNumber(earlier.Number, k.Sender.Address); lead != nil {
			leads = append(leads, *lead)
		}
	case earlier == nil && m.MessageID != "":
		leads, err = l.tx.LeadsByHeaderIDs([]string{m.MessageID}, k.Sender.Address)
	}
	if at := slices.IndexFunc(leads, func(lead tickets.Lead) bool { return lead.Belongs }); at >= 0 {
		k.Again = &leads[at]
	}
	return err
}

func earlierOf(m *tickets.LedgerMessage) *Earlier {
	if m == nil {
		return nil
	}
	return &Earlier{Message: m.ID, Verdict: m.Verdict, Number: m.Number}
}

// footerRoom is how much longer a mail may be, in bytes, for a footer alone: an attachment is bigger, and not to be lost.
const footerRoom = 16 << 10

// sameFiles reports whether a mail has the very attachments that another had.
func sameFiles(had []tickets.Attachment, has []parser.Attachment) bool {
	return slices.EqualFunc(had, has, func(a tickets.Attachment, b parser.Attachment) bool { return a.SHA256 == b.SHA256 })
}

// footerOnly reports whether the longer of two texts only adds lines at the end of the shorter.
func footerOnly(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, longer := strings.CutPrefix(b, a)
	return a != "" && longer && (rest == "" || strings.HasPrefix(strings.TrimLeft(rest, " \t\r"), "\n"))
}

// ignored finds the junk because of which the sender's mail is ignored, where it would open a ticket or answers that junk.
func (l lookup) ignored(_ *parser.Message, k *Known) error {
	if k.Sender.Technician || k.Sender.Own {
		return nil
	}
	number, err := l.tx.IgnoredBy(k.Sender.Address)
	if lead := k.match(); lead == nil || lead.Number == number {
		k.Ignored = number
	}
	return err
}

func (l lookup) sameText(m *parser.Message, k *Known) error {
	key := textKey(k.Sender.Address, m.Subject, m.NewText)
	if key == nil || k.match() != nil && (!lengthy(m) || len(m.Attachments) > 0) || k.Arrival.Quiet { // years of an archive are imported within the hour
		return nil
	}
	if !m.Date.IsZero() && l.now.Sub(m.Date) > sentAgainWithin {
		return nil // written long ago, it comes with a backlog and was not sent twice within the hour
	}
	lead, err := l.tx.SameText(key, l.now.Add(-sentAgainWithin))
	k.SameText = lead
	return err
}

// lengthy reports whether nobody writes a text twice by intention, as they do with a command or a short answer.
func lengthy(m *parser.Message) bool {
	const letters = 40
	return len(m.Orders.Commands)+len(m.Orders.Unknown) == 0 && utf8.RuneCountInString(m.NewText) >= letters
}

// textKey identifies what somebody wrote whatever the Message-ID and the white space; nil when there is nothing to
// go by.
func textKey(sender, subject, text string) []byte {
	words := strings.Join(strings.FieldsFunc(text, unicode.IsSpace), "")
	if sender == "" || words == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(tickets.AddressKey(sender) + "\x00" + parser.BaseSubject(subject) + "\x00" + words))
	return sum[:16]
}

func (l lookup) bounced(m *parser.Message, k *Known) error {
	if m.Bounce == nil || m.Bounce.MessageID == "" {
		return nil
	}
	sent, err := l.tx.OutgoingByMessageID(m.Bounce.MessageID)
	if err != nil || sent == nil {
		return err
	}
	k.Bounced = &Bounced{Kind: sent.Kind, Outbox: sent.ID, Ticket: sent.Ticket, Number: sent.Number}
	if k.Bounced.To, err = l.reader(tickets.Address{Address: sent.Recipient}); err != nil || sent.Ticket == 0 {
		return err
	}
	k.Scene, err = l.sceneOf(sent.Ticket)
	return err
}

// tongue finds the language to write in when this mail alone does not tell.
func (l lookup) tongue(_ *parser.Message, k *Known) error {
	var err error
	k.Unlabelled, k.FixedTongue, err = l.languageOf(k.Sender.Address)
	return err
}

// languageOf is the language of a person: stated by directory or configuration, else of their last mail with enough
// prose, else the desk's.
func (l lookup) languageOf(address string) (lang tickets.Language, stated bool, err error) {
	if lang := l.policy.stated(address).Language; lang != "" {
		return lang, true, nil
	}
	person, err := l.tx.Person(address)
	if err == nil && person != nil && person.Language != "" {
		return person.Language, false, nil
	}
	return l.policy.Language, false, err
}

// passed says whose mail a technician passes on. What others pass on stays their own problem.
func (l lookup) passed(m *parser.Message, k *Known) error {
	if m.Forwarded == nil || m.Forwarded.Address == "" || !k.Sender.Technician {
		return nil
	}
	p := &Passed{Name: m.Forwarded.Name, Address: m.Forwarded.Address}
	_, technician := l.policy.technician(p.Address)
	p.Staff, p.Own = l.policy.staff(p.Address) || technician, l.policy.own(p.Address)
	var err error
	p.Language, _, err = l.languageOf(p.Address)
	k.Passed = p
	return err
}

func (l lookup) sent(_ *parser.Message, k *Known) error {
	to := k.Sender.Address
	if to == "" {
		return nil
	}
	since := l.now.Add(-limitWindow)
	var err error
	if k.Sent.SenderHour, err = l.tx.CountAutomatic(to, 0, since); err != nil {
		return err
	}
	if k.Sender.Technician {
		if k.Sent.Held, err = l.tx.CountNotices(to, tickets.NoticeHeld, since); err != nil {
			return err
		}
	}
	ticket := int64(0)
	if lead := k.match(); lead != nil {
		ticket = lead.Ticket
	} else if k.SameText != nil {
		ticket = k.SameText.Ticket
	}
	if ticket != 0 && k.Sent.SenderHour > 0 {
		if k.Sent.TicketHour, err = l.tx.CountAutomatic(to, ticket, since); err != nil {
			return err
		}
	}
	if !k.Sender.Staff && k.match() == nil {
		refusals, err := l.tx.CountAutomatic(to, 0, l.now.Add(-refusalLasts))
		k.Sent.Refused = refusals > 0
		return err
	}
	return nil
}
