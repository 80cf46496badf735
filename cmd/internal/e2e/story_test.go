//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"mime"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// story is a day at the desk, told in order: each part goes on where the one before has ended.
type story struct {
	post  *post
	desk  *program
	zhang *mutt
	john  *mutt

	erp     string // the number of 张三's ticket
	printer string // and of John's
	mails   int    // that the desk has got
}

// TestDesk tells the stories with a real mail client through Postfix and Dovecot.
func TestDesk(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Fatal("the end-to-end run needs root: Postfix cannot be started otherwise")
	}
	binary := build(t)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM) // also then the servers have to be stopped
	defer stop()
	p := startPost(ctx, t)
	s := &story{
		post: p, desk: newProgram(ctx, t, binary, p),
		zhang: newMutt(p, zhangsan, "gbk"), john: newMutt(p, john, "us-ascii:utf-8"),
	}

	s.desk.configure("imaps://"+local(p.IMAPS), "smtps://"+local(p.SMTPS))
	s.serve(ctx, t, "over TLS", []part{
		{"a problem in Chinese is confirmed at once", s.problem},
		{"a reply goes onto its ticket", s.reply},
		{"a screenshot comes along", s.screenshot},
		{"the same mail twice is one ticket", s.twice},
		{"a reply without threading finds its ticket by the number", s.subjectAlone},
	})
	p.submit(ctx, t, john.Address, plainMail(john, sentWhileDown, "projector@client.corp.example", "",
		"The projector in room 4 stays dark, though its lamp is on."))
	p.await(ctx, t, desk, "mail", func(l letter) bool { return l.Subject == sentWhileDown })

	s.desk.configure("imap://"+local(p.IMAP), "smtp://"+local(p.Submission))
	s.serve(ctx, t, "over STARTTLS", []part{
		{"what came while the daemon was down is taken", s.whileDown},
		{"an out-of-office is filed and not answered", s.outOfOffice},
		{"a confirmation that is refused is told on the ticket", s.refused},
		{"a confirmation that comes back is told on the ticket", s.bounced},
		{"every mail is accounted for", s.account},
	})
}

type part struct {
	name string
	tell func(context.Context, *testing.T)
}

// serve runs the daemon while parts of the story are told. One that fails ends the story.
func (s *story) serve(ctx context.Context, t *testing.T, security string, parts []part) {
	ok := t.Run(security, func(t *testing.T) {
		s.use(t)
		checked := s.desk.about(ctx, "check")
		t.Logf("maildesk check:\n%s", checked)
		defer s.desk.serve(ctx)()
		for _, p := range parts {
			if !t.Run(p.name, func(t *testing.T) { s.use(t); p.tell(ctx, t) }) {
				return
			}
		}
	})
	s.use(t)
	if !ok {
		t.FailNow()
	}
}

// use says which test it is that may fail now.
func (s *story) use(t *testing.T) { s.desk.t, s.zhang.t, s.john.t = t, t, t }

var numbered = regexp.MustCompile(`^\[(IT\d{11,})\] (.+)$`)

// confirmed waits for the confirmation of a mail that who has just sent and checks what any confirmation has to have.
func (s *story) confirmed(ctx context.Context, t *testing.T, who account, subject string) (number string, l letter) {
	t.Helper()
	begun := time.Now()
	l = s.post.await(ctx, t, who, "confirmation of "+subject, func(l letter) bool {
		m := numbered.FindStringSubmatch(l.Subject)
		return m != nil && m[2] == subject
	})
	t.Logf("confirmed %v after neomutt had sent it", time.Since(begun).Round(10*time.Millisecond))
	s.mails++
	number = numbered.FindStringSubmatch(l.Subject)[1]
	original := s.processed(ctx, t, func(l letter) bool { return l.Subject == subject && l.Header.Get("Auto-Submitted") == "" })
	if got, want := l.id("In-Reply-To"), original.id("Message-Id"); got != want || want == "" {
		t.Errorf("In-Reply-To is %q, the mail was %q", got, want)
	}
	if got := l.Header.Get("Auto-Submitted"); got != "auto-replied" {
		t.Errorf("Auto-Submitted is %q", got)
	}
	if !strings.Contains(l.Text, number) || !strings.Contains(l.HTML, number) {
		t.Errorf("the number %s is missing in the text or in the HTML:\n%s", number, l.Text)
	}
	return number, l
}

// processed waits for a mail in the desk's processed folder, where it has to be marked as read.
func (s *story) processed(ctx context.Context, t *testing.T, fits func(letter) bool) letter {
	t.Helper()
	var found letter
	err := until(ctx, 10*time.Second, func() error {
		all := s.post.folder(t, desk, "Processed")
		at := slices.IndexFunc(all, fits)
		if at < 0 {
			return fmt.Errorf("it is not among %d mails", len(all))
		}
		found = all[at]
		return nil
	})
	if err != nil {
		t.Fatalf("no such mail in Processed: %v", err)
	}
	if !found.Seen {
		t.Errorf("%q in Processed is not marked as read", found.Subject)
	}
	return found
}

// entry waits for the n-th entry of a ticket.
func (s *story) entry(ctx context.Context, t *testing.T, number string, n int) entry {
	t.Helper()
	var entries []entry
	err := until(ctx, 10*time.Second, func() error {
		if entries = s.desk.ticket(ctx, number).Entries; len(entries) < n {
			return fmt.Errorf("it has %d", len(entries))
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%s has no entry %d: %v", number, n, err)
	}
	if len(entries) > n {
		t.Errorf("%s has %d entries, want %d: %+v", number, len(entries), n, entries)
	}
	return entries[n-1]
}

func (s *story) problem(ctx context.Context, t *testing.T) {
	const subject, text = "ERP系统登录失败", "登录ERP系统时提示“用户名或密码错误”，但确认输入正确。"
	s.zhang.send(ctx, subject, text+"\n")
	var l letter
	s.erp, l = s.confirmed(ctx, t, zhangsan, subject)
	if !strings.Contains(l.Text, "您的问题已登记") || !strings.Contains(l.Header.Get("From"), desk.Address) {
		t.Errorf("the confirmation from %s says:\n%s", l.Header.Get("From"), l.Text)
	}
	first := s.entry(ctx, t, s.erp, 1)
	if first.Kind != "report" || !strings.Contains(first.Text, text) {
		t.Errorf("the report is %+v", first)
	}
	all := s.desk.tickets(ctx)
	if len(all) != 1 || all[0].Number != s.erp || all[0].Subject != subject || all[0].Status != "new" || all[0].Requester.Name != zhangsan.Name {
		t.Errorf("ticket list shows %+v", all)
	}
	if sent := s.processed(ctx, t, func(l letter) bool { return l.id("Message-Id") == first.MessageID }); !strings.Contains(strings.ToLower(sent.Header.Get("Content-Type")), "gb") {
		t.Errorf("the mail was to be in GBK, but is %s", sent.Header.Get("Content-Type"))
	}
}

func (s *story) reply(ctx context.Context, t *testing.T) {
	const typed = "还是不行，换了一台电脑也一样。"
	s.zhang.reply(ctx, s.erp, typed)
	s.mails++
	got := s.entry(ctx, t, s.erp, 2)
	if got.Kind != "reply" || got.Text != typed || got.Visibility != "public" || !got.Verified || got.Actor.Address != zhangsan.Address {
		t.Errorf("the reply is %+v", got)
	}
	sent := s.processed(ctx, t, func(l letter) bool { return l.id("Message-Id") == got.MessageID })
	confirmation := s.post.await(ctx, t, zhangsan, "confirmation", func(l letter) bool { return strings.Contains(l.Subject, s.erp) })
	if sent.id("In-Reply-To") != confirmation.id("Message-Id") || !strings.Contains(sent.Text, "> ") {
		t.Errorf("neomutt's reply answers %q, not %q, or quotes nothing", sent.id("In-Reply-To"), confirmation.id("Message-Id"))
	}
}

func (s *story) screenshot(ctx context.Context, t *testing.T) {
	const subject = "Printer on floor 3 jams"
	path, file := s.post.path("mutt/screenshot.png"), screenshot(t)
	check(t, os.WriteFile(path, file, 0o600))
	s.john.send(ctx, subject, "The printer on floor 3 shows error 13.A1 and takes no paper. See the screenshot.\n", path)
	var l letter
	s.printer, l = s.confirmed(ctx, t, john, subject)
	if !strings.Contains(l.Text, "thank you for writing") || !strings.Contains(l.Text, "screenshot.png") {
		t.Errorf("the confirmation says:\n%s", l.Text)
	}
	sum := sha256.Sum256(file)
	got := s.entry(ctx, t, s.printer, 1).Attachments
	if len(got) != 1 || got[0].Name != "screenshot.png" || got[0].Type != "image/png" || got[0].Size != int64(len(file)) || got[0].SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("the attachments are %+v", got)
	}
}

func screenshot(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for x := range 320 {
		picture.Set(x, x*200/320, color.RGBA{R: 0xC0, A: 0xFF})
	}
	var out bytes.Buffer
	check(t, png.Encode(&out, picture))
	return out.Bytes()
}

func (s *story) twice(ctx context.Context, t *testing.T) {
	const subject, id = "VPN drops every ten minutes", "vpn-twice@client.corp.example"
	raw := plainMail(john, subject, id, "", "Since this morning the VPN drops every ten minutes, whatever the network.")
	s.post.submit(ctx, t, john.Address, raw)
	number, _ := s.confirmed(ctx, t, john, subject)
	s.post.submit(ctx, t, john.Address, raw)
	s.mails++
	err := until(ctx, 10*time.Second, func() error {
		if account := s.desk.about(ctx, "why", id); !strings.Contains(account, "duplicate") {
			return fmt.Errorf("why says:\n%s", account)
		}
		return nil
	})
	check(t, err)
	s.entry(ctx, t, number, 1)
	s.quiet(ctx, t, john, number)
}

// quiet checks that a ticket has brought somebody one mail and no more: the outbox is where a second one would be.
func (s *story) quiet(ctx context.Context, t *testing.T, who account, number string) {
	t.Helper()
	var sent []outgoing
	for _, o := range s.desk.outbox(ctx) {
		if o.Number == number {
			sent = append(sent, o)
		}
	}
	if len(sent) != 1 || sent[0].Recipient != who.Address || sent[0].Kind != "confirmation" {
		t.Errorf("%s has brought %+v, want one confirmation to %s", number, sent, who.Address)
	}
}

func (s *story) subjectAlone(ctx context.Context, t *testing.T) {
	const text = "It now says 13.A2, after I changed the tray."
	s.john.send(ctx, "Re: ["+s.printer+"] Printer on floor 3 jams", text+"\n")
	s.mails++
	got := s.entry(ctx, t, s.printer, 2)
	if got.Kind != "reply" || got.Text != text {
		t.Errorf("the entry is %+v", got)
	}
}

// whileDown looks for the mail that was sent between the daemon's two lives.
func (s *story) whileDown(ctx context.Context, t *testing.T) {
	number, _ := s.confirmed(ctx, t, john, sentWhileDown)
	s.entry(ctx, t, number, 1)
}

const sentWhileDown = "Projector in room 4 stays dark"

func (s *story) outOfOffice(ctx context.Context, t *testing.T) {
	confirmation := s.post.await(ctx, t, zhangsan, "confirmation", func(l letter) bool { return strings.Contains(l.Subject, s.erp) })
	more := fmt.Sprintf("In-Reply-To: <%s>\r\nReferences: <%[1]s>\r\nAuto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\n", confirmation.id("Message-Id"))
	s.post.submit(ctx, t, "<>", plainMail(zhangsan, "自动回复: "+confirmation.Subject, "ooo@client.corp.example", more,
		"我正在休假，11月20日回来。急事请找李伟。"))
	s.mails++
	if got := s.entry(ctx, t, s.erp, 3); got.Kind != "auto_reply" || got.Visibility != "internal" {
		t.Errorf("the entry is %+v", got)
	}
	s.quiet(ctx, t, zhangsan, s.erp)
}

func (s *story) refused(ctx context.Context, t *testing.T) {
	got := s.undeliverable(ctx, t, account{Name: "梁工", Address: leaver}, "邮箱满了", "leaver@client.corp.example", "failed")
	if !strings.Contains(got.Text, "550") {
		t.Errorf("the entry is %+v", got)
	}
}

func (s *story) bounced(ctx context.Context, t *testing.T) {
	got := s.undeliverable(ctx, t, account{Name: "王五", Address: moved}, "调岗后需要新账号", "moved@client.corp.example", "sent")
	s.mails++ // the delivery report
	if !strings.Contains(got.Text, "<"+moved+">") {
		t.Errorf("the entry is %+v", got)
	}
	s.processed(ctx, t, func(l letter) bool {
		return strings.HasPrefix(l.Header.Get("Content-Type"), "multipart/report") && l.Header.Get("Return-Path") == "<>"
	})
}

// undeliverable lets somebody write who cannot be written to, and returns the entry on his ticket that says so.
func (s *story) undeliverable(ctx context.Context, t *testing.T, who account, subject, id, state string) entry {
	t.Helper()
	s.post.submit(ctx, t, who.Address, plainMail(who, subject, id, "", "详细情况见主题，麻烦尽快处理，谢谢。"))
	s.mails++
	var number string
	err := until(ctx, 10*time.Second, func() error {
		for _, ticket := range s.desk.tickets(ctx) {
			if ticket.Requester.Address == who.Address {
				number = ticket.Number
				return nil
			}
		}
		return fmt.Errorf("there is no ticket of %s", who.Address)
	})
	check(t, err)
	got := s.entry(ctx, t, number, 2)
	if got.Kind != "bounce" || got.Visibility != "internal" {
		t.Errorf("the entry is %+v", got)
	}
	for _, o := range s.desk.outbox(ctx) {
		if o.Recipient == who.Address && o.State != state {
			t.Errorf("the confirmation is %s, want %s: %s", o.State, state, o.Response)
		}
	}
	return got
}

// account looks at the desk as a whole.
func (s *story) account(ctx context.Context, t *testing.T) {
	for folder, want := range map[string]int{"INBOX": 0, "Processed": s.mails, "Failed": 0} {
		if got := s.post.folder(t, desk, folder); len(got) != want {
			t.Errorf("%s of the desk holds %d mails, want %d", folder, len(got), want)
		}
	}
	all := s.desk.tickets(ctx)
	for i, ticket := range all {
		if !strings.HasSuffix(ticket.Number, fmt.Sprintf("%03d", i+1)) {
			t.Errorf("ticket %d of the day is %s", i+1, ticket.Number)
		}
	}
	if len(all) != 6 {
		t.Errorf("%d tickets, want 6", len(all))
	}
	for _, o := range s.desk.outbox(ctx) {
		if o.State != "sent" && o.Recipient != leaver {
			t.Errorf("a mail to %s is %s: %s", o.Recipient, o.State, o.Response)
		}
	}
}

// plainMail is a finished mail of one part; more are further header lines.
func plainMail(from account, subject, id, more, text string) string {
	return fmt.Sprintf("From: %s <%s>\r\nTo: %s\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s>\r\n%sMIME-Version: 1.0\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
		encoded(from.Name), from.Address, desk.Address, encoded(subject), time.Now().Format(time.RFC1123Z), id, more, text)
}

func encoded(s string) string { return mime.BEncoding.Encode("utf-8", s) }
