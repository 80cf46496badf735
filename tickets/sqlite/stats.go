package sqlite

import (
	"context"
	"time"

	"maildesk/tickets"
)

var outboxStats = statement("outbox_stats")

// Stats is what health is judged by.
type Stats struct {
	Queued map[tickets.Lane]int       // mails that wait or are being sent
	Oldest map[tickets.Lane]time.Time // when the oldest of these was composed; absent when there is none
	Failed int                        // mails that will not be tried again
}

// Stats counts the outbox.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	stats := Stats{Queued: map[tickets.Lane]int{}, Oldest: map[tickets.Lane]time.Time{}}
	err := s.View(ctx, func(v *View) error {
		return v.each(outboxStats, nil, func(r row) error {
			var lane, n int
			var failed bool
			var oldest time.Time
			if err := r.scan(&lane, &failed, &n, &oldest); err != nil {
				return err
			}
			if failed {
				stats.Failed += n
				return nil
			}
			stats.Queued[tickets.Lane(lane)], stats.Oldest[tickets.Lane(lane)] = n, oldest
			return nil
		})
	})
	return stats, err
}
