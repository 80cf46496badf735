package timers

import (
	"slices"
	"testing"

	"maildesk/tickets"
)

func TestReach(t *testing.T) {
	who := func(names ...string) (out []tickets.Address) {
		for _, n := range names {
			out = append(out, tickets.Address{Name: n, Address: n + "@corp.example"})
		}
		return out
	}
	whole := []Rung{RungOnCall, RungNext, RungManager}
	for _, c := range []struct {
		name     string
		rungs    []Rung
		n        int
		turns    []tickets.Address
		duty     string
		managers []tickets.Address
		away     []string
		want     []tickets.Address
	}{
		{"whose turn it is", whole, 0, who("li", "mary", "zhao"), "", who("wang"), nil, who("li")},
		{"then the next", whole, 1, who("li", "mary", "zhao"), "", who("wang"), nil, who("li", "mary")},
		{"then the manager", whole, 2, who("li", "mary", "zhao"), "", who("wang"), nil, who("li", "mary", "wang")},
		{"after the last all again", whole, 9, who("li", "mary", "zhao"), "", who("wang"), nil, who("li", "mary", "wang")},
		{"the next is away", whole, 1, who("li", "mary", "zhao"), "", who("wang"), []string{"mary"}, who("li", "zhao")},
		{"whose turn it is is away", whole, 0, who("li", "mary", "zhao"), "", who("wang"), []string{"li"}, who("li", "mary")},
		{"the next is alerted already", whole, 1, who("li", "mary", "zhao"), "", who("wang"), []string{"li"}, who("li", "mary", "zhao")},
		{"a swap", whole, 0, who("li", "mary", "zhao"), "zhao", who("wang"), nil, who("zhao")},
		{"the next after a swap", whole, 1, who("li", "mary", "zhao"), "zhao", who("wang"), nil, who("zhao", "li")},
		{"a swap without a rota", whole, 1, nil, "zhao", who("wang"), nil, who("zhao")},
		{"one alone", whole, 1, who("li"), "", who("wang"), nil, who("li")},
		{"a manager who is on call hears once", whole, 2, who("wang", "li"), "", who("wang"), nil, who("wang", "li")},
		{"nobody is on call", whole, 0, nil, "", who("wang"), nil, who("wang")},
		{"the managers are away", whole, 2, who("li"), "", who("wang", "chen"), []string{"wang", "chen"}, who("li", "wang", "chen")},
		{"one manager is away", whole, 2, who("li"), "", who("wang", "chen"), []string{"wang"}, who("li", "chen")},
		{"the managers first", []Rung{RungManager, RungOnCall}, 0, who("li"), "", who("wang"), nil, who("wang")},
		{"there is nobody", whole, 2, nil, "", nil, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var duty tickets.Address
			if c.duty != "" {
				duty = who(c.duty)[0]
			}
			got := Ladder{Rungs: c.rungs}.reach(c.n, c.turns, duty, c.managers, func(address string) bool {
				return slices.Contains(c.away, address[:len(address)-len("@corp.example")])
			})
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
