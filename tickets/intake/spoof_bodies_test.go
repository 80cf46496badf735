package intake_test

import "maildesk/tickets"

// spoofBodies are plain words, every verb with an argument that makes sense, and buttons.
var spoofBodies = []spoofBody{
	{name: "plain words", on: "A", text: "请问现在进展如何？我这边急着用。"},
	{name: "plain words while waiting", on: "W", text: "财务室的那台电脑。"},
	{name: "已解决", on: "B", text: "已解决", who: "r", effect: becomes(tickets.Confirmed)},
	{name: "没解决", on: "B", text: "还是不行", who: "r", effect: becomes(tickets.InProgress)},

	{key: "help", on: "A", text: "#help", reads: true, who: "rtw"},
	{key: "status", on: "A", text: "#查询", reads: true, who: "rtw"},
	{key: "list", on: "A", text: "#列表 我的", reads: true, who: "t"},
	{key: "form", on: "A", text: "#登记表", reads: true, who: "r"},

	{key: "confirm", on: "B", text: "#确认", who: "rt", effect: becomes(tickets.Confirmed)},
	{key: "unsolved", on: "B", text: "#未解决 重启后又出现", who: "rt", effect: becomes(tickets.InProgress)},
	{key: "rate", on: "B", text: "#评价 5 很快", who: "r", effect: becomes(tickets.Closed)},
	{key: "cancel", on: "A", text: "#取消", who: "r", effect: becomes(tickets.Cancelled)},
	{key: "reopen", on: "B", text: "#重开", who: "rt", effect: becomes(tickets.InProgress)},
	{key: "escalate", on: "A", text: "#催单 今天要出货", who: "r"},

	{key: "accept", on: "A", text: "#接单", who: "t", effect: func(_, after tickets.Ticket, sender string) bool {
		return after.Status == tickets.InProgress && after.Assignee != nil && after.Assignee.Address == sender
	}},
	{key: "assign", on: "A", text: "#指派 王芳", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Assignee != nil && t.Assignee.Address == wangfang })},
	{key: "category", on: "A", text: "#分类 网络", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Category == tickets.Network })},
	{key: "priority", on: "A", text: "#优先级 P1", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Priority == tickets.P1 })},
	{name: "priority P0", key: "priority", on: "A", text: "#优先级 P0", strict: true, who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Priority == tickets.P0 })},
	{key: "severity", on: "A", text: "#严重程度 一般", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Severity == tickets.Moderate })},
	{key: "reply", on: "A", text: "#回复 请重启后再试", who: "t", effect: becomes(tickets.InProgress)},
	{key: "note", on: "A", text: "#备注 已联系厂商", who: "t"},
	{key: "private", on: "A", text: "#私密 初始密码 x1y2", who: "t"},
	{key: "diagnosis", on: "A", text: "#诊断 账号被锁定", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Diagnosis == "账号被锁定" })},
	{key: "workaround", on: "A", text: "#临时方案 先用网页版", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Workaround != "" })},
	{key: "fix", on: "A", text: "#永久方案 重装驱动", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Fix != "" })},
	{key: "prevention", on: "A", text: "#预防 固定驱动版本", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Prevention != "" })},
	{key: "verified", on: "A", text: "#验证 已一起测试", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Verification != "" })},
	{key: "wait", on: "A", text: "#等待 请提供错误截图", who: "t", effect: becomes(tickets.Waiting)},
	{key: "plan", on: "A", text: "#计划 今晚切换数据库", who: "t"},
	{key: "approve", on: "A", text: "#批准", strict: true},
	{key: "reject", on: "A", text: "#驳回 请避开月末", strict: true},
	{key: "consult", on: "A", text: "#会诊 " + wangfang, who: "t"},
	{key: "watch", on: "A", text: "#关注 chenjing@corp.example", who: "t", effect: func(b, a tickets.Ticket, _ string) bool { return len(a.Watchers) == len(b.Watchers)+1 }},
	{name: "watch outside", key: "watch", on: "A", text: "#关注 partner@vendor.example", strict: true, who: "t",
		effect: func(b, a tickets.Ticket, _ string) bool { return len(a.Watchers) == len(b.Watchers)+1 }},
	{key: "unwatch", on: "A", text: "#取消关注 " + lina, who: "t", effect: func(b, a tickets.Ticket, _ string) bool { return len(a.Watchers) == len(b.Watchers)-1 }},
	{key: "time", on: "A", text: "#工时 30分钟", who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Minutes == 30 })},
	{key: "due", on: "A", text: "#截止 2023-11-17 18:00", who: "t", effect: holds(func(t tickets.Ticket) bool { return !t.ResolveDue.IsZero() })},
	{key: "resolve", on: "A", text: "#解决 已重置密码", who: "t", effect: becomes(tickets.Resolved)},
	{key: "close", on: "B", text: "#关闭 多次联系无回复", strict: true, who: "m", effect: becomes(tickets.Closed)},
	{key: "junk", on: "A", text: "#垃圾", who: "t", effect: becomes(tickets.Cancelled)},
	{key: "merge", on: "A", text: "#合并 {C}", strict: true, who: "t", effect: becomes(tickets.Merged)},
	{key: "split", on: "A", text: "#拆分 1"},
	{key: "link", on: "A", text: "#关联 {C}", who: "t", effect: holds(func(t tickets.Ticket) bool { return len(t.Links) == 1 })},
	{key: "requester", on: "A", text: "#反馈人 " + lisi, strict: true, who: "t", effect: holds(func(t tickets.Ticket) bool { return t.Requester.Address == lisi })},
	{key: "kb", on: "B", text: "#入库 密码错误", strict: true},
	{key: "use", on: "A", text: "#引用 密码错误"},
	{key: "ack", on: "A", text: "#收到"},
	{key: "away", on: "A", text: "#外出 2023-11-20 至 2023-11-24"},
	{key: "oncall", on: "A", text: "#换班 李伟 2023-11-20 至 2023-11-24"},
	{key: "search", on: "A", text: "#搜索 密码", reads: true},
	{key: "report", on: "A", text: "#报表 上周", reads: true},
	{key: "why", on: "A", text: "#为何", reads: true},
	{key: "undo", on: "B", text: "#撤销"},

	{name: "own button confirm", key: "confirm", on: "B", text: "#确认\r\n\r\n{button:confirm:own}", who: "rt", press: "confirm", effect: becomes(tickets.Confirmed)},
	{name: "own button accept", key: "accept", on: "A", text: "#接单\r\n\r\n{button:accept:own}", who: "t", press: "accept", effect: becomes(tickets.InProgress)},
	{name: "another's button confirm", key: "confirm", on: "B", text: "#确认\r\n\r\n{button:confirm:another's}", who: "rt", effect: becomes(tickets.Confirmed)},
	{name: "button of another purpose", key: "unsolved", on: "B", text: "#未解决\r\n\r\n{button:confirm:own}", who: "rt", effect: becomes(tickets.InProgress)},
	{name: "button of another score", key: "rate", on: "B", text: "#评价 1\r\n\r\n{button:rate 5:own}", who: "r", effect: becomes(tickets.Closed)},
	{name: "button below plain words", on: "B", text: "还是不行\r\n\r\n{button:rate 5:own}", who: "r", effect: becomes(tickets.InProgress)},
	{name: "close with a button", key: "close", on: "B", text: "#关闭 多次联系无回复\r\n\r\n{button:close:own}", strict: true, who: "m", effect: becomes(tickets.Closed)},
}

func becomes(s tickets.Status) func(_, after tickets.Ticket, _ string) bool {
	return func(_, after tickets.Ticket, _ string) bool { return after.Status == s }
}

func holds(f func(after tickets.Ticket) bool) func(_, after tickets.Ticket, _ string) bool {
	return func(_, after tickets.Ticket, _ string) bool { return f(after) }
}
