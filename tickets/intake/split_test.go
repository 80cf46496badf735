package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"maildesk/tickets"
)

// joined is 张三's ticket, onto which 李娜 has written of a problem of her own, as mail 4, and 张三 once more.
func joined(t *testing.T) (*desk, string) {
	d := staffed(t)
	number := d.report()
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Cc: "+lina, "Subject: Re: ERP", "In-Reply-To: <"+d.last(zhangsan).MessageID+">", "", "补充：我在财务室，电脑是 PC-0417。"),
		"message "+liwei)
	d.wants(d.send("From: 李娜 <"+lina+">", "To: helpdesk@corp.example", "Subject: Re: ERP", fmt.Sprintf("In-Reply-To: <m%d@corp.example>", d.uid-1), "", "你好，\r\n\r\n我这边的打印机也一直卡纸，能一起看一下吗？"), "note "+liwei)
	d.wants(d.answer(zhangsan, "我的问题还在。"), "message "+liwei)
	return d, number
}

// texts are the entries of a ticket, their kinds and beginnings.
func (d *desk) texts(number string) string {
	d.t.Helper()
	var out []string
	for _, e := range d.entries(number) {
		line, _, _ := strings.Cut(strings.TrimSpace(e.Text), "\r\n")
		out = append(out, fmt.Sprintf("%s: %s", e.Kind, strings.ReplaceAll(line, "\n", "; ")))
	}
	return strings.Join(out, "\n")
}

// What somebody else has joined to a ticket becomes theirs.
func TestAMailIsSplitOff(t *testing.T) {
	d, number := joined(t)
	d.wants(d.answer(liwei, "#查询"), "answer "+liwei)
	list := d.last(liwei).Text
	for _, want := range []string{"序号", "3", "补充：我在财务室", "4", "李娜", "我这边的打印机也一直卡纸", "5"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list has no %q:\n%s", want, list)
		}
	}
	if strings.Contains(list, "你好，") {
		t.Errorf("the list has a greeting:\n%s", list)
	}
	const next = "IT20231115002"
	d.wants(d.answer(liwei, "#拆分 4"), "confirmation "+lina, "receipt "+liwei)
	if l := d.last(liwei); !strings.Contains(l.Text, next) || l.item.Number != number {
		t.Errorf("the receipt on %s says:\n%s", l.item.Number, l.Text)
	}
	if l := d.last(lina); !strings.Contains(l.Subject, next) || !strings.Contains(l.Subject, "打印机") || strings.Contains(l.Text, "我的问题还在") || l.item.Number != next {
		t.Errorf("she is told %q:\n%s", l.Subject, l.Text)
	}
	old, split := d.ticket(number), d.ticket(next)
	if split.Requester.Address != lina || split.Requester.Name != "李娜" || split.Status != tickets.Assigned || split.Assignee == nil || split.Assignee.Address != liwei ||
		!slices.Equal(split.Links, []string{number}) || !slices.Equal(old.Links, []string{next}) || old.Status != tickets.Assigned {
		t.Errorf("the old %+v\nthe new %+v", old, split)
	}
	if got := d.texts(next); !strings.HasPrefix(got, "reply: 你好，; ; 我这边的打印机也一直卡纸，能一起看一下吗？\nreply: 我的问题还在。\n") || !strings.Contains(got, "change: split off from "+number) {
		t.Errorf("the new one has\n%s", got)
	}
	if got := d.texts(number); strings.Contains(got, "我的问题还在") || !strings.Contains(got, "split off as "+next) || strings.Contains(got, "{") {
		t.Errorf("the old one has\n%s", got)
	}
	// She answers there; who answers her mail does so, too.
	d.wants(d.answer(lina, "型号是 HP M404。"), "message "+liwei)
	if l := d.last(liwei); l.item.Number != next {
		t.Errorf("her answer went to %s", l.item.Number)
	}
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Subject: Re: ERP", "In-Reply-To: <"+d.entries(next)[0].HeaderID+">", "", "她的打印机就在我旁边，确实卡。"), "message "+liwei) // unproven, so it goes no further
	if l := d.last(liwei); l.item.Number != next {
		t.Errorf("the answer to her mail went to %s", l.item.Number)
	}
	d.wants(d.answer(lina, "#查询"), "answer "+lina)
	if l := d.last(lina); strings.Contains(l.Text, "序号") {
		t.Errorf("a requester sees numbers:\n%s", l.Text)
	}
}

// A split stays: it is taken back by a merge.
func TestASplitIsMergedBack(t *testing.T) {
	d, number := joined(t)
	d.answer(liwei, "#拆分 4")
	const next = "IT20231115002"
	d.wants(d.answer(liwei, "#撤销"), "transcript "+liwei)
	how := "#" + next + " 合并 " + number
	if l := d.last(liwei); !strings.Contains(strings.Join(strings.Fields(l.Text), " "), how) {
		t.Fatalf("it says:\n%s", l.Text)
	}
	d.answer(liwei, how)
	d.status(next, tickets.Merged)
	if got := d.ticket(next).MergedInto; got != number {
		t.Errorf("merged into %q", got)
	}
}

// The requester stays who it was when a technician wrote the mail, and hears nothing of what IT says among itself.
func TestInternalWordsAreSplitOff(t *testing.T) {
	d, number := joined(t)
	d.answer(liwei, "#会诊 "+wangfang)
	d.answer(wangfang, "#备注 供应商说要换主板，费用 800 元")
	items := d.entries(number)
	at := slices.IndexFunc(items, func(e tickets.Entry) bool { return strings.Contains(e.Text, "换主板") }) + 1
	d.wants(d.answer(liwei, fmt.Sprintf("#拆分 %d", at)), "confirmation "+zhangsan, "receipt "+liwei)
	l := d.last(zhangsan)
	if strings.Contains(l.Text, "主板") || strings.Contains(l.Subject, "主板") || strings.Contains(string(d.raw(l)), "800") {
		t.Errorf("he is told %q:\n%s", l.Subject, l.Text)
	}
	if got := d.ticket(l.item.Number); got.Requester.Address != zhangsan || got.Subject != d.ticket(number).Subject {
		t.Errorf("it is %+v", got)
	}
}

func TestWhatIsNotSplit(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"no number", "#拆分", "请写全"},
		{"no such mail", "#拆分 77", "没有这个序号的邮件"},
		{"no number at all", "#拆分 VPN", "没有这个序号的邮件"},
		{"a record of the desk", "#拆分 2", "没有这个序号的邮件"},
		{"the report", "#拆分 1", "第一封邮件就是这个问题本身"},
		{"twice", "#拆分 5\r\n#拆分 4", "一封邮件只能拆分一次"},
		{"on no ticket", "#IT20231115099 拆分 3", "没有您可以处理的问题"},
		{"beside what is wrong", "#拆分 4\r\n#优先级 P9", "可选"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, number := joined(t)
			before := d.texts(number)
			d.wants(d.answer(liwei, c.text), "transcript "+liwei)
			if l := d.last(liwei); !strings.Contains(l.Text, c.says) {
				t.Errorf("it says:\n%s", l.Text)
			}
			if got := d.texts(number); !strings.HasPrefix(got, before) || strings.Contains(got, "split off") {
				t.Errorf("the ticket has\n%s", got)
			}
		})
	}
}

// By its number, beside other commands, from a new mail, and by who has not got the ticket.
func TestASplitByNumber(t *testing.T) {
	d, number := joined(t)
	d.wants(d.answer(liwei, "#会诊 "+wangfang), "note "+wangfang, "receipt "+liwei)
	const next = "IT20231115002"
	out := d.answer(wangfang, "#"+number+" 拆分 4\r\n#"+number+" 优先级 P2")
	if l := d.last(wangfang); !strings.Contains(l.Text, next) || strings.Contains(l.Text, "{") {
		t.Errorf("the receipt says:\n%s", l.Text)
	}
	if l := d.last(liwei); l.item.Kind != tickets.NoticeAssigned || l.item.Number != next {
		t.Errorf("who has it is told %s of %s", l.item.Kind, l.item.Number)
	}
	if got := d.ticket(next); got.Requester.Address != lina || got.Assignee == nil || got.Assignee.Address != liwei {
		t.Errorf("of %d mails the new one is %+v", len(out), got)
	}
	if got := d.ticket(number); got.Priority != tickets.P2 || !slices.Equal(got.Links, []string{next}) {
		t.Errorf("the old one is %+v", got)
	}
}
