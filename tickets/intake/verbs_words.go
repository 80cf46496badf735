package intake

import (
	"strings"

	"maildesk/parser/command"
	"maildesk/tickets"
)

func (w *work) runReply(command.Command) *tickets.RuleError {
	w.reply = true
	return w.needsMessage()
}

func (w *work) needsMessage() *tickets.RuleError {
	if w.message == "" && len(w.mail.Attachments) == 0 {
		return rule("请在命令后写上要发给反馈人的内容", "please write below it what the requester is to read")
	}
	return nil
}

func (w *work) runNote(c command.Command) *tickets.RuleError {
	w.internal = c.Args
	return nil
}

func (w *work) runPrivate(c command.Command) *tickets.RuleError {
	w.private = c.Args
	return nil
}

func (w *work) runWait(command.Command) *tickets.RuleError {
	if refused := w.needsMessage(); refused != nil {
		return refused
	}
	w.take()
	w.question = true
	return w.become(tickets.Waiting)
}

// runResolve announces the solution. What matters most needs its cause and its test on record before; else what is
// missing is asked for.
func (w *work) runResolve(command.Command) *tickets.RuleError {
	t := &w.ticket
	if refused := w.needsMessage(); refused != nil && t.Fix == "" && t.Workaround == "" {
		return refused
	}
	major := t.Priority == tickets.P0 || t.Priority == tickets.P1
	if major && (t.Diagnosis == "" || t.Verification == "") {
		return rule("P0 和 P1 解决前须先有 #诊断 和 #验证（可写在同一封邮件里）", "P0 and P1 need #diagnosis and #verified first; they may stand in the same mail")
	}
	if t.Status == tickets.Resolved { // another solution: the wait for an answer begins anew
		w.note("resolved again")
		t.ResolvedAt, t.Asked = w.k.Now, 0
	}
	if refused := w.become(tickets.Resolved); refused != nil {
		return refused
	}
	w.take()
	w.solution = true
	switch {
	case w.message == "":
		w.message = strings.TrimSpace(t.Workaround + "\n\n" + t.Fix)
	case !w.fixed:
		t.Fix = w.message
	}
	w.say("等待反馈人确认", "The requester is asked to confirm")
	if t.Diagnosis == "" {
		w.say("如方便，请补充 #诊断", "If you can, please add #diagnosis")
	}
	return nil
}

func (w *work) runClose(c command.Command) *tickets.RuleError {
	switch w.ticket.Status {
	case tickets.Resolved:
	case tickets.Confirmed:
		return rule("反馈人已确认，评价后或到期会自动关闭", "its requester has confirmed it; it closes by the rating, or when the survey lapses")
	case tickets.New:
		return rule("新建的问题不能关闭；可以 #垃圾 或请反馈人 #取消", "a new ticket is not closed; #junk it, or let its requester #cancel it")
	default:
		return w.ticket.Status.Refuse(tickets.Closed)
	}
	w.become(tickets.Closed)
	w.note("closed without confirmation: " + c.Args)
	if r, ok := w.scene.reader(w.ticket.Requester.Address); ok {
		w.add(Telling{Kind: tickets.NoticeClosed, To: r, Reason: c.Args})
	}
	w.say("已关闭（未经确认）", "Closed without confirmation")
	return nil
}

func (w *work) runJunk(command.Command) *tickets.RuleError {
	w.quiet = true
	return w.become(tickets.Cancelled)
}

func oneOfThese(chinese, english string) *tickets.RuleError {
	return rule("可选："+chinese, "it is one of: "+english)
}

func names[K ~string](all []K, name func(K, tickets.Language) string, lang tickets.Language) string {
	out := make([]string, len(all))
	for i, key := range all {
		out[i] = name(key, lang)
	}
	return strings.Join(out, "、")
}

func keys[K ~string](all []K) string {
	out := make([]string, len(all))
	for i, key := range all {
		out[i] = string(key)
	}
	return strings.Join(out, ", ")
}
