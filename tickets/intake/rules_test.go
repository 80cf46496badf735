package intake_test

import (
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

// What matters most is not resolved without its cause and its test on record; for others the receipt asks for the cause.
func TestWhatAnUrgentSolutionNeeds(t *testing.T) {
	for _, c := range []struct{ name, mail, want string }{
		{"P1 without either", "#优先级 P1\r\n#解决 请再试一次", "transcript "},
		{"P1 without the test", "#优先级 P1\r\n#诊断 账号被锁定\r\n#解决 请再试一次", "transcript "},
		{"P1 with both in the same mail", "#优先级 P1\r\n#诊断 账号被锁定\r\n#验证 已登录一次\r\n#解决 请再试一次", "receipt "},
		{"P2 without either", "#优先级 P2\r\n#解决 请再试一次", "receipt "},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := staffed(t)
			number := d.report()
			if c.want == "transcript " {
				d.wants(d.answer(liwei, c.mail), c.want+liwei)
				d.status(number, tickets.Assigned)
				return
			}
			d.wants(d.answer(liwei, c.mail), "resolved "+zhangsan, c.want+liwei)
			d.status(number, tickets.Resolved)
			if asks := strings.Contains(d.last(liwei).Text, "如方便，请补充 #诊断"); asks != strings.Contains(c.mail, "P2") {
				t.Errorf("the receipt asks for the diagnosis: %v", asks)
			}
		})
	}
}

// A solution that changes once it was announced is the requester's business at once.
func TestAChangedSolutionIsTold(t *testing.T) {
	d := staffed(t)
	d.report()
	d.wants(d.answer(liwei, "#临时方案 先用网页版"), "receipt "+liwei)
	d.wants(d.answer(liwei, "#解决 请用网页版"), "resolved "+zhangsan, "receipt "+liwei)
	d.wants(d.answer(liwei, "#永久方案 客户端已更新，可以用回客户端"), "changed "+zhangsan, "receipt "+liwei)
	if l := d.last(zhangsan); !strings.Contains(l.Text, "客户端已更新，可以用回客户端") {
		t.Errorf("it says:\n%s", l.Text)
	}
}

// A bad rating reaches the managers and nobody else; it can be changed for a week.
func TestABadRating(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#解决 请再试一次")
	d.wants(d.answer(zhangsan, "已解决"), "survey "+zhangsan)
	d.wants(d.answer(zhangsan, "2 等了太久"), "rated "+zhangsan, "note "+wangfang)
	d.now = d.now.Add(6 * 24 * time.Hour)
	d.wants(d.answer(zhangsan, "4 后来处理得不错"), "rated "+zhangsan)
	if got := d.ticket(number).Satisfaction; got.Score != 4 || got.Comment != "后来处理得不错" {
		t.Errorf("rated %+v", got)
	}
	d.now = d.now.Add(2 * 24 * time.Hour)
	d.wants(d.answer(zhangsan, "#评价 1"), "transcript "+zhangsan)
	if got := d.ticket(number).Satisfaction.Score; got != 4 {
		t.Errorf("rated %d after the week", got)
	}
}

// says writes on the first ticket, with the mail server's proof.
func (d *desk) says(from, text string) []letter {
	d.t.Helper()
	return d.send(passed, "From: "+from, "To: helpdesk@corp.example", "Subject: Re: [IT20231115001] ERP", "", text)
}

// A manager alone closes without the requester's word, with a reason on record that the requester hears, and who can go on.
func TestAManagerCloses(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.wants(d.answer(liwei, "#关闭 没有回复"), "transcript "+liwei)
	d.answer(liwei, "#解决 请再试一次")
	d.wants(d.answer(liwei, "#关闭 没有回复"), "transcript "+liwei)
	d.Policy.AuthservID = "mx.corp.example"
	d.wants(d.says(wangfang, "#关闭"), "transcript "+wangfang)
	d.status(number, tickets.Resolved)
	d.wants(d.says(wangfang, "#关闭 多次联系无回复"), "closed "+zhangsan, "receipt "+wangfang)
	d.status(number, tickets.Closed)
	if l := d.last(zhangsan); !strings.Contains(l.Text, "多次联系无回复") {
		t.Errorf("the requester reads:\n%s", l.Text)
	}
	d.answer(zhangsan, "还是登录不了，前几天出差")
	d.status(number, tickets.InProgress)
}

// Who is asked for advice answers inside IT.
func TestAConsultation(t *testing.T) {
	d := staffed(t)
	d.report()
	d.wants(d.answer(liwei, "#会诊 王芳\r\n#备注 认证服务器的日志您能看吗？"), "note "+wangfang, "receipt "+liwei)
	d.wants(d.answer(wangfang, "可以，我看一下。"), "note "+liwei, "receipt "+wangfang)
}

// A technician's word that the requester has confirmed by telephone can be objected to.
func TestAConfirmationByTelephone(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#解决 请再试一次")
	d.wants(d.answer(liwei, "#确认 电话里说好了"), "survey "+zhangsan, "receipt "+liwei)
	d.status(number, tickets.Confirmed)
	d.wants(d.answer(zhangsan, "没解决"), "reopened "+zhangsan, "unsolved "+liwei)
	d.status(number, tickets.InProgress)
}

// What is withdrawn or junk returns to where it was.
func TestCancelledComesBack(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.wants(d.answer(liwei, "#垃圾"), "receipt "+liwei)
	d.status(number, tickets.Cancelled)
	d.wants(d.answer(liwei, "#撤销"), "receipt "+liwei)
	d.status(number, tickets.Assigned)
	d.wants(d.answer(zhangsan, "#取消"), "cancelled "+zhangsan, "message "+liwei)
	d.status(number, tickets.Cancelled)
	for _, order := range []string{"#计划 今晚切换数据库", "#等待 请发一张截图", "#解决 已重装驱动", "#接单"} {
		d.wants(d.answer(liwei, order), "transcript "+liwei)
		d.status(number, tickets.Cancelled)
	}
	d.wants(d.answer(zhangsan, "#重开 还是需要"), "reopened "+zhangsan, "unsolved "+liwei)
	d.status(number, tickets.Assigned)
}

// Junk is cancelled without word to its sender, who is ignored if the technician says so, until that is taken back. A
// colleague in the directory is never ignored.
func TestJunkIsIgnored(t *testing.T) {
	d := staffed(t)
	d.Policy.StaffDomains, d.Policy.AllowOutside = []string{"corp.example"}, true
	const seller = "sales@outside.example"
	offer := func() []letter {
		return d.send("From: "+seller, "To: helpdesk@corp.example", "Subject: 打折办公用品", "", "本月办公用品全场八折，欢迎来电咨询，先到先得。第", d.now.String())
	}
	offer()
	number := d.last(seller).item.Number
	d.wants(d.answer(liwei, "#垃圾 永远"), "transcript "+liwei)
	d.wants(d.answer(liwei, "#垃圾"), "receipt "+liwei)
	d.status(number, tickets.Cancelled)
	if got := d.last(liwei).Text; !strings.Contains(got, "#垃圾 忽略") {
		t.Errorf("the offer is missing:\n%s", got)
	}
	d.wants(offer(), "confirmation "+seller, "assigned "+liwei)
	second := d.last(seller).item.Number
	d.wants(d.answer(liwei, "#垃圾 忽略"), "receipt "+liwei)
	d.wants(offer())
	d.wants(d.answer(seller, "请再考虑一下"))
	receipt := d.last(liwei)
	if d.answer(liwei, "#撤销"); d.ticket(second).Status != tickets.Assigned {
		t.Errorf("%s is %s after %s", second, d.ticket(second).Status, receipt.Subject)
	}
	d.wants(offer(), "confirmation "+seller, "assigned "+liwei)

	d.Policy.Directory = func(address string) (tickets.Person, bool) {
		return tickets.Person{Name: "张三", Address: zhangsan}, address == zhangsan
	}
	third := d.report()
	d.wants(d.answer(liwei, "#垃圾 忽略"), "transcript "+liwei)
	d.status(third, tickets.Assigned)
	d.wants(d.answer(liwei, "#垃圾"), "receipt "+liwei)
}
