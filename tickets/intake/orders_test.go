package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"maildesk/tickets"
)

// ordering is a desk with 张三's ticket, which 李伟 has, and 李四's.
func ordering(d *trial) (zhangs, lis string) {
	d.Policy.AuthservID = "mx.corp.example"
	one := d.post(passed, "From: "+zhangsan, "Subject: 登录ERP时提示密码错误", "", "今天早上开始登录ERP系统时提示用户名或密码错误，请帮忙处理一下。")
	two := d.post(passed, "From: "+lisi, "Subject: 打印机不能打印", "", "三楼的打印机从昨天下午开始不能打印，指示灯一直闪，请帮忙。")
	return one.Number, two.Number
}

const passed = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"

// What a technician's mail does to the two tickets: numbers stand for themselves as {1} and {2}.
func TestOrders(t *testing.T) {
	for _, c := range []struct {
		name   string
		header []string
		body   string
		one    tickets.Status // of 张三's ticket afterwards
		two    tickets.Status
		out    []string // "kind recipient"
		says   []string // in the answer to 李伟
		never  string   // in no mail to anybody else
	}{
		{name: "several tickets", body: "#{1} resolve 密码已重置\r\n#{2} note 等配件", one: tickets.Resolved, two: tickets.Assigned,
			out: []string{"resolved " + zhangsan, "receipt " + liwei}, never: "等配件"},
		{name: "several tickets, several lines", body: "#{1} 解决 密码已重置，\r\n请再登录一次。\r\n#{2} 等待 请问是哪一台？", one: tickets.Resolved, two: tickets.Waiting,
			out: []string{"resolved " + zhangsan, "waiting " + lisi, "receipt " + liwei}},
		{name: "several commands for another ticket", body: "#{2} 接单\r\n#{2} 工时 30分钟\r\n#{2} 解决 已换硒鼓", one: tickets.Assigned, two: tickets.Resolved,
			out: []string{"resolved " + lisi, "receipt " + liwei}},
		{name: "one of several is wrong", body: "#{1} resolve 密码已重置\r\n#{2} priority P9", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"transcript " + liwei}, says: []string{"○ #{1} resolve", "✗ #{2} priority P9"}},
		{name: "one of several does not exist", body: "#{1} resolve 密码已重置\r\n#IT20231115999 resolve 也好了", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"transcript " + liwei}, says: []string{"IT20231115999"}},
		{name: "full-width signs", body: "＃ＩＴ２０２３１１１５００１　ｒｅｓｏｌｖｅ　密码已重置", one: tickets.Resolved, two: tickets.Assigned,
			out: []string{"resolved " + zhangsan, "receipt " + liwei}},
		{name: "HTML alone, from a telephone", header: []string{"Content-Type: text/html; charset=utf-8"}, one: tickets.Resolved, two: tickets.Assigned,
			body: "<html><body><div dir=\"auto\">＃{1}　解决　密码已重置</div><div><br></div><div>发自我的iPhone</div></body></html>",
			out:  []string{"resolved " + zhangsan, "receipt " + liwei}, never: "iPhone"},
		{name: "HTML with a quotation", header: []string{"Content-Type: text/html; charset=utf-8", "Subject: Re: [{1}] x"}, one: tickets.Resolved, two: tickets.Assigned,
			body: "<div>#解决</div><div>密码已重置</div><br><blockquote type=\"cite\"><div>#接单 写在这里不算</div></blockquote>",
			out:  []string{"resolved " + zhangsan, "receipt " + liwei}, never: "写在这里不算"},
		{name: "above a quotation", header: []string{"Subject: Re: [{1}] x"}, body: "#解决 密码已重置\r\n\r\n在 2023-11-15 09:31，张三 <" + zhangsan + "> 写道：\r\n> #优先级 P9\r\n> 登录不了",
			one: tickets.Resolved, two: tickets.Assigned, out: []string{"resolved " + zhangsan, "receipt " + liwei}, never: "P9"},
		{name: "below a quotation", header: []string{"Subject: Re: [{1}] x"}, body: "> 登录不了\r\n> 请帮忙\r\n\r\n#解决 密码已重置", one: tickets.Resolved, two: tickets.Assigned,
			out: []string{"resolved " + zhangsan, "receipt " + liwei}},
		{name: "quoted commands alone", header: []string{"Subject: Re: [{1}] x"}, body: "请先试试网页版。\r\n\r\n> #解决 已好", one: tickets.InProgress, two: tickets.Assigned,
			out: []string{"reply " + zhangsan, "receipt " + liwei}},
		{name: "unknown, in Chinese", header: []string{"Subject: Re: [{1}] x"}, body: "#解绝 密码已重置", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"transcript " + liwei}, says: []string{"是不是 #解决"}},
		{name: "unknown, in English", header: []string{"Subject: Re: [{1}] x"}, body: "#reslove the password is reset", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"transcript " + liwei}, says: []string{"#resolve"}},
		{name: "unknown beside a known one", header: []string{"Subject: Re: [{1}] x"}, body: "#接单\r\n#解绝 密码已重置", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"transcript " + liwei}, says: []string{"○ #接单", "✗ #解绝"}},
		{name: "stray", header: []string{"Subject: Re: [{1}] x"}, body: "密码已重置，请再试。\r\n#解决", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"transcript " + liwei}, says: []string{"✗ #解决", "最上面"}},
		{name: "stray after a command", header: []string{"Subject: Re: [{1}] x"}, body: "#接单\r\n这就来看。\r\n#工时 30分钟", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"transcript " + liwei}, says: []string{"○ #接单", "✗ #工时 30分钟"}},
		{name: "an unknown #word below text is text", header: []string{"Subject: Re: [{1}] x"}, body: "请按下面做：\r\n#1 先退出\r\n#打印 再打一次", one: tickets.InProgress, two: tickets.Assigned,
			out: []string{"reply " + zhangsan, "receipt " + liwei}},
		{name: "the rest of a note stays inside", header: []string{"Subject: Re: [{1}] x"}, body: "#接单\r\n#备注 此人多次忘记密码\r\n\r\n下次先查日志", one: tickets.InProgress, two: tickets.Assigned,
			out: []string{"receipt " + liwei}, never: "日志"},
		{name: "a note beside another requester", header: []string{"Subject: Re: [{1}] x"}, body: "#反馈人 " + lina + "\r\n#备注 张三是代报的，别告诉他", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"confirmation " + lina, "receipt " + liwei}, never: "代报"},
		{name: "a note beside another priority", header: []string{"Subject: Re: [{1}] x"}, body: "#优先级 P2\r\n#备注 领导催了", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"changed " + zhangsan, "receipt " + liwei}, never: "领导"},
		{name: "a note beside an assignment", header: []string{"Subject: Re: [{1}] x"}, body: "#指派 王芳\r\n#备注 我今天外出", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"assigned " + wangfang, "receipt " + liwei}},
		{name: "nothing to resolve", header: []string{"Subject: 你好"}, body: "#解决 密码已重置", one: tickets.Assigned, two: tickets.Assigned,
			out: []string{"transcript " + liwei}, says: []string{"请写明问题编号"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			onTrial(t, func(d *trial) {
				one, two := ordering(d)
				fill := strings.NewReplacer("{1}", one, "{2}", two)
				header := []string{passed, "From: " + liwei}
				for _, h := range c.header {
					header = append(header, fill.Replace(h))
				}
				if !strings.Contains(strings.Join(header, "\n"), "Subject:") {
					header = append(header, "Subject: 今天的几件事")
				}
				got := d.post(append(header, "", fill.Replace(c.body))...)
				d.wentOut(got, c.out...)
				if a, b := d.find(one).Status, d.find(two).Status; a != c.one || b != c.two {
					t.Errorf("they are %s and %s, want %s and %s; %s", a, b, c.one, c.two, got.Reason)
				}
				for _, o := range got.out {
					m := d.read(o.Raw)
					for _, want := range c.says {
						if o.Recipient == liwei && !strings.Contains(m.Text, fill.Replace(want)) {
							t.Errorf("the answer does not say %q:\n%s", fill.Replace(want), m.Text)
						}
					}
					if c.never != "" && o.Recipient != liwei && strings.Contains(m.Text, c.never) {
						t.Errorf("%s reads %q:\n%s", o.Recipient, c.never, m.Text)
					}
				}
			})
		})
	}
}

// wentOut checks to whom what went: "kind recipient", in any order.
func (d *trial) wentOut(got tried, want ...string) {
	d.t.Helper()
	have := recipients(got.out)
	slices.Sort(have)
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(have, want) {
		d.t.Errorf("went out:\n%s\nwant:\n%s\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"), got.Reason)
	}
}

// All that a mail says on another ticket is on that ticket's record, however many commands say it.
func TestWordsOnAnotherTicketAreKept(t *testing.T) {
	onTrial(t, func(d *trial) {
		one, two := ordering(d)
		before := len(d.entriesFrom(1))
		d.post(passed, "From: "+liwei, "Subject: Re: ["+one+"] x", "", "#"+two+" 回复 请先重启打印机\r\n#"+two+" 备注 型号 M404\r\n#"+two+" 工时 10分钟")
		var public, internal bool
		for _, e := range d.entriesFrom(int64(before + 1)) {
			if e.Ticket == d.find(two).ID {
				public = public || e.Visibility == tickets.Public && strings.Contains(e.Text, "请先重启打印机")
				internal = internal || e.Visibility == tickets.Internal && strings.Contains(e.Text, "型号 M404")
			}
		}
		if !public || !internal {
			t.Errorf("on record: what went out %v, the note %v", public, internal)
		}
		if got := d.find(two).Minutes; got != 10 {
			t.Errorf("%d minutes", got)
		}
	})
}

// A command that was given for a ticket by its number is taken back in the same way.
func TestUndoByNumber(t *testing.T) {
	onTrial(t, func(d *trial) {
		_, two := ordering(d)
		before := d.find(two)
		say := func(text string) tried { return d.post(passed, "From: "+liwei, "Subject: 打印机", "", text) }
		say("#" + two + " 解决 已换硒鼓")
		if is := d.find(two).Status; is != tickets.Resolved {
			t.Fatalf("it is %s", is)
		}
		d.wentOut(say("#"+two+" 撤销"), "undone "+lisi, "receipt "+liwei)
		if after := d.find(two); fingerprint(unsaid(before)) != fingerprint(unsaid(after)) {
			t.Errorf("it is\n%s\nwant\n%s", fingerprint(after), fingerprint(before))
		}
	})
}

// A requester, too, gives commands in a new mail, and hears of each mail once.
func TestARequestersOrdersByNumber(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"#{1} 确认", "survey"},
		{"#{1} 未解决 又出现了", "reopened"},
		{"#{1} 重开", "reopened"},
		{"#{1} 评价 4", "rated"},
		{"#查询 {1}", "answer"},
		{"#查询", "answer"},
		{"#帮助", "answer"},
		{"#登记表", "answer"},
		{"#列表", "transcript"},
		{"#{2} 确认", "transcript"},
	} {
		t.Run(c.text, func(t *testing.T) {
			onTrial(t, func(d *trial) {
				one, two := ordering(d)
				d.post(passed, "From: "+liwei, "Subject: Re: ["+one+"] x", "", "#解决 密码已重置")
				got := d.post(passed, "From: "+zhangsan, "Subject: 你好", "", strings.NewReplacer("{1}", one, "{2}", two).Replace(c.text))
				mine := slices.DeleteFunc(recipients(got.out), func(s string) bool { return !strings.HasSuffix(s, zhangsan) })
				if want := []string{c.want + " " + zhangsan}; !slices.Equal(mine, want) {
					t.Errorf("went out %v, want %v; %s", mine, want, got.Reason)
				}
				if got.Verdict != tickets.VerdictCommand {
					t.Errorf("it is %s", got.Verdict)
				}
			})
		})
	}
}

// What is said of a ticket that is none of the sender's business is what is said of one that does not exist.
func TestAnothersTicketIsNoTicket(t *testing.T) {
	orders := []string{"#查询 {n}", "#{n} 查询", "#{n} 备注 看一下", "#{n} 确认", "#{n} 取消", "#{n} 评价 5", "#关联 {n}", "#合并 {n}", "#{n} 合并 {n}", "#{n} 撤销",
		"我的问题和 {n} 一样，请一起处理一下，谢谢大家的帮助。", "{n} 处理得怎么样了？"}
	for _, from := range []string{zhangsan, lina, eve, mallory} {
		for _, header := range []string{passed, "X-Nothing: here"} {
			for _, subject := range []string{"你好", "Re: [{n}] x", "in thread"} {
				t.Run(fmt.Sprint(from, header == passed, subject), func(t *testing.T) {
					t.Parallel()
					onTrial(t, func(d *trial) {
						d.Policy.Limits.TicketHour, d.Policy.Limits.SenderHour = 1000, 1000
						one, two := ordering(d)
						for _, text := range orders {
							if a, b := d.answerAbout(from, header, subject, text, one, two), d.answerAbout(from, header, subject, text, one, "IT20231115999"); a != b {
								t.Errorf("%q about another's ticket is answered\n%s\nabout none\n%s", text, a, b)
							}
						}
					})
				})
			}
		}
	}
}

// answerAbout is what goes back to the sender of a mail that names a ticket, with {n} in place of its number.
func (d *trial) answerAbout(from, header, subject, text, own, number string) (answer string) {
	d.t.Helper()
	d.try(func() {
		lines := []string{header, "From: " + from}
		if subject == "in thread" && from == zhangsan {
			lines = append(lines, "In-Reply-To: <"+d.newest(own, from).MessageID+">")
		}
		lines = append(lines, "Subject: "+strings.ReplaceAll(subject, "{n}", number), "", strings.ReplaceAll(text, "{n}", number))
		got := d.post(lines...)
		var all []string
		for _, o := range got.out {
			if o.Recipient == from {
				m := d.read(o.Raw)
				all = append(all, fmt.Sprint(o.Kind, m.Subject, "\n", m.Text))
			}
		}
		slices.Sort(all)
		answer = strings.ReplaceAll(fmt.Sprint(got.Verdict, all), number, "{n}")
	})
	return answer
}

// A command by number that concerns two tickets reaches both, and is taken back on both.
func TestLinksAndMergesByNumber(t *testing.T) {
	for _, c := range []struct{ subject, text, undo string }{
		{"你好", "#{1} 关联 {2}", "#{1} 撤销"},
		{"Re: [{1}] x", "#关联 {2}", "#撤销"},
		{"Re: [{2}] x", "#接单\r\n#{1} 关联 {2}", "#{1} 撤销"},
		{"Re: [{1}] x", "#关联 {2}\r\n#{2} 工时 10分钟", "#撤销"},
		{"你好", "#{1} 合并 {2}", "#{1} 撤销"},
		{"Re: [{1}] x", "#合并 {2}", "#{1} 撤销"},
	} {
		t.Run(c.subject+c.text, func(t *testing.T) {
			onTrial(t, func(d *trial) {
				one, two := ordering(d)
				fill := strings.NewReplacer("{1}", one, "{2}", two)
				say := func(subject, text string) tried {
					return d.post(passed, "From: "+liwei, "Subject: "+fill.Replace(subject), "", fill.Replace(text))
				}
				got := say(c.subject, c.text)
				a, b := d.find(one), d.find(two)
				if !slices.Equal(a.Links, []string{two}) || !slices.Equal(b.Links, []string{one}) {
					t.Fatalf("the links are %v and %v; %s", a.Links, b.Links, got.Reason)
				}
				if merged := strings.Contains(c.text, "合并"); merged && (len(b.Watchers) != 1 || a.MergedInto != two) {
					t.Errorf("merged into %q, watched by %v", a.MergedInto, b.Watchers)
				}
				if accepted := strings.Contains(c.text, "接单"); accepted && b.Status != tickets.InProgress {
					t.Errorf("accepted, it is %s", b.Status)
				}
				got = say("Re: ["+one+"] x", c.undo)
				if a, b := d.find(one), d.find(two); len(a.Links)+len(b.Links)+len(b.Watchers) > 0 || a.Status != tickets.Assigned {
					t.Errorf("undone, the links are %v and %v, the watchers %v, the first is %s; %s", a.Links, b.Links, b.Watchers, a.Status, got.Reason)
				}
			})
		})
	}
}
