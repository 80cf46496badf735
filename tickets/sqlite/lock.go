package sqlite

import (
	"context"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite's write lock has no queue: who waits asks again and again, and a backlog whose transactions follow upon one
// another would keep deliver out for as long as it lasts. So the writer, when it has had the lock all the time, leaves
// a gap now and then, and who waits asks often enough to find it.
const (
	askEvery = time.Millisecond
	gapEvery = 250 * time.Millisecond
	gap      = 3 * time.Millisecond
)

// noBusyTimeout sets the writer's session to wait here, not in SQLite, which asks only ten times a second.
var noBusyTimeout = literal("no_busy_timeout", "PRAGMA busy_timeout = 0")

// beginWriting begins a transaction that writes, and waits for another process's to end.
func (s *session) beginWriting(ctx context.Context) error {
	return whileBusy(ctx, begin.name, func() error {
		_, err := s.exec(ctx, begin, nil)
		return err
	})
}

// whileBusy tries f again as long as another process is in its way, until ctx ends, but no longer than busyTimeout. It is
// for what SQLite itself does not wait for.
func whileBusy(ctx context.Context, statement string, f func() error) error {
	deadline := time.NewTimer(busyTimeout)
	defer deadline.Stop()
	for {
		err := f()
		if code(err)&0xff != sqlite3.SQLITE_BUSY {
			return err
		}
		select {
		case <-time.After(askEvery):
		case <-ctx.Done():
			return failure(statement, ctx.Err())
		case <-deadline.C:
			return err
		}
	}
}

// turns knows how long this process has had the write lock without a gap. It belongs to who has the writer's session.
type turns struct {
	ended time.Time // the last transaction
	free  time.Time // the last gap
}

// leaveGap waits a moment, if need be, for other processes to get their turn.
func (t *turns) leaveGap() {
	now := time.Now()
	switch {
	case now.Sub(t.ended) >= gap:
		t.free = now
	case now.Sub(t.free) >= gapEvery:
		time.Sleep(gap)
		t.free = now
	}
}
