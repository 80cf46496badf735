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
	if value == tickets.P0 && w.ticket.Status == tickets.PendingApproval { // a P0 does not wait for it
		w.step(tickets.InProgress)
	}
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
		w.fixed = w.fixed || what == "fix" || what == "workaround"
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
	w.ticket.Course.Due, w.ticket.Course.DueSetAt = at, w.k.Now
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
