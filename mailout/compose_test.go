package mailout

import (
	"bytes"
	"flag"
	"io"
	"log/slog"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message"

	"maildesk/templates"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

var update = flag.Bool("update", false, "write the golden files")

var (
	shanghai = time.FixedZone("CST", 8*60*60)
	morning  = time.Date(2023, 11, 15, 1, 30, 0, 0, time.UTC)
)

func newComposer(t testing.TB) *Composer {
	t.Helper()
	secret := filepath.Join(t.TempDir(), "secret")
	line := "k1 " + strings.Repeat("A", 43) + "=\n"
	if err := os.WriteFile(secret, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := thread.LoadKeys(secret)
	if err != nil {
		t.Fatal(err)
	}
	set, err := templates.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	id := Identity{
		Name: "IT Service Desk", NameZH: "IT 服务台", Address: "helpdesk@corp.example",
		Language: tickets.Chinese, Zone: shanghai,
	}
	c, err := NewComposer(id, keys, set, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func chineseNotice(kind tickets.NoticeKind) tickets.Notice {
	return tickets.Notice{
		Kind: kind,
		To:   tickets.Person{Name: "张三", Address: "zhangsan@corp.example", Language: tickets.Chinese},
		Ticket: &tickets.Ticket{
			ID: 1, Number: "IT20231115001", Subject: "登录ERP系统时提示“用户名或密码错误”", Status: tickets.New,
		},
		Entry: tickets.Entry{
			ID: 7, Ticket: 1, At: morning,
			Text:        "登录ERP系统时提示“用户名或密码错误”，但确认输入正确。\n.\n..\n已经试过清除缓存。",
			Attachments: []tickets.Attachment{{Name: "错误截图.png"}},
		},
		Auto:       tickets.AutoReplied,
		Reason:     "邮件有 32 MB，超过了 25 MB 的上限",
		References: []string{"first@corp.example", "6D2F@mail.corp.example"},
	}
}

func englishNotice(kind tickets.NoticeKind) tickets.Notice {
	n := chineseNotice(kind)
	n.To = tickets.Person{Name: "Anna Smith", Address: "anna@corp.example", Language: tickets.English}
	n.Ticket.Number, n.Ticket.Subject = "IT20231115002", "Printer on floor 3 prints only blank pages"
	n.Entry.Text = "The printer next to the kitchen prints only blank pages.\n.\nI already changed the toner."
	n.Entry.Attachments = []tickets.Attachment{{Name: "photo_1.jpg"}}
	n.Reason = "the mail was 32 MB, and 25 MB is the most we take"
	return n
}

func stranger(n tickets.Notice) tickets.Notice {
	n.Ticket, n.Entry = nil, tickets.Entry{Message: 42, At: morning}
	n.To = tickets.Person{Address: "someone@elsewhere.example", Language: n.To.Language}
	return n
}

func TestComposeGolden(t *testing.T) {
	c := newComposer(t)
	notices := map[string]tickets.Notice{}
	for _, kind := range []tickets.NoticeKind{
		tickets.NoticeConfirmation, tickets.NoticeSentAgain, tickets.NoticeUnreadable, tickets.NoticeRefused,
	} {
		zh, en := chineseNotice(kind), englishNotice(kind)
		if kind == tickets.NoticeRefused {
			zh, en = stranger(zh), stranger(en)
		}
		notices[string(kind)+".zh.eml"], notices[string(kind)+".en.eml"] = zh, en
	}
	for name, notice := range notices {
		t.Run(name, func(t *testing.T) {
			got := c.Compose(notice)
			if again := c.Compose(notice); !bytes.Equal(got.Raw, again.Raw) {
				t.Error("composing twice gave different bytes")
			}
			checkWire(t, got.Raw)
			golden(t, name, got.Raw)
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run with -update and read the change\ngot:\n%s", path, got)
	}
}

// checkWire checks what SMTP asks of any mail: 7-bit, CRLF alone, lines of at most 998 octets (RFC 5322 2.1.1, 2.3).
func checkWire(t *testing.T, raw []byte) {
	t.Helper()
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 {
			t.Fatalf("a line of %d octets: %.80q…", len(line), line)
		}
		if bytes.ContainsAny(line, "\r\n\x00") {
			t.Fatalf("a bare CR, LF or NUL in %q", line)
		}
		if !ascii(string(line)) {
			t.Fatalf("8-bit bytes in %q", line)
		}
	}
}

func TestComposeEnvelopeAndHeaders(t *testing.T) {
	c := newComposer(t)
	got := c.Compose(chineseNotice(tickets.NoticeConfirmation))
	if got.Sender != "helpdesk@corp.example" || got.Recipient != "zhangsan@corp.example" || got.Ticket != 1 || got.Entry != 7 {
		t.Errorf("envelope: %q to %q, ticket %d, entry %d", got.Sender, got.Recipient, got.Ticket, got.Entry)
	}
	ref, ok := thread.ParseMessageID(got.MessageID)
	if !ok || ref.Number != "IT20231115001" || ref.Entry != 7 || ref.Domain != "corp.example" ||
		!c.keys.Verify(ref.Token, ref.Number, ref.Entry, "zhangsan@corp.example", "") {
		t.Errorf("Message-ID %q does not prove its mail", got.MessageID)
	}
	header := parsed(t, got.Raw).Header
	want := map[string]string{
		"From":                     "IT 服务台 <helpdesk@corp.example>",
		"Reply-To":                 "IT 服务台 <helpdesk@corp.example>",
		"To":                       "张三 <zhangsan@corp.example>",
		"Subject":                  "[IT20231115001] 登录ERP系统时提示“用户名或密码错误”",
		"Date":                     "Wed, 15 Nov 2023 09:30:00 +0800",
		"Message-ID":               "<" + got.MessageID + ">",
		"In-Reply-To":              "<6D2F@mail.corp.example>",
		"References":               "<first@corp.example> <6D2F@mail.corp.example>",
		"Auto-Submitted":           "auto-replied",
		"X-Auto-Response-Suppress": "DR, RN, NRN, AutoReply, OOF",
		"X-Maildesk-Loop":          "helpdesk@corp.example",
		"X-Maildesk-Ticket":        "IT20231115001",
		"User-Agent":               "",
		"X-Mailer":                 "",
	}
	for name, value := range want {
		if got, _ := header.Text(name); unfold(got) != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
}

// unfold makes an address list comparable: go-message decodes a name but keeps how it was written.
func unfold(value string) string {
	if list, err := mail.ParseAddressList(value); err == nil && strings.HasSuffix(value, ">") && strings.Contains(value, " ") {
		return list[0].Name + " <" + list[0].Address + ">"
	}
	return value
}

func parsed(t testing.TB, raw []byte) *message.Entity {
	t.Helper()
	entity, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("go-message: %v\n%s", err, raw)
	}
	return entity
}

func TestComposeHostileInput(t *testing.T) {
	evil := "x\r\nBcc: victim@corp.example\r\n\r\n<script>\x00\xff\u202e"
	cases := map[string]func(*tickets.Notice){
		"name":           func(n *tickets.Notice) { n.To.Name = evil },
		"long name":      func(n *tickets.Notice) { n.To.Name = strings.Repeat("长", 10_000) },
		"quoted name":    func(n *tickets.Notice) { n.To.Name = `"Smith, Anna" (CFO) \` },
		"subject":        func(n *tickets.Notice) { n.Ticket.Subject = evil },
		"long subject":   func(n *tickets.Notice) { n.Ticket.Subject = strings.Repeat("a", 10_000) },
		"long chinese":   func(n *tickets.Notice) { n.Ticket.Subject = strings.Repeat("故障", 5_000) },
		"encoded word":   func(n *tickets.Notice) { n.Ticket.Subject = "=?utf-8?q?=0D=0ABcc:_victim@corp.example?=" },
		"no subject":     func(n *tickets.Notice) { n.Ticket.Subject = "" },
		"text":           func(n *tickets.Notice) { n.Entry.Text = evil + strings.Repeat("\x00\r", 1000) },
		"long line":      func(n *tickets.Notice) { n.Entry.Text = strings.Repeat("=", 100_000) },
		"file names":     func(n *tickets.Notice) { n.Entry.Attachments = []tickets.Attachment{{Name: evil}, {Name: ""}} },
		"references":     func(n *tickets.Notice) { n.References = []string{evil, strings.Repeat("i", 2000), "ok@x"} },
		"recipient":      func(n *tickets.Notice) { n.To.Address = "a@b>\r\nRCPT TO:<victim@corp.example" },
		"no recipient":   func(n *tickets.Notice) { n.To.Address = "" },
		"unknown kind":   func(n *tickets.Notice) { n.Kind = "no such kind" },
		"unknown tongue": func(n *tickets.Notice) { n.To.Language = "tlh" },
		"no dates":       func(n *tickets.Notice) { n.Entry.At = time.Time{} },
	}
	c := newComposer(t)
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			n := chineseNotice(tickets.NoticeConfirmation)
			spoil(&n)
			out := c.Compose(n)
			checkWire(t, out.Raw)
			checkFields(t, out.Raw)
			text := string(firstPart(t, out.Raw))
			if !strings.Contains(text, "· IT20231115001 ·") {
				t.Errorf("no footer line in:\n%s", text)
			}
		})
	}
}

// checkFields fails when a header field is there that the composer did not write.
func checkFields(t *testing.T, raw []byte) {
	t.Helper()
	known := map[string]bool{}
	for name := range strings.FieldsSeq("From To Reply-To Subject Date Message-Id In-Reply-To References Auto-Submitted" +
		" X-Auto-Response-Suppress X-Maildesk-Loop X-Maildesk-Ticket Mime-Version Content-Type" +
		" Content-Transfer-Encoding") {
		known[name] = true
	}
	seen := map[string]bool{}
	header := parsed(t, raw).Header
	for fields := header.Fields(); fields.Next(); {
		name := fields.Key()
		if !known[name] || seen[name] {
			t.Errorf("header field %s: %q is unknown or there twice", name, fields.Value())
		}
		seen[name] = true
		if text, _ := fields.Text(); strings.ContainsAny(text, "\r\n\x00") {
			t.Errorf("%s decodes to %q", name, text)
		}
	}
}

func firstPart(t *testing.T, raw []byte) []byte {
	t.Helper()
	entity := parsed(t, raw)
	if parts := entity.MultipartReader(); parts != nil {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		entity = part
	}
	text, err := io.ReadAll(entity.Body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func FuzzCompose(f *testing.F) {
	f.Add("张三", "zhangsan@corp.example", "登录失败", "正文\n第二行", "图.png", "a@b", "zh")
	f.Add("x\r\nBcc: y", "a@b>\r\n", "=?utf-8?q?=0A?=", "\x00\r\n.\r\n", "\"", "<>\n", "en")
	f.Add("\xff\xfe", "张三@例子.example", strings.Repeat("a", 2000), strings.Repeat("=\t", 2000), "a\u202eb", " ", "")
	c := newComposer(f)
	f.Fuzz(func(t *testing.T, name, address, subject, text, file, reference, lang string) {
		n := chineseNotice(tickets.NoticeConfirmation)
		n.To = tickets.Person{Name: name, Address: address, Language: tickets.Language(lang)}
		n.Ticket.Subject, n.Entry.Text, n.Reason = subject, text, text
		n.Entry.Attachments = []tickets.Attachment{{Name: file}}
		n.References = []string{reference, "last@corp.example", reference}
		n.Author, n.Signed, n.Lines, n.Also, n.Omitted = name, true, []string{text, name + "\t" + file}, []string{name}, []string{file}
		n.Buttons = []tickets.Button{{Purpose: "confirm", Command: subject}, {Purpose: file, Command: text}}
		for _, n.Kind = range []tickets.NoticeKind{
			tickets.NoticeConfirmation, tickets.NoticeUnreadable, tickets.NoticeReply, tickets.NoticeAnswer, tickets.NoticeResolved,
		} {
			out := c.Compose(n)
			if ascii(out.Recipient) {
				checkWire(t, out.Raw)
			}
			checkFields(t, out.Raw)
			if strings.Contains(string(out.Raw), "multipart/mixed") {
				continue // a text too long for its page
			}
			if text := string(firstPart(t, out.Raw)); !strings.Contains(text, "· IT20231115001 ·") {
				t.Errorf("no footer line in:\n%s", text)
			}
			if again := c.Compose(n); !bytes.Equal(again.Raw, out.Raw) {
				t.Error("composing twice gave different bytes")
			}
		}
	})
}

func BenchmarkCompose(b *testing.B) {
	c := newComposer(b)
	for name, notice := range map[string]tickets.Notice{
		"zh": chineseNotice(tickets.NoticeConfirmation), "en": englishNotice(tickets.NoticeConfirmation),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c.Compose(notice)
			}
		})
	}
}
