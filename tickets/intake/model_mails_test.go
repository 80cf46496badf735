package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// letterOf is a mail of a play. Tickets are counted in the order of their opening.
type letterOf struct {
	circumstances
	from, sender string
	subject      string // where it opens a ticket
	ticket       int    // that it is about
	other        int    // that its text may name
	text         string // {number} and {other} stand for the numbers of the two
}

// circumstances are what a mail has beside its words.
type circumstances struct {
	after    time.Duration // since the mail before
	answers  bool          // it answers our newest mail about the ticket to its author
	unproven bool
	cc       string
}

// usual are the circumstances that mails come in. They are drawn at once, since a failure shrinks the faster the less there was to
// draw.
var usual = []circumstances{
	{after: time.Minute},
	{after: 5 * time.Minute, answers: true},
	{after: time.Hour},
	{after: 2 * time.Hour, answers: true},
	{after: 5 * time.Hour, answers: true},
	{after: time.Hour, answers: true, cc: lina},
	{after: time.Minute, unproven: true},
	{after: time.Hour, unproven: true, answers: true},
	{after: time.Hour, answers: true, cc: liwei},
	{after: time.Hour, cc: zhangsan},
	{after: time.Hour, answers: true, cc: wangfang},
	{after: time.Hour, unproven: true, cc: lisi},
	{after: 3 * time.Hour},
	{after: 26 * time.Hour, answers: true},
	{after: 20 * time.Minute, answers: true},
	{after: 5 * 24 * time.Hour},
}

// GoString is the mail as the report of a failure shows it.
func (l letterOf) GoString() string {
	s := fmt.Sprintf("%s later %s about %d: %q", l.after, name(l.from), l.ticket, l.text)
	if strings.Contains(l.text, "{other}") {
		s += fmt.Sprintf(", the other is %d", l.other)
	}
	if l.cc != "" {
		s += ", cc " + name(l.cc)
	}
	if l.answers {
		s += ", answering ours"
	}
	if l.unproven {
		s += ", unproven"
	}
	return s
}

// name is a person's address without the domain.
func name(address string) string {
	local, _, _ := strings.Cut(address, "@")
	return local
}

// has reports whether one of these is in the text, in either case.
func (l letterOf) has(words ...string) bool {
	text := strings.ToLower(l.text)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// reading are the orders that change nothing, so that there is nothing to take back.
var reading = []string{"搜索", "为何", "列表", "查询", "status", "list"}

// reads reports whether the mail has no orders but those that change nothing.
func (l letterOf) reads() bool {
	return !slices.ContainsFunc(strings.Split(l.text, "\r\n"), func(line string) bool {
		order := letterOf{text: line}
		return strings.IndexAny(line, "#＃") == 0 && !order.has(reading...)
	})
}

// vocabulary is what somebody writes. What is simplest stands first: there a failure shrinks to.
type vocabulary struct{ words, orders []string }

var requesters = vocabulary{
	words: []string{"可以了", "还是不行", "收到，谢谢", "5 很快", "2 太慢", "请问现在怎么样了？", "补充一下：财务室的 PC-0417。", "应该可以了，明天再看看",
		"It works now, thanks", "still not working", "Thanks!", "5 - very quick", "Any news?", "谢谢\r\n#确认"},
	orders: []string{"#确认", "#未解决 又出现了", "#评价 5", "#评价 9", "#确认 4 不错", "#取消", "#重开", "#查询", "#帮助", "#登记表", "#催单 今天要出货", "#解决 自己好了",
		"#关闭 不用了", "#确人", "#撤销", "#confirm", "#unsolved it is back after a restart", "#rate 2 too slow", "#Confirm 5 very quick", "#withdraw",
		"#reopen it happens again", "#status", "#form", "#escalate we ship today", "#confrim", "#{other} cancel"},
}

var modelWords = map[string]vocabulary{
	zhangsan: requesters,
	lisi:     requesters,
	lina: {
		words:  []string{"我也遇到了同样的问题。", "谢谢", "可以了", "Same here."},
		orders: []string{"#查询", "#取消", "#status", "#confirm 5", "#accept"},
	},
	liwei: {
		words: []string{"请问是哪台电脑？", "我来看一下。", "请先试试\r\n#解决", "Which computer is it?"},
		orders: []string{"#接单", "#指派 王芳", "#指派 desktop", "#分类 网络", "#优先级 P1", "#优先级 P2", "#优先级 P9", "#严重程度 一般", "#回复 请重启后再试",
			"#备注 已联系厂商", "#私密 初始密码 x1y2", "#诊断 账号被锁定", "#临时方案 先用网页版", "#永久方案 重装驱动", "#预防 固定版本", "#验证 已一起测试",
			"#等待 请发一张截图", "#等待", "#解决 已重装驱动", "#诊断 驱动损坏\r\n#验证 打印了一页\r\n#工时 30分钟\r\n#解决 已重装驱动，请再试。", "#会诊 王芳",
			"#关注 陈静", "#关注 chenjing@corp.example", "#取消关注 " + lina, "#工时 30分钟", "#截止 2023-11-17 18:00", "#关闭 无回复", "#垃圾",
			"#关联 {other}", "#撤销", "#确认 电话里说好了", "#未解决 电话里说不行", "#重开", "#列表", "#解绝 好了", "#计划 今晚切换数据库", "#接單",
			"#接单\r\n#不知道", "#{other} 备注 顺便看一下", "#{other} 解决 一并处理好了\r\n#{number} 备注 见另一个", "#合并 {other}", "#反馈人 " + lina,
			"#拆分 3", "#拆分 6", "#{other} 拆分 4\r\n#工时 10分钟", "#搜索 ERP", "#为何", "#接单\r\n#报表 上周",
			"#accept", "＃ＡＣＣＥＰＴ", "#assign wangfang", "#category network", "#priority P1", "#priority P7", "#severity severe", "#reply Please restart and try again",
			"#note the vendor is informed", "#private your first password is x1y2", "#diagnosis damaged driver", "#workaround use the web version",
			"#fix driver installed anew", "#prevention version pinned", "#verified tested together", "#wait Please send a screenshot",
			"#resolve Driver installed anew, please try", "#diagnosis locked\r\n#verified logged in\r\n#time 1h30m\r\n#resolve Unlocked, please try.",
			"#consult wangfang", "#watch " + lisi, "#unwatch " + lisi, "#time 1h30m", "#due 2023-11-17 18:00", "#junk", "#link {other}", "#undo",
			"#plan switch the database tonight", "#reopen", "#confirm by telephone", "#unsolved by telephone", "#reslove done", "#merge {other}",
			"#requester " + lisi, "#split 4", "#{other} accept\r\n#accept", "#list mine", "#{number} status"},
	},
	wangfang: {
		words: []string{"我来看一下。", "可以。", "I will have a look."},
		orders: []string{"#批准", "#驳回 请避开月末", "#关闭 多次联系无回复", "#接单", "#备注 跟进", "#指派 李伟", "#撤销", "#优先级 P0", "#诊断 配置错误", "#重开",
			"#approve", "#reject not at the end of the month", "#close no answer to three reminders", "#{other} close no answer", "#accept", "#assign liwei",
			"#undo", "#priority P0", "#resolve Done, please try", "#解决 已处理", "#{other} 批准", "#合并 {other}"},
	},
}

// moves are the mails by which tickets go through their life. Where nobody is named, the ticket's requester writes.
var moves = []struct{ from, text string }{
	{liwei, "#接单"}, {liwei, "#解决 已重装驱动"}, {"", "#取消"}, {"", "#确认"}, {"", "5 很快"}, {"", "还是不行"}, {liwei, "#等待 请发一张截图"}, {"", "补充一下：财务室的 PC-0417。"},
	{wangfang, "#关闭 多次联系无回复"}, {liwei, "#计划 今晚切换数据库"}, {wangfang, "#批准"}, {wangfang, "#驳回 请避开月末"}, {liwei, "#垃圾"}, {liwei, "#重开"},
	{liwei, "#合并 {other}"}, {"", "#重开"}, {liwei, "#指派 王芳"}, {liwei, "#撤销"}, {liwei, "#resolve Driver installed anew, please try"}, {"", "#confirm 5"},
	{"", "still not working"}, {"", "#withdraw"}, {wangfang, "#close no answer to three reminders"}, {wangfang, "#resolve Done, please try"},
	{"", "It works now, thanks"}, {liwei, "请问是哪台电脑？"}, {liwei, "#wait Please send a screenshot"}, {wangfang, "#undo"},
}

// Who writes, as often as they stand here.
var (
	writers     = []string{liwei, zhangsan, wangfang, lisi, zhangsan, liwei, lina}
	technicians = []string{liwei, wangfang, liwei}
)

// plain is a mail of somebody in plain words.
func (p *play) plain(rt *rapid.T) letterOf {
	return p.draw(rt, writers, func(rt *rapid.T, v vocabulary) string { return rapid.SampledFrom(v.words).Draw(rt, "words") })
}

// order is a mail with one command, or what is sent as one.
func (p *play) order(rt *rapid.T, who []string) letterOf {
	return p.draw(rt, who, func(rt *rapid.T, v vocabulary) string { return rapid.SampledFrom(v.orders).Draw(rt, "order") })
}

// several is a mail with some commands, with or without plain words below.
func (p *play) several(rt *rapid.T, who []string) letterOf {
	return p.draw(rt, who, func(rt *rapid.T, v vocabulary) string {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(v.orders), 2, 4).Draw(rt, "orders"), "\r\n")
		if rapid.Bool().Draw(rt, "words below") {
			text += "\r\n\r\n" + rapid.SampledFrom(v.words).Draw(rt, "words")
		}
		return text
	})
}

// move is a mail that is likely to take its ticket a step on.
func (p *play) move(rt *rapid.T) letterOf {
	return rapid.Custom(func(rt *rapid.T) letterOf {
		m := rapid.SampledFrom(moves).Draw(rt, "move")
		l := p.about(rt, letterOf{from: m.from, text: m.text})
		if l.from == "" {
			l.from = p.state[p.numbers[l.ticket]].Requester.Address
		}
		return l
	}).Draw(rt, "mail")
}

// draw makes up a mail of one of them.
func (p *play) draw(rt *rapid.T, who []string, text func(*rapid.T, vocabulary) string) letterOf {
	return rapid.Custom(func(rt *rapid.T) letterOf {
		from := rapid.SampledFrom(who).Draw(rt, "from")
		return p.about(rt, letterOf{from: from, text: text(rt, modelWords[from])})
	}).Draw(rt, "mail")
}

// about draws what a mail is about, and how it comes.
func (p *play) about(rt *rapid.T, l letterOf) letterOf {
	count := len(p.numbers)
	l.ticket = rapid.IntRange(0, count-1).Draw(rt, "ticket")
	if strings.Contains(l.text, "{other}") {
		l.other = (l.ticket + rapid.IntRange(1, count-1).Draw(rt, "other")) % count
	}
	l.circumstances = rapid.SampledFrom(usual).Draw(rt, "circumstances")
	return l
}

// lines are the header and the text of a mail.
func (p *play) lines(l letterOf) []string {
	var header []string
	if !l.unproven {
		header = append(header, "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example")
	}
	header = append(header, "From: "+l.from)
	if l.sender != "" {
		header = append(header, "Sender: "+l.sender)
	}
	if l.cc != "" {
		header = append(header, "Cc: "+l.cc)
	}
	if l.subject != "" {
		return append(header, "Subject: "+l.subject, "", l.text)
	}
	number := p.numbers[l.ticket]
	header = append(header, "Subject: Re: ["+number+"] x")
	if id := p.newestTo(l.from, number); l.answers && id != "" {
		header = append(header, "In-Reply-To: <"+id+">")
	}
	return append(header, "", strings.NewReplacer("{other}", p.numbers[l.other], "{number}", number).Replace(l.text))
}

// newestTo is the Message-ID of our newest mail to somebody about a ticket, empty when there is none.
func (p *play) newestTo(to, number string) string {
	for _, o := range slices.Backward(p.sent) {
		if o.Recipient == to && strings.HasPrefix(o.MessageID, number+".") {
			return o.MessageID
		}
	}
	return ""
}
