package calendar

import (
	"cmp"
	"errors"
	"slices"
	"time"
)

// Office says when people work.
type Office struct {
	Zone  *time.Location // nil is UTC
	Days  []time.Weekday // worked in an ordinary week
	Open  time.Duration  // since midnight by the clock on the wall
	Close time.Duration  // likewise, up to 24h; the office is closed at this instant

	Holidays []Dates // days off
	Workdays []Dates // worked all the same (调休): they win over the week and over Holidays
}

// Dates is a run of whole days, both ends included. Of each end only the date counts, as it reads in its own location.
type Dates struct {
	From time.Time
	To   time.Time
}

// The reasons for which an office has no hours. New may find both.
var (
	ErrNoDay   = errors.New("no day of the week is open")
	ErrNoHours = errors.New("closing is not after opening within one day")
)

// New is the calendar of an office. The error is ErrNoDay, ErrNoHours or both: an office that is never open would make
// no time limit end. Listed workdays alone are not enough, for they run out.
func New(o Office) (Hours, error) {
	h := Hours{zone: o.Zone, open: o.Open, close: o.Close, holidays: spans(o.Holidays), workdays: spans(o.Workdays)}
	if h.zone == nil {
		h.zone = time.UTC
	}
	var wrong []error
	for _, day := range o.Days {
		if day >= time.Sunday && day <= time.Saturday {
			h.days[day] = true
		}
	}
	if h.days == [7]bool{} {
		wrong = append(wrong, ErrNoDay)
	}
	if o.Open < 0 || o.Close <= o.Open || o.Close > day {
		wrong = append(wrong, ErrNoHours)
	}
	if err := errors.Join(wrong...); err != nil {
		return Hours{}, err
	}
	return h, nil
}

const (
	day        = 24 * time.Hour
	daySeconds = int64(day / time.Second)
)

// span is a run of dates, both ends included, as days since 1970-01-01.
type span struct{ first, last int64 }

// spans sorts runs of dates and joins those that overlap or touch, so that one look finds whether a date is in any.
func spans(all []Dates) []span {
	var sorted []span
	for _, d := range all {
		if s := (span{number(d.From), number(d.To)}); s.first <= s.last {
			sorted = append(sorted, s)
		}
	}
	slices.SortFunc(sorted, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	var joined []span
	for _, s := range sorted {
		if n := len(joined); n > 0 && s.first <= joined[n-1].last+1 {
			joined[n-1].last = max(joined[n-1].last, s.last)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// number is a date in days since 1970-01-01.
func number(t time.Time) int64 {
	year, month, dayOfMonth := t.Date()
	return time.Date(year, month, dayOfMonth, 0, 0, 0, 0, time.UTC).Unix() / daySeconds // midnights divide evenly
}

// has reports whether a date is in one of the runs.
func has(runs []span, date int64) bool {
	_, found := slices.BinarySearchFunc(runs, date, func(s span, date int64) int {
		switch {
		case s.last < date:
			return -1
		case s.first > date:
			return 1
		}
		return 0
	})
	return found
}
