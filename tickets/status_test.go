package tickets_test

import (
	"slices"
	"strings"
	"testing"

	"maildesk/tickets"
)

// TestNext writes DOMAIN.md's table out a second time, by its keys.
func TestNext(t *testing.T) {
	for status, want := range map[tickets.Status]string{
		"new":              "assigned cancelled merged closed",
		"assigned":         "in_progress cancelled merged",
		"in_progress":      "assigned waiting pending_approval resolved cancelled merged",
		"waiting":          "in_progress resolved cancelled merged",
		"pending_approval": "in_progress cancelled merged",
		"resolved":         "confirmed in_progress closed",
		"confirmed":        "closed in_progress",
		"closed":           "in_progress",
		"cancelled":        "new assigned in_progress waiting pending_approval",
		"merged":           "new assigned in_progress waiting pending_approval",
		"":                 "",
		"reopened":         "",
	} {
		t.Run(string(status), func(t *testing.T) {
			var keys []string
			for _, next := range status.Next() {
				keys = append(keys, string(next))
			}
			if got := strings.Join(keys, " "); got != want {
				t.Errorf("Next() = %s, want %s", got, want)
			}
		})
	}
}

func TestNextIsTheCallersOwn(t *testing.T) {
	tickets.New.Next()[0] = tickets.Confirmed
	if tickets.New.CanBecome(tickets.Confirmed) {
		t.Error("writing to what Next returned changed the table")
	}
}

// TestLife holds the table to what must be true of any help desk, whatever its rows.
func TestLife(t *testing.T) {
	for _, s := range tickets.Statuses() {
		if s.CanBecome(s) {
			t.Errorf("%s can become itself", s)
		}
		if !slices.Contains(reachable(s), tickets.Closed) {
			t.Errorf("a ticket that is %s can never be closed", s)
		}
		if s != tickets.New && !slices.Contains(reachable(tickets.New), s) {
			t.Errorf("no ticket ever becomes %s", s)
		}
		for _, gone := range []tickets.Status{tickets.Cancelled, tickets.Merged} {
			if s.CanBecome(gone) != gone.CanBecome(s) {
				t.Errorf("%s can become %s: %t; undone: %t", s, gone, s.CanBecome(gone), gone.CanBecome(s))
			}
		}
		for _, next := range tickets.Statuses() {
			if refused := s.Refuse(next); refused != nil && (strings.Contains(refused.Chinese, "：。") || strings.Contains(refused.English, ": ;")) {
				t.Errorf("%s to %s is refused without a reason: %s", s, next, refused)
			}
			if (s.Refuse(next) == nil) != s.CanBecome(next) {
				t.Errorf("%s to %s: refused %v, can become %t", s, next, s.Refuse(next), s.CanBecome(next))
			}
		}
	}
}

func reachable(from tickets.Status) []tickets.Status {
	found := []tickets.Status{from}
	for i := 0; i < len(found); i++ {
		for _, next := range found[i].Next() {
			if !slices.Contains(found, next) {
				found = append(found, next)
			}
		}
	}
	return found
}

func TestRefuse(t *testing.T) {
	for _, tc := range []struct {
		name             string
		from, to         tickets.Status
		chinese, english string
	}{
		{"confirm what is new", tickets.New, tickets.Confirmed,
			"状态为“新建”的问题不能改为“已确认”：要先解决，反馈人才能确认。可以改为：已指派、已取消、已合并、已关闭（反馈人已自行解决）。",
			"a ticket that is new cannot become confirmed: the requester can confirm only what is resolved; " +
				"allowed: assigned, cancelled, merged, closed (solved by the requester)"},
		{"close what is worked on", tickets.InProgress, tickets.Closed,
			"状态为“处理中”的问题不能改为“已关闭”：未经反馈人确认的问题不能关闭。可以改为：已指派、待反馈人补充、待审批、已解决待确认、已取消、已合并。",
			"a ticket that is in progress cannot become closed: no ticket is closed without its requester's confirmation; " +
				"allowed: assigned, waiting for the requester, pending approval, resolved, cancelled, merged"},
		{"cancel what is resolved", tickets.Resolved, tickets.Cancelled,
			"状态为“已解决待确认”的问题不能改为“已取消”：已有解决结果的问题不能取消。可以改为：已确认、处理中、已关闭（负责人，须注明原因）。",
			"a ticket that is resolved cannot become cancelled: what has been resolved is not cancelled; " +
				"allowed: confirmed, in progress, closed (by a manager, with a reason)"},
		{"assign what is closed", tickets.Closed, tickets.Assigned,
			"状态为“已关闭”的问题不能改为“已指派”：已关闭的问题要先重开。可以改为：处理中（重开）。",
			"a ticket that is closed cannot become assigned: a closed ticket has to be reopened first; allowed: in progress (by reopening)"},
		{"resolve what is cancelled", tickets.Cancelled, tickets.Resolved,
			"状态为“已取消”的问题不能改为“已解决待确认”：已取消的问题只能恢复到原来的状态。可以改为：原来的状态。",
			"a ticket that is cancelled cannot become resolved: a cancelled ticket only returns to its former status; " +
				"allowed: its former status"},
		{"resolve before the approval", tickets.PendingApproval, tickets.Resolved,
			"状态为“待审批”的问题不能改为“已解决待确认”：要先有审批结果。可以改为：处理中、已取消、已合并。",
			"a ticket that is pending approval cannot become resolved: the approval has to be decided first; " +
				"allowed: in progress, cancelled, merged"},
		{"twice the same", tickets.Confirmed, tickets.Confirmed,
			"状态为“已确认”的问题不能改为“已确认”：它已经是这个状态。可以改为：已关闭（评价后或评价到期）、处理中。",
			"a ticket that is confirmed cannot become confirmed: it is so already; " +
				"allowed: closed (once rated, or when the survey lapses), in progress"},
		{"no such status", tickets.Closed, "gone",
			"状态为“已关闭”的问题不能改为“gone”：没有这个状态。可以改为：处理中（重开）。",
			"a ticket that is closed cannot become gone: there is no such status; allowed: in progress (by reopening)"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			refused := tc.from.Refuse(tc.to)
			if refused == nil {
				t.Fatal("not refused")
			}
			if got := refused.In(tickets.Chinese); got != tc.chinese {
				t.Errorf("in Chinese\n got %s\nwant %s", got, tc.chinese)
			}
			if got := refused.In(tickets.English); got != tc.english || refused.Error() != got {
				t.Errorf("in English\n got %s\nwant %s\nerror %s", got, tc.english, refused.Error())
			}
		})
	}
}

func TestStatusNames(t *testing.T) {
	want := map[tickets.Status]string{
		"new": "新建", "assigned": "已指派", "in_progress": "处理中", "waiting": "待反馈人补充", "pending_approval": "待审批",
		"resolved": "已解决待确认", "confirmed": "已确认", "closed": "已关闭", "cancelled": "已取消", "merged": "已合并", "gone": "gone",
	}
	for status, chinese := range want {
		if got := status.Name(tickets.Chinese); got != chinese {
			t.Errorf("%s in Chinese is %s, want %s", status, got, chinese)
		}
	}
	if got := tickets.Waiting.Name(tickets.English); got != "waiting for the requester" {
		t.Errorf("waiting in English is %s", got)
	}
}
