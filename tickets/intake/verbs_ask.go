package intake

import (
	"encoding/json"
	"fmt"
	"strings"

	"maildesk/parser/command"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// Limits of a search.
const (
	maxWords = 8
	maxWord  = 60 // letters
)

// runSearch asks for the tickets with all of the words.
func (w *work) runSearch(c command.Command) *tickets.RuleError {
	words := strings.Fields(thread.Fold(c.Args))
	if len(words) > maxWords {
		return rule(fmt.Sprintf("最多 %d 个词", maxWords), fmt.Sprintf("it takes %d words at most", maxWords))
	}
	for i := range words {
		words[i] = clip(words[i], maxWord)
	}
	w.ask(tickets.Question{Verb: c.Verb, Asked: c.Raw, Words: words})
	return nil
}

// runWhy asks what was done with the mails of a ticket, with a mail by its Message-ID, or with the mails of an address; on a
// ticket, without a word, with that ticket's.
func (w *work) runWhy(c command.Command) *tickets.RuleError {
	q := tickets.Question{Verb: c.Verb, Asked: c.Raw}
	about := strings.TrimSpace(c.Args)
	number, _, numbered := command.ReadNumber(w.k.Prefix, about)
	switch {
	case about == "" && w.ticket.ID == 0:
		verb, _ := command.Find(c.Verb)
		return w.incomplete(verb)
	case about == "":
		q.Number = w.ticket.Number
	case numbered && !strings.Contains(about, "@"):
		q.Number = number
	case !strings.Contains(about, "@"):
		return rule("请写问题编号、Message-ID 或邮箱地址", "please write a ticket's number, a Message-ID or an address")
	default:
		q.About = oneAddress(about)
	}
	w.ask(q)
	return nil
}

// oneAddress is the address of a name with one, or what stands there by itself, which may be a Message-ID.
func oneAddress(text string) string {
	if len(strings.Fields(text)) > 1 {
		if people := command.ReadPeople(text); len(people) > 0 && people[0].Address != "" {
			return people[0].Address
		}
	}
	return strings.Trim(strings.TrimPrefix(text, "mailto:"), "<> ")
}

// runReport asks for the figures of a period.
func (w *work) runReport(c command.Command) *tickets.RuleError {
	from, until, ok := command.ReadPast(c.Args, w.k.Now)
	if !ok {
		return rule("请写时段，例如：#报表 上周，#报表 本月，#报表 2023-11-01 至 2023-11-15",
			"please write a period, for example: #report last week, #report this month, #report 2023-11-01 to 2023-11-15")
	}
	w.ask(tickets.Question{Verb: c.Verb, Asked: c.Raw, From: from, Until: until})
	return nil
}

// ask puts a question that is answered once the mail is committed.
func (w *work) ask(q tickets.Question) {
	if w.main != nil {
		w = w.main
	}
	w.questions = append(w.questions, q)
}

// inquire puts the mail's questions to whoever looks them up. What the mail asked for besides, and is known already, goes along:
// one mail has one answer.
func (w *work) inquire(d *Decision) {
	switch {
	case len(w.questions) == 0 || w.k.Arrival.Quiet:
		return
	case !w.mayChange(false) && !w.k.withinLimits():
		d.Reason += "; not answered: the limit of automatic mail is reached"
		return
	}
	d.Asks = &tickets.Inquiry{Questions: w.questions, Ticket: w.ticket.ID,
		To: tickets.Person{Name: w.sender.Name, Address: w.sender.Address, Language: w.lang}}
	if !w.changed() {
		d.Asks.Lines, w.lines = w.lines, nil
	}
	for _, q := range w.questions {
		d.Reason += "; looks up: " + q.Verb
	}
}

// changed reports whether the mail has changed anything.
func (w *work) changed() bool {
	for _, m := range w.aside {
		if len(m.Record)+len(m.Words) > 0 {
			return true
		}
	}
	return len(w.record) > 0 || w.message != "" || w.internal != "" || w.private != "" || w.away != nil || len(w.duties) > 0
}

// asks hands what a mail asks to the timers, to be answered at once. On a ticket the answer belongs in its thread, as the mail's
// entry; one entry and one reader give one Message-ID, so that holds only when nothing else goes to the asker.
func (a *application) asks() error {
	if a.decision.Asks == nil || a.record == nil {
		return nil
	}
	q := *a.decision.Asks
	q.Message = a.record.ID
	if a.entry == nil || a.tells(q.To.Address) {
		q.Ticket = 0
	}
	if q.Ticket != 0 {
		q.Entry = a.entry.ID
	} else if id := a.mail.Message.MessageID; id != "" {
		q.References = []string{id}
	}
	data, err := json.Marshal(q)
	if err != nil {
		return fmt.Errorf("store what is asked: %w", err)
	}
	return a.tx.SetTimer(tickets.Timer{Kind: tickets.TimerAnswer, Subject: fmt.Sprintf("message %d", q.Message), Due: a.now, Data: string(data)})
}
