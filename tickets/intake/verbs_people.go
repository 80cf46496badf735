package intake

import (
	"fmt"
	"slices"
	"strings"

	"maildesk/parser/command"
	"maildesk/tickets"
)

// runAccept takes the ticket, and takes it up when nobody has yet. What is over is reopened by #reopen, within its time and
// with word to the requester.
func (w *work) runAccept(command.Command) *tickets.RuleError {
	t := &w.ticket
	switch t.Status {
	case tickets.New, tickets.Assigned:
		w.become(tickets.InProgress)
	case tickets.InProgress, tickets.Waiting, tickets.PendingApproval:
	default:
		return rule("这个问题已经处理完；要继续处理请用 #重开", "it is over; to go on with it use #reopen")
	}
	if t.Assignee == nil || !tickets.SameAddress(t.Assignee.Address, w.sender.Address) {
		w.assign(tickets.Address{Name: w.sender.Name, Address: w.sender.Address})
	}
	w.say("由您处理", "It is yours")
	return nil
}

// assign gives the ticket to somebody.
func (w *work) assign(to tickets.Address) {
	w.note("assignee: " + to.Address)
	w.ticket.Assignee = &to
	if w.ticket.Status == tickets.New {
		w.step(tickets.Assigned)
	}
}

func (w *work) runAssign(c command.Command) *tickets.RuleError {
	switch w.ticket.Status {
	case tickets.New, tickets.Assigned, tickets.InProgress, tickets.Waiting:
	default:
		return w.ticket.Status.Refuse(tickets.Assigned)
	}
	who, refused := w.person(c.Args)
	if refused != nil {
		return refused
	}
	if who.Group != "" {
		return w.assignGroup(who)
	}
	if !who.Technician {
		return rule(who.Address+" 不是处理人", who.Address+" is no technician")
	}
	w.assign(tickets.Address{Name: who.Name, Address: who.Address})
	if w.ticket.Status == tickets.InProgress {
		w.step(tickets.Assigned)
	}
	r, ok := w.scene.reader(who.Address)
	if !ok {
		r = Reader{Name: who.Name, Address: who.Address, Language: who.Language, Technician: true}
	}
	w.assigned(r)
	w.handed = !tickets.SameAddress(r.Address, w.sender.Address)
	w.say("已指派给 %s", "Assigned to %s", r.called())
	return nil
}

func (w *work) assignGroup(g Named) *tickets.RuleError {
	w.note("group: " + g.Group)
	w.ticket.Group, w.ticket.Assignee = g.Group, nil
	for _, member := range g.Members {
		w.assigned(member)
	}
	w.handed = true
	w.say("已转给 %s 组", "Handed to group %s", g.Group)
	return nil
}

func (w *work) assigned(r Reader) {
	if tickets.SameAddress(r.Address, w.sender.Address) {
		return
	}
	w.add(Telling{Kind: tickets.NoticeAssigned, To: r, Report: true, Buttons: buttons(r.Language, "accept")})
}

// person is who a word of a command means, or why nobody.
func (w *work) person(word string) (Named, *tickets.RuleError) {
	word = strings.TrimSpace(word)
	n, ok := w.k.Named[word]
	switch {
	case !ok || n.Address == "" && n.Group == "" && len(n.Several) == 0:
		return n, rule("不认识“"+word+"”，请写邮箱地址", fmt.Sprintf("nobody here is called %q; please write an address", word))
	case len(n.Several) > 0:
		return n, rule("“"+word+"”可能是："+strings.Join(n.Several, "、"), fmt.Sprintf("%q may be any of: %s", word, strings.Join(n.Several, ", ")))
	case n.Desk:
		return n, rule(n.Address+" 是服务台或邮件列表的地址", n.Address+" is an address of the desk or of a list")
	}
	return n, nil
}

// people are all whom a command names.
func (w *work) people(args string) ([]Named, *tickets.RuleError) {
	var out []Named
	for _, p := range command.ReadPeople(args) {
		n, refused := w.person(word(p))
		if refused != nil {
			return nil, refused
		}
		if n.Group != "" {
			return nil, rule("请写人名或地址，“"+word(p)+"”是组名", fmt.Sprintf("%q is a group; please name people", word(p)))
		}
		if !n.Staff && !w.mayChange(true) {
			return nil, rule(n.Address+" 是外部地址，添加它需要邮件服务器对发件人的验证（DMARC）", n.Address+" is outside; adding it needs the mail server to vouch for its sender (DMARC)")
		}
		out = append(out, n)
	}
	if len(out) == 0 {
		return nil, rule("请写人名或地址", "please write a name or an address")
	}
	return out, nil
}

func (w *work) runConsult(c command.Command) *tickets.RuleError {
	people, refused := w.people(c.Args)
	if refused != nil {
		return refused
	}
	for _, n := range people {
		if !n.Technician {
			return rule(n.Address+" 不是处理人；让其他人知情请用 #关注", n.Address+" is no technician; to keep others informed, use #watch")
		}
		w.note("consulted: " + n.Address)
		w.say("已请 %s 会诊", "%s is asked for advice", n.called())
	}
	w.consulted = append(w.consulted, people...)
	return nil
}

// consult asks those who are consulted: with the words of the mail that stay inside, else with the report.
func (w *work) consult() {
	text := w.internal
	if text == "" && !w.solution && !w.question && !w.reply {
		text = w.message
	}
	for _, n := range w.consulted {
		w.add(Telling{Kind: tickets.NoticeNote, To: Reader{Name: n.Name, Address: n.Address, Language: n.Language, Technician: true}, Author: w.sender.called(),
			Text: text, Report: text == "", Files: true,
			Lines: []string{fmt.Sprintf(command.Text{Chinese: "%s 请您会诊。直接回复即可，内容不会发给反馈人。", English: "%s asks for your advice. Just reply; it does not go to the requester."}.In(n.Language), w.sender.called())}})
	}
}

func (n Named) called() string {
	if n.Name != "" {
		return n.Name
	}
	return n.Address
}

func (w *work) runWatch(c command.Command) *tickets.RuleError {
	people, refused := w.people(c.Args)
	if refused != nil {
		return refused
	}
	for _, n := range people {
		w.watch(tickets.Address{Name: n.Name, Address: n.Address})
		w.say("%s 已关注", "%s watches it now", n.called())
	}
	return nil
}

func (w *work) runUnwatch(c command.Command) *tickets.RuleError {
	for _, p := range command.ReadPeople(c.Args) {
		at := slices.IndexFunc(w.ticket.Watchers, func(a tickets.Address) bool {
			return p.Address != "" && tickets.SameAddress(a.Address, p.Address) || p.Name != "" && a.Name == p.Name
		})
		if at < 0 {
			return rule(p.Name+p.Address+" 没有关注这个问题", p.Name+p.Address+" does not watch it")
		}
		w.note("no longer watcher: " + w.ticket.Watchers[at].Address)
		w.say("%s 不再关注", "%s watches it no longer", called(w.ticket.Watchers[at]))
		w.ticket.Watchers = slices.Delete(w.ticket.Watchers, at, at+1)
	}
	return nil
}

func (w *work) runRequester(c command.Command) *tickets.RuleError {
	people, refused := w.people(c.Args)
	if refused != nil {
		return refused
	}
	if len(people) > 1 {
		return rule("反馈人只能有一位", "a ticket has one requester")
	}
	n := people[0]
	w.note(fmt.Sprintf("requester: %s → %s", w.ticket.Requester.Address, n.Address))
	w.ticket.Requester = tickets.Person{Name: n.Name, Address: n.Address, Language: n.Language}
	w.add(Telling{Kind: tickets.NoticeConfirmation, To: Reader{Name: n.Name, Address: n.Address, Language: n.Language}})
	w.say("反馈人改为 %s", "The requester is %s now", n.called())
	return nil
}
