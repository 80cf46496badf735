package intake

import (
	"fmt"
	"strings"
	"time"

	"maildesk/parser"
	"maildesk/parser/command"
	"maildesk/tickets"
)

// runPlan puts a plan up for approval: the ticket waits until somebody has decided, but a P0, which is carried out at once
// and approved after.
func (w *work) runPlan(c command.Command) *tickets.RuleError {
	t := &w.ticket
	if t.Status != tickets.PendingApproval {
		if t.Status == tickets.New || t.Status == tickets.Assigned || t.Status == tickets.Waiting {
			w.take()
			if refused := w.become(tickets.InProgress); refused != nil {
				return refused
			}
		}
		waits := t.Priority != tickets.P0 || t.Status == tickets.Cancelled || t.Status == tickets.Merged // where that is refused
		if waits {
			if refused := w.become(tickets.PendingApproval); refused != nil {
				return refused
			}
		}
	}
	if refused := w.submit(c.Args); refused != nil {
		return refused
	}
	if t.Priority == tickets.P0 {
		w.say("P0 不必等审批，可先执行", "A P0 does not wait for it: carry it out")
	}
	return nil
}

// submit asks those for approval who decide on what is planned, or was done.
func (w *work) submit(plan string) *tickets.RuleError {
	t := &w.ticket
	before := *t
	t.Plan, t.PlannedBy, t.Approval = plan, w.sender.Address, tickets.ApprovalPending
	asked := w.deciders()
	if len(asked) == 0 {
		*t = before
		return rule("没有可以审批的负责人：请在配置中设置 manager = true 的处理人", "nobody can approve it: no technician is configured as a manager beside you")
	}
	w.note("plan: " + clip(plan, 200))
	for _, r := range asked {
		w.add(Telling{Kind: tickets.NoticeApproval, To: r, Author: w.sender.called(), Text: plan, Files: true, Reason: afterwards(t, r.Language)})
		w.say("已提交 %s 审批", "%s is asked to approve it", r.called())
	}
	return nil
}

// afterwards tells who approves that the work does not wait for it; "" where it does.
func afterwards(t *tickets.Ticket, lang tickets.Language) string {
	if t.Priority != tickets.P0 {
		return ""
	}
	return command.Text{Chinese: "这是 P0，处理不等审批，请事后补批。", English: "It is a P0: work does not wait for you, and you decide after the fact."}.In(lang)
}

// deciders are who may decide on what the sender plans.
func (w *work) deciders() []Reader {
	var managers []tickets.Address
	for _, r := range w.scene.managers() {
		managers = append(managers, tickets.Address{Name: r.Name, Address: r.Address})
	}
	var out []Reader
	for _, a := range tickets.Deciders(&w.ticket, tickets.Address{Address: w.scene.Superior}, managers, w.scene.absent) {
		if r, ok := w.scene.reader(a.Address); ok && !tickets.SameAddress(a.Address, w.scene.Main) {
			out = append(out, r)
		}
	}
	return out
}

func (w *work) runApprove(c command.Command) *tickets.RuleError { return w.decidePlan(true, c.Args) }

func (w *work) runReject(c command.Command) *tickets.RuleError { return w.decidePlan(false, c.Args) }

// decidePlan takes a decision and tells who handles the ticket. What was rejected goes on, for another plan.
func (w *work) decidePlan(approved bool, why string) *tickets.RuleError {
	t := &w.ticket
	switch {
	case !t.AwaitsApproval():
		return rule("这个问题没有待审批的计划", "no plan of this ticket waits for approval")
	case tickets.SameAddress(t.PlannedBy, w.sender.Address), w.scene.requester(w.sender.Address), tickets.SameAddress(w.scene.Main, w.sender.Address):
		return rule("不能审批自己的计划或申请", "nobody approves his own")
	}
	if t.Status == tickets.PendingApproval {
		w.become(tickets.InProgress)
	}
	t.Approval = tickets.ApprovalGranted
	decided := command.Text{Chinese: "计划已批准", English: "The plan is approved"}
	if !approved {
		t.Approval = tickets.ApprovalRejected
		decided = command.Text{Chinese: "计划被驳回", English: "The plan is rejected"}
	}
	w.note(fmt.Sprintf("%s by %s, proven by %s: %s", decided.English, w.sender.Address, w.k.Sender.Proof, why))
	for _, r := range w.scene.handlers(t) {
		if !tickets.SameAddress(r.Address, w.sender.Address) {
			w.add(Telling{Kind: tickets.NoticeNote, To: r, Author: w.sender.called(), Text: why, Silent: why == "", Lines: []string{decided.In(r.Language)}})
		}
	}
	w.say(decided.Chinese, decided.English)
	return nil
}

// approver takes the decision of a requester's own manager, who need not work in IT. What they write beside it reaches who
// handles the ticket.
func (w *work) approver(m *parser.Message, d *Decision) {
	if w.orders(m.Orders, d) {
		if w.message != "" {
			w.toHandlers(tickets.NoticeNote)
		}
		w.add(Telling{Kind: tickets.NoticeAnswer, To: w.sender, Silent: true, Lines: w.lines})
	}
	d.Reason += w.reached()
}

// escalateAgain is how long a requester who has urged has to wait before they urge again.
const escalateAgain = 24 * time.Hour

// runEscalate tells who handles the ticket and the group's lead, the second time the managers too.
func (w *work) runEscalate(c command.Command) *tickets.RuleError {
	t := &w.ticket
	switch {
	case !t.Status.Open() || t.Status == tickets.Resolved || t.Status == tickets.Confirmed:
		return rule("这个问题已经处理完", "work on this ticket is over")
	case t.Escalated > 0 && w.k.Now.Sub(t.EscalatedAt) < escalateAgain:
		return rule("每天只能催一次，上次是 "+w.k.local(t.EscalatedAt), "once a day; the last time was "+w.k.local(t.EscalatedAt))
	}
	t.Escalated, t.EscalatedAt = t.Escalated+1, w.k.Now
	w.note(fmt.Sprintf("escalated by the requester, time %d: %s", t.Escalated, c.Args))
	readers := w.scene.handlers(t)
	if lead, ok := w.scene.reader(w.scene.Lead); ok {
		readers = append(readers, lead)
	}
	if t.Escalated > 1 || w.scene.Lead == "" {
		readers = append(readers, w.scene.managers()...)
	}
	words := strings.TrimSpace(c.Args + "\n\n" + w.message)
	for _, r := range readers {
		w.add(Telling{Kind: tickets.NoticeNote, To: r, Author: w.sender.called(), Text: words, Silent: words == "", Lines: []string{
			fmt.Sprintf(command.Text{Chinese: "反馈人催单，第 %d 次。", English: "The requester urges, time %d."}.In(r.Language), t.Escalated)}})
	}
	w.asked, w.message = true, ""
	w.say("已转告处理人和组长", "Whoever handles it and the lead know now")
	return nil
}
