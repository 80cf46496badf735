package mailout

import (
	"context"
	"testing"

	"maildesk/mailout/smtptest"
	"maildesk/tickets"
)

// BenchmarkOutbox is what one connection to a server on loopback takes, without the store's commits.
func BenchmarkOutbox(b *testing.B) {
	server, err := smtptest.Start(smtptest.Options{Discard: true})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	out := newComposer(b).Compose(chineseNotice(tickets.NoticeConfirmation))
	s, err := connect(b.Context(), Server{URL: server.URL()}, Timeouts{}.orDefault())
	if err != nil {
		b.Fatal(err)
	}
	defer s.quit(context.Background())
	b.SetBytes(int64(len(out.Raw)))
	for b.Loop() {
		if _, fault := s.send(b.Context(), out); fault != nil {
			b.Fatal(fault)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
