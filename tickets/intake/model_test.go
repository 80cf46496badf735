package intake_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// init lets rapid try less than it would, since each check is a desk with its mails. -rapid.checks and -rapid.steps on the command
// line, and RAPID_CHECKS and RAPID_STEPS in the environment, go before.
func init() {
	tries := map[string]string{"checks": "40", "steps": "15"}
	if underRace {
		tries["checks"] = "4"
	}
	for name, n := range tries {
		if _, said := os.LookupEnv("RAPID_" + strings.ToUpper(name)); said {
			continue
		}
		if err := flag.Set("rapid."+name, n); err != nil {
			panic(err)
		}
	}
}

// steps is DOMAIN.md's table of statuses, written out once more, so that the desk's own is not its judge. What is
// merged comes back by an undo alone, which is no step.
var steps = map[tickets.Status]string{
	"new":              "assigned cancelled merged closed",
	"assigned":         "in_progress cancelled merged",
	"in_progress":      "assigned waiting pending_approval resolved cancelled merged",
	"waiting":          "in_progress resolved cancelled merged",
	"pending_approval": "in_progress cancelled merged",
	"resolved":         "confirmed in_progress closed",
	"confirmed":        "closed in_progress",
	"closed":           "in_progress",
	"cancelled":        "new assigned in_progress waiting pending_approval",
	"merged":           "",
}

// play is a sequence of mails on a desk, with what is known of it from the outside.
type play struct {
	*trial
	numbers []string                   // of the tickets, as they were opened
	state   map[string]tickets.Ticket  // by number, since the newest mail
	left    map[string]tickets.Status  // what a cancelled ticket was, as far as its steps tell
	entries []string                   // all so far, as they were first seen
	had     map[string]map[string]bool // the Message-IDs that somebody sent or received
}

// Whatever people write in whatever order, what a desk promises holds after each mail.
func TestAnySequenceOfMails(t *testing.T) {
	onTrial(t, func(d *trial) {
		d.Policy.AuthservID, d.Policy.SLA = "mx.corp.example", targets()
		d.Policy.Limits = intake.Limits{TicketHour: 1000, SenderHour: 1000}
		rapid.Check(t, func(rt *rapid.T) {
			d.try(func() {
				d.t = rt
				newPlay(d).run(rt)
			})
		})
	})
}

func newPlay(d *trial) *play {
	return &play{trial: d, state: map[string]tickets.Ticket{}, left: map[string]tickets.Status{}, had: map[string]map[string]bool{}}
}

func (p *play) run(rt *rapid.T) {
	for i, from := range []string{zhangsan, lisi} {
		p.step(letterOf{from: from, sender: lina, subject: fmt.Sprint("登录ERP时提示密码错误 ", i+1),
			text: "今天早上开始登录ERP系统时提示用户名或密码错误，请帮忙处理一下。"})
	}
	rt.Repeat(map[string]func(*rapid.T){
		"a move":          func(rt *rapid.T) { p.step(p.move(rt)) },
		"a move undone":   func(rt *rapid.T) { p.takeBack(rt, p.move(rt)) },
		"an order":        func(rt *rapid.T) { p.step(p.order(rt, writers)) },
		"an order undone": func(rt *rapid.T) { p.takeBack(rt, p.order(rt, technicians)) },
		"orders":          func(rt *rapid.T) { p.step(p.several(rt, writers)) },
		"orders undone":   func(rt *rapid.T) { p.takeBack(rt, p.several(rt, technicians)) },
		"plain words":     func(rt *rapid.T) { p.step(p.plain(rt)) },
	})
	p.checkEntries()
}

// undoLasts is how long a mail's commands can be taken back.
const undoLasts = 24 * time.Hour

// takeBack posts a mail, and then one that takes its commands back. A technician's in time leaves each ticket as
// it was; another's, or one that comes later, does nothing.
func (p *play) takeBack(rt *rapid.T, l letterOf) {
	p.t.Helper()
	later := []time.Duration{time.Minute, 5 * time.Hour, undoLasts - 2*time.Minute, undoLasts, 3 * undoLasts}
	u := rapid.Custom(func(rt *rapid.T) letterOf {
		u := letterOf{from: l.from, ticket: l.ticket, text: rapid.SampledFrom([]string{"#撤销", "#undo"}).Draw(rt, "undo")}
		u.after = rapid.SampledFrom(later).Draw(rt, "later")
		return u
	}).Draw(rt, "undo")
	before := maps.Clone(p.state)
	got := p.step(l)
	number := p.numbers[l.ticket]
	if got.Verdict != tickets.VerdictAppend || l.reads() || fingerprint(unsaid(before[number])) == fingerprint(unsaid(p.state[number])) || l.has("拆分", "split") {
		return // nothing was ordered that can be taken back; what is split off is merged back
	}
	want := before
	if u.after+time.Minute > undoLasts || !slices.Contains(technicians, l.from) {
		want = maps.Clone(p.state)
	}
	p.step(u)
	for _, number := range p.numbers {
		was, is := want[number], p.state[number]
		if fingerprint(unsaid(was)) != fingerprint(unsaid(is)) {
			p.t.Fatalf("#undo %s later leaves %s as\n%s\nnot\n%s", u.after+time.Minute, number, fingerprint(is), fingerprint(was))
		}
	}
}

// step posts a mail and checks all that has to hold.
func (p *play) step(l letterOf) tried {
	p.t.Helper()
	p.now = p.now.Add(l.after)
	before, earlier := maps.Clone(p.state), len(p.entries)
	got := p.post(p.lines(l)...)
	p.report(got)
	p.look()
	p.checkLedger(got)
	p.checkOut(l, got)
	refused := got.Verdict == tickets.VerdictHold || slices.ContainsFunc(got.out, func(o tickets.Outgoing) bool {
		return o.Kind == tickets.NoticeTranscript && o.Recipient == l.from
	})
	for _, number := range p.numbers {
		was, old := before[number]
		is := p.state[number]
		switch {
		case !old:
			continue
		case refused && fingerprint(was) != fingerprint(is):
			p.t.Fatalf("the mail was refused and changed %s:\n%s\n%s", number, fingerprint(was), fingerprint(is))
		}
		p.checkStatus(l, was, is, p.entries[earlier:])
		p.checkTargets(is)
	}
	return got
}

// checkTargets: the time of a ticket runs as its status says, what is due is what comes out of it, and the next alarm is set.
func (p *play) checkTargets(is tickets.Ticket) {
	p.t.Helper()
	runs := is.Status == tickets.New || is.Status == tickets.Assigned || is.Status == tickets.InProgress || is.Status == tickets.PendingApproval
	if runs != is.Course.Paused().IsZero() {
		p.t.Fatalf("%s is %s, and paused since %s", is.Number, is.Status, is.Course.Paused())
	}
	again := is
	if p.Policy.SLA.Settle(&again, p.now); !again.ResponseDue.Equal(is.ResponseDue) || !again.ResolveDue.Equal(is.ResolveDue) {
		p.t.Fatalf("%s is due %s and %s, counted again %s and %s", is.Number, is.ResponseDue, is.ResolveDue, again.ResponseDue, again.ResolveDue)
	}
	timers, err := p.tx.TimersOf(is.ID)
	if err != nil {
		p.t.Fatal(err)
	}
	var set *tickets.Timer
	for _, timer := range timers {
		if timer.Kind == tickets.TimerSLA {
			set = &timer
		}
	}
	want := p.Policy.SLA.Timer(&is)
	if (set == nil) != (want == nil) || set != nil && !set.Due.Equal(want.Due) {
		p.t.Fatalf("%s, which is %s: the alarm is %+v, want %+v", is.Number, is.Status, set, want)
	}
}

// report tells what became of a mail.
func (p *play) report(got tried) {
	p.t.Helper()
	p.t.Logf("→ %s %s: %s; went out: %v", got.Verdict, got.Number, got.Reason, recipients(got.out))
	for _, o := range got.out {
		if o.Kind == tickets.NoticeTranscript {
			p.t.Logf("  %s", strings.Join(strings.FieldsFunc(p.read(o.Raw).NewText, func(r rune) bool { return r == '\n' }), " / "))
		}
	}
}

// look notes the entries and the tickets that have come, and how all tickets are.
func (p *play) look() {
	p.t.Helper()
	for _, e := range p.entriesFrom(int64(len(p.entries) + 1)) {
		p.entries = append(p.entries, written(e))
		t, err := p.tx.TicketByID(e.Ticket)
		if err != nil || t == nil {
			p.t.Fatalf("the ticket of %s: %v", written(e), err)
		}
		if !slices.Contains(p.numbers, t.Number) {
			p.numbers = append(p.numbers, t.Number)
			p.state[t.Number] = *t
		}
	}
	for _, number := range p.numbers {
		t, err := p.tx.TicketByID(p.state[number].ID)
		if err != nil || t == nil {
			p.t.Fatalf("%s is gone: %v", number, err)
		}
		p.state[number] = *t
	}
}

// checkEntries: what was once an entry is one still, and the same.
func (p *play) checkEntries() {
	p.t.Helper()
	all := p.entriesFrom(1)
	if len(all) != len(p.entries) {
		p.t.Fatalf("%d entries became %d", len(p.entries), len(all))
	}
	for i, e := range all {
		var was tickets.Entry
		if err := json.Unmarshal([]byte(p.entries[i]), &was); err != nil {
			p.t.Fatal(err)
		}
		was.Ticket = e.Ticket // a split moves it
		if was, is := written(was), written(e); was != is {
			p.t.Fatalf("an entry was altered:\n%s\n%s", was, is)
		}
	}
}

func written(e tickets.Entry) string {
	b, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// checkLedger: the mail has its row with a verdict and a reason, an entry where it was appended, and is decided alike again.
func (p *play) checkLedger(got tried) {
	p.t.Helper()
	row := p.ledger(got.id)
	if row.Verdict == "" || row.Reason == "" {
		p.t.Fatalf("no verdict or reason: %+v", row)
	}
	if (row.Verdict == tickets.VerdictAppend || row.Verdict == tickets.VerdictOpen || row.Verdict == tickets.VerdictHold) && row.Ticket != 0 && row.Entry == 0 {
		p.t.Fatalf("%s has no entry", row.Verdict)
	}
	raw := p.raw[got.id]
	again, err := intake.Replay(io.NewSectionReader(strings.NewReader(raw), 0, int64(len(raw))), parser.Options{Prefix: "IT", AuthservID: p.Policy.AuthservID}, row)
	if err != nil {
		p.t.Fatal(err)
	}
	then, _ := json.Marshal(again.Then)
	now, _ := json.Marshal(again.Now)
	if string(then) != string(now) {
		p.t.Fatalf("decided again it is\n%s\nnot\n%s", now, then)
	}
}

// relays are the mails that carry a person's words on.
var relays = []tickets.NoticeKind{tickets.NoticeReply, tickets.NoticePrivate, tickets.NoticeWaiting, tickets.NoticeResolved, tickets.NoticeMessage, tickets.NoticeUnsolved}

// checkOut: nobody gets two mails, nor again what they have, and what is referred to, they had.
func (p *play) checkOut(l letterOf, got tried) {
	p.t.Helper()
	p.has(l.from, got.id)
	if l.cc != "" {
		p.has(l.cc, got.id)
	}
	if l.sender != "" {
		p.has(l.sender, got.id)
	}
	seen := map[string]bool{}
	for _, o := range got.out {
		if key := fmt.Sprint(o.Recipient, o.Ticket); seen[key] {
			p.t.Fatalf("%s got two mails", o.Recipient)
		} else {
			seen[key] = true
		}
		if l.cc == o.Recipient && slices.Contains(relays, o.Kind) {
			p.t.Fatalf("%s is in Cc and was sent it again (%s)", o.Recipient, o.Kind)
		}
		m := p.read(o.Raw)
		for _, id := range slices.Concat(m.InReplyTo, m.References) {
			if !p.had[o.Recipient][id] {
				p.t.Fatalf("the mail to %s (%s) refers to %s, which they never had", o.Recipient, o.Kind, id)
			}
		}
	}
	for _, o := range got.out {
		p.has(o.Recipient, o.MessageID)
	}
}

func (p *play) has(who, id string) {
	if p.had[who] == nil {
		p.had[who] = map[string]bool{}
	}
	p.had[who][id] = true
}

// checkStatus: a ticket goes by the steps of the table alone, each on record, and is closed by right.
func (p *play) checkStatus(l letterOf, was, is tickets.Ticket, entries []string) {
	p.t.Helper()
	at, undone := was.Status, false
	for _, line := range changes(is.ID, entries) {
		if strings.HasPrefix(line, "undone") {
			at, undone = "", true // what it was before: that is not on this record
		}
		step, ok := strings.CutPrefix(line, "status: ")
		if !ok {
			continue
		}
		from, to, _ := strings.Cut(step, " → ")
		next := tickets.Status(to)
		if at == "" {
			at = tickets.Status(from)
		}
		if tickets.Status(from) != at || !slices.Contains(strings.Fields(steps[at]), to) {
			p.t.Fatalf("%s is recorded to go from %s to %s while it is %s", is.Number, from, to, at)
		}
		if left := p.left[is.Number]; at == tickets.Cancelled && !undone && left != "" && next != left {
			p.t.Fatalf("%s comes back as %s, and was cancelled as %s", is.Number, next, left)
		}
		if next == tickets.Cancelled {
			p.left[is.Number] = at
		}
		at = next
	}
	if at != is.Status && at != "" {
		p.t.Fatalf("%s went from %s to %s, on record to %s", is.Number, was.Status, is.Status, at)
	}
	if undone {
		delete(p.left, is.Number)
		if !l.has("撤销", "undo") {
			p.t.Fatalf("%s was undone unasked", is.Number)
		}
		return
	}
	p.checkEnd(l, was, is)
}

// changes are the lines of what was changed on a ticket.
func changes(ticket int64, entries []string) []string {
	var lines []string
	for _, text := range entries {
		var e tickets.Entry
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			panic(err)
		}
		if e.Kind == tickets.EntryChange && e.Ticket == ticket {
			lines = append(lines, strings.Split(e.Text, "\n")...)
		}
	}
	return lines
}

// checkEnd: a ticket is closed and confirmed by those who may, and what goes on is not said to be over.
func (p *play) checkEnd(l letterOf, was, is tickets.Ticket) {
	p.t.Helper()
	if is.Status == tickets.Closed && was.Status != tickets.Closed && is.ConfirmedAt.IsZero() && (l.from != wangfang || !l.has("关闭 ", "close ")) {
		p.t.Fatalf("%s was closed by %s without confirmation", is.Number, l.from)
	}
	if !is.ConfirmedAt.IsZero() && was.ConfirmedAt.IsZero() && l.from == lina && is.Requester.Address != lina {
		p.t.Fatalf("%s was confirmed by a watcher", is.Number)
	}
	open := is.Status != tickets.Resolved && is.Status != tickets.Confirmed && is.Status != tickets.Closed
	if open && is.Status != was.Status && (!is.ResolvedAt.IsZero() || !is.ConfirmedAt.IsZero() || !is.ClosedAt.IsZero()) {
		p.t.Fatalf("%s is %s, and still said to be resolved, confirmed or closed: %s", is.Number, is.Status, fingerprint(is))
	}
}
