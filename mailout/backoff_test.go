package mailout

import (
	"testing"
	"time"
)

func TestNextAttempt(t *testing.T) {
	for name, c := range map[string]struct {
		attempts  int
		age, wait time.Duration
		ok        bool
	}{
		"first":           {1, 0, time.Minute, true},
		"second":          {2, time.Minute, 2 * time.Minute, true},
		"fifth":           {5, time.Hour, 30 * time.Minute, true},
		"hourly":          {6, 2 * time.Hour, time.Hour, true},
		"much later":      {60, 50 * time.Hour, time.Hour, true},
		"last":            {70, 71*time.Hour + 30*time.Minute, 30 * time.Minute, true},
		"over":            {71, 72 * time.Hour, 0, false},
		"not yet counted": {0, 0, time.Minute, true},
	} {
		t.Run(name, func(t *testing.T) {
			now := morning.Add(c.age)
			for id := range int64(50) {
				due, ok := nextAttempt(id, c.attempts, morning, now)
				if ok != c.ok {
					t.Fatalf("ok %v", ok)
				}
				if again, _ := nextAttempt(id, c.attempts, morning, now); !again.Equal(due) {
					t.Fatalf("id %d: once %v, then %v", id, due, again)
				}
				if wait := due.Sub(now); ok && (wait < c.wait || wait > c.wait+c.wait/5) {
					t.Errorf("id %d waits %v", id, wait)
				}
			}
		})
	}
}

func TestSpreadIsSpread(t *testing.T) {
	seen := map[time.Duration]bool{}
	for id := range int64(100) {
		seen[spread(time.Hour, id, 1)] = true
	}
	if len(seen) < 80 {
		t.Errorf("100 mails come back at only %d moments", len(seen))
	}
}

func TestPause(t *testing.T) {
	last := time.Duration(0)
	for n := 1; n <= 12; n++ {
		got := pause(time.Minute, 30*time.Minute, n, 1)
		if n == 1 && (got < time.Minute || got > 72*time.Second) || got > 36*time.Minute {
			t.Errorf("pause %d is %v", n, got)
		}
		if n <= 5 && got <= last {
			t.Errorf("pause %d does not grow: %v after %v", n, got, last)
		}
		last = got
	}
	if last < 30*time.Minute {
		t.Errorf("the longest pause is %v", last)
	}
}
