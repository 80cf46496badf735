package tickets

import (
	"fmt"
	"slices"
	"strings"
)

// Status is where a ticket stands in its life.
type Status string

// The statuses of DOMAIN.md's table.
const (
	New             Status = "new"
	Assigned        Status = "assigned"
	InProgress      Status = "in_progress"
	Waiting         Status = "waiting"
	PendingApproval Status = "pending_approval"
	Resolved        Status = "resolved"
	Confirmed       Status = "confirmed"
	Closed          Status = "closed"
	Cancelled       Status = "cancelled"
	Merged          Status = "merged"
)

// Open reports whether work on the ticket is not over: it is neither closed nor cancelled nor merged. That is wider
// than the table's "any open status", from which a ticket may be cancelled or merged: those are the rows that say
// "row", new to pending_approval. What is resolved or confirmed has its solution and leaves by being confirmed, closed
// or taken up again.
func (s Status) Open() bool { return s != Closed && s != Cancelled && s != Merged }

// life is the table of DOMAIN.md, "The life of a ticket", in its order. That a step is in the table does not say who
// may take it: that a manager alone closes without a confirmation, and with a reason, is for the command to ask. A
// cancelled or merged ticket returns to its former status, which is one of those that could be cancelled or merged.
var life = []struct {
	status Status
	name   words
	next   []Status
}{
	{New, words{"新建", "new"}, []Status{Assigned, Cancelled, Merged, Closed}},
	{Assigned, words{"已指派", "assigned"}, []Status{InProgress, Cancelled, Merged}},
	{InProgress, words{"处理中", "in progress"}, []Status{Assigned, Waiting, PendingApproval, Resolved, Cancelled, Merged}},
	{Waiting, words{"待反馈人补充", "waiting for the requester"}, []Status{InProgress, Resolved, Cancelled, Merged}},
	{PendingApproval, words{"待审批", "pending approval"}, []Status{InProgress, Cancelled, Merged}},
	{Resolved, words{"已解决待确认", "resolved"}, []Status{Confirmed, InProgress, Closed}},
	{Confirmed, words{"已确认", "confirmed"}, []Status{Closed, InProgress}},
	{Closed, words{"已关闭", "closed"}, []Status{InProgress}},
	{Cancelled, words{"已取消", "cancelled"}, []Status{New, Assigned, InProgress, Waiting, PendingApproval}},
	{Merged, words{"已合并", "merged"}, []Status{New, Assigned, InProgress, Waiting, PendingApproval}},
}

// Statuses returns all statuses in the order of a ticket's life.
func Statuses() []Status {
	all := make([]Status, len(life))
	for i, row := range life {
		all[i] = row.status
	}
	return all
}

// Next returns the statuses that a ticket can take from s, in DOMAIN.md's order; none for an unknown status.
func (s Status) Next() []Status {
	for _, row := range life {
		if row.status == s {
			return slices.Clone(row.next)
		}
	}
	return nil
}

// CanBecome reports whether the table has a step from s to next. Staying is no step.
func (s Status) CanBecome(next Status) bool { return slices.Contains(s.Next(), next) }

// Name is the status in a language: DOMAIN.md's word in Chinese, in English for any other; the key when it is unknown.
func (s Status) Name(lang Language) string {
	for _, row := range life {
		if row.status == s {
			return row.name.in(lang)
		}
	}
	return string(s)
}

// RuleError is a refusal by a rule of the desk, said to the person who asked: why not, and what can be done instead.
type RuleError struct{ Chinese, English string }

// Error is the refusal in English, for the record.
func (e *RuleError) Error() string { return e.English }

// In is the refusal in a language, English for any but Chinese.
func (e *RuleError) In(lang Language) string { return words{e.Chinese, e.English}.in(lang) }

// Refuse says why a ticket cannot go from s to next and what it can become; nil when it can. Do not return it as an
// error unseen: a nil *RuleError in an error is not nil.
func (s Status) Refuse(next Status) *RuleError {
	if s.CanBecome(next) {
		return nil
	}
	why := s.reason(next)
	return &RuleError{
		Chinese: fmt.Sprintf("状态为“%s”的问题不能改为“%s”：%s。可以改为：%s。",
			s.Name(Chinese), next.Name(Chinese), why.Chinese, s.allowed(Chinese, "、")),
		English: fmt.Sprintf("a ticket that is %s cannot become %s: %s; allowed: %s",
			s.Name(English), next.Name(English), why.English, s.allowed(English, ", ")),
	}
}

// reason is why there is no step from s to next.
func (s Status) reason(next Status) words {
	switch {
	case next.Next() == nil:
		return words{"没有这个状态", "there is no such status"}
	case s == next:
		return words{"它已经是这个状态", "it is so already"}
	case s == Cancelled:
		return words{"已取消的问题只能恢复到原来的状态", "a cancelled ticket only returns to its former status"}
	case s == Merged:
		return words{"已合并的问题只能撤销合并，恢复到原来的状态", "a merged ticket only returns to its former status, by undoing the merge"}
	case s == Closed:
		return words{"已关闭的问题要先重开", "a closed ticket has to be reopened first"}
	case s == PendingApproval:
		return words{"要先有审批结果", "the approval has to be decided first"}
	}
	return demands[next]
}

// demands is what each status asks of a ticket that is not there yet.
var demands = map[Status]words{
	New:             {"登记之后不再回到新建", "what has been taken up does not become new again"},
	Assigned:        {"新建或处理中的问题才能指派", "only what is new or in progress is assigned"},
	InProgress:      {"要先指派处理人", "somebody has to be assigned first"},
	Waiting:         {"处理中的问题才能请反馈人补充", "only a ticket in progress can wait for its requester"},
	PendingApproval: {"处理中的问题才能提交审批", "only a ticket in progress is put up for approval"},
	Resolved:        {"处理中或待反馈人补充的问题才能标为已解决", "only what is in progress or waiting is resolved"},
	Confirmed:       {"要先解决，反馈人才能确认", "the requester can confirm only what is resolved"},
	Closed:          {"未经反馈人确认的问题不能关闭", "no ticket is closed without its requester's confirmation"},
	Cancelled:       {"已有解决结果的问题不能取消", "what has been resolved is not cancelled"},
	Merged:          {"已有解决结果的问题不能合并", "what has been resolved is not merged"},
}

// conditions are what a step asks beyond the table, said where the step is offered.
var conditions = map[[2]Status]words{
	{New, Closed}:        {"反馈人已自行解决", "solved by the requester"},
	{Resolved, Closed}:   {"负责人，须注明原因", "by a manager, with a reason"},
	{Confirmed, Closed}:  {"评价后或评价到期", "once rated, or when the survey lapses"},
	{Closed, InProgress}: {"重开", "by reopening"},
}

// allowed lists what s can become. From cancelled and merged that is the former status, which s itself does not know.
func (s Status) allowed(lang Language, comma string) string {
	next := s.Next()
	switch {
	case s == Cancelled || s == Merged:
		return words{"原来的状态", "its former status"}.in(lang)
	case len(next) == 0:
		return words{"无", "nothing"}.in(lang)
	}
	names := make([]string, len(next))
	for i, n := range next {
		names[i] = n.Name(lang)
		if condition, ok := conditions[[2]Status{s, n}]; ok {
			names[i] += words{"（" + condition.Chinese + "）", " (" + condition.English + ")"}.in(lang)
		}
	}
	return strings.Join(names, comma)
}

// words say one thing in the two languages of the desk.
type words struct{ Chinese, English string }

// in returns them in a language, English for any but Chinese.
func (w words) in(lang Language) string {
	if lang == Chinese {
		return w.Chinese
	}
	return w.English
}
