package sqlite

import (
	"context"
	"time"

	"maildesk/tickets"
)

var (
	unfinishedStats = statement("unfinished_stats")
	countFailed     = statement("count_failed")
)

// Stats is what health is judged by.
type Stats struct {
	Queued map[tickets.Lane]int       // mails that wait or are being sent
	Oldest map[tickets.Lane]time.Time // when the oldest of these was composed; absent when there is none
	Failed int                        // mails that will not be tried again
}

// Stats counts the outbox.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	stats := Stats{Queued: map[tickets.Lane]int{}, Oldest: map[tickets.Lane]time.Time{}}
	err := s.view(ctx, func(v *access) error {
		err := v.each(unfinishedStats, nil, func(r row) error {
			var lane, n int
			var oldest time.Time
			err := r.scan(&lane, &n, &oldest)
			stats.Queued[tickets.Lane(lane)], stats.Oldest[tickets.Lane(lane)] = n, oldest
			return err
		})
		if err == nil {
			_, err = v.first(countFailed, nil, &stats.Failed)
		}
		return err
	})
	return stats, err
}
