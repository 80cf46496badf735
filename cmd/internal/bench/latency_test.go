package bench

import (
	"context"
	"testing"
	"time"

	"maildesk/mailout/smtptest"
	"maildesk/tickets/sqlite"
)

// measureOneMail is the time of each of so many mails, one in flight: from when the server has it, just before its
// EXISTS, until the confirmation is accepted. The next comes when the daemon is back in IDLE. Both servers are embedded.
func measureOneMail(t *testing.T, mails int) []time.Duration {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	accepted := make(chan time.Time, 1)
	sink, err := smtptest.Start(smtptest.Options{Discard: true, OnMail: func(smtptest.Envelope) error {
		accepted <- time.Now()
		return nil
	}})
	check(t, err)
	defer sink.Close()
	const user = "helpdesk@corp.example"
	server := startIMAP(t, user)
	d := newFolder(t, mailbox{server.URL(), user}, sink.URL())
	d.open(t, sqlite.Options{})
	settle()
	d.serve()
	check(t, server.Await(ctx, "IDLE", 1))

	times := make([]time.Duration, mails)
	for n := range mails {
		raw, idles := mail(n), server.Count("IDLE")
		start := time.Now()
		_, err := server.Append(user, "INBOX", raw, start)
		check(t, err)
		select {
		case end := <-accepted:
			times[n] = end.Sub(start)
		case <-ctx.Done():
			t.Fatalf("mail %d is not answered", n)
		}
		check(t, server.Await(ctx, "IDLE", idles+1))
	}
	d.close(t)
	return times
}
