package timers

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"maildesk/templates"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

// All silent tickets are in one digest, however many there are.
func TestOneDigestForAll(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	const n = 2*batchSize + 1
	for i := range n {
		ticket := d.resolved(i+1, "11-15 10:00")
		d.update(func(tx *sqlite.Tx) error {
			if err := tx.DropTimers(ticket.ID); err != nil {
				return err
			}
			return tx.SetTimer(tickets.Timer{Kind: tickets.TimerDigest, Ticket: ticket.ID, Due: at("11-23 09:00")})
		})
	}
	m := d.sweeps("11-23 09:00", "digest "+wangfang)
	if s := subject(t, m[0]); !strings.HasPrefix(s, fmt.Sprintf("%d 个问题", n)) {
		t.Errorf("subject %q", s)
	}
	d.sweeps("11-23 09:30")
	if lines := d.lines(m[0]); len(lines) != maxLines || lines[0] != "IT20231115001" || lines[maxLines-1] != fmt.Sprintf("IT20231115%03d", maxLines) {
		t.Errorf("the lines of the digest are remembered as %q", lines)
	}
}

// lines are the numbers of the tickets on the lines of a digest.
func (d *desk) lines(m *mail.Message) (numbers []string) {
	d.t.Helper()
	d.update(func(tx *sqlite.Tx) error {
		item, err := tx.OutgoingByMessageID(strings.Trim(m.Header.Get("Message-ID"), "<>"))
		if err != nil {
			return err
		}
		numbers, err = tx.DigestLines(item.ID)
		return err
	})
	return numbers
}

// Each digest remembers its own lines: the next day's may have others, in another order.
func TestEachDigestHasItsOwnLines(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	d.Policy.Managers = append(d.Policy.Managers, tickets.Address{Name: "陈静", Address: "chenjing@corp.example"})
	for i, when := range []string{"11-15 12:00", "11-15 10:00", "11-15 11:00"} {
		ticket := d.resolved(i+1, when)
		due := "11-23 09:00"
		if i == 1 {
			due = "11-23 09:01" // the oldest falls silent last
		}
		d.update(func(tx *sqlite.Tx) error {
			return errors.Join(tx.DropTimers(ticket.ID), tx.SetTimer(tickets.Timer{Kind: tickets.TimerDigest, Ticket: ticket.ID, Due: at(due)}))
		})
	}
	first := d.sweeps("11-23 09:00", "digest "+wangfang, "digest chenjing@corp.example")
	second := d.sweeps("11-24 09:02", "digest "+wangfang, "digest chenjing@corp.example")
	for _, c := range []struct {
		mails []*mail.Message
		want  string
	}{{first, "[IT20231115003 IT20231115001]"}, {second, "[IT20231115002 IT20231115003 IT20231115001]"}} {
		for _, m := range c.mails {
			if got := fmt.Sprint(d.lines(m)); got != c.want {
				t.Errorf("lines %s, want %s", got, c.want)
			}
		}
	}
}

func TestTheDigestSaysWhatToDo(t *testing.T) {
	p := policyOf(t, day)
	silent := []tickets.Ticket{
		{Number: "IT20231115001", Subject: "登录ERP系统时提示“用户名或密码错误”，但确认输入正确", Requester: tickets.Person{Name: "张三", Address: zhangsan}, ResolvedAt: at("11-15 10:00")},
		{Number: "IT20231115002", Subject: "Printer\tjam", Requester: tickets.Person{Address: "anna@corp.example"}, ResolvedAt: at("11-16 23:30")},
	}
	n := p.list(silent, tickets.Person{Address: wangfang, Language: tickets.English}, at("11-23 09:00"))
	want := []string{"Line\tNumber\tResolved\tRequester\tSubject", "1\tIT20231115001\t2023-11-15\t张三\t登录ERP系统时提示“用户名或密…", "2\tIT20231115002\t2023-11-16\tanna@corp.example\tPrinter jam"}
	if !slices.Equal(n.Lines, want) || n.Reason != "2 tickets" || n.Entry.Text != "1-2 close no answer to the reminders" || !n.Staff {
		t.Errorf("got %+v", n)
	}
}

func TestTheExampleHasLinesOfTheDigest(t *testing.T) {
	for n, want := range map[int]string{1: "1", 2: "1-2", 4: "1-4", 5: "1-3,5", 50: "1-3,50"} {
		if got := example(n); got != want {
			t.Errorf("example(%d) = %q, want %q", n, got, want)
		}
	}
}

// A mail has room for the longest digest, and for what it says below the table.
func TestTheLongestDigestFits(t *testing.T) {
	set, err := templates.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	silent := make([]tickets.Ticket, 2*maxLines+1)
	for i := range silent {
		silent[i] = tickets.Ticket{Number: fmt.Sprintf("IT20231115%03d", i+1), Subject: strings.Repeat("登录ERP系统", 9), Requester: tickets.Person{Name: "Maximiliane Mustermann"}}
	}
	for language, want := range map[tickets.Language]string{tickets.Chinese: "另有 51 个问题，等这些处理后再列出。", tickets.English: "There are 51 more, which are listed once these are decided."} {
		n := policyOf(t, day).list(silent, tickets.Person{Language: language}, at("11-23 09:00"))
		data := templates.Data{Text: templates.Text(n.Entry.Text)}
		for _, line := range n.Lines {
			data.Lines = append(data.Lines, templates.Text(line))
		}
		mail, err := set.Render(tickets.NoticeDigest, language, data)
		if err != nil || !strings.Contains(mail.Text, "IT20231115050") || strings.Contains(mail.Text, "IT20231115051") || !strings.Contains(mail.Text, want) {
			t.Errorf("error %v\n%s", err, mail.Text)
		}
	}
}

// The digest names a confidential ticket by its number alone.
func TestTheDigestKeepsConfidentialSubjects(t *testing.T) {
	p := policyOf(t, 2*day, 4*day)
	p.Confidential = func(group string) bool { return group == "security" }
	n := p.list([]tickets.Ticket{{Number: "IT20231115001", Group: "security", Subject: "钓鱼邮件", ResolvedAt: at("11-15 10:00")}}, tickets.Person{}, at("11-20 09:00"))
	if strings.Contains(strings.Join(n.Lines, "\n"), "钓鱼") {
		t.Errorf("lines %q", n.Lines)
	}
}
