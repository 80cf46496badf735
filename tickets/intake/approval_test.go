package intake_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// A plan waits for a manager, who decides with proof; nobody decides on his own.
func TestAPlanIsApproved(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.wants(d.answer(liwei, "#计划 今晚 22 点切换认证服务器\r\n回退：22:30 前切回"), "approval "+wangfang, "receipt "+liwei)
	d.status(number, tickets.PendingApproval)
	d.wants(d.answer(liwei, "#批准"), "transcript "+liwei)
	d.status(number, tickets.PendingApproval)

	asked := d.last(wangfang)
	d.wants(d.send("From: "+wangfang, "To: helpdesk@corp.example", "Subject: ["+number+"] ok", "", "#批准"), "held "+wangfang)
	d.status(number, tickets.PendingApproval)
	d.wants(d.send("From: "+wangfang, "To: helpdesk@corp.example", "Subject: Re: "+asked.Subject, "In-Reply-To: <"+asked.MessageID+">", "", "#批准 注意通知门店"), "note "+liwei, "receipt "+wangfang)
	d.status(number, tickets.InProgress)
	entries := d.entries(number)
	if last := entries[len(entries)-1].Text; !strings.Contains(last, "approved by "+wangfang+", proven by token: 注意通知门店") {
		t.Errorf("the record says %q", last)
	}
}

func TestAPlanIsRejected(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#计划 今晚切换")
	d.wants(d.answer(wangfang, "#驳回"), "transcript "+wangfang)
	d.wants(d.answer(wangfang, "#驳回 请避开月末"), "note "+liwei, "receipt "+wangfang)
	d.status(number, tickets.InProgress)
}

// A merge is a permanent alias, and #undo takes it back.
func TestMerge(t *testing.T) {
	d := staffed(t)
	first := d.report()
	d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: ERP 登录不上", "", "我也登录不上 ERP，提示密码错误，请帮忙看看，谢谢。")
	second, confirmation := d.last(lina).item.Number, d.last(lina)
	assigned := d.last(liwei)
	d.wants(d.answer(liwei, "#合并 "+first+"\r\n#计划 今晚切换数据库"), "transcript "+liwei) // it is merged by then
	d.status(second, tickets.Assigned)
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: Re: "+assigned.Subject, "In-Reply-To: <"+assigned.MessageID+">", "", "#合并 "+first), "changed "+lina, "receipt "+liwei)
	d.status(second, tickets.Merged)
	receipt := d.last(liwei)
	if got := d.ticket(first); len(got.Watchers) != 1 || got.Watchers[0].Address != lina || !slices.Equal(got.Links, []string{second}) {
		t.Errorf("%s: watchers %v, links %v", first, got.Watchers, got.Links)
	}
	// What answers the merged ticket goes to the other one, whoever writes it.
	before := len(d.entries(first))
	d.wants(d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: Re: "+confirmation.Subject, "In-Reply-To: <"+confirmation.MessageID+">", "", "财务室也一样"),
		"reply "+zhangsan, "message "+liwei)
	if got := len(d.entries(first)); got != before+1 {
		t.Errorf("%d entries more on %s", got-before, first)
	}
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: Re: "+assigned.Subject, "In-Reply-To: <"+assigned.MessageID+">", "", "已经在处理了"),
		"reply "+zhangsan, "reply "+lina, "receipt "+liwei)

	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: Re: "+receipt.Subject, "In-Reply-To: <"+receipt.MessageID+">", "", "#撤销"),
		"undone "+lina, "receipt "+liwei)
	d.status(second, tickets.Assigned)
	if got := d.ticket(first); len(got.Watchers) != 0 || len(got.Links) != 0 {
		t.Errorf("%s: watchers %v, links %v", first, got.Watchers, got.Links)
	}
}

// Who waits may urge, once a day; the second time the managers hear of it.
func TestEscalation(t *testing.T) {
	d := staffed(t)
	d.Policy.Groups[0].Lead = tickets.Address{Name: "李伟", Address: liwei}
	d.report()
	d.wants(d.answer(zhangsan, "#催单 今天要出货"), "note "+liwei, "answer "+zhangsan)
	d.wants(d.answer(zhangsan, "#催单"), "transcript "+zhangsan)
	d.now = d.now.Add(25 * time.Hour)
	d.wants(d.answer(zhangsan, "#催单"), "note "+liwei, "note "+wangfang, "answer "+zhangsan)
}

// Who is away gets nothing new: by #away, or because a machine said so; then who leads hears of the ticket at hand.
func TestAbsence(t *testing.T) {
	d := staffed(t)
	d.Policy.Technicians = append(d.Policy.Technicians, intake.Technician{Person: tickets.Person{Name: "赵敏", Address: "zhaomin@corp.example", Language: tickets.Chinese}})
	d.Policy.Groups[0].Members = append(d.Policy.Groups[0].Members, tickets.Address{Name: "赵敏", Address: "zhaomin@corp.example"})
	number := d.report()
	if got := d.ticket(number).Assignee; got == nil || got.Address != liwei {
		t.Fatalf("assignee %v", got)
	}
	assigned := d.last(liwei)
	d.wants(d.send("From: "+liwei, "Auto-Submitted: auto-replied", "To: helpdesk@corp.example", "Subject: 自动答复: "+assigned.Subject, "In-Reply-To: <"+assigned.MessageID+">", "",
		"我将于2023年11月20日返回公司，期间无法查收邮件。"), "note "+wangfang)
	if l := d.last(wangfang); !strings.Contains(l.Text, "李伟 不在，预计 2023-11-20 00:00 回来") {
		t.Errorf("the hint says:\n%s", l.Text)
	}
	d.answer(wangfang, "#解决 以后再说") // so that 李伟 has no open ticket, and would be given the next
	d.wants(d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: 显示器闪", "", "显示器一直在闪，换了线也一样。"), "confirmation "+lina, "assigned zhaomin@corp.example")
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Authentication-Results: mx.corp.example; dmarc=pass", "Subject: x", "", "#外出 12月1日至12月5日"), "transcript "+liwei)
}

// Who decides without a reason and writes a note beside it is read: the one mail of both brings the words.
func TestADecisionBringsTheNoteBesideIt(t *testing.T) {
	d := staffed(t)
	d.report()
	d.answer(liwei, "#计划 今晚切换")
	d.wants(d.answer(wangfang, "#批准\r\n#备注 请先通知各门店"), "note "+liwei, "receipt "+wangfang)
	if got := d.last(liwei).Text; !strings.Contains(got, "请先通知各门店") || !strings.Contains(got, "计划已批准") {
		t.Errorf("the technician reads\n%s", got)
	}
}

// A permission is decided on by the requester's own manager, who does not work in IT and decides nothing else.
func TestAPermissionIsTheOwnManagers(t *testing.T) {
	const boss = "zhouli@corp.example"
	d := staffed(t)
	d.Policy.Directory = func(address string) (tickets.Person, bool) {
		return tickets.Person{Manager: boss}, address == zhangsan
	}
	number := d.report()
	d.answer(liwei, "#分类 账户")
	d.wants(d.answer(liwei, "#计划 给张三开通 ERP 财务模块的只读权限"), "approval "+boss, "receipt "+liwei)
	d.status(number, tickets.PendingApproval)
	d.wants(d.answer(boss, "权限到什么时候为止？"), "note "+liwei)
	d.wants(d.answer(boss, "#关闭 不需要"), "transcript "+boss)
	d.wants(d.answer(boss, "#批准 到年底为止"), "note "+liwei, "answer "+boss)
	d.status(number, tickets.InProgress)
	if got := d.ticket(number).Approval; got != tickets.ApprovalGranted {
		t.Errorf("the approval is %q", got)
	}
	d.wants(d.answer(boss, "#批准"), "transcript "+boss)
	asked := d.last(boss)
	d.wants(d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: Re: "+asked.Subject, "In-Reply-To: <"+asked.MessageID+">", "", "#批准"), "note "+liwei)
}

// A P0 is carried out at once: its plan stops nothing, and what was done without one is approved after.
func TestAP0IsApprovedAfter(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#优先级 P0\r\n#接单")
	d.wants(d.answer(liwei, "#计划 立即切换到备用服务器"), "approval "+wangfang, "receipt "+liwei)
	d.status(number, tickets.InProgress)
	if got := d.last(wangfang).Text; !strings.Contains(got, "处理不等审批") {
		t.Errorf("the manager reads\n%s", got)
	}
	d.wants(d.answer(wangfang, "#驳回 备用服务器今天在维护"), "note "+liwei, "receipt "+wangfang)
	d.status(number, tickets.InProgress)
	d.wants(d.answer(liwei, "#诊断 认证服务器磁盘坏\r\n#验证 三个门店都能登录\r\n#解决 已换磁盘，请再登录"), "approval "+wangfang, "resolved "+zhangsan, "receipt "+liwei)
	d.status(number, tickets.Resolved)
	if got := d.last(wangfang).Text; !strings.Contains(got, "已换磁盘") {
		t.Errorf("the manager reads\n%s", got)
	}
	d.wants(d.answer(wangfang, "#批准"), "note "+liwei, "receipt "+wangfang)
	d.status(number, tickets.Resolved)
}
