package intake

import (
	"fmt"
	"strings"
	"time"

	"maildesk/parser/command"
	"maildesk/tickets"
)

// runPlan puts a plan up for approval: the ticket waits until a manager has decided.
func (w *work) runPlan(c command.Command) *tickets.RuleError {
	t := &w.ticket
	if t.Status != tickets.PendingApproval {
		if t.Status == tickets.New || t.Status == tickets.Assigned || t.Status == tickets.Waiting {
			w.take()
			if refused := w.become(tickets.InProgress); refused != nil {
				return refused
			}
		}
		if refused := w.become(tickets.PendingApproval); refused != nil {
			return refused
		}
	}
	t.Plan, t.PlannedBy = c.Args, w.sender.Address
	w.note("plan: " + clip(c.Args, 200))
	asked := w.deciders()
	if len(asked) == 0 {
		return rule("没有可以审批的负责人：请在配置中设置 manager = true 的处理人", "nobody can approve it: no technician is configured as a manager beside you")
	}
	for _, r := range asked {
		w.add(Telling{Kind: tickets.NoticeApproval, To: r, Author: w.sender.called(), Text: c.Args, Files: true})
		w.say("已提交 %s 审批", "%s is asked to approve it", r.called())
	}
	return nil
}

// deciders are the managers who may decide on what the sender plans: nobody approves his own.
func (w *work) deciders() []Reader {
	var out []Reader
	for _, r := range w.scene.managers() {
		if !tickets.SameAddress(r.Address, w.ticket.PlannedBy) && !w.scene.requester(r.Address) {
			out = append(out, r)
		}
	}
	return out
}

func (w *work) runApprove(c command.Command) *tickets.RuleError { return w.decidePlan(true, c.Args) }

func (w *work) runReject(c command.Command) *tickets.RuleError { return w.decidePlan(false, c.Args) }

// decidePlan takes a manager's decision and tells who handles the ticket.
func (w *work) decidePlan(approved bool, why string) *tickets.RuleError {
	t := &w.ticket
	switch {
	case t.Status != tickets.PendingApproval:
		return rule("这个问题没有待审批的计划", "no plan of this ticket waits for approval")
	case tickets.SameAddress(t.PlannedBy, w.sender.Address), w.scene.requester(w.sender.Address):
		return rule("不能审批自己的计划或申请", "nobody approves his own")
	}
	w.become(tickets.InProgress)
	decided := command.Text{Chinese: "计划已批准", English: "The plan is approved"}
	if !approved {
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
