package mailin

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"
)

// firstStart is when the fake desk says that a folder was first seen.
var firstStart = time.Date(2023, 11, 15, 9, 0, 0, 0, time.UTC)

// ledger is a desk that remembers what it took, in memory.
type ledger struct {
	mu      sync.Mutex
	firsts  map[string]start // by account and folder
	rows    map[string]*row  // by folder, UIDVALIDITY and UID
	order   []*row
	refuse  int                     // so many more batches are not taken
	decide  func(*Mail) Disposition // nil = Processed, Failed for problems, Leave for skipped and vanished
	hold    chan struct{}           // when set, a batch is committed only after receiving from it
	slow    chan struct{}           // when set, Acknowledged returns only after receiving from it
	batches [][]uint32              // UIDs of each batch, as handed over
	changed chan struct{}           // closed and replaced at every change
}

// start is the first start of a folder.
type start struct{ validity, uidNext uint32 }

type row struct {
	folder       string
	validity     uint32
	uid          uint32
	body         string
	skipped      bool
	renumbered   bool
	problem      error
	vanished     bool
	date         time.Time
	size         int64
	disposition  Disposition
	acknowledged bool
}

func newLedger() *ledger {
	return &ledger{firsts: make(map[string]start), rows: make(map[string]*row), changed: make(chan struct{})}
}

func key(folder string, validity, uid uint32) string {
	return fmt.Sprint(folder, " ", validity, " ", uid)
}

func (l *ledger) touch() {
	close(l.changed)
	l.changed = make(chan struct{})
}

func (l *ledger) Cursor(_ context.Context, account, folder string, validity, uidNext uint32) (Cursor, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first, ok := l.firsts[account+folder]
	if !ok {
		first = start{validity, uidNext}
		l.firsts[account+folder] = first
	}
	c := Cursor{FirstStart: firstStart, Renumbered: first.validity != validity}
	if !c.Renumbered {
		c.SkipBelow = first.uidNext
	}
	for _, r := range l.order {
		if r.folder != folder || r.validity != validity {
			continue
		}
		c.Last = max(c.Last, r.uid)
		if !r.acknowledged {
			c.Pending = append(c.Pending, Pending{r.uid, r.disposition})
		}
	}
	return c, nil
}

func (l *ledger) Seen(_ context.Context, _, folder string, validity uint32) (map[uint32]struct{}, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	seen := make(map[uint32]struct{})
	for _, r := range l.order {
		if r.folder == folder && r.validity == validity {
			seen[r.uid] = struct{}{}
		}
	}
	return seen, nil
}

func (l *ledger) Take(ctx context.Context, batch []*Mail) <-chan Outcome {
	landing := make(chan Outcome, 1)
	go func() {
		if l.hold != nil {
			select {
			case <-l.hold:
			case <-ctx.Done():
				landing <- Outcome{Err: context.Cause(ctx)}
				return
			}
		}
		landing <- l.commit(batch)
	}()
	return landing
}

func (l *ledger) commit(batch []*Mail) Outcome {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.touch()
	var uids []uint32
	for _, m := range batch {
		uids = append(uids, m.UID)
	}
	l.batches = append(l.batches, uids)
	if l.refuse > 0 {
		l.refuse--
		return Outcome{Err: io.ErrShortWrite}
	}
	var out Outcome
	for _, m := range batch {
		r := l.write(m)
		out.Dispositions = append(out.Dispositions, r.disposition)
	}
	return out
}

func (l *ledger) write(m *Mail) *row {
	r := &row{
		folder: m.Folder, validity: m.UIDValidity, uid: m.UID, skipped: m.Skipped, renumbered: m.Renumbered, problem: m.Problem, vanished: m.Vanished,
		date: m.InternalDate, size: m.Size,
	}
	if m.Raw != nil && m.Raw.Size() <= 1<<20 {
		raw, err := io.ReadAll(m.Raw)
		if err != nil {
			panic(err)
		}
		r.body = string(raw)
	}
	switch {
	case l.decide != nil:
		r.disposition = l.decide(m)
	case m.Problem != nil:
		r.disposition = Failed
	case m.Skipped || m.Vanished:
		r.disposition = Leave
	}
	k := key(m.Folder, m.UIDValidity, m.UID)
	if l.rows[k] != nil {
		panic("UID taken twice: " + k)
	}
	l.rows[k] = r
	l.order = append(l.order, r)
	return r
}

func (l *ledger) Acknowledged(_ context.Context, _, folder string, validity uint32, uids []uint32) error {
	if l.slow != nil {
		<-l.slow
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, uid := range uids {
		l.rows[key(folder, validity, uid)].acknowledged = true
	}
	l.touch()
	return nil
}

// forget loses a row, as a reconciliation is to find.
func (l *ledger) forget(uid uint32) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.order = slices.DeleteFunc(l.order, func(r *row) bool { return r.uid == uid })
	maps.DeleteFunc(l.rows, func(_ string, r *row) bool { return r.uid == uid })
}

// await waits until the rows, in the order of their commits, satisfy a condition, and returns them.
func (l *ledger) await(t testing.TB, what string, satisfied func([]row) bool) []row {
	t.Helper()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	for {
		l.mu.Lock()
		rows := make([]row, len(l.order))
		for i, r := range l.order {
			rows[i] = *r
		}
		changed := l.changed
		l.mu.Unlock()
		if satisfied(rows) {
			return rows
		}
		select {
		case <-changed:
		case <-deadline.C:
			t.Fatalf("waited in vain for %s; the ledger has %+v", what, rows)
		}
	}
}

// acknowledged waits for n rows, all of them acknowledged.
func (l *ledger) acknowledged(t testing.TB, n int) []row {
	t.Helper()
	return l.await(t, fmt.Sprint(n, " acknowledged mails"), func(rows []row) bool {
		return len(rows) == n && !slices.ContainsFunc(rows, func(r row) bool { return !r.acknowledged })
	})
}
