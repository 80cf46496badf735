package intake_test

import (
	"testing"
	"time"

	"maildesk/tickets"
)

// promising is a desk with targets that are counted day and night.
func promising(t testing.TB) *desk {
	d := staffed(t)
	d.Policy.SLA = targets()
	return d
}

func targets() tickets.SLA {
	target := func(respond, resolve time.Duration) tickets.Promise {
		return tickets.Promise{Target: tickets.Target{Respond: respond, Resolve: resolve}}
	}
	return tickets.SLA{tickets.P0: target(15*time.Minute, 4*time.Hour), tickets.P1: target(time.Hour, 10*time.Hour), tickets.P2: target(5*time.Hour, 20*time.Hour)}
}

// due checks when a ticket's answer and solution are due, and when somebody is to hear of them next; 0 is never.
func (d *desk) due(number string, since time.Time, respond, resolve, alarm time.Duration) {
	d.t.Helper()
	after := func(t time.Time) time.Duration {
		if t.IsZero() {
			return 0
		}
		return t.Sub(since)
	}
	got := d.ticket(number)
	if after(got.ResponseDue) != respond || after(got.ResolveDue) != resolve {
		d.t.Errorf("due after %s and %s, want %s and %s", after(got.ResponseDue), after(got.ResolveDue), respond, resolve)
	}
	if alarm == 0 {
		d.waits(number)
	} else if timers := d.waits(number, tickets.TimerSLA); len(timers) == 1 && timers[0].Due.Sub(since) != alarm {
		d.t.Errorf("the alarm is set after %s, want %s", timers[0].Due.Sub(since), alarm)
	}
}

// at moves the clock to an instant after the report, and lets a minute pass with each mail.
func (d *desk) at(since time.Time, after time.Duration) { d.now = since.Add(after) }

// Taking a ticket is no answer. A question is, and stops the clock until the requester writes; so does a solution until it fails.
func TestTheClockOfATicket(t *testing.T) {
	d := promising(t)
	began := d.now
	number := d.report()
	d.due(number, began, 5*time.Hour, 20*time.Hour, 4*time.Hour)
	d.answer(liwei, "#接单")
	d.due(number, began, 5*time.Hour, 20*time.Hour, 4*time.Hour)

	d.at(began, time.Hour)
	d.answer(liwei, "#优先级 P1\r\n#备注 看起来影响整个部门")
	d.due(number, began, time.Hour, 10*time.Hour, 48*time.Minute)
	d.at(began, 90*time.Minute)
	d.answer(liwei, "#等待 请发一张截图")
	if got := d.ticket(number).Course.AnsweredAt; !got.Equal(began.Add(90 * time.Minute)) {
		t.Errorf("answered at %s", got)
	}
	d.due(number, began, time.Hour, 10*time.Hour, 0)
	d.at(began, 150*time.Minute)
	d.answer(zhangsan, "截图见附件。")
	d.due(number, began, time.Hour, 11*time.Hour, 9*time.Hour)

	d.at(began, 3*time.Hour)
	d.answer(liwei, "#诊断 账号被锁定\r\n#验证 已一起测试\r\n#解决 账号已解锁")
	d.due(number, began, time.Hour, 11*time.Hour, 0)
	d.at(began, 5*time.Hour)
	d.answer(zhangsan, "还是不行，提示一样")
	d.due(number, began, time.Hour, 13*time.Hour, 11*time.Hour)

	d.at(began, 6*time.Hour)
	d.answer(liwei, "#诊断 密码过期\r\n#验证 已一起测试\r\n#解决 已重置密码")
	d.answer(zhangsan, "可以了")
	d.answer(zhangsan, "5 很快")
	d.status(number, tickets.Closed)
	again := began.Add(48 * time.Hour)
	d.now = again
	d.answer(zhangsan, "#重开 又登录不上了")
	d.due(number, again, time.Hour-48*time.Hour, 10*time.Hour, 8*time.Hour)
}

// The first words of a technician are the answer, and need no command; the requester's own are none, nor is a note.
func TestWhatAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		from, text string
		answers    bool
	}{
		"words":                {liwei, "请问是哪台电脑？", true},
		"a question":           {liwei, "#等待 请问是哪台电脑？", true},
		"a private word":       {liwei, "#私密 初始密码 x1y2", true},
		"a solution":           {liwei, "#解决 账号已解锁", true},
		"on another ticket":    {liwei, "#{number} 回复 账号已解锁", true},
		"a note":               {liwei, "#备注 已联系厂商", false},
		"taking it":            {liwei, "#接单", false},
		"the requester's own":  {zhangsan, "补充：换了电脑也一样", false},
		"a plan":               {liwei, "#计划 今晚切换数据库", false},
		"a command gone wrong": {liwei, "#优先级 P9\r\n#回复 你好", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := promising(t)
			number := d.report()
			began := d.now
			if name == "on another ticket" {
				d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: 会议室投影没有信号", "", "三楼会议室的投影仪没有信号，请尽快处理。")
				c.text = "#" + number + " 回复 账号已解锁"
			}
			d.at(began, time.Hour)
			d.answer(c.from, c.text)
			got := d.ticket(number)
			if answered := !got.Course.AnsweredAt.IsZero(); answered != c.answers {
				t.Errorf("answered at %s", got.Course.AnsweredAt)
			}
			if c.answers && !got.Course.AnsweredAt.Equal(began.Add(time.Hour)) {
				t.Errorf("answered at %s", got.Course.AnsweredAt)
			}
			if want := 5 * time.Hour; got.ResponseDue.Sub(began) != want {
				t.Errorf("the answer was due after %s", got.ResponseDue.Sub(began))
			}
		})
	}
}

// A plain answer after #accept changes nothing that could be taken back, so #undo takes back the command before it, but not the answer.
func TestUndoKeepsTheAnswer(t *testing.T) {
	d := promising(t)
	began := d.now
	number := d.report()
	d.at(began, 10*time.Minute)
	d.answer(liwei, "#接单")
	d.answer(liwei, "#优先级 P1")
	d.due(number, began, time.Hour, 10*time.Hour, 48*time.Minute)
	d.answer(liwei, "请问是哪台电脑？")
	d.due(number, began, time.Hour, 10*time.Hour, 8*time.Hour)
	d.wants(d.answer(liwei, "#撤销"), "undone "+zhangsan, "receipt "+liwei)
	if got := d.ticket(number); got.Priority != "" || !got.Course.AnsweredAt.Equal(began.Add(12*time.Minute)) {
		t.Errorf("priority %q, answered at %s", got.Priority, got.Course.AnsweredAt)
	}
	d.due(number, began, time.Hour, 20*time.Hour, 16*time.Hour)
}

// #undo of a wait is as if there had been none; a promised date goes the same way.
func TestUndoRestoresTheClock(t *testing.T) {
	d := promising(t)
	began := d.now
	number := d.report()
	d.at(began, time.Hour)
	d.answer(liwei, "请问是哪台电脑？")
	d.answer(liwei, "#等待 请发一张截图")
	d.due(number, began, 5*time.Hour, 20*time.Hour, 0)
	d.at(began, 3*time.Hour)
	d.answer(liwei, "#撤销")
	d.due(number, began, 5*time.Hour, 20*time.Hour, 16*time.Hour)
	d.answer(liwei, "#截止 2023-11-17 18:00")
	d.due(number, began, 5*time.Hour, 56*time.Hour+30*time.Minute, 45*time.Hour+48*time.Minute+12*time.Second)
	d.answer(liwei, "#撤销")
	d.due(number, began, 5*time.Hour, 20*time.Hour, 16*time.Hour)
}

// An archive has no targets, and neither has what is written on it later.
func TestImportedMailHasNoTargets(t *testing.T) {
	d := promising(t)
	old := d.sighting(problem("old"))
	old.Quiet = true
	number := d.takeMails(old)[0].Number
	d.now = d.now.Add(time.Minute)
	d.send("From: zhangsan@corp.example", "To: helpdesk@corp.example", "In-Reply-To: <old@corp.example>", "Subject: Re: Cannot log in to ERP", "", "补充：换了电脑也一样")
	if got := d.ticket(number); !got.ResponseDue.IsZero() || !got.ResolveDue.IsZero() {
		t.Errorf("due %s and %s", got.ResponseDue, got.ResolveDue)
	}
	d.waits(number)
}

// What is split off begins its own time, and what is merged ends.
func TestTheClocksOfSplitAndMerged(t *testing.T) {
	d := promising(t)
	one := d.report()
	d.answer(liwei, "请问是哪台电脑？")
	d.answer(zhangsan, "另外，三楼会议室的投影仪没有信号，请尽快处理。")
	d.at(morning, 2*time.Hour)
	d.answer(liwei, "#拆分 3")
	two := "IT20231115002"
	d.due(two, morning.Add(2*time.Hour), 5*time.Hour, 20*time.Hour, 4*time.Hour)
	d.answer(liwei, "#合并 "+two)
	d.status(one, tickets.Merged)
	d.waits(one)
}
