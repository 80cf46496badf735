package mailin

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"maildesk/mailin/imaptest"
)

// TestFirstStart skips what lay in the folder, by its header alone, and answers what comes after.
func TestFirstStart(t *testing.T) {
	for _, tt := range []struct {
		name string
		skip bool
	}{{"skip", true}, {"answer", false}} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{})
			o.account.Skip = tt.skip
			o.post(t, "old")
			stop := o.watch(t)
			rows := o.ledger.acknowledged(t, 1)
			want := letter("old")
			if tt.skip {
				want, _, _ = strings.Cut(want, "The printer")
			}
			if rows[0].skipped != tt.skip || rows[0].body != want {
				t.Errorf("old mail: skipped %v, %q", rows[0].skipped, rows[0].body)
			}
			stop()
			o.post(t, "while away")
			o.watch(t)
			o.ledger.acknowledged(t, 2)
			o.postAt(t, letter("dragged back"), firstStart.AddDate(-1, 0, 0))
			for _, r := range o.ledger.acknowledged(t, 3)[1:] {
				if r.skipped {
					t.Errorf("skipped %q", r.body)
				}
			}
			if tt.skip {
				o.wantFolder(t, "INBOX", "old")
			}
		})
	}
}

func TestRenumberedFolder(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.account.Skip, o.account.Processed = true, ""
	o.postAt(t, letter("before the desk"), firstStart.Add(-time.Hour))
	o.watch(t)
	o.ledger.acknowledged(t, 1)
	o.postAt(t, letter("since"), firstStart.Add(time.Hour))
	before := o.ledger.acknowledged(t, 2)
	if err := o.server.Renumber(user, "INBOX"); err != nil {
		t.Fatal(err)
	}
	after := o.ledger.acknowledged(t, 4)[2:]
	if after[0].validity == before[0].validity {
		t.Error("the UIDVALIDITY is the same")
	}
	if !after[0].skipped || after[1].skipped {
		t.Errorf("skipped %v and %v, want the old mail alone", after[0].skipped, after[1].skipped)
	}
	// What somebody drags into the open folder is to be done, whatever it was under the former UIDVALIDITY.
	o.postAt(t, letter("before the desk"), firstStart.Add(-time.Hour))
	dragged := o.ledger.acknowledged(t, 5)[4]
	if !after[0].renumbered || !after[1].renumbered || dragged.renumbered || dragged.skipped {
		t.Errorf("renumbered %v, %v and %v, want the first two", after[0].renumbered, after[1].renumbered, dragged.renumbered)
	}
}

// TestPendingIsAcknowledgedAgain ends sessions between commit and acknowledgement.
func TestPendingIsAcknowledgedAgain(t *testing.T) {
	for _, tt := range []struct {
		name    string
		without []string
		verb    string
	}{
		{"before the flag", nil, "UID STORE"},
		{"before the move", nil, "UID MOVE"},
		{"before the copy", []string{"MOVE"}, "UID COPY"},
		{"between copy and expunge", []string{"MOVE"}, "UID EXPUNGE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{Without: tt.without})
			o.post(t, "once")
			o.server.Inject(imaptest.Fault{Verb: tt.verb, Times: 2, Do: imaptest.Drop})
			o.watch(t)
			o.ledger.acknowledged(t, 1)
			o.wantFolder(t, "Processed", `once \Seen`)
			o.wantFolder(t, "INBOX")
		})
	}
}

// TestRefusedAcknowledgementIsOwed has the server refuse to move one of two mails, for a while.
func TestRefusedAcknowledgementIsOwed(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.account.Poll = 5 * time.Millisecond
	locked := o.post(t, "one")
	o.post(t, "two")
	o.server.Inject(imaptest.Fault{Verb: "UID MOVE", UID: locked, Do: imaptest.No, Text: "[INUSE] locked"})
	o.watch(t)
	o.ledger.await(t, "the other mail", func(rows []row) bool { return len(rows) == 2 && rows[1].acknowledged })
	o.await(t, "UID MOVE", 5)
	o.wantFolder(t, "INBOX", `one \Seen`)
	o.server.Heal()
	o.ledger.acknowledged(t, 2)
	o.wantFolder(t, "Processed", `two \Seen`, `one \Seen`)
}

func TestTargetFolderIsCreatedAnew(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.post(t, "lost folder")
	o.server.Inject(imaptest.Fault{Verb: "CREATE", Times: 2, Do: imaptest.No, Text: "not now"})
	o.watch(t)
	o.ledger.acknowledged(t, 1)
	o.wantFolder(t, "Processed", `lost folder \Seen`)
}

// TestFailedAndLeft follows the other dispositions.
func TestFailedAndLeft(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.ledger.decide = func(m *Mail) Disposition {
		return map[uint32]Disposition{1: Processed, 2: Failed, 3: Leave}[m.UID]
	}
	for _, subject := range []string{"good", "bad", "left"} {
		o.post(t, subject)
	}
	o.watch(t)
	o.ledger.acknowledged(t, 3)
	o.wantFolder(t, "INBOX", "left")
	o.wantFolder(t, "Processed", `good \Seen`)
	o.wantFolder(t, "Failed", `bad \Seen`)
}

// TestOneFolderForAll moves both kinds of mail to the same place.
func TestOneFolderForAll(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.account.Processed, o.account.Failed = "Done", "Done"
	o.ledger.decide = func(m *Mail) Disposition { return map[uint32]Disposition{1: Processed, 2: Failed}[m.UID] }
	o.post(t, "good")
	o.post(t, "bad")
	o.watch(t)
	o.ledger.acknowledged(t, 2)
	o.wantFolder(t, "Done", `good \Seen`, `bad \Seen`)
}

// TestVanishedMail removes a mail after it was listed.
func TestVanishedMail(t *testing.T) {
	for _, items := range []string{"RFC822.SIZE", "BODY.PEEK[]"} {
		t.Run(items, func(t *testing.T) {
			var o *office
			o = newOffice(t, imaptest.Options{Trace: func(line string) {
				if strings.Contains(line, "UID FETCH") && strings.Contains(line, items) {
					o.server.Remove(user, "INBOX", 2)
				}
			}})
			for _, subject := range []string{"one", "two", "three"} {
				o.post(t, subject)
			}
			o.watch(t)
			for _, r := range o.ledger.acknowledged(t, 3) {
				if r.vanished != (r.uid == 2) || r.problem != nil {
					t.Errorf("UID %d: vanished %v, problem %v", r.uid, r.vanished, r.problem)
				}
			}
			o.wantFolder(t, "Processed", `one \Seen`, `three \Seen`)
		})
	}
}

// TestRefusedBatchIsHandedOverAgain has the desk fail twice; the server hears nothing before the commit.
func TestRefusedBatchIsHandedOverAgain(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	const mails = 3 * batchMails
	for _, subject := range subjects(mails) {
		o.post(t, subject)
	}
	o.ledger.refuse = 3
	o.watch(t)
	rows := o.ledger.acknowledged(t, mails)
	if !slices.IsSortedFunc(rows, func(a, b row) int { return int(a.uid) - int(b.uid) }) {
		t.Error("the mails were not committed in order")
	}
	if n := o.server.Count("LOGIN") + o.server.Count("AUTHENTICATE"); n != 1 {
		t.Errorf("%d sessions, want one", n)
	}
}

// TestReconciliation takes in, without a new session, a mail that the listing has missed.
func TestReconciliation(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.account.Processed = ""
	var forgotten atomic.Bool
	o.opt.Reconcile = func(now time.Time) time.Time { return now.Add(20 * time.Millisecond) }
	o.opt.Observe = func(e Event) {
		if e.Kind == CaughtUp && !forgotten.Swap(true) {
			o.ledger.forget(1)
		}
	}
	o.post(t, "one")
	o.post(t, "two")
	o.watch(t)
	rows := o.ledger.await(t, "the forgotten mail", func(rows []row) bool {
		return forgotten.Load() && len(rows) == 2 && rows[1].uid == 1 && rows[1].acknowledged
	})
	if rows[1].skipped {
		t.Error("it was skipped")
	}
	if n := o.server.Count("LOGIN") + o.server.Count("AUTHENTICATE"); n != 1 {
		t.Errorf("%d sessions, want one", n)
	}
}

// TestStopWaitsForTheDesk stops Watch with a batch in flight.
func TestStopWaitsForTheDesk(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.ledger.hold = make(chan struct{})
	o.post(t, "in flight")
	stop := o.watch(t)
	o.await(t, "UID FETCH", 2)
	stop()
	if len(o.ledger.order) != 0 {
		t.Error("the batch was committed")
	}
	o.ledger.hold = nil
	o.watch(t)
	o.ledger.acknowledged(t, 1)
}

// TestFetchWhileTheDeskNotes has a desk that takes its time to note an acknowledgement, as it does behind a batch.
func TestFetchWhileTheDeskNotes(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	const mails = 4 * batchMails
	for _, subject := range subjects(mails) {
		o.post(t, subject)
	}
	o.ledger.hold, o.ledger.slow = make(chan struct{}), make(chan struct{})
	o.watch(t)
	o.await(t, "UID FETCH", 6) // sizes and bodies of three batches, two of which the desk has
	o.ledger.hold <- struct{}{}
	o.await(t, "UID FETCH", 8)
	close(o.ledger.hold)
	close(o.ledger.slow)
	o.ledger.acknowledged(t, mails)
}

// TestPanicOfTheDeskEndsTheSession has the desk panic over an acknowledgement; the next session finds it pending.
func TestPanicOfTheDeskEndsTheSession(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.post(t, "one")
	desk := &shaky{ledger: o.ledger}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Watch(ctx, o.account, desk, o.opt) }()
	o.ledger.acknowledged(t, 1)
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if n := o.server.Count("AUTHENTICATE"); n != 2 {
		t.Errorf("%d sessions, want two", n)
	}
}

// shaky panics at the first acknowledgement.
type shaky struct {
	*ledger
	once sync.Once
}

func (s *shaky) Acknowledged(ctx context.Context, account, folder string, validity uint32, uids []uint32) error {
	s.once.Do(func() { panic("shaky") })
	return s.ledger.Acknowledged(ctx, account, folder, validity, uids)
}
