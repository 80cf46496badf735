package bench

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"maildesk/mailin"
	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
)

// parts are the rates, in mails a second, that the parts of the intake reach alone, on the same mails.
type parts struct {
	fetch, parse, compose, commit float64
	bytes                         int64 // that a commit stores for a mail, before compression
}

// slowest is the rate that no chain of these parts can exceed.
func (p parts) slowest() float64 { return min(p.fetch, p.parse, p.compose, p.commit) }

// measureParts measures one part after the other.
func measureParts(t *testing.T, server inboxes, mails int) parts {
	t.Helper()
	var p parts
	p.fetch = perSecond(mails, fetchAlone(t, server, mails))
	w := newWorkshop(t)
	for start := 0; start < mails; start += piece {
		w.work(t, start, min(start+piece, mails))
	}
	p.parse, p.compose, p.commit = perSecond(mails, w.parsing), perSecond(mails, w.composing), perSecond(mails, w.committing)
	p.bytes = w.bytes / int64(mails)
	return p
}

// fetchAlone is the time that mailin takes for a full mailbox when nobody does anything with its mails.
func fetchAlone(t *testing.T, server inboxes, mails int) time.Duration {
	t.Helper()
	box := server.fill(t, mails)
	settle()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	fetched := errors.New("all fetched")
	watching, done := context.WithCancelCause(ctx)
	sink := &sink{want: mails, full: func() { done(fetched) }}
	start := time.Now()
	if err := mailin.Watch(watching, box.account(), sink, mailin.Options{Log: quiet()}); !errors.Is(err, fetched) {
		t.Fatalf("fetch: %v", err)
	}
	return sink.at.Sub(start)
}

// sink is a mailin.Desk that leaves every mail where it is.
type sink struct {
	want, got int
	at        time.Time
	full      func()
}

func (s *sink) Cursor(context.Context, string, string, uint32, uint32) (mailin.Cursor, error) {
	return mailin.Cursor{}, nil
}

func (s *sink) Seen(context.Context, string, string, uint32) (map[uint32]struct{}, error) {
	return nil, nil
}

func (s *sink) Take(_ context.Context, batch []*mailin.Mail) <-chan mailin.Outcome {
	if s.got += len(batch); s.got >= s.want {
		s.at = time.Now()
		s.full()
	}
	out := make(chan mailin.Outcome, 1)
	left := make([]mailin.Disposition, len(batch))
	for i := range left {
		left[i] = mailin.Leave
	}
	out <- mailin.Outcome{Dispositions: left}
	return out
}

func (s *sink) Acknowledged(context.Context, string, string, uint32, []uint32) error { return nil }

// piece is how many mails go through the workshop at a time.
const piece = 256

// workshop takes pieces of mails through parser, composer and store, each alone and with the clock on it. What the
// composer and the store are to do is recorded from an intake that takes the same mails into a store of its own.
type workshop struct {
	recorder *recorder
	composer tickets.Composer
	store    *sqlite.Store

	parsing, composing, committing time.Duration
	bytes                          int64
}

func newWorkshop(t *testing.T) *workshop {
	t.Helper()
	composer := newComposer(t)
	return &workshop{recorder: newRecorder(t, composer), composer: composer, store: openStore(t)}
}

func (w *workshop) work(t *testing.T, from, to int) {
	t.Helper()
	mails := make([][]byte, 0, to-from)
	for n := from; n < to; n++ {
		mails = append(mails, mail(n))
	}
	w.parsing += clocked(func() { parseAll(t, mails) })
	script := w.recorder.take(t, from, mails)
	w.composing += clocked(func() {
		for _, n := range script.notices {
			w.composer.Compose(n)
		}
	})
	w.committing += clocked(func() {
		for _, transaction := range script.transactions {
			check(t, w.store.Update(t.Context(), func(tx *sqlite.Tx) error { return replay(tx, transaction) }))
		}
	})
	w.bytes += script.bytes
}

func clocked(f func()) time.Duration {
	settle()
	start := time.Now()
	f()
	return time.Since(start)
}

// parseAll parses as many at a time as there are processors, as the intake does.
func parseAll(t *testing.T, mails [][]byte) {
	next := make(chan []byte, len(mails))
	for _, raw := range mails {
		next <- raw
	}
	close(next)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for raw := range next {
				if _, err := parser.Parse(section(raw), parser.Options{Prefix: "IT"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

func perSecond(mails int, elapsed time.Duration) float64 { return float64(mails) / elapsed.Seconds() }
