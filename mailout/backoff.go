package mailout

import (
	"hash/fnv"
	"strconv"
	"time"
)

// maxAge is how long a mail is tried: 72 hours after it was composed.
const maxAge = 72 * time.Hour

// schedule is how long a mail waits after each attempt; the last holds for all further ones.
var schedule = []time.Duration{
	time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour,
}

// nextAttempt is when a mail is due again after attempts, the one just made included; ok is false when its time is
// over. Up to a fifth is added, by id, so that mails which failed together do not come back together.
func nextAttempt(id int64, attempts int, created, now time.Time) (due time.Time, ok bool) {
	end := created.Add(maxAge)
	if !now.Before(end) {
		return time.Time{}, false
	}
	wait := schedule[min(max(attempts, 1), len(schedule))-1]
	due = now.Add(spread(wait, id, attempts))
	if due.After(end) {
		due = end
	}
	return due, true
}

// pause is how long a lane rests after its n-th failure in a row, doubling from first to longest.
func pause(first, longest time.Duration, n int, salt int64) time.Duration {
	wait := first
	for range n - 1 {
		if wait >= longest {
			break
		}
		wait *= 2
	}
	return spread(min(wait, longest), salt, n)
}

// spread adds up to a fifth to a wait, the same for the same id and turn.
func spread(wait time.Duration, id int64, turn int) time.Duration {
	h := fnv.New32a()
	h.Write(strconv.AppendInt(strconv.AppendInt(nil, id, 10), int64(turn)|1<<32, 10))
	return wait + time.Duration(h.Sum32()%1000)*wait/5000
}
