package mailout

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/emersion/go-message"
	"golang.org/x/net/html"

	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// conversation is the ticket of the confirmation, an hour of work later.
func conversation(kind tickets.NoticeKind, lang tickets.Language, text string) tickets.Notice {
	n := chineseNotice(kind)
	author := "李伟"
	if lang == tickets.English {
		n = englishNotice(kind)
		author = "Li Wei"
	}
	n.Ticket.Requester, n.Ticket.Status = n.To, tickets.InProgress
	n.Entry.Text, n.Entry.Attachments = text, nil
	n.Author, n.Signed, n.Auto, n.Reason = author, true, tickets.ByPerson, ""
	return n
}

func TestComposeConversationGolden(t *testing.T) {
	c := newComposer(t)
	notices := map[string]tickets.Notice{}
	zh := conversation(tickets.NoticeReply, tickets.Chinese, "账号已经解锁，请再登录一次。\n步骤见附件。")
	zh.Files = []tickets.File{{Name: "操作步骤.txt", Type: "text/plain", Data: []byte("1. 清除密码\r\n2. 重新登录\r\n")}}
	zh.Also, zh.Omitted = []string{"王芳"}, []string{"录屏.mp4"}
	notices["reply.zh.eml"] = zh
	en := conversation(tickets.NoticeResolved, tickets.English, "I replaced the drum; ten test pages were fine.")
	en.Ticket.Status = tickets.Resolved
	en.Buttons = []tickets.Button{{Purpose: "confirm", Command: "#confirm"}, {Purpose: "unsolved", Command: "#unsolved"}}
	notices["resolved.en.eml"] = en
	held := conversation(tickets.NoticeHeld, tickets.Chinese, "")
	held.Ticket, held.Entry, held.Author, held.Auto = nil, tickets.Entry{Message: 42, At: morning}, "", tickets.AutoReplied
	held.Lines, held.Reason = []string{"登记一个新问题"}, "发件人没有得到证实"
	held.Buttons = []tickets.Button{{Purpose: "release", Command: "#放行"}}
	notices["held.zh.eml"] = held
	for name, notice := range notices {
		t.Run(name, func(t *testing.T) {
			got := c.Compose(notice)
			if again := c.Compose(notice); !bytes.Equal(got.Raw, again.Raw) {
				t.Error("composing twice gave different bytes")
			}
			checkWire(t, got.Raw)
			checkFields(t, got.Raw)
			golden(t, name, got.Raw)
		})
	}
}

func TestComposeHeadersOfAPersonsWords(t *testing.T) {
	c := newComposer(t)
	n := conversation(tickets.NoticeReply, tickets.Chinese, "请再试一次。")
	header := parsed(t, c.Compose(n).Raw).Header
	for name, want := range map[string]string{"From": "李伟 (IT 服务台)", "Reply-To": "IT 服务台"} {
		got, err := mail.ParseAddress(header.Get(name))
		if err != nil || got.Name != want || got.Address != "helpdesk@corp.example" {
			t.Errorf("%s: %q, error %v", name, got, err)
		}
	}
	if header.Has("Auto-Submitted") || header.Get("X-Auto-Response-Suppress") != "DR, RN, NRN, AutoReply, OOF" {
		t.Errorf("header %v", header.Map())
	}
	n.Staff = true
	if got := parsed(t, c.Compose(n).Raw).Header.Get("X-Auto-Response-Suppress"); got != "DR, RN, NRN, AutoReply" {
		t.Errorf("a technician's out-of-office reply is suppressed: %q", got)
	}
}

func TestButtonsProveTheirReader(t *testing.T) {
	c := newComposer(t)
	long := conversation(tickets.NoticeSurvey, tickets.Chinese, "")
	long.Ticket.Subject = strings.Repeat("很长的主题&=?", 50)
	none := conversation(tickets.NoticeHeld, tickets.English, "")
	none.Ticket, none.Entry = nil, tickets.Entry{Message: 42}
	for name, c2 := range map[string]struct {
		notice  tickets.Notice
		purpose string
		command string
		label   string
		subject string // how it begins
		number  string // in the token line
		bound   string // number that the token is of
		entry   int64
	}{
		"confirm":   {conversation(tickets.NoticeResolved, tickets.Chinese, "好了"), "confirm", "#确认", "已解决，确认", "[IT20231115001] 登录ERP", "IT20231115001", "IT20231115001", 7},
		"score":     {long, "rate 5", "#评价 5", "5 非常满意", "[IT20231115001] 很长的主题&= ?", "IT20231115001", "IT20231115001", 7},
		"unknown":   {conversation(tickets.NoticeResolved, tickets.English, "Fine"), "later", "#later <b>", "#later <b>", "[IT20231115002] Printer", "IT20231115002", "IT20231115002", 7},
		"no ticket": {none, "release", "#release", "It was me, go ahead", "It was me, go ahead", "desk00000000042", "desk", 42},
	} {
		t.Run(name, func(t *testing.T) {
			n := c2.notice
			n.Buttons = []tickets.Button{{Purpose: c2.purpose, Command: c2.command}}
			label, link := button(t, c.Compose(n).Raw)
			if label != c2.label || len(link) > 2083 {
				t.Errorf("label %q, a link of %d characters", label, len(link))
			}
			to, query, _ := strings.Cut(link, "?")
			if to != "mailto:helpdesk@corp.example" || strings.Contains(query, "+") {
				t.Errorf("link %s", link)
			}
			values, err := url.ParseQuery(query)
			if err != nil {
				t.Fatal(err)
			}
			if got := values.Get("subject"); !strings.HasPrefix(got, c2.subject) {
				t.Errorf("subject %q", got)
			}
			body := values.Get("body")
			lines := thread.FindTokenLines(body)
			if len(lines) != 1 || lines[0][0] != c2.number || !strings.HasPrefix(body, c2.command+"\r\n\r\n[") {
				t.Fatalf("body %q", body)
			}
			if !c.keys.Verify(lines[0][1], c2.bound, c2.entry, n.To.Address, c2.purpose) ||
				c.keys.Verify(lines[0][1], c2.bound, c2.entry, n.To.Address, "") {
				t.Errorf("the token %s is not of this purpose alone", lines[0][1])
			}
		})
	}
}

// button is the label and the address of the only link in a mail's page.
func button(t *testing.T, raw []byte) (label, link string) {
	t.Helper()
	for _, part := range leaves(t, raw) {
		if part.kind != "text/html" {
			continue
		}
		root, err := html.Parse(bytes.NewReader(part.data))
		if err != nil {
			t.Fatal(err)
		}
		for node := range root.Descendants() {
			if node.Data == "a" && node.FirstChild != nil {
				for _, a := range node.Attr {
					if a.Key == "href" {
						label, link = node.FirstChild.Data, a.Val
					}
				}
			}
		}
	}
	if link == "" {
		t.Fatal("no button in the page")
	}
	return label, link
}

// leaf is a part of a mail that has no parts.
type leaf struct {
	kind, name string
	data       []byte
}

func leaves(t *testing.T, raw []byte) (parts []leaf) {
	t.Helper()
	err := parsed(t, raw).Walk(func(_ []int, part *message.Entity, err error) error {
		if err != nil {
			return err
		}
		kind, _, err := part.Header.ContentType()
		if strings.HasPrefix(kind, "multipart/") || err != nil {
			return err
		}
		data, err := io.ReadAll(part.Body)
		_, params, ferr := part.Header.ContentDisposition()
		if ferr != nil && part.Header.Has("Content-Disposition") {
			err = errors.Join(err, ferr)
		}
		parts = append(parts, leaf{kind, params["filename"], data})
		return err
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	return parts
}

func TestFilesGoAlong(t *testing.T) {
	bytesOf := bytes.Repeat([]byte{0, 0xff, '\r', '\n', '.'}, 100)
	for name, c := range map[string]struct {
		file       tickets.File
		name, kind string
	}{
		"picture":       {tickets.File{Name: "错误截图.png", Type: "image/png", Data: bytesOf}, "错误截图.png", "image/png"},
		"empty":         {tickets.File{Name: "a b.txt", Type: "text/plain"}, "a b.txt", "text/plain"},
		"a mail":        {tickets.File{Name: "x.eml", Type: "message/rfc822", Data: bytesOf}, "x.eml", "application/octet-stream"},
		"multipart":     {tickets.File{Name: "x", Type: "multipart/mixed; boundary=x", Data: bytesOf}, "x", "application/octet-stream"},
		"no type":       {tickets.File{Name: "x", Data: bytesOf}, "x", "application/octet-stream"},
		"injected type": {tickets.File{Name: "x", Type: "text/plain\r\nBcc: y", Data: bytesOf}, "x", "application/octet-stream"},
		"injected name": {tickets.File{Name: "x\"\r\nBcc: <y>.txt", Type: "image/gif", Data: bytesOf}, "x_ Bcc_ _y_.txt", "image/gif"},
		"directories":   {tickets.File{Name: `..\..\etc/passwd`, Type: "image/gif", Data: bytesOf}, "_.._etc_passwd", "image/gif"},
		"no name":       {tickets.File{Name: " ..", Type: "image/gif", Data: bytesOf}, "attachment", "image/gif"},
		"long name": {tickets.File{Name: strings.Repeat("长", 300) + ".docx", Type: "image/gif", Data: bytesOf},
			strings.Repeat("长", 78) + ".docx", "image/gif"},
	} {
		t.Run(name, func(t *testing.T) {
			n := conversation(tickets.NoticeMessage, tickets.Chinese, "见附件。")
			n.Files = []tickets.File{c.file, {Name: "second.bin", Type: "application/x-second", Data: []byte("2")}}
			raw := newComposer(t).Compose(n).Raw
			checkWire(t, raw)
			checkFields(t, raw)
			parts := leaves(t, raw)
			if len(parts) != 4 || parts[0].kind != "text/plain" || parts[1].kind != "text/html" || parts[3].name != "second.bin" {
				t.Fatalf("parts %+v", parts)
			}
			if got := parts[2]; got.name != c.name || got.kind != c.kind || !bytes.Equal(got.data, c.file.Data) {
				t.Errorf("got %q of type %s with %d bytes", got.name, got.kind, len(got.data))
			}
		})
	}
}

func TestAllKindsOfMailTakeFiles(t *testing.T) {
	n := conversation("no such kind", tickets.English, "Words that must not be lost.")
	n.Files = []tickets.File{{Name: "a.txt", Type: "text/plain", Data: []byte("a")}}
	parts := leaves(t, newComposer(t).Compose(n).Raw)
	if len(parts) != 2 || !strings.Contains(string(parts[0].data), n.Entry.Text) || string(parts[1].data) != "a" {
		t.Errorf("parts %q", parts)
	}
}

func TestLongWordsGoAlongWhole(t *testing.T) {
	text := strings.Repeat("一行很长的日志 <error>\n", 5000)
	n := conversation(tickets.NoticeReply, tickets.Chinese, text)
	raw := newComposer(t).Compose(n).Raw
	parts := leaves(t, raw)
	if len(parts) != 3 || parts[2].name != "全文.txt" || strings.ReplaceAll(string(parts[2].data), "\r\n", "\n") != text {
		t.Fatalf("%d parts, the last named %q", len(parts), parts[len(parts)-1].name)
	}
	if !strings.Contains(string(parts[0].data), "全文.txt") || len(parts[1].data) > 62_000 {
		t.Error("the text does not name its file, or the page is too long")
	}
	n.Author = "" // what the desk quotes need not go back whole
	if parts := leaves(t, newComposer(t).Compose(n).Raw); len(parts) != 2 {
		t.Errorf("%d parts", len(parts))
	}
}

func TestAssignedTellsOfTheTicket(t *testing.T) {
	n := conversation(tickets.NoticeAssigned, tickets.Chinese, strings.Repeat("第一行\n", 59)+"第六十行")
	n.To, n.Staff, n.Author, n.Auto = tickets.Person{Name: "李伟", Address: "liwei@corp.example", Language: tickets.Chinese}, true, "", tickets.AutoGenerated
	n.Ticket.Requester.Department, n.Ticket.Requester.Phone = "市场部", "13800000000"
	n.Ticket.Priority, n.Ticket.PriorityReason = tickets.P1, "主要功能不可用"
	n.Ticket.Category, n.Ticket.Severity, n.Ticket.Impact = tickets.Software, tickets.Severe, "无法录入销售订单"
	n.Ticket.OccurredAt, n.Ticket.Group = morning, "desktop"
	n.Entry.Attachments = []tickets.Attachment{{Name: "截图.png"}}
	text := string(leaves(t, newComposer(t).Compose(n).Raw)[0].data)
	for _, want := range []string{
		"反馈人：张三，市场部，13800000000，zhangsan@corp.example", "优先级：P1 高（主要功能不可用）", "分类：软件问题类", "严重程度：严重",
		"影响范围：无法录入销售订单", "发生时间：2023-11-15 09:30", "处理组：desktop", "附件：截图.png", "> 第六十行",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if regexp.MustCompile(`(?m)^#`).MatchString(text) {
		t.Errorf("a line begins like a command:\n%s", text)
	}
}

func TestEncodedNameOfOlderClients(t *testing.T) {
	n := conversation(tickets.NoticeReply, tickets.Chinese, "见附件。")
	n.Files = []tickets.File{{Name: "错误截图.png", Type: "image/png", Data: []byte("x")}}
	raw := string(newComposer(t).Compose(n).Raw)
	_, rest, _ := strings.Cut(raw, "image/png;\r\n name=\"")
	word, _, _ := strings.Cut(rest, `"`)
	if got, err := new(mime.WordDecoder).DecodeHeader(word); err != nil || got != "错误截图.png" {
		t.Errorf("name %q, error %v", got, err)
	}
}
