package mailin

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"maildesk/mailin/imaptest"
)

// TestUnfetchableMailIsIsolated puts a mail that cannot be fetched between two good ones.
func TestUnfetchableMailIsIsolated(t *testing.T) {
	const header = "From: zhangsan@corp.example\r\nSubject: poison\r\n\r\n"
	for _, tt := range []struct {
		name  string
		fault imaptest.Fault
		body  string // what is had of it
	}{
		{"NO to its body", imaptest.Fault{Items: "BODY.PEEK[]", Do: imaptest.No, Text: "cannot open message"}, header},
		{"BAD to its body", imaptest.Fault{Items: "BODY.PEEK[]", Do: imaptest.Bad, Text: "what?"}, header},
		{"NO to everything", imaptest.Fault{Do: imaptest.No, Text: "cannot open message"}, ""},
		{"NIL for its body", imaptest.Fault{Items: "BODY.PEEK[]", Do: imaptest.LoseLiteral}, header},
		{"malformed sizes", imaptest.Fault{Items: "RFC822.SIZE", Do: imaptest.Malform}, header},
		{"malformed answers", imaptest.Fault{Do: imaptest.Malform}, ""},
		{"body breaks off", imaptest.Fault{Items: "BODY.PEEK[]", Do: imaptest.CutLiteral, Bytes: 20}, header},
		{"connection drops at it", imaptest.Fault{Do: imaptest.Drop}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{})
			o.post(t, "first")
			tt.fault.UID, tt.fault.Verb = o.post(t, "poison"), "UID FETCH"
			o.post(t, "last")
			o.server.Inject(tt.fault)
			o.watch(t)
			for _, r := range o.ledger.acknowledged(t, 3) {
				var unfetchable *Unfetchable
				if poison := r.uid == tt.fault.UID; errors.As(r.problem, &unfetchable) != poison {
					t.Errorf("UID %d: problem %v", r.uid, r.problem)
				} else if poison && r.body != tt.body {
					t.Errorf("header %q, want %q", r.body, tt.body)
				} else if known := tt.fault.Items == "BODY.PEEK[]"; poison && r.date.IsZero() == known {
					t.Errorf("date %v", r.date)
				}
			}
			o.wantFolder(t, "Processed", `first \Seen`, `last \Seen`)
			o.wantFolder(t, "Failed", `poison \Seen`)
		})
	}
}

// TestNetworkIsNotBlamedOnMail breaks the connection a few times at different places; all mails arrive whole.
func TestNetworkIsNotBlamedOnMail(t *testing.T) {
	cut := func(times int) imaptest.Fault {
		return imaptest.Fault{Verb: "UID FETCH", Items: "BODY.PEEK[]", UID: 2, Times: times, Do: imaptest.CutLiteral, Bytes: 30}
	}
	for _, tt := range []struct {
		name   string
		faults []imaptest.Fault
	}{
		{"once in a literal", []imaptest.Fault{cut(1)}},
		{"twice in a literal, once with others around", []imaptest.Fault{cut(2)}},
		{"at the noop before", []imaptest.Fault{cut(2), {Verb: "NOOP", Times: 3, Do: imaptest.Drop}}},
		{"server unavailable", []imaptest.Fault{{Verb: "UID FETCH", Times: 6, Do: imaptest.No, Text: "[UNAVAILABLE] try later"}}},
		{"server bug for all", []imaptest.Fault{{Verb: "UID FETCH", Times: 4, Do: imaptest.Drop}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{})
			for _, subject := range []string{"one", "two", "three"} {
				o.post(t, subject)
			}
			for _, f := range tt.faults {
				o.server.Inject(f)
			}
			o.watch(t)
			for _, r := range o.ledger.acknowledged(t, 3) {
				if r.problem != nil || !strings.HasSuffix(r.body, ".\r\n") {
					t.Errorf("UID %d: %q, problem %v", r.uid, r.body, r.problem)
				}
			}
		})
	}
}

// TestPoisonBehindFullHands has a mail end the connection while the desk has all the batches that it may have.
func TestPoisonBehindFullHands(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	const mails, poison = 3 * batchMails, 3*batchMails - 5
	for _, subject := range subjects(mails) {
		o.post(t, subject)
	}
	o.ledger.hold = make(chan struct{})
	o.server.Inject(imaptest.Fault{Verb: "UID FETCH", Items: "BODY.PEEK[]", UID: poison, Do: imaptest.CutLiteral, Bytes: 10})
	o.watch(t)
	o.await(t, "UID FETCH", 6) // the third batch's bodies
	close(o.ledger.hold)
	for _, r := range o.ledger.acknowledged(t, mails) {
		if (r.problem != nil) != (r.uid == poison) {
			t.Errorf("UID %d: problem %v", r.uid, r.problem)
		}
	}
}

// TestFailingServerCondemnsFewMails has a server that lists mail but delivers none of it, until it is repaired.
func TestFailingServerCondemnsFewMails(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	for _, subject := range subjects(20) {
		o.post(t, subject)
	}
	o.server.Inject(imaptest.Fault{Verb: "UID FETCH", Do: imaptest.No, Text: "storage is down"})
	var gaveUp atomic.Int32
	o.opt.Observe = func(e Event) {
		if errors.Is(e.Err, errServerFails) && gaveUp.Add(1) == 3 {
			o.server.Heal()
		}
	}
	o.watch(t)
	blamed := 0
	for _, r := range o.ledger.acknowledged(t, 20) {
		if r.problem != nil {
			blamed++
		}
	}
	if blamed > mostCondemned {
		t.Errorf("%d mails were blamed for the server's failure", blamed)
	}
}
