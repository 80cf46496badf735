package mailin

import (
	"testing"
	"time"

	"maildesk/mailin/imaptest"
)

// TestNewMailIsFound lets mail arrive in a quiet session, in each way of waiting.
func TestNewMailIsFound(t *testing.T) {
	for _, tt := range []struct {
		name    string
		without []string
		fault   *imaptest.Fault
		poll    time.Duration
		verb    string // shows that the session waits
	}{
		{"announced during IDLE", nil, nil, time.Hour, "IDLE"},
		{"polled without IDLE", []string{"IDLE"}, nil, 5 * time.Millisecond, "NOOP"},
		{"polled since IDLE is refused", nil, &imaptest.Fault{Verb: "IDLE", Do: imaptest.Bad, Text: "no"}, 5 * time.Millisecond, "NOOP"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{Without: tt.without})
			o.account.Poll = tt.poll
			if tt.fault != nil {
				o.server.Inject(*tt.fault)
			}
			o.watch(t)
			o.await(t, tt.verb, 1)
			for i, subject := range subjects(3) {
				o.post(t, subject)
				o.ledger.acknowledged(t, i+1)
			}
			for _, batch := range o.ledger.batches {
				if len(batch) != 1 {
					t.Errorf("batch of %d mails", len(batch))
				}
			}
		})
	}
}

func TestIdleIsCycled(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.opt.IdleCycle = 5 * time.Millisecond
	o.watch(t)
	o.await(t, "IDLE", 3)
	o.await(t, "DONE", 2)
	o.await(t, "NOOP", 2)
	if n := o.server.Count("SELECT"); n != 1 {
		t.Errorf("%d sessions, want one", n)
	}
}
