package intake_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

// Others of the stories.
const (
	lisi    = "lisi@corp.example"       // has another problem
	eve     = "eve@corp.example"        // is staff, and none of it is her business
	mallory = "mallory@outside.example" // is nobody's colleague
)

// spoof is a mail that may or may not be what it says.
type spoof struct {
	token  string
	server string
	sender string
	body   spoofBody
	config spoofConfig
}

// spoofBody is what the mail says, about which ticket of the stage.
type spoofBody struct {
	name   string
	on     string // A: assigned · B: resolved · W: waiting
	text   string // {C}: the number of a stranger's ticket · {button:PURPOSE:WHOSE}: a token line
	key    string // of the verb, "" for plain words
	strict bool
	reads  bool   // it asks and changes nothing
	who    string // the first letters of who may: requester, technician, manager; with proof it takes effect
	press  string // the purpose of the sender's own button
	effect func(before, after tickets.Ticket, sender string) bool
}

type spoofConfig struct {
	configured bool
	require    string
}

var (
	spoofTokens = []string{"none", "own", "another's", "leaked", "expired", "forwarded"}
	// What our mail server says, or seems to say.
	spoofServers = []string{"none", "foreign", "below", "several From", "dmarc", "aligned", "fail"}
	spoofSenders = []string{liwei, wangfang, zhangsan, lina, eve, mallory}
	spoofConfigs = []spoofConfig{{true, "either"}, {false, "either"}, {true, "both"}, {true, "dmarc"}, {false, "both"}, {false, "dmarc"}}
)

func (b spoofBody) called() string {
	if b.name != "" {
		return b.name
	}
	return "#" + b.key
}

// ruling is what the rules of DESIGN.md, "Trust", say of a spoof.
type ruling struct {
	failed  bool // our server says that From is forged
	proven  bool // enough for this verb
	owned   bool // by a token alone, which is enough for a requester's answer
	staffed bool // the pretended sender works in IT
}

// judge reads the rules: it looks at the mail as it was made, and at nothing that the desk found out.
func judge(s spoof) ruling {
	one := s.server != "several From"
	r := ruling{failed: s.config.configured && s.server == "fail", staffed: s.sender == liwei || s.sender == wangfang}
	server := s.config.configured && (s.server == "dmarc" || s.server == "aligned")
	token := s.token == "own" && one && !r.failed && s.sender != eve && s.sender != mallory
	pressed := s.body.press != "" && one && !r.failed && !s.body.strict && s.token != "leaked" && s.token != "expired" && s.token != "forwarded"
	mailed := token || pressed
	switch {
	case r.failed, s.body.strict && s.config.configured && !server:
	case s.config.require == "both":
		r.proven = server && mailed
	case s.config.require == "dmarc":
		r.proven = s.config.configured && s.server == "dmarc"
	default:
		r.proven = server || mailed
	}
	answers := s.body.key == "confirm" || s.body.key == "unsolved" || s.body.key == "rate" || s.body.key == "" && s.body.who == "r"
	r.owned = s.sender == zhangsan && answers && mailed
	return r
}

func (s spoof) may() bool {
	for _, role := range s.body.who {
		switch {
		case role == 'r' && s.sender == zhangsan, role == 't' && (s.sender == liwei || s.sender == wangfang), role == 'm' && s.sender == wangfang, role == 'w' && s.sender == lina:
			return true
		}
	}
	return false
}

// stage is a desk with tickets in several states, on which everybody has mail of ours.
type stage struct {
	*trial
	numbers map[string]string // A, B, W of 张三, watched by 李娜; C of 李四
}

func newStage(d *trial) *stage {
	s := &stage{trial: d, numbers: map[string]string{}}
	d.Policy.AuthservID = "mx.corp.example"
	const pass = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"
	report := func(key, from, sender, subject string) {
		header := []string{pass, "From: " + from, "Subject: " + subject}
		if sender != "" {
			header = append(header, "Sender: "+sender)
		}
		s.numbers[key] = d.post(append(header, "", subject+"，从今天早上九点开始一直这样，请尽快帮忙处理一下。")...).Number
		if s.numbers[key] == "" {
			d.t.Fatalf("no ticket for %s", subject)
		}
	}
	say := func(key, from, text string) {
		d.post(pass, "From: "+from, "Subject: Re: ["+s.numbers[key]+"] x", "In-Reply-To: <"+d.newest(s.numbers[key], from).MessageID+">", "", text)
	}
	report("A", zhangsan, lina, "登录ERP时提示密码错误")
	report("B", zhangsan, lina, "打印机不能打印")
	report("W", zhangsan, lina, "会议室投影没有信号")
	report("C", lisi, "", "薪资表打不开")
	for _, key := range []string{"A", "B", "W"} {
		say(key, liwei, "#会诊 王芳")
	}
	say("B", liwei, "#解决 已重装驱动，请再试")
	say("W", liwei, "#等待 请问是哪台电脑？")
	d.now = d.now.Add(3 * time.Hour)
	return s
}

func fingerprint(t tickets.Ticket) string {
	t.UpdatedAt = time.Time{}
	b, err := json.Marshal(t)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// unsaid is a ticket without the note that its requester has been answered, which nothing takes back.
func unsaid(t tickets.Ticket) tickets.Ticket {
	t.Course.AnsweredAt = time.Time{}
	return t
}

// mailOf writes the mail of a spoof, after what has to come before it.
func (s *stage) mailOf(c spoof) []string {
	number := s.numbers[c.body.on]
	from := c.sender
	owner := c.sender
	if owner == eve || owner == mallory {
		owner = liwei
	}
	others := map[string]string{liwei: wangfang, wangfang: liwei, zhangsan: lina, lina: zhangsan}
	if c.token == "another's" {
		owner = others[owner]
	}
	ours := s.newest(number, owner)
	const pass = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"
	reference := "References: <" + ours.MessageID + ">"
	mine := s.newest(number, cmpOwner(c.sender))
	switch c.token {
	case "none":
		reference = "X-Nothing: here"
	case "leaked":
		s.post(pass, "From: "+owner, "Cc: "+eve, "Subject: Re: ["+number+"] x", "References: <"+ours.MessageID+">", "", "请看一下，供参考。")
	case "forwarded":
		s.post(pass, "From: "+eve, "Subject: Fwd: ["+number+"] x", "References: <"+ours.MessageID+">", "", "这封邮件转给你们看看。")
	case "expired":
		s.now = s.now.Add(31 * 24 * time.Hour)
	}
	s.now = s.now.Add(3 * time.Hour) // past the limits of automatic mail
	header := []string{"From: " + from, "Subject: Re: [" + number + "] x", reference}
	const received = "Received: from mail.outside.example (mail.outside.example [203.0.113.5]) by mx.corp.example with ESMTPS; Wed, 15 Nov 2023 09:31:02 +0800"
	domain := from[strings.IndexByte(from, '@')+1:]
	switch c.server {
	case "foreign":
		header = append([]string{received, "Authentication-Results: mx.outside.example; dmarc=pass header.from=" + domain}, header...)
	case "below":
		header = append([]string{"Authentication-Results: mx.corp.example; dmarc=none header.from=" + domain, received,
			"Authentication-Results: mx.corp.example; dmarc=pass header.from=" + domain}, header...)
	case "several From":
		header[0] = "From: " + from + ", boss@corp.example"
		header = append([]string{"Authentication-Results: mx.corp.example; dmarc=pass header.from=" + domain, received}, header...)
	case "dmarc":
		header = append([]string{"Authentication-Results: mx.corp.example; dmarc=pass header.from=" + domain, received}, header...)
	case "aligned":
		header = append([]string{"Authentication-Results: mx.corp.example; dkim=pass header.d=" + domain, received}, header...)
	case "fail":
		header = append([]string{"Authentication-Results: mx.corp.example; dmarc=fail header.from=" + domain, received}, header...)
	}
	text := strings.ReplaceAll(c.body.text, "{C}", s.numbers["C"])
	if at := strings.Index(text, "{button:"); at >= 0 {
		purpose, whose, _ := strings.Cut(strings.TrimSuffix(text[at+len("{button:"):], "}"), ":")
		if whose != "own" {
			mine = s.newest(number, others[mine.Recipient])
		}
		text = text[:at] + fmt.Sprintf("[%s %s]", number, s.Keys.Token(number, mine.Entry, mine.Recipient, purpose))
	}
	return append(header, "", text)
}

// cmpOwner is whose mail a sender without mail of ours would have stolen.
func cmpOwner(sender string) string {
	if sender == eve || sender == mallory {
		return liwei
	}
	return sender
}

// spoofs are every verb with every proof, from whoever may give it and from another in turn; and every pair of all else.
func spoofs() []spoof {
	var all []spoof
	for b, body := range spoofBodies {
		for t, token := range spoofTokens {
			for v, server := range spoofServers {
				at := b + t*len(spoofServers) + v
				likely := map[byte]string{'r': zhangsan, 't': liwei, 'm': wangfang}
				sender := spoofSenders[at%len(spoofSenders)]
				if body.who != "" && at%3 != 0 {
					sender = likely[body.who[0]]
				}
				all = append(all, spoof{token, server, sender, body, spoofConfigs[(at/2+t)%len(spoofConfigs)]})
			}
		}
	}
	pairs := map[string]bool{}
	cover := func(c spoof) (news bool) {
		values := []string{c.token, c.server, c.sender, c.body.called(), fmt.Sprint(c.config)}
		for i := range values {
			for j := range i {
				key := fmt.Sprint(i, j, values[i], values[j])
				news = news || !pairs[key]
				pairs[key] = true
			}
		}
		return news
	}
	for _, c := range all {
		cover(c)
	}
	for _, sender := range spoofSenders {
		for _, config := range spoofConfigs {
			for at := range max(len(spoofBodies), len(spoofTokens)*len(spoofServers)) {
				c := spoof{spoofTokens[at%len(spoofTokens)], spoofServers[at/len(spoofTokens)%len(spoofServers)], sender, spoofBodies[at%len(spoofBodies)], config}
				if cover(c) {
					all = append(all, c)
				}
			}
		}
	}
	return all
}

// Whatever a mail pretends, it does no more than it proves.
func TestSpoofing(t *testing.T) {
	t.Parallel()
	onTrial(t, func(d *trial) {
		s := newStage(d)
		all := spoofs()
		for at, c := range all {
			if underRace && at%20 > 0 {
				continue
			}
			s.try(func() { s.check(c) })
			if t.Failed() && testing.Short() {
				return
			}
		}
		t.Logf("%d mails", len(all))
	})
}

func (s *stage) check(c spoof) {
	s.t.Helper()
	lines := s.mailOf(c)
	s.Policy.AuthservID, s.Policy.Require = "", c.config.require
	if c.config.configured {
		s.Policy.AuthservID = "mx.corp.example"
	}
	before := map[string]tickets.Ticket{}
	for key, number := range s.numbers {
		before[key] = s.find(number)
	}
	got := s.post(lines...)
	wrong := func(format string, args ...any) {
		s.t.Helper()
		s.t.Errorf("%s, token %s, server %s, from %s, %+v: %s\n  %s: %s; went out: %v", c.body.called(), c.token, c.server, c.sender, c.config,
			fmt.Sprintf(format, args...), got.Verdict, got.Reason, recipients(got.out))
	}
	r := judge(c)
	for key, number := range s.numbers {
		if after := s.find(number); key == c.body.on || (c.body.key == "link" || c.body.key == "merge") && key == "C" {
			if got.Verdict == tickets.VerdictOpen { // a new ticket is linked with what it names, for technicians to see
				after.Links = before[key].Links
			}
			s.checkTicket(c, r, before[key], after, wrong)
		} else if fingerprint(before[key]) != fingerprint(after) {
			wrong("%s changed:\n%s\n%s", key, fingerprint(before[key]), fingerprint(after))
		}
	}
	s.checkMail(c, r, got, wrong)
}

// checkTicket compares what became of a ticket with what the rules say.
func (s *stage) checkTicket(c spoof, r ruling, before, after tickets.Ticket, wrong func(string, ...any)) {
	s.t.Helper()
	enough := r.proven || r.owned
	if enough && c.may() {
		if before.Number == s.numbers[c.body.on] && c.body.effect != nil && !c.body.effect(before, after, c.sender) {
			wrong("it has no effect on %s", fingerprint(after))
		}
		return
	}
	if enough && c.sender != eve && c.sender != mallory && c.body.key == "" { // a technician's words go out; nobody else's change anything
		return
	}
	if enough && c.body.who == "" && c.body.key != "" && c.sender != eve && c.sender != mallory {
		return // a verb of which this test knows no effect
	}
	if before.Status == tickets.Waiting && c.sender == zhangsan && !r.failed {
		before.Status = tickets.InProgress
		before.Course.Pauses = slices.Clone(before.Course.Pauses)
		before.Course.Pauses[len(before.Course.Pauses)-1].Until = s.now.UTC() // its time runs again
	}
	if fingerprint(before) != fingerprint(after) {
		wrong("changed without proof or right:\n%s\n%s", fingerprint(before), fingerprint(after))
	}
}

// checkMail looks at whom a mail has reached that proves too little.
func (s *stage) checkMail(c spoof, r ruling, got tried, wrong func(string, ...any)) {
	s.t.Helper()
	var had []string
	for _, o := range got.out {
		if slices.Contains(had, o.Recipient) {
			wrong("%s got two mails", o.Recipient)
		}
		had = append(had, o.Recipient)
	}
	if r.proven || r.owned {
		if c.body.key != "" && c.body.key != "junk" && c.sender != eve && c.sender != mallory && len(got.out) == 0 {
			wrong("a command was not answered")
		}
		if c.body.reads && c.may() && !slices.ContainsFunc(got.out, func(o tickets.Outgoing) bool { return o.Kind == tickets.NoticeAnswer && o.Recipient == c.sender }) {
			wrong("its question was not answered")
		}
		return
	}
	for _, o := range got.out {
		if o.Recipient != c.sender && slices.Contains([]string{zhangsan, lina, lisi, eve, mallory}, o.Recipient) {
			wrong("%s was told", o.Recipient)
		}
	}
	switch {
	case r.failed && slices.ContainsFunc(got.out, func(o tickets.Outgoing) bool { return o.Recipient != liwei || c.sender == liwei }):
		wrong("a forged mail was answered")
	case r.failed && got.Verdict != tickets.VerdictHold && c.sender != mallory:
		wrong("a forged mail is not held")
	case r.staffed && !r.failed && !c.body.reads:
		if slices.ContainsFunc(got.out, func(o tickets.Outgoing) bool { return o.Recipient != c.sender }) {
			wrong("a technician's mail without proof went on")
		}
		if got.Verdict != tickets.VerdictHold && !s.refusedStrict(c, got) {
			wrong("a technician's mail without proof is not held")
		}
	case !r.failed && c.body.reads && c.may() && c.body.who != "":
		if !slices.ContainsFunc(got.out, func(o tickets.Outgoing) bool { return o.Kind == tickets.NoticeAnswer && o.Recipient == c.sender }) {
			wrong("its question was not answered")
		}
	}
}

// refusedStrict reports that a command which asks for more than the mail proves was answered, and the mail not held: it
// proves enough for the rest.
func (s *stage) refusedStrict(c spoof, got tried) bool {
	c.body.strict = false
	return judge(c).proven && slices.Equal(recipients(got.out), []string{string(tickets.NoticeTranscript) + " " + c.sender})
}
