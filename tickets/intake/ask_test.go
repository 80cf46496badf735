package intake_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

// asked takes what is to be looked up, as the timers would, and checks it: "verb of whom: words", the words as they are understood.
func (d *desk) asked(want ...string) []tickets.Inquiry {
	d.t.Helper()
	var out []tickets.Inquiry
	var got []string
	err := d.store.Update(d.t.Context(), func(tx *sqlite.Tx) error {
		out, got = nil, nil
		due, err := tx.DueTimers(d.now, 100)
		if err != nil {
			return err
		}
		for _, timer := range due {
			if timer.Kind != tickets.TimerAnswer {
				continue
			}
			var q tickets.Inquiry
			if err := json.Unmarshal([]byte(timer.Data), &q); err != nil {
				return err
			}
			out = append(out, q)
			for _, a := range q.Questions {
				period := ""
				if !a.From.IsZero() {
					period = a.From.Format(time.DateOnly) + " " + a.Until.Format(time.DateOnly)
				}
				got = append(got, fmt.Sprintf("%s of %s: %s", a.Verb, q.To.Address, strings.Join(a.Words, " ")+a.Number+a.About+period))
			}
			if err := tx.DropTimer(timer.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		d.t.Errorf("asked:\n%s\nwant:\n%s", a, b)
	}
	return out
}

// What takes its time is not looked up while the mail is taken; it is asked for as its author means it.
func TestQuestionsAreUnderstood(t *testing.T) {
	for text, want := range map[string]string{
		"#搜索 VPN 超时":                       "search of " + liwei + ": VPN 超时",
		"＃search　ＶＰＮ":                      "search of " + liwei + ": VPN",
		"#为何 it 20231115001":               "why of " + liwei + ": IT20231115001",
		"#why <report@corp.example>":       "why of " + liwei + ": report@corp.example",
		"#why zhangsan@corp.example":       "why of " + liwei + ": zhangsan@corp.example",
		"#为何 张三 <zhangsan@corp.example>":   "why of " + liwei + ": zhangsan@corp.example",
		"#报表":                              "report of " + liwei + ": 2023-11-09 2023-11-16",
		"#报表 上周":                           "report of " + liwei + ": 2023-11-06 2023-11-13",
		"#report 2023-11-01 to 2023-11-15": "report of " + liwei + ": 2023-11-01 2023-11-16",
		"#搜索 VPN\r\n#报表 本月":                "search of " + liwei + ": VPN\nreport of " + liwei + ": 2023-11-01 2023-12-01",
		"#搜索 VPN\r\n#列表 全部":                "search of " + liwei + ": VPN",
	} {
		t.Run(text, func(t *testing.T) {
			d := staffed(t)
			number := d.report()
			d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: ?", "", text)) // nothing yet, and nothing besides
			for _, q := range d.asked(strings.Split(want, "\n")...) {
				if q.Ticket != 0 || len(q.References) != 1 || q.Message == 0 || q.To.Language != tickets.Chinese {
					t.Errorf("it is %+v", q)
				}
				if found := strings.Join(q.Lines, "\n"); strings.Contains(text, "列表") != strings.Contains(found, number) {
					t.Errorf("found already:\n%s", found)
				}
			}
		})
	}
}

// On a ticket #why needs no word, and is answered in the thread.
func TestWhyOnATicket(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.wants(d.answer(liwei, "#为何"))
	asked := d.asked("why of " + liwei + ": " + number)
	if len(asked) != 1 || asked[0].Ticket != d.ticket(number).ID || asked[0].Entry != d.entries(number)[len(d.entries(number))-1].ID {
		t.Fatalf("it is %+v", asked)
	}
	// Beside a receipt in the thread it has to be a mail apart.
	d.wants(d.answer(liwei, "#接单\r\n#为何"), "receipt "+liwei)
	if asked := d.asked("why of " + liwei + ": " + number); len(asked) == 1 && asked[0].Ticket != 0 {
		t.Errorf("it is %+v", asked[0])
	}
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: ?", "", "#"+number+" 为何"))
	d.asked("why of " + liwei + ": " + number)
}

func TestWhatIsNotAsked(t *testing.T) {
	for _, c := range []struct{ name, from, text, says string }{
		{"by a requester", zhangsan, "#搜索 VPN", "只有处理人可以使用"},
		{"without words", liwei, "#搜索", "请写全"},
		{"about nothing", liwei, "#为何", "请写全"},
		{"about something else", liwei, "#为何 打印机", "请写问题编号、Message-ID 或邮箱地址"},
		{"of no period", liwei, "#报表 下周", "请写时段"},
		{"with too many words", liwei, "#搜索 1 2 3 4 5 6 7 8 9", "最多 8 个词"},
		{"beside what is wrong", liwei, "#搜索 VPN\r\n#接単", "没有这个命令"},
		{"about a ticket of nobody's", liwei, "#IT20231115099 为何", "没有您可以处理的问题"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := staffed(t)
			d.report()
			d.wants(d.send("From: "+c.from, "To: helpdesk@corp.example", "Subject: ?", "", c.text), "transcript "+c.from)
			if l := d.last(c.from); !strings.Contains(l.Text, c.says) {
				t.Errorf("it says:\n%s", l.Text)
			}
			d.asked()
		})
	}
}

// Who asks without proof is answered at the address of record, within the limits; an imported mail asks nothing.
func TestQuestionsWithoutProof(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.Policy.Limits = intake.Limits{TicketHour: 1, SenderHour: 1}
	ask := []string{"From: " + liwei, "To: helpdesk@corp.example", "Subject: Re: [" + number + "] ERP", "", "#报表"}
	d.wants(d.send(ask...))
	d.asked()
	d.now = d.now.Add(2 * time.Hour)
	d.wants(d.send(append([]string{"X-Another: mail"}, ask...)...))
	d.asked("report of " + liwei + ": 2023-11-09 2023-11-16")

	quiet := d.sighting(mail("Message-ID: <old@corp.example>", "From: "+liwei, "To: helpdesk@corp.example", "Subject: ?", "", "#report"))
	quiet.Quiet = true
	d.takeMails(quiet)
	d.asked()
}

// About a confidential ticket a technician of another group asks in vain, as about one that is not there; splits it neither.
func TestQuestionsAboutAConfidentialTicket(t *testing.T) {
	onTrial(t, func(d *trial) {
		number := hushed(d)
		before := fingerprint(d.find(number))
		for _, subject := range []string{"你好", "Re: [{n}] x"} {
			for _, text := range []string{"#为何", "#{n} 为何", "#为何 {n}", "#搜索 {n}", "#拆分 2", "#{n} 拆分 2", "#{n} 查询"} {
				if a, b := d.answerAbout(liwei, passed, subject, text, number, number), d.answerAbout(liwei, passed, subject, text, number, "IT20231115999"); a != b {
					t.Errorf("%s %s: about the confidential ticket he is answered\n%s\nabout none\n%s", subject, text, a, b)
				}
			}
		}
		if after := fingerprint(d.find(number)); after != before {
			t.Errorf("it became\n%s", after)
		}
		if a := d.answerAbout(zhaoqiang, passed, "你好", "#{n} 查询", number, number); !strings.Contains(a, "序号") {
			t.Errorf("who is of the group is answered\n%s", a)
		}
	})
}
