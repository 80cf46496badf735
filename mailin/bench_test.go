package mailin

import (
	"fmt"
	"strings"
	"testing"

	"maildesk/mailin/imaptest"
)

// BenchmarkBacklog takes a folder of 1,000 mails of 3 KB through fetch, commit in memory and MOVE.
func BenchmarkBacklog(b *testing.B) {
	const mails = 1000
	for b.Loop() {
		b.StopTimer()
		o := newOffice(b, imaptest.Options{})
		for i := range mails {
			o.post(b, fmt.Sprint("E", i, strings.Repeat(" again", 500)))
		}
		b.StartTimer()
		stop := o.watch(b)
		o.ledger.acknowledged(b, mails)
		b.StopTimer()
		stop()
		o.server.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(mails*b.N)/b.Elapsed().Seconds(), "mails/s")
}

// BenchmarkOneMail is the time from a mail's arrival to its acknowledgement, one at a time, found by IDLE.
func BenchmarkOneMail(b *testing.B) {
	o := newOffice(b, imaptest.Options{})
	o.watch(b)
	o.await(b, "IDLE", 1)
	n := 0
	for b.Loop() {
		n++
		o.post(b, "one")
		o.ledger.acknowledged(b, n)
	}
}
