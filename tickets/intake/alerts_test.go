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
			d.wants(d.answer(liwei, "#收到"), "transcript "+liwei)
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
