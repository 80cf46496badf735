package app_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/parser"
	"maildesk/tickets"
)

// What technicians ask is answered by the running desk, wherever the mail came in: in its mailbox, or by deliver beside it.
func TestServeAnswersQuestions(t *testing.T) {
	o := openOffice(t)
	o.cfg.Technicians = []config.Technician{{Name: "李伟", Address: "liwei@corp.example", Language: tickets.English}, {Name: "王芳", Address: "wangfang@corp.example", Manager: true}}
	o.cfg.Mailboxes[0].Backlog = "answer"
	o.arrives(problem(1))
	o.serve()
	o.answers(2) // the confirmation and the assignment
	ask := func(id, text string) string {
		return strings.ReplaceAll("From: liwei@corp.example\nTo: "+deskUser+"\nSubject: question\nMessage-ID: <"+id+"@corp.example>\nContent-Type: text/plain; charset=utf-8\n\n"+text+"\n", "\n", "\r\n")
	}
	text := func(n int) string {
		t.Helper()
		raw := o.answers(n)[n-1].Raw
		m, err := parser.Parse(sectionOf(raw), parser.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return m.Text
	}
	o.arrives(ask("q1", "#search zhangsan"))
	number := regexp.MustCompile(`IT\d{11}`).FindString(text(3))
	if number == "" {
		t.Fatalf("the search is answered:\n%s", text(3))
	}
	beside, err := app.Open(t.Context(), o.cfg, app.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	if _, err := beside.Deliver(t.Context(), strings.NewReader(ask("q2", "#report today")), deskUser); err != nil {
		t.Fatal(err)
	}
	if got := text(4); !strings.Contains(got, "Opened: 1") {
		t.Errorf("the report is answered:\n%s", got)
	}
	o.arrives(ask("q3", "#why <q1@corp.example>"))
	if got := text(5); !strings.Contains(got, "verdict: command") || !strings.Contains(got, "#search zhangsan") {
		t.Errorf("why is answered:\n%s", got)
	}
	o.replies("liwei@corp.example", "#"+number+" accept") // which proves who writes, as a reply to any mail of the desk
	o.answers(6)
	if all, err := o.app.Store.Tickets(t.Context()); err != nil || len(all) != 1 || all[0].Status != tickets.InProgress {
		t.Errorf("the tickets are %+v, %v", all, err)
	}
}

func sectionOf(raw []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw)))
}

// A technician of another group finds, is told and counts nothing of a confidential ticket; who is of the group does.
func TestServeKeepsConfidentialTickets(t *testing.T) {
	o := openOffice(t)
	o.cfg.Technicians = []config.Technician{
		{Name: "李伟", Address: "liwei@corp.example", Language: tickets.English, Groups: []string{"desktop"}},
		{Name: "赵强", Address: "zhaoqiang@corp.example", Language: tickets.English, Groups: []string{"security"}},
	}
	o.cfg.Groups = []config.Group{{Name: "security", Categories: []tickets.Category{tickets.Software}, Confidential: true}, {Name: "desktop"}}
	o.cfg.Mailboxes[0].Backlog = "answer"
	o.arrives(problem(1))
	o.serve()
	o.answers(2)
	n := 2
	for _, c := range []struct{ from, text, want, not string }{
		{"liwei", "#search 用户名", "No ticket has all of these words", "IT2"},
		{"zhaoqiang", "#search 用户名", "(confidential)", "ERP"},
		{"liwei", "#why zhangsan@corp.example", "no mail by zhangsan@corp.example that you can see", "ERP"},
		{"zhaoqiang", "#why zhangsan@corp.example", "mail 1 from zhangsan@corp.example: ERP", "that you can see"},
		{"liwei", "#report", "Opened: 0", "security"},
		{"zhaoqiang", "#report", "Opened: 1", "Opened: 0"},
	} {
		n++
		from := c.from + "@corp.example"
		o.arrives(strings.ReplaceAll(fmt.Sprintf("From: %s\nTo: %s\nSubject: question\nMessage-ID: <c%d@corp.example>\nContent-Type: text/plain; charset=utf-8\n\n%s\n", from, deskUser, n, c.text), "\n", "\r\n"))
		sent := o.answers(n)[n-1]
		m, err := parser.Parse(sectionOf(sent.Raw), parser.Options{})
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(strings.Join(strings.Fields(m.Text), " "), "IT Service Desk ·")
		if len(sent.To) != 1 || sent.To[0] != from || !strings.Contains(text, c.want) || strings.Contains(text, c.not) {
			t.Errorf("%s by %s is answered to %v:\n%s", c.text, c.from, sent.To, m.Text)
		}
	}
}
