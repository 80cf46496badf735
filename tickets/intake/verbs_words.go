package intake

import (
	"fmt"
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
	if t.Priority == tickets.P0 && (t.Approval == "" || t.Approval == tickets.ApprovalRejected) { // carried out at once, it is approved after
		if refused := w.submit(w.message); refused != nil {
			w.say(refused.Chinese, refused.English)
		}
	}
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

// runJunk cancels what nobody needs to answer, and offers to ignore its sender from now on. Whom the desk knows as a
// colleague is never ignored.
func (w *work) runJunk(c command.Command) *tickets.RuleError {
	w.quiet = true
	if refused := w.become(tickets.Cancelled); refused != nil {
		return refused
	}
	from := w.ticket.Requester.Address
	switch {
	case c.Args != "" && !command.Ignores(c.Args):
		return oneOfThese("#垃圾、#垃圾 忽略", "#junk, #junk ignore")
	case c.Args != "" && w.scene.Colleague:
		return rule(from+" 是通讯录里的同事，不能忽略", from+" is a colleague in the directory, who cannot be ignored")
	case c.Args != "":
		if !w.ticket.Ignores {
			w.ticket.Ignores = true
			w.note("ignored from now on: " + from)
		}
		w.say("已取消，以后不再理会 %s 的来信", "Cancelled; mail from %s is ignored from now on", from)
	case w.scene.Colleague:
		w.say("已作为垃圾邮件取消，没有通知任何人", "Cancelled as junk; nobody was told")
	default:
		verb, _ := command.Find(c.Verb)
		ignore := tickets.Button{Purpose: "junk ignore", Command: fmt.Sprintf("#%s %s", verb.Name(w.lang), command.Ignoring.In(w.lang))}
		w.offers = append(w.offers, ignore)
		w.say("已作为垃圾邮件取消，没有通知任何人。以后也不想收到 %s 的来信？回复“%s”。", "Cancelled as junk; nobody was told. To ignore %s from now on, reply “%s”.", from, ignore.Command)
	}
	return nil
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
