package intake_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/parser/command"
	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

const mary = "mary@corp.example" // another technician

// timers are the kinds of a ticket's timers, each with its data.
func (d *desk) timers(number string) map[tickets.TimerKind]string {
	d.t.Helper()
	out := map[tickets.TimerKind]string{}
	err := d.store.Update(d.t.Context(), func(tx *sqlite.Tx) error {
		all, err := tx.TimersOf(d.ticket(number).ID)
		for _, t := range all {
			out[t.Kind] = t.Data
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// ringing is a P0 of which 李伟 and Mary were alerted, by two rungs.
func ringing(t *testing.T) (d *desk, number string) {
	d = staffed(t)
	d.Policy.Technicians = append(d.Policy.Technicians, intake.Technician{Person: tickets.Person{Name: "Mary", Address: mary, Language: tickets.English}})
	number = d.report()
	d.answer(liwei, "#优先级 P0\r\n#接单")
	if got, ok := d.timers(number)[tickets.TimerAlert]; !ok || got != "{}" {
		t.Fatalf("the alert's timer has %q", got)
	}
	err := d.store.Update(t.Context(), func(tx *sqlite.Tx) error { // as the ladder does
		id := d.ticket(number).ID
		if err := tx.AddAlerted(id, []tickets.Address{{Name: "李伟", Address: liwei}, {Name: "Mary", Address: mary}}); err != nil {
			return err
		}
		return tx.SetTimer(tickets.Timer{Kind: tickets.TimerAlert, Ticket: id, Due: d.now.Add(5 * time.Minute), Data: `{"rung":2}`})
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, number
}

// Somebody who was alerted acknowledges by #ack or by plain words that stay inside; the others hear of it, the alerts end, and the
// questions how it stands begin.
func TestAnAlertIsAcknowledged(t *testing.T) {
	for _, words := range []string{"#收到", "#ack", "在看了，认证服务器没有响应"} {
		t.Run(words, func(t *testing.T) {
			d, number := ringing(t)
			got := d.answer(liwei, words)
			if strings.HasPrefix(words, "#") {
				d.wants(got, "note "+mary, "receipt "+liwei)
			} else {
				d.wants(got, "note "+mary, "receipt "+liwei, "reply "+zhangsan) // it answers the receipt, not the alert
			}
			timers := d.timers(number)
			if _, rings := timers[tickets.TimerAlert]; rings || timers[tickets.TimerUpdate] != `{"rung":1,"by":"`+liwei+`"}` {
				t.Errorf("timers %v", timers)
			}
			d.wants(d.answer(liwei, "#收到"), "receipt "+liwei) // how it stands, in one word
		})
	}
}

// Nobody else's mail ends the alerts: not the requester's, nor a machine's, nor one that nothing proves.
func TestWhatAcknowledgesNothing(t *testing.T) {
	d, number := ringing(t)
	d.answer(zhangsan, "#收到")
	d.answer(zhangsan, "收到，谢谢")
	asked := d.last(liwei)
	d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: 自动回复: "+asked.Subject, "In-Reply-To: <"+asked.MessageID+">", "Auto-Submitted: auto-replied", "", "我在休假。")
	d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: ["+number+"] P0", "", "#收到")
	if _, rings := d.timers(number)[tickets.TimerAlert]; !rings {
		t.Errorf("timers %v", d.timers(number))
	}
	d.wants(d.answer(wangfang, "#收到"), "note "+liwei, "note "+mary, "receipt "+wangfang) // a manager takes it, though not alerted
}

// Word of a technician puts the next question off; the end of the P0 ends the questions.
func TestWordOfHowItStands(t *testing.T) {
	d, number := ringing(t)
	d.answer(liwei, "#收到")
	d.now = d.now.Add(25 * time.Minute)
	d.answer(liwei, "#备注 正在恢复备份，还要一小时")
	err := d.store.Update(t.Context(), func(tx *sqlite.Tx) error {
		all, err := tx.TimersOf(d.ticket(number).ID)
		for _, timer := range all {
			if timer.Kind == tickets.TimerUpdate && timer.Due.Before(d.now.Add(28*time.Minute)) {
				t.Errorf("asked again at %v, at %v it was told", timer.Due, d.now)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d.answer(liwei, "#优先级 P1")
	if got := d.timers(number); len(got) != 0 {
		t.Errorf("timers %v", got)
	}
	d.answer(liwei, "#撤销")
	if _, rings := d.timers(number)[tickets.TimerAlert]; !rings {
		t.Errorf("it is a P0 again and has timers %v", d.timers(number))
	}
}

// An alert that comes back climbs at once.
func TestABouncedAlertClimbs(t *testing.T) {
	d, number := ringing(t)
	id := d.ticket(number).ID
	err := d.store.Update(t.Context(), func(tx *sqlite.Tx) error {
		return tx.AddOutgoing(tickets.Outgoing{Ticket: id, Kind: tickets.NoticeAlert, Lane: tickets.LaneAlert, Recipient: mary, MessageID: "alert@corp.example", Raw: []byte("x")}, d.now)
	})
	if err != nil {
		t.Fatal(err)
	}
	d.send("From: MAILER-DAEMON@mx.corp.example", "Return-Path: <>", "To: helpdesk@corp.example", "Subject: Undelivered", `Content-Type: multipart/report; report-type=delivery-status; boundary=b`, "",
		"--b\r\n\r\nno such user\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.corp.example\r\n\r\nFinal-Recipient: rfc822; "+mary+"\r\nAction: failed\r\nStatus: 5.1.1\r\n"+
			"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <alert@corp.example>\r\n\r\nx\r\n--b--")
	err = d.store.Update(t.Context(), func(tx *sqlite.Tx) error {
		due, err := tx.DueTimers(d.now, 10)
		if !slices.ContainsFunc(due, func(t tickets.Timer) bool { return t.Kind == tickets.TimerAlert }) {
			t.Errorf("due is %v", due)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A technician puts somebody on call for some days.
func TestADutyIsSwapped(t *testing.T) {
	d, _ := ringing(t)
	d.wants(d.answer(liwei, "#换班 mary 2023-11-20 至 2023-11-24"), "note "+mary, "receipt "+liwei)
	d.wants(d.answer(liwei, "#oncall zhangsan@corp.example 2023-11-20 to 2023-11-24"), "transcript "+liwei)
	d.wants(d.answer(liwei, "#换班 mary"), "transcript "+liwei)
	for when, want := range map[string]string{"2023-11-19T12:00:00+08:00": "", "2023-11-20T00:00:00+08:00": mary, "2023-11-24T23:00:00+08:00": mary, "2023-11-25T00:00:00+08:00": ""} {
		at, err := time.Parse(time.RFC3339, when)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.store.DutyAt(t.Context(), at); err != nil || got != want {
			t.Errorf("at %s %q is on call, error %v, want %q", when, got, err, want)
		}
	}
}

func TestReadTurn(t *testing.T) {
	now := time.Date(2023, 11, 15, 10, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"李伟 2023-11-20 至 2023-11-24": "李伟", "Li Wei 2023-11-20 to 2023-11-24": "Li Wei", "liwei@corp.example tomorrow": "liwei@corp.example", "李伟": "", "2023-11-20": "",
	} {
		if who, _, _, ok := command.ReadTurn(text, now); who != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", text, who, ok)
		}
	}
}

// What somebody adds below the command that a button wrote stays inside, like every answer to an alert.
func TestWordsBelowTheButtonStayInside(t *testing.T) {
	d, number := ringing(t)
	alert := d.alert(number, liwei)
	token := d.Keys.Token(number, alert.item.Entry, liwei, "ack")
	d.Policy.AuthservID = "mx.corp.example"
	d.wants(d.send("Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example", "From: "+liwei, "To: helpdesk@corp.example", "Subject: ["+number+"]", "", "#收到\r\n数据库被我删了，正在恢复\r\n\r\n["+number+" "+token+"]"), "note "+mary, "receipt "+liwei)
	if got := d.last(mary).Text; !strings.Contains(got, "正在恢复") {
		t.Errorf("the other reads\n%s", got)
	}
}

// alert sends an alert of a ticket, as the ladder does.
func (d *desk) alert(number, who string) letter {
	d.t.Helper()
	ticket := d.ticket(number)
	err := d.store.Update(d.t.Context(), func(tx *sqlite.Tx) error {
		e := &tickets.Entry{Ticket: ticket.ID, At: d.now, Kind: tickets.EntryAlert, Visibility: tickets.Internal, Text: "alert 1: " + who}
		if err := tx.AddEntry(e); err != nil {
			return err
		}
		return tx.AddOutgoing(d.Composer.Compose(tickets.Notice{Kind: tickets.NoticeAlert, To: tickets.Person{Address: who, Language: tickets.Chinese}, Staff: true, Ticket: ticket,
			Auto: tickets.AutoGenerated, Entry: *e, Buttons: []tickets.Button{{Purpose: "ack", Command: "#收到"}}}), d.now)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return d.last(who)
}

// The commands of a mail on the same ticket, named by number, keep the acknowledgement among them, and two swaps are two.
func TestAcknowledgedAmongOthers(t *testing.T) {
	d, number := ringing(t)
	d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: x", "In-Reply-To: <"+d.last(liwei).MessageID+">", "", "#"+number+" 收到\r\n#"+number+" 诊断 磁盘满\r\n#换班 mary 2023-11-20 至 2023-11-24\r\n#换班 李伟 2023-11-27 至 2023-12-01")
	if _, rings := d.timers(number)[tickets.TimerAlert]; rings {
		t.Errorf("timers %v", d.timers(number))
	}
	for when, want := range map[string]string{"2023-11-22T12:00:00+08:00": mary, "2023-11-29T12:00:00+08:00": liwei} {
		at, err := time.Parse(time.RFC3339, when)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.store.DutyAt(t.Context(), at); err != nil || got != want {
			t.Errorf("at %s %q is on call, error %v, want %q", when, got, err, want)
		}
	}
	d.answer(liwei, "#撤销") // takes back the diagnosis, and no more
	if got := d.ticket(number); got.Priority != tickets.P0 || got.Diagnosis != "" {
		t.Errorf("priority %s, diagnosis %q", got.Priority, got.Diagnosis)
	}
}

// Who is on call acknowledges a confidential P0, and neither reads more of it nor writes to its requester.
func TestAConfidentialAlert(t *testing.T) {
	d, number := ringing(t)
	d.Policy.Groups = []tickets.Group{{Name: "desktop", Confidential: true, Members: []tickets.Address{{Name: "李伟", Address: liwei}}}}
	d.alert(number, mary)
	d.wants(d.answer(mary, "I am on my way."), "note "+liwei, "receipt "+mary)
	if _, rings := d.timers(number)[tickets.TimerAlert]; rings {
		t.Errorf("timers %v", d.timers(number))
	}
	d.wants(d.answer(liwei, "#备注 口令已全部更换"), "receipt "+liwei)
}

// A ticket whose plan waits does not wait any more once it is a P0.
func TestAP0WaitsForNoPlan(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#计划 今晚切换")
	d.status(number, tickets.PendingApproval)
	d.answer(liwei, "#优先级 P0")
	d.status(number, tickets.InProgress)
	d.wants(d.answer(wangfang, "#批准"), "note "+liwei, "receipt "+wangfang)
}

// Nobody approves his own, from whatever address he wrote.
func TestNobodyApprovesHisOwnFromAnAlias(t *testing.T) {
	d := staffed(t)
	d.Policy.Technicians[1].Aliases = []string{"fang@corp.example"}
	d.take(mail("From: fang@corp.example", "To: helpdesk@corp.example", "Subject: 申请ERP权限", "Message-ID: <w@corp.example>", "Content-Type: text/plain; charset=utf-8", "", "请给我开通ERP财务模块的权限，需要出月报。"))
	number := d.last(liwei).item.Number
	d.wants(d.answer(liwei, "#计划 开通权限"), "transcript "+liwei)
	d.status(number, tickets.Assigned)
}
