package bench

import (
	"testing"
	"time"

	"maildesk/mailout/smtptest"
)

// backlog is one run of the daemon over a full mailbox.
type backlog struct {
	mails   int
	elapsed time.Duration // from the daemon's start to the last commit
	used    processors    // meanwhile
	desk    *desk         // with its outbox full, closed
}

func (b backlog) rate() float64 { return perSecond(b.mails, b.elapsed) }

// measureBacklog lets the daemon take a full mailbox.
func measureBacklog(t *testing.T, server inboxes, mails int) backlog {
	t.Helper()
	return takeBacklog(t, server.fill(t, mails), mails, func() {}, func() {})
}

// takeBacklog runs the daemon over a mailbox. Its SMTP server accepts the connection and says nothing, so the
// dispatcher waits for a greeting and neither claims nor sends anything while the clock runs.
func takeBacklog(t *testing.T, box mailbox, mails int, begin, end func()) backlog {
	t.Helper()
	silent, err := smtptest.Start(smtptest.Options{})
	check(t, err)
	defer silent.Close()
	silent.Fail(smtptest.Fault{At: smtptest.Connect, Hang: true})
	d := newFolder(t, box, silent.URL())
	counted := newLedger(mails)
	d.open(t, counted.hooks())
	settle()

	begin()
	before, start := readProcessors(t), time.Now()
	d.serve()
	last := counted.await(t)
	b := backlog{mails: mails, elapsed: last.Sub(start), used: readProcessors(t).since(before), desk: d}
	end()

	silent.Close() // so that the dispatcher does not wait any more
	d.close(t)
	return b
}
