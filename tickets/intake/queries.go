package intake

import (
	"fmt"
	"slices"
	"strings"

	"maildesk/parser"
	"maildesk/parser/command"
	"maildesk/parser/form"
	"maildesk/tickets"
)

// help lists the commands that the sender can use here.
func (w *work) help(command.Command) *tickets.RuleError {
	w.asked = true
	for _, verb := range command.Verbs() {
		if runs[verb.Key] == nil || !verb.Who.Has(w.asking()) {
			continue
		}
		w.lines = append(w.lines, verb.Example.In(w.lang)+"\t"+verb.Help.In(w.lang))
	}
	w.lines = append([]string{command.Text{Chinese: "命令\t作用", English: "Command\tWhat it does"}.In(w.lang)}, w.lines...)
	return nil
}

// form sends the empty form.
func (w *work) form(command.Command) *tickets.RuleError {
	w.asked = true
	w.lines = append(w.lines, strings.Split(strings.TrimSpace(form.Blank(w.lang)), "\n")...)
	return nil
}

// status says how a ticket stands, or lists all of the sender's. A ticket that does not exist and one that is none of the
// sender's business get the same answer.
func (w *work) status(c command.Command) *tickets.RuleError {
	w.asked = true
	if strings.TrimSpace(c.Args) != "" {
		number, _, _ := command.ReadNumber(w.k.Prefix, c.Args)
		other := w.k.Others[number]
		if other == nil && (w.ticket.ID == 0 || number != w.ticket.Number) {
			return rule("没有您能查看的问题 "+clip(c.Args, 40), "there is no ticket "+clip(c.Args, 40)+" that you can see")
		}
		if other != nil {
			w.stands(&other.Ticket)
			w.mails(other)
			return nil
		}
	}
	if w.ticket.ID != 0 {
		w.stands(&w.ticket)
		w.mails(w.scene)
		return nil
	}
	w.rows(w.k.Own, command.Text{Chinese: "没有登记在您名下的问题。", English: "There are no tickets of yours."})
	return nil
}

// stands says in lines how a ticket stands.
func (w *work) stands(t *tickets.Ticket) {
	line := func(chinese, english, value string) {
		if value != "" {
			w.lines = append(w.lines, command.Text{Chinese: chinese + "：", English: english + ": "}.In(w.lang)+value)
		}
	}
	line("编号", "Number", t.Number)
	line("主题", "Subject", t.Subject)
	line("状态", "Status", t.Status.Name(w.lang))
	line("优先级", "Priority", t.Priority.Name(w.lang))
	line("分类", "Category", t.Category.Name(w.lang))
	if t.Assignee != nil {
		line("处理人", "Assignee", called(*t.Assignee))
	}
	line("登记时间", "Opened", w.k.local(t.CreatedAt))
	line("最近更新", "Last change", w.k.local(t.UpdatedAt))
	line("解决时间", "Resolved", w.k.local(t.ResolvedAt))
	if !w.roles.Has(command.Technician) {
		line("截止", "Due", w.k.local(t.Course.Due)) // a target is IT's own; what somebody promised is the requester's too
		return
	}
	if t.Course.AnsweredAt.IsZero() {
		line("应答截止", "Answer due", w.k.local(t.ResponseDue))
	}
	line("截止", "Due", w.k.local(t.ResolveDue))
}

func called(a tickets.Address) string {
	if a.Name != "" {
		return a.Name
	}
	return a.Address
}

// list shows tickets to a technician: their own, a group's, those that nobody has, those that are overdue.
func (w *work) list(command.Command) *tickets.RuleError {
	w.asked = true
	w.rows(w.k.Listed, command.Text{Chinese: "没有符合条件的问题。", English: "No tickets match."})
	return nil
}

// rows are a table of tickets, one a line, its columns apart by tabs. Of a confidential one only the number is shown.
func (w *work) rows(list []Listed, none command.Text) {
	if len(list) == 0 {
		w.lines = append(w.lines, none.In(w.lang))
		return
	}
	w.lines = append(w.lines, command.Text{Chinese: "编号\t状态\t优先级\t处理人\t主题", English: "Number\tStatus\tPriority\tAssignee\tSubject"}.In(w.lang))
	for _, t := range list {
		w.lines = append(w.lines, strings.Join([]string{t.Number, t.Status.Name(w.lang), string(t.Priority), t.Assignee, t.Subject}, "\t"))
	}
}

// decideOrders settles a mail of commands that is on no ticket: what it asks is answered, what it commands is done on the
// tickets that it names. It opens none.
func (k Known) decideOrders(m *parser.Message, d *Decision) bool {
	block := m.Orders
	if k.reports(m) {
		return false
	}
	mistaken := k.Sender.Technician && len(block.Unknown) > 0 || k.Digest != nil && len(block.Stray) > 0
	if len(block.Commands) == 0 && !mistaken || k.forAnother(m) != nil {
		return false
	}
	d.Verdict, d.Visibility = tickets.VerdictCommand, tickets.Internal
	d.Reason = fmt.Sprintf("commands, and no new problem: %s", first(block))
	w := newWork(k, &Scene{}, m, d.Language)
	ran := w.orders(block, d)
	w.inquire(d)
	d.Duties = w.duties
	if d.Away = w.away; ran && len(w.lines) > 0 {
		kind := tickets.NoticeReceipt
		if len(w.aside) == 0 {
			kind = tickets.NoticeAnswer
		}
		w.answer(kind)
	}
	if !k.withinLimits() {
		w.tell, d.Asks = nil, nil
		d.Reason += "; not answered: the limit of automatic mail is reached"
	}
	if !k.Arrival.Quiet {
		d.Moves = append(w.aside, Move{Tell: w.tell})
	}
	return true
}

// answer tells the sender what was done: beside what they get of it anyhow, else alone.
func (w *work) answer(kind tickets.NoticeKind) {
	for i := range w.aside {
		for j := range w.aside[i].Tell {
			if t := &w.aside[i].Tell[j]; tickets.SameAddress(t.To.Address, w.sender.Address) {
				t.Lines = append(t.Lines, w.lines...)
				return
			}
		}
	}
	w.add(Telling{Kind: kind, To: w.sender, Lines: w.lines})
}

// reports reports whether a mail tells of a problem beside what it asks: words below a question are not to be lost.
func (k Known) reports(m *parser.Message) bool {
	if k.Sender.Technician || withoutTokens(m.Orders.Message) == "" && len(m.Attachments) == 0 {
		return false
	}
	return !slices.ContainsFunc(m.Orders.Commands, func(c command.Command) bool { return c.Number != "" || !reads[c.Verb] })
}

func first(block command.Block) string {
	switch {
	case len(block.Commands) > 0:
		return block.Commands[0].Raw
	case len(block.Unknown) > 0:
		return block.Unknown[0].Raw
	}
	return block.Stray[0].Raw
}

// forAnother is the person for whom a technician reports a problem, with #requester at the head of a new mail; nil when
// they do not.
func (k Known) forAnother(m *parser.Message) *Named {
	commands := m.Orders.Commands
	if len(commands) == 0 || commands[0].Verb != "requester" || commands[0].Number != "" || !k.Sender.Technician {
		return nil
	}
	for _, p := range command.ReadPeople(commands[0].Args) {
		n, ok := k.Named[word(p)]
		if ok && n.Address != "" && !n.Desk { // a strict command, so an outside address is fine
			return &n
		}
	}
	return nil
}

// word is how a person of a command is looked up.
func word(p tickets.Address) string {
	if p.Address != "" {
		return p.Address
	}
	return p.Name
}
