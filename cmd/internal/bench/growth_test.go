package bench

import (
	"context"
	"testing"
	"time"

	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

// growth is what a mail costs in a young desk and in an old one: medians over windows of mails taken one by one.
type growth struct {
	early, late time.Duration
	earlyAt     int
	lateAt      int
}

func (g growth) ratio() float64 { return float64(g.late) / float64(g.early) }

// measureGrowth takes mails up to lateAt. Those round the two marks are taken one by one with the clock on them, the
// rest in groups.
func measureGrowth(t *testing.T, earlyAt, lateAt int) growth {
	t.Helper()
	store := openStore(t)
	desk := newDesk(t, func(ctx context.Context, f func(intake.Tx) error) error {
		return store.Update(ctx, func(tx *sqlite.Tx) error { return f(tx) })
	}, newComposer(t))
	g := growth{earlyAt: earlyAt, lateAt: lateAt}
	half := earlyAt - 1
	g.early = takeOneByOne(t, desk, earlyAt-half, earlyAt+half)
	for n := earlyAt + half; n < lateAt-half; n += piece {
		take(t, desk, n, min(n+piece, lateAt-half))
	}
	g.late = takeOneByOne(t, desk, lateAt-half, lateAt+half)
	return g
}

// takeOneByOne returns the median time of a mail.
func takeOneByOne(t *testing.T, desk *intake.Desk, from, to int) time.Duration {
	t.Helper()
	settle()
	var times []time.Duration
	for n := from; n < to; n++ {
		mails := sightings(n, [][]byte{mail(n)})
		start := time.Now()
		_, err := desk.Take(t.Context(), mails)
		times = append(times, time.Since(start))
		check(t, err)
	}
	return quantile(times, 0.5)
}

func take(t *testing.T, desk *intake.Desk, from, to int) {
	t.Helper()
	var mails [][]byte
	for n := from; n < to; n++ {
		mails = append(mails, mail(n))
	}
	_, err := desk.Take(t.Context(), sightings(from, mails))
	check(t, err)
}
