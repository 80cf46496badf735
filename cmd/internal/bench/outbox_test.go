package bench

import (
	"sync/atomic"
	"testing"
	"time"

	"maildesk/mailout/smtptest"
	"maildesk/tickets/sqlite"
)

// outbox is how fast a full outbox empties.
type outbox struct {
	mails       int
	elapsed     time.Duration // from the first mail that was accepted to the last
	connections int
}

func (o outbox) rate() float64 { return perSecond(o.mails-1, o.elapsed) }

// measureOutbox starts a desk whose outbox is full again, now with an SMTP server that takes everything, until it has
// so many.
func measureOutbox(t *testing.T, d *desk, mails int) outbox {
	t.Helper()
	var count atomic.Int64
	first, last := make(chan time.Time, 1), make(chan time.Time, 1)
	sink, err := smtptest.Start(smtptest.Options{Discard: true, OnMail: func(smtptest.Envelope) error {
		switch count.Add(1) {
		case 1:
			first <- time.Now()
		case int64(mails):
			last <- time.Now()
		}
		return nil
	}})
	check(t, err)
	defer sink.Close()
	d.configure(t, sink.URL())
	d.open(t, sqlite.Options{})
	settle()
	d.serve()
	o := outbox{mails: mails}
	select {
	case end := <-last:
		o.elapsed = end.Sub(<-first)
	case <-time.After(patience):
		t.Fatalf("%d of %d mails are sent", count.Load(), mails)
	}
	o.connections = sink.Connections()
	d.close(t)
	return o
}
