package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"maildesk/parser/command"
	"maildesk/tickets"
)

// Undoable is what #undo would take back.
type Undoable struct {
	Change   int64          `json:"change"`
	Before   tickets.Ticket `json:"before"`
	Commands string         `json:"commands"`
	Blocked  bool           `json:"blocked,omitempty"` // somebody has changed the ticket since
	Split    string         `json:"split,omitempty"`   // the number of the ticket that they split off, which stays
	Aside    []Aside        `json:"aside,omitempty"`   // what the same mail changed elsewhere
}

// Aside is what a mail changed on a ticket beside its own.
type Aside struct {
	Scene  *Scene         `json:"scene"`
	Change int64          `json:"change"`
	Before tickets.Ticket `json:"before"`
	Moved  bool           `json:"moved,omitempty"` // somebody has changed the ticket since
}

// undoable looks at what the sender could take back of a ticket.
func (l lookup) undoable(s *Scene, sender string) error {
	change, err := l.tx.LastChange(s.Ticket.ID, sender, l.now.Add(-undoLasts))
	if err != nil || change == nil || change.Commands == "" {
		return err
	}
	s.Undo = &Undoable{Change: change.ID, Commands: change.Commands}
	if s.Undo.Before, s.Undo.Blocked, err = l.former(*change); err != nil {
		return err
	}
	record, err := l.tx.EntryByID(change.Entry)
	if err != nil {
		return err
	}
	if record != nil {
		s.Undo.Split = splitBy(record.Text)
	}
	return l.undoableAside(s, *change)
}

// former is a ticket as it was before a change, and whether it was changed since.
func (l lookup) former(c tickets.Change) (before tickets.Ticket, moved bool, err error) {
	if err := json.Unmarshal(c.Before, &before); err != nil {
		return before, false, fmt.Errorf("change %d: read the ticket as it was: %w", c.ID, err)
	}
	later, err := l.tx.ChangesAfter(c.Ticket, c.ID)
	return before, later > 0, err
}

// undoableAside looks at what the mail of a change has changed on other tickets.
func (l lookup) undoableAside(s *Scene, change tickets.Change) error {
	if change.Message == 0 {
		return nil
	}
	all, err := l.tx.ChangesWith(change.Message)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Ticket == change.Ticket {
			continue
		}
		a := Aside{Change: c.ID}
		if a.Before, a.Moved, err = l.former(c); err != nil {
			return err
		}
		if a.Scene, err = l.sceneOf(c.Ticket); err != nil {
			return err
		}
		if a.Scene != nil {
			s.Undo.Aside = append(s.Undo.Aside, a)
		}
	}
	return nil
}

// heard are the statuses of which a requester is told.
var heard = map[tickets.Status]bool{
	tickets.Waiting: true, tickets.Resolved: true, tickets.Confirmed: true, tickets.Closed: true, tickets.Cancelled: true, tickets.Merged: true,
}

// correct tells those who were told of what is taken back: the requester, and who was given the ticket.
func (w *work) correct() {
	was, is := &w.scene.Ticket, &w.ticket
	if r, ok := w.scene.reader(is.Requester.Address); ok && !w.unjunks() {
		if lines := corrections(was, is, r.Language); len(lines) > 0 {
			w.add(Telling{Kind: tickets.NoticeUndone, To: r, Silent: true, Lines: lines})
		}
	}
	if a := was.Assignee; a != nil && (is.Assignee == nil || !tickets.SameAddress(a.Address, is.Assignee.Address)) && !tickets.SameAddress(a.Address, w.sender.Address) {
		if r, ok := w.scene.reader(a.Address); ok {
			w.add(Telling{Kind: tickets.NoticeUndone, To: r, Silent: true, Lines: []string{
				command.Text{Chinese: "这个问题不再由您处理。", English: "The ticket is not yours any more."}.In(r.Language)}})
		}
	}
}

// unjunks reports that #junk is taken back, of which its sender was never told.
func (w *work) unjunks() bool {
	if w.scene.Undo == nil || w.scene.Ticket.Status != tickets.Cancelled {
		return false
	}
	undone := command.Parse(w.scene.Undo.Commands).Commands
	return len(undone) > 0 && undone[0].Verb == "junk"
}

// corrections are what a requester was told of a ticket that is not so any more.
func corrections(was, is *tickets.Ticket, lang tickets.Language) []string {
	var lines []string
	say := func(chinese, english string, args ...any) {
		lines = append(lines, fmt.Sprintf(command.Text{Chinese: chinese, English: english}.In(lang), args...))
	}
	if was.Status != is.Status && (heard[was.Status] || heard[is.Status]) {
		say("状态恢复为“%s”。", "The ticket is %s again.", is.Status.Name(lang))
	}
	switch {
	case was.Priority == is.Priority:
	case is.Priority == "":
		say("优先级的改动已撤销。", "The change of its priority is taken back.")
	default:
		say("优先级恢复为 %s。", "The priority is %s again.", is.Priority.Name(lang))
	}
	if !is.ResolvedAt.IsZero() && (was.Fix != is.Fix || was.Workaround != is.Workaround) {
		say("解决方案恢复为：%s", "The solution is again: %s", strings.TrimSpace(is.Workaround+"\n"+is.Fix))
	}
	return lines
}

// runUndo takes the sender's last commands back. Who heard of them hears of that as well.
func (w *work) runUndo(command.Command) *tickets.RuleError {
	u := w.scene.Undo
	switch {
	case u == nil:
		return rule("24 小时内没有可以撤销的命令", "there is nothing of yours to undo within the last 24 hours")
	case u.Split != "":
		return rule(fmt.Sprintf("拆分不能撤销；要并回来，请写：#%s 合并 %s", u.Split, w.ticket.Number),
			fmt.Sprintf("a split is not undone; merge it back with: #%s merge %s", u.Split, w.ticket.Number))
	case u.Blocked:
		return rule("之后又有别的变更，不能撤销", "somebody has changed the ticket since, so it cannot be undone")
	}
	w.restore(u.Before)
	w.undoes = u.Change
	w.note("undone: " + u.Commands)
	for _, a := range u.Aside {
		w.undoAside(a)
	}
	w.correct()
	w.say("已撤销：%s", "Taken back: %s", u.Commands)
	return nil
}

// restore makes the ticket what it was. What somebody was told is not unsaid: neither the first answer nor an alarm comes twice.
func (w *work) restore(before tickets.Ticket) {
	is := w.ticket
	w.ticket = copyOf(before)
	w.ticket.Course.AnsweredAt, w.ticket.Course.Respond, w.ticket.Course.Resolve = is.Course.AnsweredAt, is.Course.Respond, is.Course.Resolve
	if !is.Course.AnsweredAt.IsZero() {
		w.ticket.ResponseDue = is.ResponseDue
	}
}

// undoAside takes back what the same mail changed on another ticket. Where that was changed since, only the links and the
// watchers go that it brought there.
func (w *work) undoAside(a Aside) {
	there := w.on(a.Scene)
	there.undoes = a.Change
	there.note("undone, with what was undone on " + w.ticket.Number)
	if !a.Moved {
		there.restore(a.Before)
		there.correct()
		w.keep(there)
		return
	}
	there.ticket.Links = slices.DeleteFunc(there.ticket.Links, func(n string) bool {
		return n == w.ticket.Number && !slices.Contains(a.Before.Links, n)
	})
	there.ticket.Watchers = slices.DeleteFunc(there.ticket.Watchers, func(who tickets.Address) bool {
		return w.brings(who.Address) && !slices.ContainsFunc(a.Before.Watchers, func(b tickets.Address) bool { return tickets.SameAddress(b.Address, who.Address) })
	})
	w.keep(there)
}

// brings reports whether a merge makes somebody a watcher of the other ticket.
func (w *work) brings(address string) bool {
	return w.scene.Ticket.MergedInto != "" && (w.scene.requester(address) || w.scene.watches(address))
}
