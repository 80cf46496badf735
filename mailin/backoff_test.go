package mailin

import (
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	const first, most = time.Second, 2 * time.Minute
	for _, tt := range []struct {
		name     string
		failures int
		chance   float64
		want     time.Duration
	}{
		{"the first pause", 1, 0, time.Second},
		{"it doubles", 3, 0, 4 * time.Second},
		{"up to the longest", 8, 0, most},
		{"and stays there", 1_000_000, 0, most},
		{"chance takes a quarter", 1, 0.5, 750 * time.Millisecond},
		{"chance takes at most half", 9, 0.999999999, most / 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := backoff(tt.failures, first, most, tt.chance); got.Round(time.Millisecond) != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
