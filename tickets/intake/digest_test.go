package intake_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// silent is a desk with two tickets whose requesters have been told a solution, 张三's and 李四's.
func silent(d *trial) (zhangs, lis string) {
	zhangs, lis = ordering(d)
	d.post(passed, "From: "+liwei, "Subject: 今天的几件事", "", "#"+zhangs+" 解决 密码已重置\r\n#"+lis+" 解决 已换硒鼓")
	return zhangs, lis
}

// digest sends somebody a list of tickets, a line each, and returns its Message-ID.
func (d *trial) digest(to string, numbers ...string) string {
	d.t.Helper()
	d.now = d.now.Add(1e9)
	mail := d.Composer.Compose(tickets.Notice{Kind: tickets.NoticeDigest, To: tickets.Person{Address: to, Language: tickets.Chinese}, Entry: tickets.Entry{At: d.now, Message: d.now.UnixMilli()}})
	for _, number := range numbers {
		mail.Lines = append(mail.Lines, d.find(number).ID)
	}
	if err := d.tx.AddOutgoing(mail, d.now); err != nil {
		d.t.Fatal(err)
	}
	return mail.MessageID
}

// What a manager's answer to a digest with 李四's ticket on line 1 and 张三's on line 2 does to them; numbers stand for
// themselves as {1}, 张三's, and {2}.
func TestTheDigestIsAnsweredByLines(t *testing.T) {
	const closed, resolved = tickets.Closed, tickets.Resolved
	refused := []string{"transcript " + wangfang}
	for _, c := range []struct {
		name, from string
		header     string
		body       string
		one, two   tickets.Status
		out        []string // "kind recipient"
		says       []string // in the answer
	}{
		{name: "both", body: "1-2 close 无回复", one: closed, two: closed, out: []string{"closed " + zhangsan, "closed " + lisi, "receipt " + wangfang},
			says: []string{"{2} 已关闭（未经确认）", "{1} 已关闭（未经确认）"}},
		{name: "in Chinese, full-width, with #", body: "１～２　＃关闭　无回复", one: closed, two: closed, out: []string{"closed " + zhangsan, "closed " + lisi, "receipt " + wangfang}},
		{name: "one of them", body: "2 关闭 无回复", one: closed, two: resolved, out: []string{"closed " + zhangsan, "receipt " + wangfang}},
		{name: "a line each", body: "1 close 无回复\r\n2 优先级 P2", one: resolved, two: closed, out: []string{"changed " + zhangsan, "closed " + lisi, "receipt " + wangfang}},
		{name: "a priority without its verb", body: "1，2 P2", one: resolved, two: resolved, out: []string{"changed " + zhangsan, "changed " + lisi, "receipt " + wangfang}},
		{name: "another solution", body: "1 resolve 又换了一个硒鼓，请再试。", one: resolved, two: resolved, out: []string{"resolved " + lisi, "message " + liwei, "receipt " + wangfang}},
		{name: "a line and a number", body: "1 close 无回复\r\n#{1} close 离职", one: closed, two: closed, out: []string{"closed " + zhangsan, "closed " + lisi, "receipt " + wangfang}},
		{name: "a line twice", body: "1,1-2,2 close 无回复", one: closed, two: closed, out: []string{"closed " + zhangsan, "closed " + lisi, "receipt " + wangfang}},
		{name: "what a line is asked", body: "1 查询", one: resolved, two: resolved, out: []string{"receipt " + wangfang}, says: []string{"{2}", "已解决待确认", "打印机"}},

		{name: "a line that is not there", body: "1-3 close 无回复", one: resolved, two: resolved, out: refused, says: []string{"✗ 1-3 close 无回复", "没有第 1–3 行", "第 1–2 行"}},
		{name: "line 0", body: "0 close 无回复", one: resolved, two: resolved, out: refused, says: []string{"没有第 0 行"}},
		{name: "a million lines", body: "1-999999 close 无回复", one: resolved, two: resolved, out: refused, says: []string{"第 1–2 行"}},
		{name: "backwards", body: "2-1 close 无回复", one: resolved, two: resolved, out: refused, says: []string{"2–1 前后颠倒", "第 1–2 行"}},
		{name: "one of several is wrong", body: "1 close 无回复\r\n2 priority P9", one: resolved, two: resolved, out: refused, says: []string{"○ 1 → #{2} close 无回复（未执行）", "✗ 2 → #{1} priority P9"}},
		{name: "without a reason", body: "1-2 close", one: resolved, two: resolved, out: refused, says: []string{"✗ 1 → #{2} close — 请写全", "✗ 2 → #{1} close — 请写全"}},
		{name: "mistyped", body: "1-2 clsoe 无回复", one: resolved, two: resolved, out: refused, says: []string{"✗ 1-2 clsoe 无回复 — 没有这个命令。是不是 #close？"}},
		{name: "mistyped, in Chinese", body: "1-2 关毕 无回复", one: resolved, two: resolved, out: refused, says: []string{"是不是 #关闭？"}},
		{name: "no verb", body: "1-2", one: resolved, two: resolved, out: refused, says: []string{"✗ 1-2 — 请在行号后写上命令"}},
		{name: "below other words", body: "王芳：\r\n1-2 close 无回复", one: resolved, two: resolved, out: refused, says: []string{"✗ 1-2 close 无回复", "最上面"}},
		{name: "too many", body: strings.Repeat("1-2 P2\r\n", 26), one: resolved, two: resolved, out: refused, says: []string{"最多 50 条命令", "每一行算一条"}},

		{name: "a technician who got it from her", from: liwei, body: "1-2 close 无回复", one: resolved, two: resolved, out: []string{"confirmation " + liwei}},
		{name: "a forgery", header: "X-Nothing: here", from: "boss@corp.example", body: "1-2 close 无回复", one: resolved, two: resolved, out: []string{"confirmation boss@corp.example", "assigned " + liwei}},
		{name: "in her name, without the mail server's word", header: "X-Nothing: here", body: "1-2 close 无回复", one: resolved, two: resolved, out: refused,
			says: []string{"✗ 1 → #{2} close 无回复 — 此命令需要邮件服务器"}},
		{name: "words", body: "2 个问题我下周去问", one: resolved, two: resolved, out: []string{"confirmation " + wangfang, "assigned " + liwei}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			onTrial(t, func(d *trial) {
				one, two := silent(d)
				id := d.digest(wangfang, two, one)
				d.digest(wangfang, one) // the next day's has another line 1
				from, header := wangfang, passed
				if c.from != "" {
					from = c.from
				}
				if c.header != "" {
					header = c.header
				}
				fill := strings.NewReplacer("{1}", one, "{2}", two)
				got := d.post(header, "From: "+from, "Subject: Re: 2 个问题没有得到确认，请您决定", "In-Reply-To: <"+id+">", "", fill.Replace(c.body))
				d.wentOut(got, c.out...)
				if a, b := d.find(one).Status, d.find(two).Status; a != c.one || b != c.two {
					t.Errorf("they are %s and %s, want %s and %s; %s", a, b, c.one, c.two, got.Reason)
				}
				for _, o := range got.out {
					for _, want := range c.says {
						if text := strings.ReplaceAll(d.read(o.Raw).Text, "\n", ""); o.Recipient == from && !strings.Contains(text, fill.Replace(want)) {
							t.Errorf("the answer does not say %q:\n%s", fill.Replace(want), d.read(o.Raw).Text)
						}
					}
				}
				d.decidedAgain(got)
			})
		})
	}
}

// decidedAgain checks that what was known of a mail gives the decision once more.
func (d *trial) decidedAgain(got tried) {
	d.t.Helper()
	raw := d.raw[got.id]
	again, err := intake.Replay(io.NewSectionReader(strings.NewReader(raw), 0, int64(len(raw))), parser.Options{Prefix: "IT", AuthservID: "mx.corp.example"}, d.ledger(got.id))
	if err != nil {
		d.t.Fatal(err)
	}
	then, _ := json.Marshal(again.Then)
	now, _ := json.Marshal(again.Now)
	if string(then) != string(now) {
		d.t.Errorf("decided again it is\n%s\nnot\n%s", now, then)
	}
}

// What was mistyped is put right by an answer to what was said of it: the lines are still those of the digest.
func TestALineIsPutRight(t *testing.T) {
	onTrial(t, func(d *trial) {
		one, two := silent(d)
		id := d.digest(wangfang, two, one)
		wrong := d.post(passed, "From: "+wangfang, "Subject: Re: x", "In-Reply-To: <"+id+">", "", "1 clsoe 无回复")
		d.wentOut(wrong, "transcript "+wangfang)
		said := d.read(wrong.out[0].Raw)
		references := "References: <" + strings.Join(append(said.References, said.MessageID), "> <") + ">"
		right := d.post(passed, "From: "+wangfang, "Subject: Re: x", "In-Reply-To: <"+said.MessageID+">", references, "", "1 close 无回复")
		d.wentOut(right, "closed "+lisi, "receipt "+wangfang)
		done := d.read(right.out[len(right.out)-1].Raw)
		references = "References: <" + strings.Join(append(done.References, done.MessageID), "> <") + ">"
		d.wentOut(d.post(passed, "From: "+wangfang, "Subject: Re: x", "In-Reply-To: <"+done.MessageID+">", references, "", "1 撤销"), "undone "+lisi, "receipt "+wangfang)
		if is := d.find(two).Status; is != tickets.Resolved {
			t.Errorf("%s is %s", two, is)
		}
	})
}

// Another manager may answer a digest that was passed on; its token proves nothing of them, and their mail server must.
func TestAnotherManagerAnswersByLines(t *testing.T) {
	onTrial(t, func(d *trial) {
		one, two := silent(d)
		d.Policy.Technicians = append(d.Policy.Technicians, intake.Technician{Person: tickets.Person{Name: "陈静", Address: lina, Language: tickets.Chinese}, Manager: true})
		id := d.digest(wangfang, two, one)
		d.wentOut(d.post("X-Nothing: here", "From: "+lina, "Subject: Fw: x", "References: <"+id+">", "", "1 close 无回复"), "transcript "+lina)
		d.wentOut(d.post(passed, "From: "+lina, "Subject: Fw: x", "References: <"+id+">", "", "1 close 无回复"), "closed "+lisi, "receipt "+lina)
	})
}

// Lines mean something in an answer to a digest alone, and as many commands as they are for.
func TestLinesElsewhereAreText(t *testing.T) {
	onTrial(t, func(d *trial) {
		one, two := silent(d)
		d.digest(wangfang, two, one)
		got := d.post(passed, "From: "+wangfang, "Subject: 2 个问题没有得到确认，请您决定", "", "1-2 close 无回复")
		d.expect(got.Outcome, tickets.VerdictOpen, got.Number)
		d.wentOut(d.post(passed, "From: "+wangfang, "Subject: Re: ["+one+"] x", "", "1-2 close 无回复"), "reply "+zhangsan, "message "+liwei, "receipt "+wangfang)
		if is := d.find(two).Status; is != tickets.Resolved {
			t.Errorf("%s is %s", two, is)
		}
	})
}

// Fifty lines can be answered in one mail, and not one more.
func TestFiftyLinesInOneMail(t *testing.T) {
	onTrial(t, func(d *trial) {
		d.Policy.AuthservID = "mx.corp.example"
		var numbers []string
		for i := range 51 {
			numbers = append(numbers, d.post(passed, "From: "+zhangsan, fmt.Sprintf("Subject: 打印机 %d 不能打印", i), "", fmt.Sprintf("三楼的第 %d 台打印机从昨天下午开始不能打印，请帮忙。", i)).Number)
		}
		id := d.digest(wangfang, numbers...)
		reply := func(text string) tried {
			return d.post(passed, "From: "+wangfang, "Subject: Re: x", "In-Reply-To: <"+id+">", "", text)
		}
		d.wentOut(reply("1-51 接单"), "transcript "+wangfang)
		reply("1-50 接单")
		for i, number := range numbers {
			if got := d.find(number).Assignee; (got != nil && got.Address == wangfang) != (i < 50) {
				t.Errorf("line %d is %v's", i+1, got)
			}
		}
	})
}
