package intake

import (
	"fmt"
	"slices"
	"strings"

	"maildesk/parser"
	"maildesk/tickets"
)

// Decide says what becomes of a mail. It is a function of its arguments alone, and what depends on the instant is
// counted in Known, so that the same mail and the same knowledge always give the same decision. m is the zero Message
// when nothing of the mail could be had.
func Decide(m *parser.Message, k Known) Decision {
	for _, rule := range []func(*parser.Message, Known) (Decision, bool){
		decideArrival,
		decideDuplicate,
		decideOwn,
		decideUnread,
		decideBounce,
		decideMachine,
		decideSender,
	} {
		if d, decided := rule(m, k); decided {
			return d
		}
	}
	return decidePerson(m, k)
}

// decideArrival settles what never reached a reader.
func decideArrival(_ *parser.Message, k Known) (Decision, bool) {
	switch {
	case k.Arrival.Vanished:
		return Decision{Verdict: tickets.VerdictVanish, Reason: "gone from the server before it could be fetched"}, true
	case k.Arrival.Skipped:
		return Decision{Verdict: tickets.VerdictSkip, Reason: "older than the desk's first start on this folder (backlog = \"skip\")"}, true
	}
	return Decision{}, false
}

// decideDuplicate settles a mail that was taken before. A mail that failed, was held or skipped is taken anew.
func decideDuplicate(_ *parser.Message, k Known) (Decision, bool) {
	if k.Earlier != nil && !k.Earlier.Verdict.Retriable() {
		return duplicate("the same mail was taken before", k.Earlier), true
	}
	if k.SameID != nil && k.FooterOnly {
		return duplicate("the same mail was taken before; only a trailing part differs, as a list's footer does", k.SameID), true
	}
	return Decision{}, false
}

func duplicate(reason string, earlier *Earlier) Decision {
	if earlier.Number != "" {
		reason += fmt.Sprintf(": %s by message %d", earlier.Number, earlier.Message)
	}
	return Decision{Verdict: tickets.VerdictDuplicate, Reason: reason}
}

// decideOwn drops what the desk itself wrote (RFC 3834 2: a responder must not answer itself).
func decideOwn(_ *parser.Message, k Known) (Decision, bool) {
	switch {
	case k.Sender.Loop:
		return ignore("our own mail came back: X-Maildesk-Loop names this desk"), true
	case k.Sender.Own:
		return ignore("From is an address of the desk"), true
	}
	return Decision{}, false
}

// decideUnread quarantines what no person wrote, or nobody knows who, and what could not be read. A person's mail gets a
// stub besides, see unreadable.
func decideUnread(m *parser.Message, k Known) (Decision, bool) {
	if k.Arrival.Problem == nil || human(m) && m.Kind != parser.List {
		return Decision{}, false
	}
	reason := k.Arrival.Problem.String()
	if m.Kind != "" {
		reason += fmt.Sprintf(" (%s: %s)", m.Kind, m.Reason)
	}
	return Decision{Verdict: tickets.VerdictFail, Reason: reason}, true
}

// decideBounce puts a delivery report on the ticket whose mail it speaks of.
func decideBounce(m *parser.Message, k Known) (Decision, bool) {
	if m.Kind != parser.Bounce {
		return Decision{}, false
	}
	switch {
	case k.Bounced != nil && k.Bounced.Ticket != 0:
		return onTicket(tickets.VerdictBounce, tickets.EntryBounce, k.Bounced.Ticket, ByToken,
			"a delivery report of our mail: "+m.Reason), true
	case len(k.Leads) > 0 && k.Leads[0].Evidence == ByToken:
		return onTicket(tickets.VerdictBounce, tickets.EntryBounce, k.Leads[0].Ticket, ByToken,
			"a delivery report that carries our token: "+m.Reason), true
	}
	return ignore("a delivery report of a mail that is not on any ticket: " + m.Reason), true
}

// decideMachine files what no person wrote: on the ticket that it answers, else nowhere. It is never answered
// (RFC 3834 2) and changes nothing.
func decideMachine(m *parser.Message, k Known) (Decision, bool) {
	lead := k.match()
	if human(m) && (m.Kind != parser.List || lead != nil) { // on a ticket somebody answers, by way of a list
		return Decision{}, false
	}
	reason := fmt.Sprintf("%s: %s", m.Kind, m.Reason)
	if lead != nil {
		return onTicket(tickets.VerdictAppend, tickets.EntryAutoReply, lead.Ticket, lead.Evidence, reason), true
	}
	return ignore(reason), true
}

// decideSender settles mail whose author the desk does not serve.
func decideSender(_ *parser.Message, k Known) (Decision, bool) {
	s := k.Sender
	switch {
	case s.Address == "":
		return Decision{Verdict: tickets.VerdictFail, Reason: "no sender: From, Sender and Reply-To are missing or unreadable"}, true
	case s.List:
		return ignore("From is an address of a list (desk.lists)"), true
	case s.Proof == proofFailed && s.Staff:
		return Decision{Verdict: tickets.VerdictHold, Reason: "From pretends a staff domain, but DMARC failed"}, true
	case !s.Staff && k.match() == nil:
		return refuse(k), true
	}
	return Decision{}, false
}

// refuse turns a stranger away: politely once where the mail proves its sender, else in silence, for an answer to a
// forged address only bothers a third person.
func refuse(k Known) Decision {
	d := Decision{Verdict: tickets.VerdictRefuse, Reason: "a stranger: the address lies outside desk.staff_domains", Language: k.Unlabelled}
	switch {
	case k.Arrival.Quiet, k.Sent.Refused:
	case k.Arrival.Problem != nil:
		d.Reason += "; not answered, since the mail could not be read"
	case !k.Sender.proven():
		d.Reason += "; not answered, since nothing proves the sender"
	case k.withinLimits():
		d.Notice = tickets.NoticeRefused
	}
	return d
}

// decidePerson puts a person's mail on its ticket, or opens one.
func decidePerson(m *parser.Message, k Known) Decision {
	d := Decision{Language: k.language(m), Verified: k.Sender.proven()}
	lead := k.match()
	switch {
	case k.Arrival.Problem != nil && k.Again != nil:
		d.Verdict, d.Reason = tickets.VerdictFail, fmt.Sprintf("%s; as before, see %s", k.Arrival.Problem, k.Again.Number)
	case k.Arrival.Problem != nil:
		k.unreadable(&d, lead)
	case lead != nil:
		k.appendTo(&d, lead)
		if k.Scene != nil {
			k.converse(m, &d)
		}
	case k.Again != nil:
		k.readAtLast(&d)
	case k.SameText != nil:
		k.sentAgain(&d)
	case k.decideOrders(m, &d):
	default:
		k.open(m, &d)
	}
	d.Links = k.mentioned(d.Ticket)
	if k.Arrival.Quiet {
		d.Notice = ""
	}
	return d
}

func (k Known) open(m *parser.Message, d *Decision) {
	d.Verdict, d.Opens, d.Entry, d.Visibility = tickets.VerdictOpen, true, tickets.EntryReport, tickets.Public
	d.Notice = tickets.NoticeConfirmation
	switch {
	case len(k.Leads) > 0:
		d.Reason = fmt.Sprintf("a new problem: it names %s by %s, but its sender does not belong there", k.Leads[0].Number, k.Leads[0].Evidence)
	default:
		d.Reason = "a new problem: nothing in it leads to a ticket"
	}
	if p := k.Passed; p != nil && k.Sender.Technician && p.Staff && !p.Own && !tickets.SameAddress(p.Address, k.Sender.Address) {
		d.Requester = p
		d.Reason += fmt.Sprintf("; a technician passes on what %s wrote, who is its requester", p.Address)
	}
	if n := k.forAnother(m); n != nil {
		k.reportFor(m, d, *n)
	}
	if k.SameID != nil {
		d.Reason += fmt.Sprintf("; warning: message %d has the same Message-ID and other content", k.SameID.Message)
	}
	if k.Turn != nil && d.Opens {
		if k.Turn.Category != "" {
			d.Reason += fmt.Sprintf("; category %s, by %s", k.Turn.Category, k.Turn.Reason)
		}
		d.Moves = append(d.Moves, k.handOver())
	}
}

// reportFor opens a ticket for somebody who told a technician of it, by telephone say. The technician takes it.
func (k Known) reportFor(m *parser.Message, d *Decision, n Named) {
	if !k.mayChange(true) {
		*d = Decision{Verdict: tickets.VerdictHold, Language: d.Language,
			Reason: "held: a technician reports for " + n.Address + ", but nothing proves who wrote it"}
		return
	}
	d.Requester = &Passed{Name: n.Name, Address: n.Address, Staff: n.Staff, Language: n.Language}
	d.Reason += fmt.Sprintf("; a technician reports it for %s, who is its requester", n.Address)
	d.Text = strings.TrimSpace(m.Orders.Message)
	if k.Turn != nil {
		k.Turn.Assignee, k.Turn.Choice, k.Turn.Tell = &tickets.Address{Name: author(m).Name, Address: k.Sender.Address}, "took the report", nil
	}
}

// handOver sorts a new ticket and tells who takes it.
func (k Known) handOver() Move {
	move := Move{}
	if k.Turn.Assignee != nil {
		move.Record = append(move.Record, fmt.Sprintf("assignee: %s, %s", k.Turn.Assignee.Address, k.Turn.Choice))
	} else if k.Turn.Choice != "" {
		move.Record = append(move.Record, "assignee: nobody, "+k.Turn.Choice)
	}
	for _, r := range k.Turn.Tell {
		if !tickets.SameAddress(r.Address, k.Sender.Address) {
			move.Tell = append(move.Tell, Telling{Kind: tickets.NoticeAssigned, To: r, Files: true, Buttons: buttons(r.Language, "accept"), Auto: tickets.AutoGenerated})
		}
	}
	return move
}

// appendTo writes on a ticket. What somebody wrote who is not a participant stays inside IT and makes nobody one.
func (k Known) appendTo(d *Decision, lead *Evident) {
	d.Verdict, d.Ticket, d.Evidence, d.Entry = tickets.VerdictAppend, lead.Ticket, lead.Evidence, tickets.EntryReply
	d.Visibility, d.Reason = tickets.Public, fmt.Sprintf("belongs to %s, matched by %s", lead.Number, lead.Evidence)
	if !lead.Belongs && !k.Sender.Technician {
		d.Visibility = tickets.Internal
		d.Reason += "; its sender is no participant, so it is shown to technicians alone"
	}
}

// readAtLast puts a mail on the ticket that was opened for it when it could not be read.
func (k Known) readAtLast(d *Decision) {
	d.Verdict, d.Ticket, d.Entry, d.Visibility = tickets.VerdictAppend, k.Again.Ticket, tickets.EntryReport, tickets.Public
	d.Reason = fmt.Sprintf("this very mail came before and could not be taken: it belongs to %s", k.Again.Number)
	if tickets.SameAddress(k.Again.Requester, k.Sender.Address) {
		d.Notice = tickets.NoticeConfirmation // as yet its author has only heard that the mail was unreadable
	}
}

func (k Known) sentAgain(d *Decision) {
	d.Verdict, d.Ticket, d.Entry = tickets.VerdictSentAgain, k.SameText.Ticket, tickets.EntrySentAgain
	d.Visibility = tickets.Internal
	d.Reason = fmt.Sprintf("the same sender wrote the same words on %s within the hour", k.SameText.Number)
	if k.withinLimits() {
		d.Notice = tickets.NoticeSentAgain
	} else {
		d.Reason += "; not answered once more: the limit of automatic mail is reached"
	}
}

// unreadable quarantines a person's mail that could not be read, with a stub on its ticket so that a technician sees
// it and the requester is not left waiting.
func (k Known) unreadable(d *Decision, lead *Evident) {
	d.Verdict, d.Entry, d.Visibility = tickets.VerdictFail, tickets.EntryProblem, tickets.Public
	d.Reason = k.Arrival.Problem.String()
	if lead != nil {
		d.Ticket, d.Evidence = lead.Ticket, lead.Evidence
	} else {
		d.Opens = true
		if k.Turn != nil {
			d.Moves = append(d.Moves, k.handOver())
		}
	}
	if d.Opens || k.withinLimits() {
		d.Notice = tickets.NoticeUnreadable
	}
}

// match returns the strongest lead that holds: a token always proves its thread; a known Message-ID counts if the
// sender belongs to the ticket or was addressed on it; a number in the subject only if the sender belongs.
func (k Known) match() *Evident {
	for i := range k.Leads {
		lead := &k.Leads[i]
		belongs := lead.Belongs || k.Sender.Technician
		switch lead.Evidence {
		case ByToken:
			return lead
		case ByMessageID:
			if belongs || lead.Copied {
				return lead
			}
		case ByNumber:
			if belongs {
				return lead
			}
		}
	}
	return nil
}

// mentioned returns the numbers of the leads that are not the ticket the mail goes to.
func (k Known) mentioned(ticket int64) []string {
	var numbers []string
	for _, lead := range k.Leads {
		if lead.Ticket != ticket && !slices.Contains(numbers, lead.Number) {
			numbers = append(numbers, lead.Number)
		}
	}
	return numbers
}

func (k Known) withinLimits() bool {
	return k.Sent.TicketHour < k.Limits.TicketHour && k.Sent.SenderHour < k.Limits.SenderHour
}

// language is the one to answer in: stated by the directory, else of this mail, else of the sender's mails before.
func (k Known) language(m *parser.Message) tickets.Language {
	if m.Language == "" || k.FixedTongue {
		return k.Unlabelled
	}
	return tickets.Language(m.Language)
}

func ignore(reason string) Decision {
	return Decision{Verdict: tickets.VerdictIgnore, Reason: reason}
}

// onTicket files a machine's mail on a ticket, for technicians.
func onTicket(verdict tickets.Verdict, kind tickets.EntryKind, ticket int64, by Evidence, reason string) Decision {
	return Decision{Verdict: verdict, Reason: reason, Evidence: by, Ticket: ticket, Entry: kind, Visibility: tickets.Internal}
}
