package intake

import (
	"fmt"
	"slices"
	"strings"

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

	record    []string  // what changed, in English
	lines     []string  // what was done, in the sender's language
	done      []string  // the commands that changed something
	tell      []Telling // one a person
	aside     []Move    // on other tickets
	undoes    int64
	split     *Split
	said      []Words // on a ticket that is not the mail's own
	main      *work   // that on the mail's own ticket; nil when this is it
	away      *Absence
	asked     bool               // #status and its kin: lines are an answer
	questions []tickets.Question // #search and its kin: looked up once the mail is committed
	// changes are what the requester hears of in a line each, in their language.
	changes []func(tickets.Language) string

	message   string           // for others to read
	solution  bool             // #resolve
	question  bool             // #wait
	reply     bool             // #reply
	acks      bool             // the alerts of a P0 end: the sender sees to it
	heard     bool             // word of how a P0 stands
	climbed   *tickets.Climb   // what an earlier command on the same ticket did to the alerts
	duties    []Duty           // #oncall
	quiet     bool             // #junk: nobody but the sender hears of it
	offers    []tickets.Button // go with the receipt
	consulted []Named          // #consult
	handed    bool             // #assign: it is another's now
	fixed     bool             // #fix or #workaround: the solution is on record
	scored    bool             // the requester has rated it
	answers   bool             // a technician's words go to the requester
	internal  string           // #note
	private   string           // #private
}

func newWork(k Known, s *Scene, m *parser.Message, lang tickets.Language) *work {
	w := &work{k: k, scene: s, mail: m, ticket: copyOf(s.Ticket), lang: lang, message: withoutTokens(m.Orders.Message)}
	w.sender = Reader{Name: k.Sender.Name, Address: k.Sender.Address, Language: lang, Technician: k.Sender.Technician, Manager: k.Sender.Manager}
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
	if k.Sender.Technician && (s == nil || !s.Barred) {
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
	if s != nil && s.Alerts.alerted(k.Sender.Address) {
		roles |= command.OnCall
	}
	if s != nil && s.Superior != "" && s.Ticket.Category == tickets.Account && tickets.SameAddress(s.Superior, k.Sender.Address) {
		roles |= command.Approver
	}
	return roles
}

// copyOf is a ticket that shares nothing with t.
func copyOf(t tickets.Ticket) tickets.Ticket {
	t.Watchers, t.Links, t.Course.Pauses = slices.Clone(t.Watchers), slices.Clone(t.Links), slices.Clone(t.Course.Pauses)
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

// become moves the ticket on, by way of the statuses between where a step is left out: who resolves has accepted.
func (w *work) become(next tickets.Status) *tickets.RuleError {
	t := &w.ticket
	switch t.Status {
	case next:
		return nil
	case tickets.Cancelled, tickets.Merged:
		return w.staysAway(next)
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

// staysAway refuses a step of a ticket that was cancelled or merged. Those that the table has lead back to what the ticket was, and
// are for #reopen and #undo alone.
func (w *work) staysAway(next tickets.Status) *tickets.RuleError {
	if refused := w.ticket.Status.Refuse(next); refused != nil {
		return refused
	}
	if w.ticket.Status == tickets.Merged {
		return rule("这个问题已并入 "+w.ticket.MergedInto+"，要分开请用 #撤销", "it is merged into "+w.ticket.MergedInto+"; #undo parts them")
	}
	return rule("这个问题已取消，要继续处理请先用 #重开", "it is cancelled; to go on with it use #reopen first")
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
	w.note(tickets.Step(t.Status, next))
	before := t.Status
	t.Ignores = false // who is ignored is ignored because of junk
	t.Status = next
	switch next {
	case tickets.Cancelled, tickets.Merged:
		t.Former = before
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

// add tells somebody. Who hears of the mail already gets it all in one.
func (w *work) add(t Telling) {
	if t.To.Address == "" {
		return
	}
	if t.Auto == "" && !t.Kind.Spoken() {
		t.Auto = tickets.AutoGenerated
		if tickets.SameAddress(t.To.Address, w.sender.Address) {
			t.Auto = tickets.AutoReplied
		}
	}
	for i := range w.tell {
		if tickets.SameAddress(w.tell[i].To.Address, t.To.Address) {
			w.tell[i] = joined(w.tell[i], t)
			return
		}
	}
	w.tell = append(w.tell, t)
}

// joined is one mail in place of two: of the kind that gives a ticket to its reader, or carries somebody's words, with the lines and buttons of both.
func joined(a, b Telling) Telling {
	if b.Kind.Spoken() && !a.Kind.Spoken() && a.Kind != tickets.NoticeAssigned || b.Kind == tickets.NoticeResolved || b.Kind == tickets.NoticeAssigned {
		a, b = b, a
	}
	if a.Kind == tickets.NoticeAssigned && b.Text != "" { // whose words are the report's
		a.Lines = append(a.Lines, b.Author+": "+b.Text)
		b.Text = ""
	}
	if b.Text != "" && b.Text != a.Text && b.Kind.Spoken() {
		a.Text = strings.TrimSpace(a.Text + "\n\n" + b.Text)
	}
	if a.Silent && !b.Silent {
		a.Silent, a.Text = false, b.Text
	}
	a.Lines, a.Files = append(a.Lines, b.Lines...), a.Files || b.Files
	if len(a.Buttons) == 0 {
		a.Buttons = b.Buttons
	}
	return a
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
		t := Telling{Kind: kind, To: r, Author: w.sender.called(), Files: true}
		if kind == tickets.NoticeMessage {
			t.Reason = w.matched(r.Language)
		}
		w.add(t)
	}
}

// matched says by what a mail came onto the ticket where that is not sure: a number can be mistaken.
func (w *work) matched(lang tickets.Language) string {
	lead := w.k.match()
	switch {
	case lead == nil:
		return ""
	case lead.Evidence == ByNumber:
		return command.Text{Chinese: "主题中的编号", English: "the number in the subject"}.In(lang)
	case lead.Evidence == ByFooter:
		return command.Text{Chinese: "引文中我们邮件末尾的编号", English: "the number at the end of the mail it quotes"}.In(lang)
	}
	return ""
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
	main := w.main
	*w = *newWork(w.k, w.scene, w.mail, w.lang)
	w.main = main
	w.add(Telling{Kind: tickets.NoticeTranscript, To: w.sender, Lines: lines})
}

// announce tells the requester of changes that concern them.
func (w *work) announce() {
	r, ok := w.scene.reader(w.ticket.Requester.Address)
	if len(w.changes) == 0 || w.quiet || !ok || w.scene.requester(w.sender.Address) {
		return
	}
	var lines []string
	for _, line := range w.changes {
		lines = append(lines, line(r.Language))
	}
	w.add(Telling{Kind: tickets.NoticeChanged, To: r, Lines: lines})
}

// move is what the mail does to the ticket.
func (w *work) move() Move {
	m := Move{Ticket: w.ticket.ID, Before: w.scene.Ticket, Record: w.record, Undoes: w.undoes, Split: w.split, Answers: w.answers, Orders: strings.Join(w.done, " "), Tell: w.tell,
		Climb: w.climb()}
	if len(w.record) > 0 {
		after := w.ticket
		after.UpdatedAt = w.k.Now
		m.After = &after
	}
	return m
}
