package calendar

import "time"

// Rota says whose turn it is to be on call: a week each, in order, over and over. Turns change on Mondays, when the office opens.
type Rota struct {
	turns    int
	monday   int64 // of the first turn, in days since 1970-01-01
	handover time.Duration
	zone     *time.Location
}

// NewRota makes a rota of so many people, at least one. The first one's turn is the week of start, of which only the date
// counts, as it reads in its own location; handover is the time of day, by the clock on the wall, and zone the office's, nil
// for UTC.
func NewRota(turns int, start time.Time, handover time.Duration, zone *time.Location) Rota {
	if zone == nil {
		zone = time.UTC
	}
	return Rota{turns: turns, monday: mondayOf(number(start)), handover: handover, zone: zone}
}

// Turn is the number of who is on call at t, from 0. Before the start the rota runs backwards.
func (r Rota) Turn(t time.Time) int {
	weeks := (r.mondayAt(t) - r.monday) / 7
	turn := int(weeks % int64(r.turns))
	if turn < 0 {
		turn += r.turns
	}
	return turn
}

// Ends is when the turn at t goes to the next.
func (r Rota) Ends(t time.Time) time.Time {
	year, month, day := time.Unix((r.mondayAt(t)+7)*daySeconds, 0).UTC().Date()
	hour := int(r.handover / time.Hour)
	minute := int(r.handover % time.Hour / time.Minute)
	return time.Date(year, month, day, hour, minute, 0, 0, r.zone)
}

// mondayAt is the Monday on which the turn at t began.
func (r Rota) mondayAt(t time.Time) int64 {
	local := t.In(r.zone)
	date := number(local)
	hour, minute, second := local.Clock()
	clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if clock < r.handover {
		date--
	}
	return mondayOf(date)
}

// mondayOf is the Monday of a date's week; 1970-01-01 was a Thursday.
func mondayOf(date int64) int64 {
	weekday := (date + 3) % 7
	if weekday < 0 {
		weekday += 7
	}
	return date - weekday
}
