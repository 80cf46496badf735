package intake_test

import (
	"strings"
	"testing"

	"maildesk/tickets"
)

// Each of these was wrong once.

func TestAFormWithoutProofFillsNothing(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: Re: ["+number+"] ERP", "", "#查询\r\n\r\n> 问题反馈登记表\r\n> 联系方式：13900000000\r\n> 所属部门：财务部")
	if got := d.ticket(number).Requester; got.Phone != "" || got.Department != "" {
		t.Errorf("requester %+v", got)
	}
}

func TestNobodySendsATechnicianAway(t *testing.T) {
	d := staffed(t)
	d.report()
	confirmation := d.last(zhangsan)
	d.wants(d.send("From: "+liwei, "Auto-Submitted: auto-replied", "To: helpdesk@corp.example", "Subject: 自动答复", "In-Reply-To: <"+confirmation.MessageID+">", "", "我将于2023年12月20日回来。"))
	d.wants(d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: 显示器闪", "", "显示器一直在闪，换了线也一样。"), "confirmation "+lina, "assigned "+liwei)
}

func TestAConsultationStaysInside(t *testing.T) {
	d := staffed(t)
	d.report()
	d.wants(d.answer(liwei, "#会诊 王芳\r\n\r\n这个人是不是又输错密码了？"), "note "+wangfang, "receipt "+liwei)
	if l := d.last(wangfang); !strings.Contains(l.Text, "又输错密码") {
		t.Errorf("the question is not in it:\n%s", l.Text)
	}
}

func TestWhatIsPrivateIsOnNoRecord(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#优先级 P2\r\n#私密 初始密码 Xy-998877")
	d.answer(liwei, "#撤销")
	for _, e := range d.entries(number) {
		if strings.Contains(e.Text, "Xy-998877") && e.Visibility != tickets.Private {
			t.Errorf("%s entry: %q", e.Visibility, e.Text)
		}
	}
}

func TestSeveralCommandsOnAnotherTicket(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: 打印机", "", "打印机不工作了，一直卡纸，请帮忙。")
	out := d.answer(liwei, "#"+number+" 优先级 P2\r\n#"+number+" 解决 已解锁，请再试。")
	d.wants(out, "resolved "+zhangsan, "receipt "+liwei)
	if l := d.last(zhangsan); !strings.Contains(l.Text, "已解锁，请再试。") || !strings.Contains(l.Text, "优先级：P2") {
		t.Errorf("the solution says:\n%s", l.Text)
	}
}

func TestAProblemBelowAQuestion(t *testing.T) {
	d := staffed(t)
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Subject: 打印机", "", "#登记表\r\n\r\n三楼的打印机一直卡纸，已经重启过了。"), "confirmation "+zhangsan, "assigned "+liwei)
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Subject: 表", "", "#登记表"), "answer "+zhangsan)
}

func TestAnotherSolution(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#解决 第一次的办法")
	first := d.ticket(number).ResolvedAt
	d.wants(d.answer(liwei, "#解决 第二次的办法"), "resolved "+zhangsan, "receipt "+liwei)
	if got := d.ticket(number); got.Fix != "第二次的办法" || !got.ResolvedAt.After(first) {
		t.Errorf("fix %q, resolved at %v", got.Fix, got.ResolvedAt)
	}
}

func TestAReassignedTicketStaysSo(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#指派 王芳\r\n\r\n转给同事处理，请稍候。")
	if got := d.ticket(number); got.Assignee == nil || got.Assignee.Address != wangfang || got.Status != tickets.Assigned {
		t.Errorf("assignee %v, %s", got.Assignee, got.Status)
	}
	if l := d.last(wangfang); !strings.Contains(l.Text, "用户名或密码错误") {
		t.Errorf("the new assignee does not read the report:\n%s", l.Text)
	}
}

func TestNothingOfAWrongMailIsDone(t *testing.T) {
	d := staffed(t)
	d.report()
	d.answer(liwei, "#列表")
	d.wants(d.answer(liwei, "#外出 2023-11-16 至 2023-11-20\r\n#解觉"), "transcript "+liwei)
	d.now = d.now.AddDate(0, 0, 1)
	d.wants(d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: 显示器闪", "", "显示器一直在闪，换了线也一样。"), "confirmation "+lina, "assigned "+liwei)
}

func TestAReleasedMailIsNotHeldAgain(t *testing.T) {
	d := staffed(t)
	d.Policy.Require = "both"
	number := d.report()
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: Re: ["+number+"] ERP", "", "#接单"), "held "+liwei)
	press := d.button(d.last(liwei), "release")
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: release", "", press), "receipt "+liwei)
	d.status(number, tickets.InProgress)
}

func TestOnlyWhatIsResolvedIsClosed(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#等待 请发截图")
	d.answer(liwei, "#会诊 王芳")
	d.wants(d.answer(wangfang, "#关闭 无回复"), "transcript "+wangfang)
	if l := d.last(wangfang); strings.Contains(l.Text, "状态为“处理中”") {
		t.Errorf("the refusal names another status:\n%s", l.Text)
	}
	d.status(number, tickets.Waiting)
	d.answer(liwei, "#解决 好了")
	d.answer(zhangsan, "可以了")
	d.wants(d.answer(wangfang, "#关闭 无回复"), "transcript "+wangfang)
	d.status(number, tickets.Confirmed)
}

func TestAWatcherSpeaksInTheDesksName(t *testing.T) {
	d := staffed(t)
	d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Cc: "+lina, "Subject: 投影", "", "三楼会议室的投影仪没有信号，下午有客户来。")
	d.answer(liwei, "换一根线试试")
	l := d.last(lina)
	d.wants(d.send("From: =?utf-8?B?546L6Iqz?= <"+lina+">", "To: helpdesk@corp.example", "Subject: Re: "+l.Subject, "In-Reply-To: <"+l.MessageID+">", "", "换过了，不行"), "reply "+zhangsan, "message "+liwei)
	if got := d.last(zhangsan).From.Name; got != "IT 服务台" {
		t.Errorf("From %q", got)
	}
}

func TestRatingsAreForManagers(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#解决 好了")
	d.answer(zhangsan, "可以了")
	d.wants(d.answer(zhangsan, "1 李伟态度差"), "rated "+zhangsan, "note "+wangfang)
	for _, e := range d.entries(number) {
		if e.Visibility != tickets.Private && (strings.Contains(e.Text, "态度差") || strings.Contains(e.Text, "rated 1")) {
			t.Errorf("%s %s entry: %q", e.Visibility, e.Kind, e.Text)
		}
	}
}

// When the mail to a technician comes back, the managers hear of it; that their own comes back is told to nobody.
func TestATechnicianIsNotReached(t *testing.T) {
	d := staffed(t)
	d.report()
	bounce := func(of letter) []letter {
		return d.send("From: MAILER-DAEMON@corp.example", "Return-Path: <>", "To: helpdesk@corp.example", "Subject: Undelivered Mail Returned to Sender",
			"Content-Type: multipart/report; report-type=delivery-status; boundary=b", "MIME-Version: 1.0", "", "--b\r\nContent-Type: text/plain\r\n\r\nno such user\r\n--b\r\n"+
				"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.corp.example\r\n\r\nFinal-Recipient: rfc822; "+of.item.Recipient+"\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\n"+
				"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <"+of.MessageID+">\r\n\r\n--b--")
	}
	d.wants(bounce(d.last(liwei)), "unreached "+wangfang)
	d.wants(bounce(d.last(wangfang)))
}
