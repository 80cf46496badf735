package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"maildesk/parser"
	"maildesk/parser/answer"
	"maildesk/parser/command"
	"maildesk/tickets"
)

// converse decides what a person's mail does to the ticket on which it was written: whom it reaches, what it changes,
// and what its author hears of it. d says already that it is appended.
func (k Known) converse(m *parser.Message, d *Decision) {
	s := k.Scene
	w := newWork(k, s, m, d.Language)
	alerted, commands := s.Alerts.alerted(k.Sender.Address), len(m.Orders.Commands)+len(m.Orders.Unknown) > 0
	switch {
	case w.roles.Has(command.Technician) && (alerted || !s.requester(k.Sender.Address) || commands):
		w.technician(m, d)
	case alerted:
		w.onCall(m, d)
	case s.requester(k.Sender.Address):
		w.requester(m, d)
	case w.roles.Has(command.Approver) && commands:
		w.approver(m, d)
	case d.Visibility == tickets.Public:
		w.watcher(m, d)
	default:
		w.colleague(d)
	}
	switch {
	case k.Arrival.Quiet:
		w.tell = nil
	case !k.Sender.Technician && !k.withinLimits():
		w.spare(d)
	}
	d.Moves = append(w.aside, w.move())
}

// spare leaves out what only answers the sender, when they have been answered often within the hour.
func (w *work) spare(d *Decision) {
	before := len(w.tell)
	w.tell = slices.DeleteFunc(w.tell, func(t Telling) bool {
		return tickets.SameAddress(t.To.Address, w.sender.Address) &&
			(t.Kind == tickets.NoticeAnswer || t.Kind == tickets.NoticeTranscript || t.Kind == tickets.NoticeUnclear)
	})
	if len(w.tell) < before {
		d.Reason += "; not answered: the limit of automatic mail is reached"
	}
}

// tooOld reports that the requester goes on with what was closed so long ago that it is a new problem.
func (k Known) tooOld(m *parser.Message) bool {
	s := k.Scene
	if s == nil || s.Ticket.Status != tickets.Closed || k.ReopenWithin <= 0 || k.Now.Sub(s.Ticket.ClosedAt) <= k.ReopenWithin ||
		!s.requester(k.Sender.Address) || len(m.Orders.Commands) > 0 {
		return false
	}
	read := answer.Read(m.NewText)
	return (read.Meaning == answer.Unsolved || read.Meaning == answer.Other) && read.Score == 0
}

// requester reports whether an address is the requester's.
func (s *Scene) requester(address string) bool {
	return tickets.SameAddress(s.Ticket.Requester.Address, address)
}

func (s *Scene) watches(address string) bool {
	return slices.ContainsFunc(s.Ticket.Watchers, func(w tickets.Address) bool { return tickets.SameAddress(w.Address, address) })
}

// colleague tells IT of what somebody wrote who was copied in: it goes no further, and makes nobody a participant.
func (w *work) colleague(d *Decision) {
	w.toHandlers(tickets.NoticeNote)
	d.Reason += w.reached()
}

// watcher passes on what a watcher wrote to who handles the ticket and to its requester. A watcher asks, and steers
// nothing.
func (w *work) watcher(m *parser.Message, d *Decision) {
	if len(m.Orders.Commands)+len(m.Orders.Unknown)+len(m.Orders.Stray) > 0 {
		w.ordered(m.Orders, d)
		d.Reason += w.reached()
		return
	}
	if !w.mayChange(false) {
		d.Reason += "; nothing proves its sender"
	} else if r, ok := w.scene.reader(w.ticket.Requester.Address); ok && !w.copied(r.Address) {
		w.add(Telling{Kind: tickets.NoticeReply, To: r, Author: w.sender.called(), Files: true})
	}
	w.toHandlers(tickets.NoticeMessage)
	d.Reason += w.reached()
}

// requester decides on what the requester wrote. Without proof it goes on record and to who handles the ticket, marked
// as unproven, and changes nothing but that nobody waits any more.
func (w *work) requester(m *parser.Message, d *Decision) {
	w.ended()
	block := m.Orders
	if w.mayChange(false) {
		w.fill(m.Form)
	}
	switch {
	case w.mayRunAll(block):
		w.ordered(block, d)
	case !w.mayAnswer():
		d.Reason += "; nothing proves its sender, so it changes nothing"
		w.unproven(m)
	case len(block.Commands)+len(block.Unknown)+len(block.Stray) > 0:
		w.ordered(block, d)
	default:
		w.answered(withoutTokens(m.NewText))
	}
	if w.scored {
		d.Visibility = tickets.Private
	}
	d.Reason += w.reached()
}

// ordered runs the requester's commands; what they wrote beside them reaches who handles the ticket.
func (w *work) ordered(block command.Block, d *Decision) {
	if !w.orders(block, d) {
		return
	}
	if w.asked {
		w.add(Telling{Kind: tickets.NoticeAnswer, To: w.sender, Lines: w.lines})
	}
	if w.message != "" {
		w.toHandlers(tickets.NoticeMessage)
	}
}

// ended ends the wait for the requester: they have written.
func (w *work) ended() {
	if w.ticket.Status == tickets.Waiting {
		w.become(tickets.InProgress)
	}
}

// unproven takes what may not be the requester's own words. Where an answer was due, they are asked for it by buttons,
// which prove them.
func (w *work) unproven(m *parser.Message) {
	asks := answer.Read(m.NewText).Meaning
	decides := asks == answer.Solved || asks == answer.Unsolved || len(m.Orders.Commands) > 0
	if decides && w.ticket.Status == tickets.Resolved && w.k.withinLimits() {
		w.add(Telling{Kind: tickets.NoticeUnclear, To: w.sender, Silent: true, Buttons: confirming(w.sender.Language),
			Reason: command.Text{Chinese: "没能证实是您本人写的", English: "we could not verify that it was you"}.In(w.lang)})
	}
	w.toHandlers(tickets.NoticeMessage)
}

// answered reads the requester's plain words by where the ticket stands: they confirm, object, rate, ask for more work, or
// are just words for who handles it.
func (w *work) answered(text string) {
	read := answer.Read(text)
	switch w.ticket.Status {
	case tickets.Resolved:
		w.answerSolution(read)
	case tickets.Confirmed:
		w.answerSurvey(text, read)
	case tickets.Closed:
		w.answerClosed(text, read)
	default:
		w.toHandlers(tickets.NoticeMessage)
	}
}

// answerSolution takes an answer to the solution. What may mean either is asked about, once.
func (w *work) answerSolution(read answer.Answer) {
	switch read.Meaning {
	case answer.Solved:
		w.confirm(read.Score, read.Comment)
	case answer.Unsolved:
		w.objected()
	default:
		if read.Meaning == answer.Other {
			w.toHandlers(tickets.NoticeMessage)
		}
		if w.ticket.Asked == 0 {
			w.ticket.Asked++
			w.note("asked once more whether it is solved")
			w.add(Telling{Kind: tickets.NoticeUnclear, To: w.sender, Buttons: confirming(w.sender.Language)})
		}
	}
}

// answerSurvey takes what a requester writes who has confirmed: a score, that it failed again, or words.
func (w *work) answerSurvey(text string, read answer.Answer) {
	rating := answer.ReadSurvey(text)
	switch {
	case rating.Score > 0:
		w.rate(rating.Score, rating.Comment)
	case read.Meaning == answer.Unsolved:
		w.objected()
	case read.Meaning == answer.Other:
		w.toHandlers(tickets.NoticeMessage)
	}
}

// answerClosed takes what comes after the end: another score within a week, thanks, which change nothing, or a reason to
// go on.
func (w *work) answerClosed(text string, read answer.Answer) {
	rating := answer.ReadSurvey(text)
	switch {
	case rating.Score > 0 && w.rates(read):
		if refused := w.rate(rating.Score, rating.Comment); refused != nil {
			w.refuse(refused.In(w.lang))
		}
	case read.Meaning == answer.Unsolved || read.Meaning == answer.Other:
		w.objected()
	}
}

// rates reports that a digit is a score, once the ticket is closed. Which mail of ours is answered is not always known.
func (w *work) rates(read answer.Answer) bool {
	switch w.scene.Answers {
	case tickets.NoticeSurvey, tickets.NoticeRated:
		return true
	case tickets.NoticeResolved, "":
		return read.Meaning != answer.Unsolved
	}
	return false
}

// confirm takes the requester's word that it is solved, and rates it at once when they did.
func (w *work) confirm(score int, comment string) {
	w.become(tickets.Confirmed)
	w.ticket.ConfirmedAt = w.k.Now
	w.note("confirmed by the requester")
	if score > 0 {
		w.rate(score, comment)
		return
	}
	w.add(Telling{Kind: tickets.NoticeSurvey, To: w.sender, Buttons: ratings(w.sender.Language)})
}

// rate takes a score of 1 to 5. The first closes the ticket; one may be changed for a week.
func (w *work) rate(score int, comment string) *tickets.RuleError {
	t := &w.ticket
	switch {
	case t.Status == tickets.Confirmed:
		w.become(tickets.Closed)
	case t.Status != tickets.Closed || t.ConfirmedAt.IsZero():
		return rule("问题确认解决后才能评价", "a ticket is rated once its requester has confirmed it")
	case w.k.Now.Sub(t.ClosedAt) > ratingChanges:
		return rule("关闭已超过 7 天，评价不能再改", "the ticket has been closed for more than 7 days, so its rating stays")
	}
	t.Satisfaction = &tickets.Satisfaction{Score: score, Comment: comment}
	w.note("rated") // the score is for managers: it stands with the ticket
	w.scored = true
	w.add(Telling{Kind: tickets.NoticeRated, To: w.sender, Lines: []string{command.Text{Chinese: fmt.Sprintf("评分：%d", score), English: fmt.Sprintf("Rating: %d", score)}.In(w.lang)}})
	if score <= 2 {
		w.followUp(score, comment)
	}
	return nil
}

// followUp tells the managers, and nobody else, of a bad rating.
func (w *work) followUp(score int, comment string) {
	for _, r := range w.scene.managers() {
		w.add(Telling{Kind: tickets.NoticeNote, To: r, Text: strings.TrimSpace(comment), Silent: strings.TrimSpace(comment) == "", Lines: []string{
			command.Text{Chinese: fmt.Sprintf("反馈人只给了 %d 分，请跟进。", score), English: fmt.Sprintf("The requester gave no more than %d of 5: please follow it up.", score)}.In(r.Language)}})
	}
}

// objected takes up work again because it is not solved.
func (w *work) objected() {
	w.reopened()
	w.add(Telling{Kind: tickets.NoticeReopened, To: w.sender})
	w.toHandlers(tickets.NoticeUnsolved)
}

// reopened takes up work again. What had ended begins anew; what was never confirmed goes on where it stood.
func (w *work) reopened() {
	if ended := w.ticket.Status == tickets.Confirmed || w.ticket.Status == tickets.Closed; ended && !w.k.Arrival.Quiet {
		w.ticket.Course = w.ticket.Course.Restart(w.k.Now)
	}
	w.become(tickets.InProgress)
	w.ticket.ResolvedAt, w.ticket.ConfirmedAt, w.ticket.ClosedAt, w.ticket.Asked = time.Time{}, time.Time{}, time.Time{}, 0
	w.ticket.Satisfaction = nil
	w.ticket.Fix, w.ticket.Verification = "", "" // it was none
}

// confirming are the buttons below a solution.
func confirming(lang tickets.Language) []tickets.Button {
	return buttons(lang, "confirm", "unsolved")
}

func ratings(lang tickets.Language) []tickets.Button {
	rate, _ := command.Find("rate")
	var out []tickets.Button
	for score := 5; score >= 1; score-- {
		out = append(out, tickets.Button{Purpose: fmt.Sprintf("rate %d", score), Command: fmt.Sprintf("#%s %d", rate.Name(lang), score)})
	}
	return out
}

// buttons are answers by one press, the commands in the reader's language.
func buttons(lang tickets.Language, keys ...string) []tickets.Button {
	var out []tickets.Button
	for _, key := range keys {
		verb, _ := command.Find(key)
		out = append(out, tickets.Button{Purpose: key, Command: "#" + verb.Name(lang)})
	}
	return out
}

func rule(chinese, english string) *tickets.RuleError {
	return &tickets.RuleError{Chinese: chinese, English: english}
}
