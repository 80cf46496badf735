package sqlite

import (
	"context"
	"time"
)

// watchEvery is how often Watch looks; a command's work is picked up well within a second.
const watchEvery = 250 * time.Millisecond

var dataVersion = literal("data_version", "PRAGMA data_version")

// Watch tells Changed of the commits of other processes (deliver, import, outbox retry) until ctx ends, and then
// returns its error. It tells it once at its start, since something may have been committed before.
func (s *Store) Watch(ctx context.Context) error {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	last := int64(-1)
	for {
		version, err := s.dataVersion(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			s.log.Warn("cannot see whether other processes have written", "reason", err)
		case version != last:
			last = version
			s.announce()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// dataVersion asks on the writer's connection, on which the number changes for the commits of all others and not for
// its own.
func (s *Store) dataVersion(ctx context.Context) (version int64, err error) {
	session, err := s.writer.take(ctx)
	if err != nil {
		return 0, err
	}
	defer s.writer.give(session, false)
	err = session.each(ctx, dataVersion, nil, func(r row) error { return r.scan(&version) })
	return version, err
}
