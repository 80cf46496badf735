package timers

import (
	"slices"
	"time"

	"maildesk/tickets"
)

// Rung is who is alerted at a step of the ladder, beside those of the steps before it.
type Rung string

// The rungs.
const (
	RungOnCall  Rung = "on_call"
	RungNext    Rung = "next"
	RungManager Rung = "manager"
)

// Ladder says who is alerted of a P0.
type Ladder struct {
	Rungs  []Rung
	Repeat time.Duration // from one alert to the next, as long as nobody acknowledges
	// Turns are those who are on call by turns, beginning with whose turn it is at an instant; nil, or nobody, has no turns.
	Turns func(at time.Time) []tickets.Address
}

// reach is who is alerted the n-th time, from 0: rungs add up, and after the last all are alerted again. Who is away is
// passed over for the next in turn; but whose turn it is hears all the same, and so do the managers when all are away. duty
// is who was arranged to be on call in place of whose turn it is, zero for nobody.
func (l Ladder) reach(n int, turns []tickets.Address, duty tickets.Address, managers []tickets.Address, away func(address string) bool) []tickets.Address {
	if duty.Address != "" {
		turns = once(append([]tickets.Address{duty}, turns...))
	}
	var out []tickets.Address
	alert := func(who ...tickets.Address) { out = once(append(out, who...)) }
	next := func() {
		for _, a := range turns[1:] {
			heard := slices.ContainsFunc(out, func(o tickets.Address) bool { return tickets.SameAddress(o.Address, a.Address) })
			if !heard && !away(a.Address) {
				alert(a)
				return
			}
		}
	}
	for _, rung := range l.Rungs[:min(n+1, len(l.Rungs))] {
		switch {
		case rung == RungManager:
			alert(present(managers, away)...)
		case len(turns) == 0:
		case rung == RungOnCall:
			if alert(turns[0]); away(turns[0].Address) {
				next()
			}
		case rung == RungNext:
			next()
		}
	}
	if len(out) == 0 { // nobody is on call: better the managers than nobody
		alert(present(managers, away)...)
	}
	return out
}

// present are those who are not away; all of them when all are.
func present(people []tickets.Address, away func(address string) bool) []tickets.Address {
	here := slices.DeleteFunc(slices.Clone(people), func(a tickets.Address) bool { return away(a.Address) })
	if len(here) == 0 {
		return people
	}
	return here
}
