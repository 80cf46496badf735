package intake_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/intake"
)

var (
	modelSequences = flag.Int("sequences", 320, "how many sequences of mails TestAnySequenceOfMails tries")
	modelSeed      = flag.Uint64("seed", 0, "the only sequence that TestAnySequenceOfMails tries")
)

const modelSteps = 25

// play is a sequence of mails on a desk, with what is known of it from the outside.
type play struct {
	*trial
	seed    uint64
	rand    *rand.Rand
	numbers []string
	entries []string                   // all so far, as they were first seen
	had     map[string]map[string]bool // the Message-IDs that somebody sent or received
	story   []string                   // the mails so far, for the report of a failure
}

// letterOf is a mail of a play.
type letterOf struct {
	from, cc, text string
	number         string // of the ticket that it is about
	proven         bool
	lines          []string
}

var modelWords = map[string][]string{
	zhangsan: {"可以了", "还是不行", "收到，谢谢", "5 很快", "2 太慢", "请问现在怎么样了？", "补充一下：财务室的 PC-0417。", "#确认", "#确认 4 不错", "#未解决 又出现了", "#评价 5",
		"#评价 9", "#取消", "#重开", "#查询", "#帮助", "#登记表", "#催单 今天要出货", "#解决 自己好了", "#关闭 不用了", "#确人", "谢谢\r\n#确认"},
	lina: {"我也遇到了同样的问题。", "#查询", "#取消", "谢谢"},
	liwei: {"请问是哪台电脑？", "#接单", "#指派 王芳", "#指派 desktop", "#分类 网络", "#优先级 P1", "#优先级 P2", "#优先级 P9", "#严重程度 一般", "#回复 请重启后再试", "#备注 已联系厂商",
		"#私密 初始密码 x1y2", "#诊断 账号被锁定", "#临时方案 先用网页版", "#永久方案 重装驱动", "#预防 固定版本", "#验证 已一起测试", "#等待 请发一张截图", "#等待", "#解决 已重装驱动",
		"#诊断 驱动损坏\r\n#验证 打印了一页\r\n#工时 30分钟\r\n#解决 已重装驱动，请再试。", "#会诊 王芳", "#关注 陈静", "#关注 chenjing@corp.example", "#取消关注 " + lina, "#工时 30分钟",
		"#截止 2023-11-17 18:00", "#关闭 无回复", "#垃圾", "#关联 {other}", "#撤销", "#确认 电话里说好了", "#未解决 电话里说不行", "#重开", "#列表", "#解绝 好了", "#计划 今晚切换数据库",
		"请先试试\r\n#解决", "#接单\r\n#不知道", "#{other} 备注 顺便看一下", "#{other} 解决 一并处理好了\r\n#{number} 备注 见另一个", "#合并 {other}", "#反馈人 " + lina, "#拆分 3", "#拆分 6",
		"#{other} 拆分 4\r\n#工时 10分钟", "#搜索 ERP", "#为何", "#接单\r\n#报表 上周"},
	wangfang: {"我来看一下。", "#关闭 多次联系无回复", "#批准", "#驳回 请避开月末", "#接单", "#备注 跟进", "#指派 李伟", "#撤销", "#优先级 P0", "#诊断 配置错误", "#重开"},
}

// next makes up a mail.
func (p *play) next() letterOf {
	pick := func(list []string) string { return list[p.rand.IntN(len(list))] }
	l := letterOf{from: pick([]string{zhangsan, zhangsan, zhangsan, liwei, liwei, liwei, liwei, wangfang, lina}), number: pick(p.numbers)}
	return p.write(l.from, l.number, pick(modelWords[l.from]))
}

// write is a mail with these words, proven or not.
func (p *play) write(from, number, text string) letterOf {
	other := p.numbers[0]
	if number == other {
		other = p.numbers[1]
	}
	l := letterOf{from: from, number: number, text: strings.NewReplacer("{other}", other, "{number}", number).Replace(text)}
	if p.rand.IntN(10) == 0 {
		l.cc = []string{lina, zhangsan, liwei, wangfang}[p.rand.IntN(4)]
	}
	header := []string{"From: " + from, "Subject: Re: [" + number + "] x"}
	if l.cc != "" {
		header = append(header, "Cc: "+l.cc)
	}
	l.proven = p.rand.IntN(8) > 0
	if l.proven {
		header = append([]string{"Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"}, header...)
	}
	if at := p.rand.IntN(3); at > 0 {
		if ours := p.about(number, from); ours != nil {
			header = append(header, "In-Reply-To: <"+ours.MessageID+">")
		}
	}
	l.lines = append(header, "", l.text)
	return l
}

// about is our newest mail to somebody about a ticket, nil when there is none.
func (p *play) about(number, to string) *tickets.Outgoing {
	for i := len(p.sent) - 1; i >= 0; i-- {
		if o := p.sent[i]; o.Recipient == to && strings.HasPrefix(o.MessageID, number+".") {
			return &o
		}
	}
	return nil
}

// Whatever people write in whatever order, what a desk promises holds after each mail.
func TestAnySequenceOfMails(t *testing.T) {
	first, last := uint64(1), uint64(*modelSequences)
	if *modelSeed != 0 {
		first, last = *modelSeed, *modelSeed
	}
	switch {
	case underRace:
		last = min(last, first+7)
	case testing.Short():
		last = min(last, first+39)
	}
	const parts = 4 // each on a desk of its own
	for part := range uint64(parts) {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			onTrial(t, func(d *trial) {
				d.Policy.AuthservID, d.Policy.SLA = "mx.corp.example", targets()
				d.Policy.Limits = intake.Limits{TicketHour: 1000, SenderHour: 1000}
				for seed := first + part; seed <= last && !t.Failed(); seed += parts {
					d.try(func() { newPlay(d, seed).run() })
				}
			})
		})
	}
}

func newPlay(d *trial, seed uint64) *play {
	return &play{trial: d, seed: seed, rand: rand.New(rand.NewPCG(seed, 1)), had: map[string]map[string]bool{}}
}

func (p *play) run() {
	for i, from := range []string{zhangsan, lisi} {
		l := letterOf{from: from, lines: []string{"Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example", "From: " + from,
			"Sender: " + lina, "Subject: 登录ERP时提示密码错误 " + string(rune('1'+i)), "", "今天早上开始登录ERP系统时提示用户名或密码错误，请帮忙处理一下。"}}
		p.numbers = append(p.numbers, p.step(l).Number)
	}
	for range modelSteps {
		if p.t.Failed() {
			break
		}
		l := p.next()
		before := p.states()
		got := p.step(l)
		if technician := l.from == liwei || l.from == wangfang; technician && got.Verdict == tickets.VerdictAppend && strings.HasPrefix(l.text, "#") && p.rand.IntN(4) == 0 {
			p.undo(l, before)
		}
	}
	p.checkEntries()
	if p.t.Failed() {
		p.t.Errorf("this was -seed %d:\n%s", p.seed, strings.Join(p.story, "\n"))
	}
}

// undo takes the commands of the mail before back at once, and the ticket is as it was.
func (p *play) undo(l letterOf, before map[string]tickets.Ticket) {
	p.t.Helper()
	if fingerprint(unsaid(before[l.number])) == fingerprint(unsaid(p.find(l.number))) || strings.Contains(l.text, "拆分") {
		return // nothing happened, so an older mail would be undone; or what is undone by a merge
	}
	u := p.write(l.from, l.number, "#撤销")
	for !u.proven || u.cc != "" {
		u = p.write(l.from, l.number, "#撤销")
	}
	p.step(u)
	for number, was := range before {
		if after := p.find(number); fingerprint(unsaid(was)) != fingerprint(unsaid(after)) && (number == l.number || !strings.Contains(l.text, "#IT")) {
			p.t.Errorf("#undo does not restore %s:\n%s\n%s", number, fingerprint(was), fingerprint(after))
		}
	}
}

func (p *play) states() map[string]tickets.Ticket {
	all := map[string]tickets.Ticket{}
	for _, number := range p.numbers {
		all[number] = p.find(number)
	}
	return all
}

// step posts a mail and checks all that has to hold.
func (p *play) step(l letterOf) tried {
	p.t.Helper()
	p.now = p.now.Add(time.Duration(1+p.rand.IntN(300)) * time.Minute)
	before := p.states()
	earlier := len(p.entries)
	got := p.post(l.lines...)
	p.story = append(p.story, fmt.Sprintf("%s, about %s, cc %s, proven %v: %q → %s: %s; went out: %v", l.from, l.number, l.cc, l.proven, l.text,
		got.Verdict, got.Reason, recipients(got.out)))
	for _, o := range got.out {
		if o.Kind == tickets.NoticeTranscript {
			p.story = append(p.story, "  "+strings.Join(strings.FieldsFunc(p.read(o.Raw).NewText, func(r rune) bool { return r == '\n' }), " / "))
		}
	}
	p.newEntries()
	p.checkLedger(got)
	p.checkOut(l, got)
	refused := got.Verdict == tickets.VerdictHold || slices.ContainsFunc(got.out, func(o tickets.Outgoing) bool {
		return o.Kind == tickets.NoticeTranscript && o.Recipient == l.from
	})
	for number, was := range before {
		is := p.find(number)
		if refused && fingerprint(was) != fingerprint(is) {
			p.t.Errorf("%s was refused and changed %s:\n%s\n%s", l.text, number, fingerprint(was), fingerprint(is))
		}
		p.checkStatus(l, was, is, p.entries[earlier:])
		p.checkTargets(is)
	}
	return got
}

// checkTargets: the time of a ticket runs as its status says, what is due is what comes out of it, and the next alarm is set.
func (p *play) checkTargets(is tickets.Ticket) {
	p.t.Helper()
	runs := is.Status == tickets.New || is.Status == tickets.Assigned || is.Status == tickets.InProgress || is.Status == tickets.PendingApproval
	if runs != is.Course.Paused().IsZero() {
		p.t.Errorf("%s is %s, and paused since %s", is.Number, is.Status, is.Course.Paused())
	}
	again := is
	if p.Policy.SLA.Settle(&again, p.now); !again.ResponseDue.Equal(is.ResponseDue) || !again.ResolveDue.Equal(is.ResolveDue) {
		p.t.Errorf("%s is due %s and %s, counted again %s and %s", is.Number, is.ResponseDue, is.ResolveDue, again.ResponseDue, again.ResolveDue)
	}
	timers, err := p.tx.TimersOf(is.ID)
	if err != nil {
		p.t.Fatal(err)
	}
	var set *tickets.Timer
	for _, timer := range timers {
		if timer.Kind == tickets.TimerSLA {
			set = &timer
		}
	}
	want := p.Policy.SLA.Timer(&is)
	if (set == nil) != (want == nil) || set != nil && !set.Due.Equal(want.Due) {
		p.t.Errorf("%s, which is %s: the alarm is %+v, want %+v", is.Number, is.Status, set, want)
	}
}

// newEntries notes the entries that have come.
func (p *play) newEntries() {
	p.t.Helper()
	for _, e := range p.entriesFrom(int64(len(p.entries) + 1)) {
		p.entries = append(p.entries, written(e))
	}
}

// checkEntries: what was once an entry is one still, and the same.
func (p *play) checkEntries() {
	p.t.Helper()
	all := p.entriesFrom(1)
	if len(all) != len(p.entries) {
		p.t.Errorf("%d entries became %d", len(p.entries), len(all))
		return
	}
	for i, e := range all {
		var was tickets.Entry
		if err := json.Unmarshal([]byte(p.entries[i]), &was); err != nil {
			p.t.Fatal(err)
		}
		was.Ticket = e.Ticket // a split moves it
		if was, is := written(was), written(e); was != is {
			p.t.Errorf("an entry was altered:\n%s\n%s", was, is)
		}
	}
}

func written(e tickets.Entry) string {
	b, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// checkLedger: the mail has its row with a verdict and a reason, an entry where it was appended, and is decided alike again.
func (p *play) checkLedger(got tried) {
	p.t.Helper()
	row := p.ledger(got.id)
	if row.Verdict == "" || row.Reason == "" {
		p.t.Errorf("no verdict or reason: %+v", row)
	}
	if (row.Verdict == tickets.VerdictAppend || row.Verdict == tickets.VerdictOpen || row.Verdict == tickets.VerdictHold) && row.Ticket != 0 && row.Entry == 0 {
		p.t.Errorf("%s has no entry", row.Verdict)
	}
	raw := p.raw[got.id]
	again, err := intake.Replay(io.NewSectionReader(strings.NewReader(raw), 0, int64(len(raw))), parser.Options{Prefix: "IT", AuthservID: p.Policy.AuthservID}, row)
	if err != nil {
		p.t.Fatal(err)
	}
	then, _ := json.Marshal(again.Then)
	now, _ := json.Marshal(again.Now)
	if string(then) != string(now) {
		p.t.Errorf("decided again it is\n%s\nnot\n%s", now, then)
	}
}

// relays are the mails that carry a person's words on.
var relays = []tickets.NoticeKind{tickets.NoticeReply, tickets.NoticePrivate, tickets.NoticeWaiting, tickets.NoticeResolved, tickets.NoticeMessage, tickets.NoticeUnsolved}

// checkOut: nobody gets two mails, nor again what they have, and what is referred to, they had.
func (p *play) checkOut(l letterOf, got tried) {
	p.t.Helper()
	p.has(l.from, got.id)
	if l.cc != "" {
		p.has(l.cc, got.id)
	}
	if len(l.lines) > 2 && strings.HasPrefix(l.lines[2], "Sender: ") {
		p.has(strings.TrimPrefix(l.lines[2], "Sender: "), got.id)
	}
	seen := map[string]bool{}
	for _, o := range got.out {
		if key := fmt.Sprint(o.Recipient, o.Ticket); seen[key] {
			p.t.Errorf("%s got two mails", o.Recipient)
		} else {
			seen[key] = true
		}
		if l.cc == o.Recipient && slices.Contains(relays, o.Kind) {
			p.t.Errorf("%s is in Cc and was sent it again (%s)", o.Recipient, o.Kind)
		}
		m := p.read(o.Raw)
		for _, id := range slices.Concat(m.InReplyTo, m.References) {
			if !p.had[o.Recipient][id] {
				p.t.Errorf("the mail to %s (%s) refers to %s, which they never had", o.Recipient, o.Kind, id)
			}
		}
	}
	for _, o := range got.out {
		p.has(o.Recipient, o.MessageID)
	}
}

func (p *play) has(who, id string) {
	if p.had[who] == nil {
		p.had[who] = map[string]bool{}
	}
	p.had[who][id] = true
}

// checkStatus: a ticket goes by the steps of the table alone, each on record, and is closed by right.
func (p *play) checkStatus(l letterOf, was, is tickets.Ticket, entries []string) {
	p.t.Helper()
	at, undone := was.Status, false
	for _, text := range entries {
		var e tickets.Entry
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			p.t.Fatal(err)
		}
		if e.Kind != tickets.EntryChange || e.Ticket != is.ID {
			continue
		}
		for line := range strings.Lines(e.Text) {
			undone = undone || strings.HasPrefix(line, "undone")
			steps, ok := strings.CutPrefix(strings.TrimSpace(line), "status: ")
			if !ok {
				continue
			}
			from, to, _ := strings.Cut(steps, " → ")
			if tickets.Status(from) != at || !at.CanBecome(tickets.Status(to)) {
				p.t.Errorf("%s is recorded to go from %s to %s while it is %s", is.Number, from, to, at)
			}
			at = tickets.Status(to)
		}
	}
	if at != is.Status && !undone {
		p.t.Errorf("%s went from %s to %s, on record to %s", is.Number, was.Status, is.Status, at)
	}
	if is.Status == tickets.Closed && was.Status != tickets.Closed && !undone && is.ConfirmedAt.IsZero() &&
		(l.from != wangfang || !strings.Contains(l.text, "#关闭 ")) {
		p.t.Errorf("%s was closed by %s without confirmation", is.Number, l.from)
	}
	if !is.ConfirmedAt.IsZero() && was.ConfirmedAt.IsZero() && l.from == lina {
		p.t.Errorf("%s was confirmed by a watcher", is.Number)
	}
	if open := is.Status != tickets.Resolved && is.Status != tickets.Confirmed && is.Status != tickets.Closed; open && is.Status != was.Status && !undone &&
		(!is.ResolvedAt.IsZero() || !is.ConfirmedAt.IsZero() || !is.ClosedAt.IsZero()) {
		p.t.Errorf("%s is %s, and still said to be resolved, confirmed or closed: %s", is.Number, is.Status, fingerprint(is))
	}
}
