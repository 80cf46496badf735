package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"maildesk/parser"
	"maildesk/parser/command"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// work is a mail at work on a ticket: a copy of it that changes, what is to be recorded, and who is to hear of it. Its
// move takes effect as a whole, or not at all.
type work struct {
	k      Known
	scene  *Scene
	mail   *parser.Message
	ticket tickets.Ticket // as it will be
	lang   tickets.Language
	sender Reader
	roles  command.Roles
	none   time.Time

	record []string  // what changed, in English
	lines  []string  // what was done, in the sender's language
	done   []string  // the commands that changed something
	tell   []Telling // one a person
	aside  []Move    // on other tickets
	undoes int64
	asked  bool // #status and its kin: lines are an answer
	// changes are what the requester hears of in a line each, in their language.
	changes []func(tickets.Language) string

	message  string // for others to read
	solution bool   // #resolve
	question bool   // #wait
	reply    bool   // #reply
	quiet    bool   // #junk: nobody hears of it
	internal string // #note
	private  string // #private
}

func newWork(k Known, s *Scene, m *parser.Message, lang tickets.Language) *work {
	w := &work{k: k, scene: s, mail: m, ticket: copyOf(s.Ticket), lang: lang, message: withoutTokens(m.Orders.Message)}
	w.sender = Reader{Name: author(m).Name, Address: k.Sender.Address, Language: lang, Technician: k.Sender.Technician, Manager: k.Sender.Manager}
	if known, ok := s.reader(k.Sender.Address); ok && w.sender.Name == "" {
		w.sender.Name = known.Name
	}
	w.roles = rolesOf(k, s)
	return w
}

// withoutTokens is a text without the lines that our buttons fill in: they are nobody else's to see.
func withoutTokens(text string) string {
	if !strings.Contains(text, "[") {
		return strings.TrimSpace(text)
	}
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if len(thread.FindTokenLines(line)) == 0 {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// rolesOf are the roles that the sender has on a ticket; s may be nil.
func rolesOf(k Known, s *Scene) command.Roles {
	var roles command.Roles
	if k.Sender.Technician {
		roles |= command.Technician
	}
	if k.Sender.Manager {
		roles |= command.Manager
	}
	if s != nil && s.requester(k.Sender.Address) {
		roles |= command.Requester
	}
	if s != nil && s.watches(k.Sender.Address) {
		roles |= command.Watcher
	}
	return roles
}

// copyOf is a ticket that shares nothing with t.
func copyOf(t tickets.Ticket) tickets.Ticket {
	t.Watchers, t.Links = slices.Clone(t.Watchers), slices.Clone(t.Links)
	if t.Assignee != nil {
		assignee := *t.Assignee
		t.Assignee = &assignee
	}
	if t.Satisfaction != nil {
		rating := *t.Satisfaction
		t.Satisfaction = &rating
	}
	return t
}

// mayChange reports whether the mail proves enough of its sender to change anything.
func (w *work) mayChange(strict bool) bool { return w.k.mayChange(strict) }

// mayChange weighs the proofs that a mail brings. Strict commands need one by our own mail server wherever that is
// configured.
func (k Known) mayChange(strict bool) bool {
	s := k.Sender
	switch {
	case s.Proof == proofFailed:
		return false
	case strict && k.Trust.Server:
		return s.Server
	case k.Trust.Require == "both":
		return s.Server && s.Token
	case k.Trust.Require == "dmarc":
		return s.Proof == proofDMARC
	}
	return s.Server || s.Token
}

// become moves the ticket on, by way of the statuses between where a step is left out: who resolves has accepted.
func (w *work) become(next tickets.Status) *tickets.RuleError {
	t := &w.ticket
	if t.Status == next {
		return nil
	}
	for !t.Status.CanBecome(next) {
		step, ok := between(t.Status, next)
		if !ok {
			return t.Status.Refuse(next)
		}
		w.step(step)
	}
	w.step(next)
	return nil
}

// between is the status that is passed through tacitly on the way to next: assigned and in progress come before what
// they make possible.
func between(from, next tickets.Status) (tickets.Status, bool) {
	switch {
	case from == tickets.New && next != tickets.Closed:
		return tickets.Assigned, next == tickets.InProgress || next == tickets.Resolved || next == tickets.Waiting
	case from == tickets.Assigned:
		return tickets.InProgress, next == tickets.Resolved || next == tickets.Waiting
	}
	return "", false
}

func (w *work) step(next tickets.Status) {
	t := &w.ticket
	w.note(fmt.Sprintf("status: %s → %s", t.Status, next))
	t.Status = next
	switch next {
	case tickets.Resolved:
		t.ResolvedAt, t.Asked = w.k.Now, 0
	case tickets.Closed:
		t.ClosedAt = w.k.Now
	}
}

func (w *work) note(what string) { w.record = append(w.record, what) }

// say adds a line to what the sender hears.
func (w *work) say(chinese, english string, args ...any) {
	w.lines = append(w.lines, fmt.Sprintf(command.Text{Chinese: chinese, English: english}.In(w.lang), args...))
}

// add tells somebody, unless they hear of the mail already or nobody can be told.
func (w *work) add(t Telling) {
	if t.To.Address == "" || w.told(t.To.Address) {
		return
	}
	if t.Auto == "" && !spoken[t.Kind] {
		t.Auto = tickets.AutoGenerated
		if tickets.SameAddress(t.To.Address, w.sender.Address) {
			t.Auto = tickets.AutoReplied
		}
	}
	w.tell = append(w.tell, t)
}

// spoken are the notices in which a person speaks to another: no machine has written them (RFC 3834 5).
var spoken = map[tickets.NoticeKind]bool{
	tickets.NoticeReply: true, tickets.NoticePrivate: true, tickets.NoticeWaiting: true, tickets.NoticeResolved: true,
	tickets.NoticeMessage: true, tickets.NoticeUnsolved: true, tickets.NoticeNote: true,
}

func (w *work) told(address string) bool {
	return slices.ContainsFunc(w.tell, func(t Telling) bool { return tickets.SameAddress(t.To.Address, address) })
}

// copied reports that somebody has the mail itself already: it was sent to them as well.
func (w *work) copied(address string) bool {
	for _, list := range [][]parser.Address{w.mail.To, w.mail.Cc} {
		if slices.ContainsFunc(list, func(a parser.Address) bool { return tickets.SameAddress(a.Address, address) }) {
			return true
		}
	}
	return false
}

// toStaff tells a technician what came in, unless they wrote or have it.
func (w *work) toStaff(r Reader, kind tickets.NoticeKind) {
	if !tickets.SameAddress(r.Address, w.sender.Address) && !w.copied(r.Address) {
		w.add(Telling{Kind: kind, To: r, Author: w.sender.called(), Files: true})
	}
}

func (w *work) toHandlers(kind tickets.NoticeKind) {
	for _, r := range w.scene.handlers(&w.ticket) {
		w.toStaff(r, kind)
	}
}

// reached says for the record whom the mail reached.
func (w *work) reached() string {
	if len(w.tell) == 0 {
		return ""
	}
	names := make([]string, len(w.tell))
	for i, t := range w.tell {
		names[i] = fmt.Sprintf("%s (%s)", tickets.AddressKey(t.To.Address), t.Kind)
	}
	return "; tells " + strings.Join(names, ", ")
}

// refuse tells the sender that nothing was done, and drops what was.
func (w *work) refuse(lines ...string) {
	w.ticket, w.record, w.done, w.aside, w.undoes = copyOf(w.scene.Ticket), nil, nil, nil, 0
	w.tell, w.changes, w.lines = nil, nil, nil
	w.add(Telling{Kind: tickets.NoticeTranscript, To: w.sender, Lines: lines})
}

// announce tells the requester of changes that concern them: beside what they get of this mail anyhow, else alone.
func (w *work) announce() {
	if len(w.changes) == 0 || w.quiet || w.scene.requester(w.sender.Address) {
		return
	}
	r, ok := w.scene.reader(w.ticket.Requester.Address)
	if !ok {
		return
	}
	var lines []string
	for _, line := range w.changes {
		lines = append(lines, line(r.Language))
	}
	if at := slices.IndexFunc(w.tell, func(t Telling) bool { return tickets.SameAddress(t.To.Address, r.Address) }); at >= 0 {
		w.tell[at].Lines = append(w.tell[at].Lines, lines...)
		return
	}
	w.add(Telling{Kind: tickets.NoticeChanged, To: r, Lines: lines})
}

// move is what the mail does to the ticket.
func (w *work) move() Move {
	m := Move{Ticket: w.ticket.ID, Before: w.scene.Ticket, Record: w.record, Undoes: w.undoes, Orders: strings.Join(w.done, " "), Tell: w.tell}
	if len(w.record) > 0 {
		after := w.ticket
		after.UpdatedAt = w.k.Now
		m.After = &after
	}
	return m
}
