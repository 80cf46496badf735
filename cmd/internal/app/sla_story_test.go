package app_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/parser"
)

const (
	zhangsan = "zhangsan@corp.example"
	liwei    = "liwei@corp.example"    // technician
	chenjing = "chenjing@corp.example" // leads the group
	wangfang = "wangfang@corp.example" // manager
)

// officeHours has the National Day holidays of 2023, with the Saturday that was worked for them.
const officeHours = `
[office]
holidays = ["2023-10-01..2023-10-06"]
workdays = ["2023-10-07"]

[sla.P2.security]
respond = "30m"

[[group]]
name = "desktop"
lead = "chenjing@corp.example"

[[technician]]
name = "李伟"
address = "liwei@corp.example"
groups = ["desktop"]

[[technician]]
name = "陈静"
address = "chenjing@corp.example"

[[technician]]
name = "王芳"
address = "wangfang@corp.example"
manager = true
`

// clocked is a desk that is not running: its mails are handed over, and its clock is moved by hand.
type clocked struct {
	t    *testing.T
	cfg  *config.Config
	app  *app.App
	now  time.Time
	seen int // mails of the outbox that the test has looked at
	n    int // mails that were handed over
}

func openClocked(t *testing.T, when string) *clocked {
	t.Helper()
	o := openOffice(t)
	file, err := os.ReadFile(o.cfg.Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.cfg.Path, append(file, officeHours...), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, _, err := config.Load(o.cfg.Path, os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	c := &clocked{t: t, cfg: cfg}
	c.at(when)
	c.open()
	return c
}

func (c *clocked) open() {
	c.t.Helper()
	var err error
	c.app, err = app.Open(c.t.Context(), c.cfg, app.Options{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return c.now }})
	if err != nil {
		c.t.Fatal(err)
	}
	opened := c.app
	c.t.Cleanup(func() { opened.Close() })
}

// restart closes the desk and opens it again.
func (c *clocked) restart() {
	c.t.Helper()
	if err := c.app.Close(); err != nil {
		c.t.Fatal(err)
	}
	c.open()
}

// at moves the clock to a minute of 2023.
func (c *clocked) at(when string) {
	c.t.Helper()
	now, err := time.ParseInLocation("2006-01-02 15:04", "2023-"+when, c.cfg.Desk.Location)
	if err != nil {
		c.t.Fatal(err)
	}
	c.now = now
}

// went checks what has gone out since the last look: "kind recipient", in any order.
func (c *clocked) went(want ...string) {
	c.t.Helper()
	items, err := c.app.Store.Outbox(c.t.Context(), "")
	if err != nil {
		c.t.Fatal(err)
	}
	var got []string
	for _, item := range items[c.seen:] {
		got = append(got, string(item.Kind)+" "+item.Recipient)
	}
	c.seen = len(items)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		c.t.Errorf("at %s went out %q, want %q", c.now.Format("01-02 15:04"), got, want)
	}
}

// sweeps moves the clock, does what is due, and checks what goes out.
func (c *clocked) sweeps(when string, want ...string) {
	c.t.Helper()
	c.at(when)
	if err := c.app.Sweep(c.t.Context(), c.now); err != nil {
		c.t.Fatal(err)
	}
	c.went(want...)
}

// takes hands a mail over and checks what goes out.
func (c *clocked) takes(from, header, text string, want ...string) {
	c.t.Helper()
	c.n++
	raw := strings.ReplaceAll(fmt.Sprintf("From: %s\nTo: %s\nMessage-ID: <%d@corp.example>\n%s\nContent-Type: text/plain; charset=utf-8\n\n%s\n",
		from, deskUser, c.n, header, text), "\n", "\r\n")
	if _, err := c.app.Deliver(c.t.Context(), strings.NewReader(raw), ""); err != nil {
		c.t.Fatal(err)
	}
	c.went(want...)
}

// newest is our newest mail to somebody.
func (c *clocked) newest(to string) *parser.Message {
	c.t.Helper()
	items, err := c.app.Store.Outbox(c.t.Context(), "")
	if err != nil {
		c.t.Fatal(err)
	}
	for _, item := range slices.Backward(items) {
		if item.Recipient != to {
			continue
		}
		raw, err := c.app.Store.OutboxRaw(c.t.Context(), item.ID)
		if err != nil {
			c.t.Fatal(err)
		}
		m, err := parser.Parse(io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw))), parser.Options{Prefix: "IT"})
		if err != nil {
			c.t.Fatal(err)
		}
		return m
	}
	c.t.Fatalf("nothing went to %s", to)
	return nil
}

// replies answers our newest mail to somebody at an instant.
func (c *clocked) replies(when, from, text string, want ...string) {
	c.t.Helper()
	c.at(when)
	c.takes(from, "Subject: Re: x\nIn-Reply-To: <"+c.newest(from).MessageID+">", text, want...)
}

func (c *clocked) reports(when string) {
	c.t.Helper()
	c.at(when)
	c.takes(zhangsan, "Subject: ERP", "今天早上开始登录ERP系统时提示用户名或密码错误，请帮忙处理一下。", "confirmation "+zhangsan, "assigned "+liwei)
}

// due checks when the newest ticket's answer and solution are due.
func (c *clocked) due(respond, resolve string) {
	c.t.Helper()
	all, err := c.app.Store.Tickets(c.t.Context())
	if err != nil || len(all) == 0 {
		c.t.Fatal(err)
	}
	local := func(t time.Time) string { return t.In(c.cfg.Desk.Location).Format("01-02 15:04") }
	if got := all[len(all)-1]; local(got.ResponseDue) != respond || local(got.ResolveDue) != resolve {
		c.t.Errorf("due are %s and %s, want %s and %s", local(got.ResponseDue), local(got.ResolveDue), respond, resolve)
	}
}

func breached() []string {
	return []string{"sla_breach " + liwei, "sla_breach " + chenjing, "sla_breach " + wangfang}
}

// A warning, then a breach: taking the ticket is no answer.
func TestATargetIsMissed(t *testing.T) {
	c := openClocked(t, "11-15 10:00")
	c.reports("11-15 10:00") // a Wednesday; P2 by default: 4 hours, two working days
	c.due("11-15 14:00", "11-17 10:00")
	c.replies("11-15 10:05", liwei, "#接单", "receipt "+liwei)
	c.sweeps("11-15 13:12", "sla_warning "+liwei)
	if m := c.newest(liwei); m.Subject != "【SLA 预警】[IT20231115001] ERP" || !strings.Contains(m.Text, "首次答复：应在 2023-11-15 14:00 前，还剩 48 分钟") {
		t.Errorf("subject %q\n%s", m.Subject, m.Text)
	}
	c.sweeps("11-15 14:00", breached()...)
	if m := c.newest(wangfang); m.Subject != "【SLA 超时】[IT20231115001] ERP" || !strings.Contains(m.Text, "也通知了：李伟、陈静") {
		t.Errorf("subject %q\n%s", m.Subject, m.Text)
	}
	c.sweeps("11-15 14:01")
	// What is answered to such a mail stays inside; a command in it counts.
	c.replies("11-15 14:10", wangfang, "为什么还没有答复？", "note "+liwei, "receipt "+wangfang)
	c.replies("11-15 14:20", liwei, "#回复 请问是哪台电脑？", "reply "+zhangsan, "receipt "+liwei)
	c.sweeps("11-16 15:24", "sla_warning "+liwei)
	c.replies("11-16 16:00", liwei, "#诊断 账号被锁定\n#解决 已解锁", "resolved "+zhangsan, "receipt "+liwei)
	c.sweeps("11-17 10:00")
}

// While the requester is waited for, the time stands still, over a night and a weekend as well.
func TestTheRequesterIsWaitedFor(t *testing.T) {
	c := openClocked(t, "11-15 10:00")
	c.reports("11-15 10:00")
	c.replies("11-15 11:00", liwei, "#等待 请发一张截图", "waiting "+zhangsan, "receipt "+liwei)
	c.sweeps("11-15 14:00")
	c.sweeps("11-17 10:00")
	c.replies("11-20 09:00", zhangsan, "截图见附件。", "message "+liwei) // Monday: 17 of 18 hours are left
	c.due("11-15 14:00", "11-21 17:00")
	c.sweeps("11-21 13:23")
	c.sweeps("11-21 13:24", "sla_warning "+liwei)
	c.sweeps("11-21 17:00", breached()...)
}

// Another priority counts from the report on, by its own hours; #undo gives back what was.
func TestAnotherPriority(t *testing.T) {
	c := openClocked(t, "11-17 17:30")
	c.reports("11-17 17:30") // Friday
	c.due("11-20 12:30", "11-21 17:30")
	c.replies("11-17 17:35", liwei, "#优先级 P1", "changed "+zhangsan, "receipt "+liwei)
	c.due("11-20 09:30", "11-20 17:30")
	c.replies("11-17 17:40", liwei, "#撤销", "undone "+zhangsan, "receipt "+liwei)
	c.due("11-20 12:30", "11-21 17:30")
	c.replies("11-17 17:45", liwei, "#分类 安全", "receipt "+liwei)
	c.due("11-17 18:00", "11-21 17:30")
	c.sweeps("11-20 08:59")
	c.sweeps("11-20 09:00", breached()...) // 18:00 on Friday was its end: nobody is told in the evening
}

// A restart and a jump of the clock over a weekend lose nothing and double nothing.
func TestTheDeskIsRestarted(t *testing.T) {
	c := openClocked(t, "11-17 14:00")
	c.reports("11-17 14:00") // Friday, due at its end
	c.restart()
	c.sweeps("11-17 17:12", "sla_warning "+liwei)
	c.restart()
	c.sweeps("11-17 17:13")
	c.sweeps("11-18 12:00")
	c.restart()
	c.sweeps("11-19 23:00")
	c.sweeps("11-20 10:30", breached()...)
	c.restart()
	c.sweeps("11-20 10:31")
	c.sweeps("11-21 11:00", "sla_warning "+liwei)
}

// The holidays count nothing, and nobody is written to in them; the Saturday worked for them counts.
func TestTheHolidays(t *testing.T) {
	c := openClocked(t, "09-29 16:00")
	c.reports("09-29 16:00") // Friday
	c.due("10-07 11:00", "10-09 16:00")
	for _, off := range []string{"09-29 19:00", "09-30 10:00", "10-01 10:00", "10-04 15:00", "10-06 17:59", "10-07 08:59", "10-07 10:11"} {
		c.sweeps(off)
	}
	c.sweeps("10-07 10:12", "sla_warning "+liwei)
	c.sweeps("10-07 11:00", breached()...)
	c.sweeps("10-08 11:00") // Sunday
	c.sweeps("10-09 12:23")
	c.sweeps("10-09 12:24", "sla_warning "+liwei)
}
