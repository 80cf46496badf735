package intake

import (
	"fmt"
	"slices"

	"maildesk/parser/command"
	"maildesk/parser/form/moment"
	"maildesk/tickets"
)

func (w *work) runCategory(c command.Command) *tickets.RuleError {
	value, ok := command.ReadCategory(c.Args)
	if !ok {
		return oneOfThese(names(tickets.Categories(), tickets.Category.Name, tickets.Chinese), keys(tickets.Categories()))
	}
	w.note(fmt.Sprintf("category: %s → %s", w.ticket.Category, value))
	w.ticket.Category = value
	w.say("分类：%s", "Category: %s", value.Name(w.lang))
	return nil
}

func (w *work) runPriority(c command.Command) *tickets.RuleError {
	value, ok := command.ReadPriority(c.Args)
	switch {
	case !ok:
		return oneOfThese("P0、P1、P2、P3", "P0, P1, P2, P3")
	case value == tickets.P0 && !w.mayChange(true):
		return rule("设为 P0 需要邮件服务器对发件人的验证（DMARC）", "P0 needs the mail server to vouch for its sender (DMARC)")
	}
	w.note(fmt.Sprintf("priority: %s → %s", w.ticket.Priority, value))
	before := w.ticket.Priority
	w.ticket.Priority, w.ticket.PriorityReason = value, "set by "+w.sender.called()
	if before != value {
		w.tellRequester(func(lang tickets.Language) string {
			return fmt.Sprintf(command.Text{Chinese: "优先级：%s", English: "Priority: %s"}.In(lang), value.Name(lang))
		})
	}
	w.say("优先级：%s", "Priority: %s", value.Name(w.lang))
	return nil
}

// tellRequester says in a line what changed for the requester, unless something else reaches them with this mail.
func (w *work) tellRequester(line func(tickets.Language) string) {
	w.changes = append(w.changes, line)
}

func (w *work) runSeverity(c command.Command) *tickets.RuleError {
	value, ok := command.ReadSeverity(c.Args)
	if !ok {
		return oneOfThese(names(tickets.Severities(), tickets.Severity.Name, tickets.Chinese), keys(tickets.Severities()))
	}
	w.note(fmt.Sprintf("severity: %s → %s", w.ticket.Severity, value))
	w.ticket.Severity = value
	w.say("严重程度：%s", "Severity: %s", value.Name(w.lang))
	return nil
}

// record keeps a text of the solution. One that changes after the solution was announced is the requester's business.
func record(what string, field func(*tickets.Ticket) *string) run {
	return func(w *work, c command.Command) *tickets.RuleError {
		f := field(&w.ticket)
		announced := *f != c.Args && !w.ticket.ResolvedAt.IsZero() && (what == "workaround" || what == "fix")
		*f = c.Args
		w.note(what + " recorded")
		if announced {
			w.tellRequester(func(lang tickets.Language) string {
				return command.Text{Chinese: "解决方案有更新：", English: "The solution has changed: "}.In(lang) + c.Args
			})
		}
		verb, _ := command.Find(c.Verb)
		w.say("已记录：%s", "Recorded: %s", verb.Name(w.lang))
		return nil
	}
}

func (w *work) runTime(c command.Command) *tickets.RuleError {
	spent, ok := moment.Length(c.Args)
	if !ok || spent <= 0 {
		return rule("请写时长，例如：#工时 1小时30分", "please write a length of time, for example: #time 1h30m")
	}
	w.ticket.Minutes += int(spent.Minutes())
	w.note(fmt.Sprintf("time spent: %d minutes", int(spent.Minutes())))
	w.say("累计 %d 分钟", "%d minutes in all", w.ticket.Minutes)
	return nil
}

func (w *work) runDue(c command.Command) *tickets.RuleError {
	at, ok := moment.Due(c.Args, w.k.Now)
	if !ok {
		return rule("请写日期和时间，例如：#截止 2023-11-17 18:00", "please write a date and a time, for example: #due 2023-11-17 18:00")
	}
	w.ticket.ResolveDue = at
	w.note("due: " + at.Format("2006-01-02 15:04"))
	w.say("截止 %s", "Due %s", at.Format("2006-01-02 15:04"))
	return nil
}

func (w *work) runLink(c command.Command) *tickets.RuleError {
	number, _, ok := command.ReadNumber(w.k.Prefix, c.Args)
	other := w.k.Others[number]
	switch {
	case !ok || other == nil:
		return rule("没有您能看到的问题 "+c.Args, "there is no ticket "+c.Args+" that you can see")
	case other.Ticket.ID == w.ticket.ID:
		return rule("不能与自己关联", "a ticket is not linked with itself")
	}
	w.link(number)
	there := w.on(other)
	there.link(w.ticket.Number)
	w.keep(there)
	w.say("已与 %s 互相关联", "Linked with %s, both ways", number)
	return nil
}

func (w *work) link(number string) {
	if !slices.Contains(w.ticket.Links, number) {
		w.ticket.Links = append(w.ticket.Links, number)
		w.note("linked with " + number)
	}
}

// correct tells the requester what is as it was before, of what they had been told.
func (w *work) correct() {
	r, ok := w.scene.reader(w.ticket.Requester.Address)
	if !ok {
		return
	}
	var lines []string
	if w.ticket.Status != w.scene.Ticket.Status {
		lines = append(lines, fmt.Sprintf(command.Text{Chinese: "状态恢复为“%s”。", English: "The ticket is %s again."}.In(r.Language), w.ticket.Status.Name(r.Language)))
	}
	if before := w.ticket.Priority; before != w.scene.Ticket.Priority && before != "" {
		lines = append(lines, fmt.Sprintf(command.Text{Chinese: "优先级恢复为 %s。", English: "The priority is %s again."}.In(r.Language), before.Name(r.Language)))
	} else if before != w.scene.Ticket.Priority {
		lines = append(lines, command.Text{Chinese: "优先级的改动已撤销。", English: "The change of its priority is taken back."}.In(r.Language))
	}
	if len(lines) > 0 {
		w.add(Telling{Kind: tickets.NoticeUndone, To: r, Lines: lines})
	}
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
	w.ticket = copyOf(u.Before)
	w.undoes = u.Change
	w.note("undone: " + u.Commands)
	for _, a := range u.Aside {
		w.undoAside(a)
	}
	w.correct()
	w.say("已撤销：%s", "Taken back: %s", u.Commands)
	return nil
}

// undoAside takes back what the same mail changed on another ticket. Where that was changed since, only the links and the
// watchers go that it brought there.
func (w *work) undoAside(a Aside) {
	there := w.on(a.Scene)
	there.undoes = a.Change
	there.note("undone, with what was undone on " + w.ticket.Number)
	if !a.Moved {
		there.ticket = copyOf(a.Before)
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
