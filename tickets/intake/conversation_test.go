package intake_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// The people of the stories.
const (
	zhangsan = "zhangsan@corp.example" // has the problem
	liwei    = "liwei@corp.example"    // technician
	wangfang = "wangfang@corp.example" // manager
	lina     = "lina@corp.example"     // a colleague
)

// staffed is a desk with a technician and a manager.
func staffed(t testing.TB) *desk {
	d := newDesk(t)
	d.Policy.Technicians = []intake.Technician{
		{Person: tickets.Person{Name: "李伟", Address: liwei, Language: tickets.Chinese}},
		{Person: tickets.Person{Name: "王芳", Address: wangfang, Language: tickets.Chinese}, Manager: true},
	}
	d.Policy.Groups = []tickets.Group{{Name: "desktop", Members: []tickets.Address{{Name: "李伟", Address: liwei}}}}
	d.Policy.ReopenWithin = 14 * 24 * time.Hour
	return d
}

// report opens a ticket of 张三 and returns its number.
func (d *desk) report() string {
	d.t.Helper()
	return d.take(mail("From: =?UTF-8?B?5byg5LiJ?= <"+zhangsan+">", "To: helpdesk@corp.example", "Subject: 登录ERP时提示密码错误",
		"Message-ID: <report@corp.example>", "Content-Type: text/plain; charset=utf-8", "",
		"今天早上开始登录ERP系统时提示用户名或密码错误，但是我确认输入正确，请帮忙处理一下，谢谢。")).Number
}

// letter is one of our mails as its reader sees it.
type letter struct {
	item tickets.OutboxItem
	*parser.Message
}

// last is our newest mail to somebody; the test ends when there is none.
func (d *desk) last(to string) letter {
	d.t.Helper()
	all := d.outbox()
	for _, item := range slices.Backward(all) {
		if item.Recipient == to {
			return d.open(item)
		}
	}
	d.t.Fatalf("nothing went to %s", to)
	return letter{}
}

func (d *desk) open(item tickets.OutboxItem) letter {
	d.t.Helper()
	raw, err := d.store.OutboxRaw(d.t.Context(), item.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	m, err := parser.Parse(io.NewSectionReader(strings.NewReader(string(raw)), 0, int64(len(raw))), parser.Options{Prefix: "IT"})
	if err != nil {
		d.t.Fatal(err)
	}
	return letter{item, m}
}

// answer replies to our newest mail to somebody, and returns what went out because of it.
func (d *desk) answer(from, text string, header ...string) []letter {
	d.t.Helper()
	l := d.last(from)
	lines := append([]string{"From: " + from, "To: helpdesk@corp.example", "Subject: Re: " + l.Subject, "In-Reply-To: <" + l.MessageID + ">"}, header...)
	return d.send(append(lines, "", text)...)
}

// send takes a mail and returns what went out because of it.
func (d *desk) send(lines ...string) []letter {
	d.t.Helper()
	before := len(d.outbox())
	d.uid++
	d.take(mail(append([]string{fmt.Sprintf("Message-ID: <m%d@corp.example>", d.uid), "Content-Type: text/plain; charset=utf-8"}, lines...)...))
	d.now = d.now.Add(time.Minute)
	var out []letter
	for _, item := range d.outbox()[before:] {
		out = append(out, d.open(item))
	}
	return out
}

// wants checks to whom what went out: "kind recipient", in any order.
func (d *desk) wants(got []letter, want ...string) {
	d.t.Helper()
	var have []string
	for _, l := range got {
		have = append(have, fmt.Sprintf("%s %s", l.item.Kind, l.item.Recipient))
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		d.t.Errorf("went out:\n%s\nwant:\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

func (d *desk) ticket(number string) *tickets.Ticket {
	d.t.Helper()
	t, err := d.store.TicketByNumber(d.t.Context(), number)
	if err != nil || t == nil {
		d.t.Fatalf("ticket %s: %v", number, err)
	}
	return t
}

func (d *desk) status(number string, want tickets.Status) {
	d.t.Helper()
	if got := d.ticket(number).Status; got != want {
		d.t.Errorf("%s is %s, want %s", number, got, want)
	}
}

// A ticket's life, from the first mail to the rating, by mail alone.
func TestAWholeLife(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.status(number, tickets.Assigned)
	d.wants([]letter{d.last(zhangsan), d.last(liwei)}, "confirmation "+zhangsan, "assigned "+liwei)

	out := d.answer(liwei, "请问是哪台电脑？\r\n\r\n> 您的问题已登记")
	d.wants(out, "reply "+zhangsan, "receipt "+liwei)
	d.status(number, tickets.InProgress)
	if l := d.last(zhangsan); !strings.Contains(l.Text, "请问是哪台电脑？") || strings.Contains(l.Text, "> 您的问题") || l.From.Name != "李伟 (IT 服务台)" {
		t.Errorf("the relayed reply is from %q:\n%s", l.From.Name, l.Text)
	}
	d.wants(d.answer(zhangsan, "财务室的 PC-0417。"), "message "+liwei)
	d.wants(d.answer(liwei, "#等待 请发一张错误提示的截图"), "waiting "+zhangsan, "receipt "+liwei)
	d.status(number, tickets.Waiting)
	d.wants(d.answer(zhangsan, "截图见附件。"), "message "+liwei)
	d.status(number, tickets.InProgress)
	d.wants(d.answer(liwei, "#诊断 账号被锁定\r\n#工时 30分钟\r\n#解决 账号已解锁，请再试一次。"), "resolved "+zhangsan, "receipt "+liwei)
	d.status(number, tickets.Resolved)
	if got := d.ticket(number); got.Diagnosis != "账号被锁定" || got.Fix != "账号已解锁，请再试一次。" || got.Minutes != 30 {
		t.Errorf("diagnosis %q, fix %q, %d minutes", got.Diagnosis, got.Fix, got.Minutes)
	}
	d.wants(d.answer(zhangsan, "收到，谢谢"), "unclear "+zhangsan)
	d.wants(d.answer(zhangsan, "好的"))
	d.wants(d.answer(zhangsan, "还是不行，提示一样"), "reopened "+zhangsan, "unsolved "+liwei)
	d.status(number, tickets.InProgress)
	d.wants(d.answer(liwei, "#解决 已重置密码"), "resolved "+zhangsan, "receipt "+liwei)
	d.wants(d.answer(zhangsan, "可以了"), "survey "+zhangsan)
	d.status(number, tickets.Confirmed)
	d.wants(d.answer(zhangsan, "5 很快"), "rated "+zhangsan)
	d.status(number, tickets.Closed)
	if got := d.ticket(number).Satisfaction; got == nil || got.Score != 5 || got.Comment != "很快" {
		t.Errorf("satisfaction %+v", got)
	}
	d.wants(d.answer(zhangsan, "谢谢！"))
	d.status(number, tickets.Closed)
}

// Colleagues who got the mail that opens a ticket watch it; they have the mail, so it is not confirmed to them.
func TestWhoWasCopiedWatches(t *testing.T) {
	d := staffed(t)
	d.Policy.Lists = []string{"all@corp.example"}
	out := d.send("From: "+zhangsan, "To: helpdesk@corp.example, "+lina, "Cc: all@corp.example, friend@outside.example", "Subject: 会议室投影没有信号", "", "三楼会议室的投影仪没有信号，下午有客户来，请尽快处理。")
	d.wants(out, "confirmation "+zhangsan, "assigned "+liwei)
	number := d.last(zhangsan).item.Number
	if got := d.ticket(number).Watchers; len(got) != 1 || got[0].Address != lina {
		t.Fatalf("watchers %v", got)
	}
	if got := d.last(liwei).Text; !strings.Contains(got, "这封信还发给了 friend@outside.example，他们没有关注") {
		t.Errorf("the technician reads\n%s", got)
	}
	d.wants(d.answer(liwei, "换一根线试试"), "reply "+zhangsan, "reply "+lina, "receipt "+liwei)
	d.wants(d.answer(lina, "换过了，还是没有信号"), "reply "+zhangsan, "message "+liwei)
}

// Ten colleagues in copy watch; the technician is told of the others, and of so many by number alone.
func TestACrowdInCopyIsNamed(t *testing.T) {
	d := staffed(t)
	var crowd []string
	for n := range 43 {
		crowd = append(crowd, fmt.Sprintf("user%d@corp.example", n))
	}
	d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Cc: "+strings.Join(crowd, ",\r\n "), "Subject: 会议室投影没有信号", "", "三楼会议室的投影仪没有信号，下午有客户来，请尽快处理。")
	if got := d.ticket(d.last(zhangsan).item.Number).Watchers; len(got) != 10 || got[9].Address != "user9@corp.example" {
		t.Errorf("watchers %v", got)
	}
	got := strings.Join(strings.Fields(d.last(liwei).Text), "")
	if !strings.Contains(got, "user10@corp.example,user11@corp.example") || !strings.Contains(got, "user39@corp.example，另有3人") || strings.Contains(got, "user9@") {
		t.Errorf("the technician reads\n%s", d.last(liwei).Text)
	}
}

// A client that drops the headers and the subject leaves our footer in the quote: that is enough for who belongs to the ticket.
func TestAReplyThatLeavesTheFooterAlone(t *testing.T) {
	d := staffed(t)
	number := d.report()
	quote := "\r\n\r\n> 您的问题已登记\r\n> · " + number + " · IT 服务台\r\n"
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Subject: 补充", "", "换了一台电脑也一样。"+quote), "message "+liwei)
	if l := d.last(liwei); !strings.Contains(l.Text, "归入依据：引文中我们邮件末尾的编号") {
		t.Errorf("it does not say why it is here:\n%s", l.Text)
	}
	d.wants(d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: 补充", "", "我这边的打印机也不工作了，一直卡纸。"+quote), "confirmation "+lina, "assigned "+liwei)
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Subject: 另一件事", "", "这是另一件事，和 "+number+" 无关：我的显示器一直在闪，请帮忙换一台。"), "confirmation "+zhangsan, "assigned "+liwei)
}

// A long text that comes twice on one ticket within the hour is passed on once.
func TestTheSameWordsTwiceOnATicket(t *testing.T) {
	d := staffed(t)
	d.report()
	words := "换了一台电脑以后还是一样的提示，网络和其他系统都是正常的，只有这个系统登录不上，请再帮忙看一看，谢谢。"
	d.wants(d.answer(zhangsan, words), "message "+liwei)
	d.wants(d.answer(zhangsan, words))
	d.now = d.now.Add(2 * time.Hour)
	d.wants(d.answer(zhangsan, words), "message "+liwei)
}
