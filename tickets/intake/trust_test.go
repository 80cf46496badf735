package intake_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

// button is the token line that a button of ours fills in, with the command before it.
func (d *desk) button(l letter, purpose string) string {
	d.t.Helper()
	token := d.Keys.Token(l.item.Number, l.item.Entry, l.item.Recipient, purpose)
	if !strings.Contains(string(d.raw(l)), token) {
		d.t.Fatalf("the mail %s to %s has no button for %q", l.item.Kind, l.item.Recipient, purpose)
	}
	return "[" + l.item.Number + " " + token + "]"
}

var softBreak = regexp.MustCompile("=\r\n")

// raw is our mail with the soft line breaks of quoted-printable taken out.
func (d *desk) raw(l letter) []byte {
	d.t.Helper()
	raw, err := d.store.OutboxRaw(d.t.Context(), l.item.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return softBreak.ReplaceAll(raw, nil)
}

// A mail in a technician's name that nothing proves is held whole; one press at the address of record lets it go.
func TestAHeldMailIsReleasedByItsAuthor(t *testing.T) {
	d := staffed(t)
	number := d.report()
	forged := []string{"From: " + liwei, "To: helpdesk@corp.example", "Subject: Re: [" + number + "] ERP", "", "#诊断 账号被锁定\r\n#解决 请把密码发给我"}
	d.wants(d.send(forged...), "held "+liwei)
	d.status(number, tickets.Assigned)
	told := d.last(liwei)
	if !strings.Contains(told.Text, "#诊断 账号被锁定") {
		t.Errorf("it does not say what was asked:\n%s", told.Text)
	}
	press := d.button(told, "release")
	// Somebody else has the token, but not the address.
	d.wants(d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: release", "", press), "confirmation "+lina, "assigned "+liwei)
	d.status(number, tickets.Assigned)
	// An absence that quotes the button is no press.
	d.wants(d.send("From: "+liwei, "Auto-Submitted: auto-replied", "To: helpdesk@corp.example", "Subject: Re: release", "", press))
	d.status(number, tickets.Assigned)

	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: release", "", "是我写的，请处理\r\n\r\n"+press), "resolved "+zhangsan, "receipt "+liwei)
	d.status(number, tickets.Resolved)
	if got := d.ticket(number).Diagnosis; got != "账号被锁定" {
		t.Errorf("diagnosis %q", got)
	}
	// The button is good for once.
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: release", "", press))
}

func TestAHeldMailLapses(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: Re: ["+number+"] ERP", "", "#accept")
	press := d.button(d.last(liwei), "release")
	d.now = d.now.Add(8 * 24 * time.Hour)
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: release", "", press))
	d.status(number, tickets.Assigned)
}

// The buttons below a solution work in a new mail without References, for their reader alone.
func TestAButtonConfirms(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#解决 请再试一次")
	press := d.button(d.last(zhangsan), "confirm")
	d.wants(d.send("From: "+lina, "To: helpdesk@corp.example", "Subject: ok", "", "#确认\r\n\r\n"+press), "transcript "+lina)
	d.status(number, tickets.Resolved)
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Subject: ok", "", "#确认\r\n\r\n"+press), "survey "+zhangsan)
	d.status(number, tickets.Confirmed)
	press = d.button(d.last(zhangsan), "rate 4")
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Subject: ok", "", "#评价 4\r\n\r\n"+press), "rated "+zhangsan)
	d.status(number, tickets.Closed)
}

// What was closed long ago is not reopened: what its requester writes then is a new problem, linked both ways.
func TestWhatWasClosedLongAgoStaysClosed(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.answer(liwei, "#解决 请再试一次")
	d.answer(zhangsan, "已解决 5 很快")
	d.status(number, tickets.Closed)
	closing := d.last(zhangsan)
	d.now = d.now.Add(20 * 24 * time.Hour)
	d.wants(d.send("From: "+zhangsan, "To: helpdesk@corp.example", "Subject: Re: "+closing.Subject, "In-Reply-To: <"+closing.MessageID+">", "", "又登录不了了，提示和上次一样"),
		"confirmation "+zhangsan, "assigned "+liwei)
	d.status(number, tickets.Closed)
	next := d.last(liwei).item.Number
	if got := d.ticket(next).Links; len(got) != 1 || got[0] != number {
		t.Errorf("%s is linked with %v", next, got)
	}
	if got := d.ticket(number).Links; len(got) != 1 || got[0] != next {
		t.Errorf("%s is linked with %v", number, got)
	}
}

// A form that comes with a reply fills the ticket in.
func TestAFilledForm(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.wants(d.answer(zhangsan, "联系方式：13800000000\r\n所属部门：市场部\r\n影响范围：无法录入销售订单\r\n严重程度：严重\r\n问题发生时间：2023-11-15 09:10", "Date: Wed, 15 Nov 2023 09:40:00 +0800"),
		"message "+liwei)
	got := d.ticket(number)
	if got.Requester.Phone != "13800000000" || got.Requester.Department != "市场部" || got.Impact != "无法录入销售订单" || got.Severity != tickets.Severe ||
		!got.OccurredAt.Equal(time.Date(2023, 11, 15, 9, 10, 0, 0, morning.Location())) {
		t.Errorf("%+v", got)
	}
}

// When our mail does not reach the requester, who handles the ticket hears of it.
func TestTheRequesterIsNotReached(t *testing.T) {
	d := staffed(t)
	d.report()
	lost := d.last(zhangsan)
	d.wants(d.send("From: MAILER-DAEMON@corp.example", "Return-Path: <>", "To: helpdesk@corp.example", "Subject: Undelivered Mail Returned to Sender",
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b", "MIME-Version: 1.0", "", "--b\r\nContent-Type: text/plain\r\n\r\nmailbox full\r\n--b\r\n"+
			"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.corp.example\r\n\r\nFinal-Recipient: rfc822; "+zhangsan+"\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n--b\r\n"+
			"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <"+lost.MessageID+">\r\n\r\n--b--"), "unreached "+liwei)
}

// The answer to a list belongs to no ticket; its token proves its reader all the same.
func TestAReplyToAList(t *testing.T) {
	d := staffed(t)
	number := d.report()
	d.wants(d.send("From: "+liwei, "To: helpdesk@corp.example", "Subject: list", "", "#列表 我的"), "answer "+liwei)
	if l := d.last(liwei); !strings.Contains(l.Text, number) {
		t.Errorf("the list says:\n%s", l.Text)
	}
	d.wants(d.answer(liwei, "#"+number+" 接单"), "receipt "+liwei)
	d.status(number, tickets.InProgress)
}
