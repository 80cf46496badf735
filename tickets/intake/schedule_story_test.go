package intake_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

// waits checks which timers a ticket has.
func (d *desk) waits(number string, want ...tickets.TimerKind) []tickets.Timer {
	d.t.Helper()
	var timers []tickets.Timer
	if err := d.store.Update(d.t.Context(), func(tx *sqlite.Tx) (err error) {
		timers, err = tx.TimersOf(d.ticket(number).ID)
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	var got []tickets.TimerKind
	for _, t := range timers {
		got = append(got, t.Kind)
	}
	if !slices.Equal(got, want) {
		d.t.Errorf("%s waits for %v, want %v", number, got, want)
	}
	return timers
}

// What the requester is waited for changes with each answer, in the same transaction.
func TestAnAnswerEndsTheWait(t *testing.T) {
	d := staffed(t)
	d.Policy.Survey = intake.Survey{Remind: []time.Duration{48 * time.Hour, 96 * time.Hour}, Lapse: 7 * 24 * time.Hour}
	number := d.report()
	d.waits(number)
	solved := d.now
	d.answer(liwei, "#解决 账号已解锁，请再试一次。")
	if wait := d.waits(number, tickets.TimerRemind); !wait[0].Due.Equal(solved.Add(48 * time.Hour)) {
		t.Errorf("the first reminder is due at %s", wait[0].Due)
	}
	d.answer(zhangsan, "收到，谢谢")
	d.waits(number, tickets.TimerRemind)
	d.answer(zhangsan, "还是不行，提示一样")
	d.waits(number)
	d.answer(liwei, "#解决 已重置密码")
	d.waits(number, tickets.TimerRemind)
	confirmed := d.now
	d.answer(zhangsan, "可以了")
	if wait := d.waits(number, tickets.TimerLapse); !wait[0].Due.Equal(confirmed.Add(7 * 24 * time.Hour)) {
		t.Errorf("the survey lapses at %s", wait[0].Due)
	}
	d.answer(zhangsan, "5 很快")
	d.waits(number)
}

// An archive is full of solutions that nobody is going to confirm.
func TestImportedMailBeginsNoWait(t *testing.T) {
	d := staffed(t)
	d.Policy.Survey = intake.Survey{Remind: []time.Duration{48 * time.Hour}, Lapse: 7 * 24 * time.Hour}
	number := d.report()
	l := d.last(liwei)
	old := d.sighting(mail("From: "+liwei, "To: helpdesk@corp.example", "Subject: Re: "+strings.TrimSpace(l.Subject), "Message-ID: <old@corp.example>",
		"In-Reply-To: <"+l.MessageID+">", "Content-Type: text/plain; charset=utf-8", "", "#解决 账号已解锁，请再试一次。"))
	old.Quiet = true
	d.takeMails(old)
	d.status(number, tickets.Resolved)
	d.waits(number)
}
