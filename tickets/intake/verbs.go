package intake

import (
	"cmp"
	"fmt"

	"maildesk/parser/command"
	"maildesk/tickets"
)

// run does what a command says, or refuses. Its words, if it has any, become a line of what the sender hears.
type run = func(*work, command.Command) *tickets.RuleError

// runs are the commands that this desk carries out on a ticket.
var runs map[string]run

// init breaks the cycle between the table and #help, which reads it.
func init() {
	runs = map[string]run{
		"help": (*work).help, "status": (*work).status, "form": (*work).form, "list": (*work).list,
		"search": (*work).runSearch, "why": (*work).runWhy, "report": (*work).runReport,

		"confirm": (*work).runConfirm, "unsolved": (*work).runUnsolved, "rate": (*work).runRate, "cancel": (*work).runCancel, "reopen": (*work).runReopen,

		"accept": (*work).runAccept, "assign": (*work).runAssign, "category": (*work).runCategory, "priority": (*work).runPriority, "severity": (*work).runSeverity,
		"diagnosis":  record("diagnosis", func(t *tickets.Ticket) *string { return &t.Diagnosis }),
		"workaround": record("workaround", func(t *tickets.Ticket) *string { return &t.Workaround }),
		"fix":        record("fix", func(t *tickets.Ticket) *string { return &t.Fix }),
		"prevention": record("prevention", func(t *tickets.Ticket) *string { return &t.Prevention }),
		"verified":   record("verification", func(t *tickets.Ticket) *string { return &t.Verification }),

		"reply": (*work).runReply, "note": (*work).runNote, "private": (*work).runPrivate, "wait": (*work).runWait, "resolve": (*work).runResolve,
		"plan": (*work).runPlan, "approve": (*work).runApprove, "reject": (*work).runReject, "escalate": (*work).runEscalate,
		"close": (*work).runClose, "junk": (*work).runJunk,

		"consult": (*work).runConsult, "watch": (*work).runWatch, "unwatch": (*work).runUnwatch, "requester": (*work).runRequester,
		"time": (*work).runTime, "due": (*work).runDue, "link": (*work).runLink, "merge": (*work).runMerge, "split": (*work).runSplit, "undo": (*work).runUndo, "away": (*work).runAway,
		"ack": (*work).runAck, "oncall": (*work).runOnCall,
	}
}

// reads are the commands that change nothing: their answer goes to the sender's address alone, so they need no proof.
var reads = map[string]bool{"help": true, "status": true, "form": true, "list": true, "search": true, "why": true, "report": true}

func (w *work) runConfirm(c command.Command) *tickets.RuleError {
	if w.ticket.Status == tickets.Confirmed || w.ticket.Status == tickets.Closed && !w.ticket.ConfirmedAt.IsZero() {
		return rule("已经确认过了", "it is confirmed already")
	}
	if w.ticket.Status != tickets.Resolved {
		return w.ticket.Status.Refuse(tickets.Confirmed)
	}
	if !w.roles.Has(command.Requester) {
		return w.confirmByTelephone(c.Args)
	}
	score, comment, ok := command.ReadScore(c.Args)
	if c.Args != "" && !ok && leadsWithDigit(c.Args) {
		return rule("评分为 1 到 5", "a rating is 1 to 5")
	}
	w.confirm(score, comment)
	return nil
}

func leadsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// confirmByTelephone takes a technician's word that the requester has confirmed. The requester hears of it, can object, and
// is asked to rate like anybody else.
func (w *work) confirmByTelephone(how string) *tickets.RuleError {
	w.become(tickets.Confirmed)
	w.ticket.ConfirmedAt = w.k.Now
	w.note("confirmed by telephone, says " + w.sender.Address + ": " + how)
	if r, ok := w.scene.reader(w.ticket.Requester.Address); ok {
		w.add(Telling{Kind: tickets.NoticeSurvey, To: r, Buttons: append(ratings(r.Language), buttons(r.Language, "unsolved")...), Lines: []string{
			fmt.Sprintf(command.Text{
				Chinese: "%s 记录您已通过电话确认问题解决。如果不是这样，请在两个工作日内回复“没解决”。",
				English: "%s recorded that you confirmed by telephone that it is solved. If that is not so, please reply \"not solved\" within two working days."}.In(r.Language), w.sender.called())}})
	}
	w.say("已记录反馈人电话确认", "Recorded as confirmed by telephone")
	return nil
}

func (w *work) runUnsolved(c command.Command) *tickets.RuleError {
	switch w.ticket.Status {
	case tickets.Resolved, tickets.Confirmed, tickets.Closed:
	default:
		return w.ticket.Status.Refuse(tickets.InProgress)
	}
	if refused := w.tooLate(); refused != nil {
		return refused
	}
	if !w.roles.Has(command.Requester) {
		w.reopened()
		w.tellReopened()
		return nil
	}
	w.objected()
	return nil
}

// tellReopened tells the requester and who handles the ticket that work goes on.
func (w *work) tellReopened() {
	if r, ok := w.scene.reader(w.ticket.Requester.Address); ok {
		w.add(Telling{Kind: tickets.NoticeReopened, To: r})
	}
	w.toHandlers(tickets.NoticeUnsolved)
	w.say("已重开", "Reopened")
}

// tooLate refuses to reopen what has been closed for too long.
func (w *work) tooLate() *tickets.RuleError {
	within := w.k.ReopenWithin
	if w.ticket.Status == tickets.Closed && within > 0 && w.k.Now.Sub(w.ticket.ClosedAt) > within {
		return rule("关闭时间太久，不能重开。请写一封新邮件，并注明旧编号", "it has been closed for too long to be reopened; please write a new mail and name the old number in it")
	}
	return nil
}

func (w *work) runRate(c command.Command) *tickets.RuleError {
	score, comment, ok := command.ReadScore(c.Args)
	if !ok {
		return rule("评分为 1 到 5，例如：#评价 5 很快", "a rating is 1 to 5, for example: #rate 5 very quick")
	}
	if w.ticket.Status == tickets.Resolved {
		w.become(tickets.Confirmed)
		w.ticket.ConfirmedAt = w.k.Now
		w.note("confirmed by the requester, by rating it")
	}
	return w.rate(score, comment)
}

func (w *work) runCancel(c command.Command) *tickets.RuleError {
	if refused := w.become(tickets.Cancelled); refused != nil {
		return refused
	}
	w.add(Telling{Kind: tickets.NoticeCancelled, To: w.sender, Reason: c.Args})
	w.toHandlers(tickets.NoticeMessage)
	return nil
}

func (w *work) runReopen(c command.Command) *tickets.RuleError {
	switch w.ticket.Status {
	case tickets.Resolved, tickets.Confirmed, tickets.Closed:
		if refused := w.tooLate(); refused != nil {
			return refused
		}
		w.reopened()
	case tickets.Cancelled:
		w.step(cmp.Or(w.ticket.Former, tickets.New))
	default:
		return rule("这个问题没有关闭", "the ticket is not closed")
	}
	w.tellReopened()
	return nil
}
