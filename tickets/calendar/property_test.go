package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"maildesk/tickets/calendar"
)

var zones = []string{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}

// draw makes offices and instants, the same in every run. Both are on whole minutes, as the naive model below is.
type draw struct{ *rand.Rand }

func newDraw(seed uint64) draw { return draw{rand.New(rand.NewPCG(seed, 1))} }

// office is one with hours by day or by night, over a few dates that are listed one way or both.
func (r draw) office(zoneName string) calendar.Office {
	o := calendar.Office{Zone: zone(zoneName), Days: []time.Weekday{time.Weekday(r.IntN(7))}}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if r.IntN(3) > 0 {
			o.Days = append(o.Days, day)
		}
	}
	open := r.IntN(24 * 60)
	if r.IntN(2) == 0 {
		open = r.IntN(4 * 60) // where clocks are changed
	}
	o.Open = clock(0, open)
	o.Close = clock(0, open+1+r.IntN(24*60-open))
	for range r.IntN(4) {
		o.Holidays = append(o.Holidays, r.dates())
		o.Workdays = append(o.Workdays, r.dates())
	}
	return o
}

func (r draw) dates() calendar.Dates {
	from := time.Date(2024, 1, 1+r.IntN(366), 0, 0, 0, 0, time.UTC)
	return calendar.Dates{From: from, To: from.AddDate(0, 0, r.IntN(4))}
}

// instant is in 2024, every second time near a change of the clocks in one of the zones, or near the end of a leap year
// for which the zones have only a rule.
func (r draw) instant() time.Time {
	changes := []time.Time{
		time.Date(2024, 3, 31, 1, 0, 0, 0, time.UTC), time.Date(2024, 10, 27, 1, 0, 0, 0, time.UTC),
		time.Date(2024, 3, 10, 7, 0, 0, 0, time.UTC), time.Date(2024, 11, 3, 6, 0, 0, 0, time.UTC),
		time.Date(2024, 4, 6, 15, 0, 0, 0, time.UTC), time.Date(2024, 10, 5, 15, 30, 0, 0, time.UTC),
		time.Date(2040, 12, 31, 12, 0, 0, 0, time.UTC),
	}
	if r.IntN(2) == 0 {
		return changes[r.IntN(len(changes))].Add(time.Duration(r.IntN(2*36*60)-36*60) * time.Minute)
	}
	return time.Date(2024, 1, 1, 0, r.IntN(366*24*60), 0, 0, time.UTC)
}

func (r draw) duration(atMost time.Duration) time.Duration {
	return time.Duration(r.Int64N(int64(atMost)))
}

// naive says whether the office is open by looking at the wall, in the plainest way.
func naive(o calendar.Office, t time.Time) bool {
	wall := t.In(o.Zone)
	within := func(all []calendar.Dates) bool {
		date := wall.Format(time.DateOnly)
		for _, d := range all {
			if d.From.Format(time.DateOnly) <= date && date <= d.To.Format(time.DateOnly) {
				return true
			}
		}
		return false
	}
	worked := within(o.Workdays)
	for _, day := range o.Days {
		worked = worked || day == wall.Weekday() && !within(o.Holidays)
	}
	now := clock(wall.Hour(), wall.Minute())
	return worked && now >= o.Open && now < o.Close
}

// TestNaiveModel walks from minute to minute and counts those in which the office is open.
func TestNaiveModel(t *testing.T) {
	for i, name := range zones {
		t.Run(name, func(t *testing.T) {
			r := newDraw(uint64(i))
			for range 150 {
				o, start := r.office(name), r.instant()
				h := hours(o)
				var open time.Duration
				minutes := 1 + r.IntN(5*24*60)
				for m := range minutes {
					now := start.Add(time.Duration(m) * time.Minute)
					want := naive(o, now)
					if got := h.IsOpen(now); got != want {
						t.Fatalf("%s: IsOpen(%s) = %t, want %t", describe(o), now.In(o.Zone).Format(layout), got, want)
					}
					if want {
						open += time.Minute
					}
					if got := h.Add(start, open); want && !got.Equal(now.Add(time.Minute)) {
						t.Fatalf("%s: Add(%s, %s) = %s, want %s", describe(o), start.In(o.Zone).Format(layout), open,
							got.Format(layout), now.Add(time.Minute).In(o.Zone).Format(layout))
					}
				}
				end := start.Add(time.Duration(minutes) * time.Minute)
				if got := h.Between(start, end); got != open {
					t.Fatalf("%s: Between(%s, %s) = %s, want %s", describe(o), start.In(o.Zone).Format(layout), end.In(o.Zone).Format(layout), got, open)
				}
			}
		})
	}
}

func describe(o calendar.Office) string {
	return fmt.Sprintf("%s %v %s to %s, off %v, on %v", o.Zone, o.Days, o.Open, o.Close, o.Holidays, o.Workdays)
}

// TestProperties holds for every office and instant: what is added is what lies between, and time runs one way.
func TestProperties(t *testing.T) {
	for i, name := range zones {
		t.Run(name, func(t *testing.T) {
			r := newDraw(100 + uint64(i))
			for range 1500 {
				o := r.office(name)
				h := hours(o)
				s, u := r.instant().Add(r.duration(time.Minute)), r.instant()
				d, e := 1+r.duration(20*(o.Close-o.Open)), 1+r.duration(20*(o.Close-o.Open))
				end := h.Add(s, d)
				for law, holds := range map[string]bool{
					"Between(s, Add(s, d)) = d":                  h.Between(s, end) == d,
					"the instant before, d has not passed":       h.Between(s, end.Add(-1)) == d-1,
					"Add(Add(s, d), e) = Add(s, d+e)":            h.Add(end, e).Equal(h.Add(s, d+e)),
					"a longer d ends later":                      h.Add(s, d+1).After(end),
					"a later start ends no earlier":              !s.Before(u) || !h.Add(u, d).Before(end),
					"Between(s, u) + Between(u, end) = d":        h.Between(s, u)+h.Between(u, end) == d,
					"the location of an argument does not count": h.Add(s.In(zone("Asia/Kathmandu")), d) == end,
					"NextOpen is open":                           h.IsOpen(h.NextOpen(s)),
					"nothing is open before NextOpen":            h.Between(s, h.NextOpen(s)) == 0,
					"NextOpen is no earlier":                     !h.NextOpen(s).Before(s),
					"a day later is open":                        h.IsOpen(h.AddDays(s, 1)),
					"one more day is later":                      h.AddDays(s, 3).After(h.AddDays(s, 2)),
					"a longer limit is due no earlier":           !h.After(s, d+e).Before(h.After(s, d)),
					"whole days are office days":                 h.After(s, 72*time.Hour).Equal(h.AddDays(s, 3)),
				} {
					if !holds {
						t.Fatalf("%s: not so for s = %s, u = %s, d = %s, e = %s: %s", describe(o),
							s.In(o.Zone).Format(layout), u.In(o.Zone).Format(layout), d, e, law)
					}
				}
			}
		})
	}
}

// TestOfficeDaysAreWhole checks where no clock is changed that n office days hold n times the office's day.
func TestOfficeDaysAreWhole(t *testing.T) {
	r := newDraw(7)
	for range 1500 {
		o, s, n := r.office("Asia/Shanghai"), r.instant(), r.IntN(12)
		h := hours(o)
		if got, want := h.Between(s, h.AddDays(s, n)), time.Duration(n)*(o.Close-o.Open); got != want {
			t.Fatalf("%s: %d days after %s hold %s, want %s", describe(o), n, s.In(o.Zone).Format(layout), got, want)
		}
	}
}
