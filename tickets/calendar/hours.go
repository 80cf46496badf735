package calendar

import "time"

// Hours counts time by a calendar. Its methods take instants of any location; what they return is in the office's zone
// unless it says otherwise. They take time in proportion to the days between their arguments. An Hours does not change
// and may be used by several goroutines.
type Hours struct {
	zone        *time.Location // nil: always open
	days        [7]bool        // by time.Weekday
	open, close time.Duration
	holidays    []span
	workdays    []span
}

// Always is open day and night: its days are 24 hours long, and it leaves instants in their own location. It is the
// zero Hours.
var Always = Hours{}

func (h Hours) always() bool { return h.zone == nil }

// IsOpen reports whether the office is open at t.
func (h Hours) IsOpen(t time.Time) bool {
	if h.always() {
		return true
	}
	date, clock := h.wall(t)
	return h.works(date) && clock >= h.open && clock < h.close
}

// NextOpen is t while the office is open, else the instant at which it opens next.
func (h Hours) NextOpen(t time.Time) time.Time {
	if h.always() {
		return t
	}
	return h.next(t).from
}

// Add is the earliest instant at which d of office time has passed since start: at closing time rather than at the next
// opening. Without any d to pass (zero or less) it is NextOpen(start).
func (h Hours) Add(start time.Time, d time.Duration) time.Time {
	if h.always() {
		return start.Add(max(d, 0))
	}
	for p := h.next(start); ; p = h.next(p.to) {
		length := p.to.Sub(p.from)
		if d <= length {
			return p.from.Add(max(d, 0))
		}
		d -= length
	}
}

// Between is the office time from a to b; negative where b is before a.
func (h Hours) Between(a, b time.Time) time.Duration {
	switch {
	case h.always():
		return b.Sub(a)
	case b.Before(a):
		return -h.Between(b, a)
	}
	var total time.Duration
	for p := h.next(a); p.from.Before(b); p = h.next(p.to) {
		total += earlier(p.to, b).Sub(p.from)
	}
	return total
}

// AddDays is n office days after NextOpen(start), at the same time by the clock on the wall: what comes after hours or
// on a day off counts as having come when the office opened again. A time that the clock skips on that day is moved to
// the next instant of office time; of a time that the clock shows twice it is the first. Without any days to pass (zero
// or less) it is NextOpen(start).
func (h Hours) AddDays(start time.Time, n int) time.Time {
	if h.always() {
		return start.Add(time.Duration(max(n, 0)) * day)
	}
	p := h.next(start)
	if n <= 0 {
		return p.from
	}
	last, clock := p.date, p.clock
	for {
		p = h.next(p.to)
		if p.date > last {
			last = p.date
			n--
		}
		switch wait := clock - p.clock; {
		case n < 0: // the time was skipped to the end of its day
			return p.from
		case n == 0 && p.date == last && wait < p.to.Sub(p.from):
			return p.from.Add(max(wait, 0))
		}
	}
}

// After is the instant at which a reminder or a lapse of d is due. Every whole 24 hours of d are one office day, as
// AddDays counts them; what is left is office time, as Add counts it, and never more than one office day, so that a
// longer d is never due before a shorter one. "48h" and "2d" are two office days; "1d2h" is one and two hours of office
// time; "4h" is four hours of office time. For Always it is start plus d.
func (h Hours) After(start time.Time, d time.Duration) time.Time {
	if h.always() {
		return start.Add(max(d, 0))
	}
	whole, rest := int(d/day), d%day
	return earlier(h.Add(h.AddDays(start, whole), rest), h.AddDays(start, whole+1))
}

// period is office time without a break, on one date and with one offset from UTC.
type period struct {
	date     int64 // on the wall, in days since 1970-01-01
	from, to time.Time
	clock    time.Duration // on the wall at from, since midnight
}

// next is the first office time from t on. There always is some: New wants a day of the week, and the holidays end.
func (h Hours) next(t time.Time) period {
	t = t.In(h.zone)
	for {
		change := nextChange(t)
		if p, found := h.nextUntil(t, change); found {
			return p
		}
		t = change
	}
}

// nextChange is an instant after t until which the clocks are not changed; zero when they never are again. In years that
// the tz database only has a rule for (as of now, from 2038 on) ZoneBounds ends a period with day 365 of the year, which
// on the last day of a leap year does not lie ahead: the rule's own period then goes on to the end of the year in UTC.
func nextChange(t time.Time) time.Time {
	_, change := t.ZoneBounds()
	if change.IsZero() || change.After(t) {
		return change
	}
	return time.Date(t.UTC().Year()+1, time.January, 1, 0, 0, 0, 0, time.UTC).In(t.Location())
}

// nextUntil looks up to the change of the clocks that follows t, where a zero change is none. As long as clocks are not
// changed, wall time is UTC plus an offset, and days are 24 hours long.
func (h Hours) nextUntil(t, change time.Time) (p period, found bool) {
	_, seconds := t.Zone()
	offset := int64(seconds)
	for date := floor(t.Unix() + offset); ; date++ {
		midnight := time.Unix(date*daySeconds-offset, 0).In(h.zone)
		if !change.IsZero() && !midnight.Before(change) {
			return period{}, false
		}
		if !h.works(date) {
			continue
		}
		p := period{date: date, from: later(t, midnight.Add(h.open)), to: midnight.Add(h.close)}
		if !change.IsZero() {
			p.to = earlier(p.to, change)
		}
		if p.from.Before(p.to) {
			p.clock = p.from.Sub(midnight)
			return p, true
		}
	}
}

// works reports whether the office opens on a date at all.
func (h Hours) works(date int64) bool {
	const thursday = int64(time.Thursday) // 1970-01-01
	weekday := ((date+thursday)%7 + 7) % 7
	return has(h.workdays, date) || h.days[weekday] && !has(h.holidays, date)
}

// wall is what calendar and clock on the office's wall show.
func (h Hours) wall(t time.Time) (date int64, clock time.Duration) {
	_, offset := t.In(h.zone).Zone()
	seconds := t.Unix() + int64(offset)
	date = floor(seconds)
	return date, time.Duration(seconds-date*daySeconds)*time.Second + time.Duration(t.Nanosecond())
}

// floor is the day, since 1970-01-01, in which a second lies, before 1970 too.
func floor(seconds int64) int64 {
	date := seconds / daySeconds
	if seconds%daySeconds < 0 {
		date--
	}
	return date
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
