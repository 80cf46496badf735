package tickets

import (
	"fmt"
	"slices"
)

// Group is a group of technicians that handles some categories.
type Group struct {
	Name         string
	Categories   []Category
	Assign       AssignMode
	Confidential bool // its tickets are seen by its members and the managers alone
	Members      []Address
	Lead         Address // hears of escalations first; zero when the group has none
}

// AssignMode is how a group finds who takes a new ticket.
type AssignMode string

// The modes of [[group]] assign.
const (
	LeastLoaded AssignMode = "least_loaded" // also when none is set
	RoundRobin  AssignMode = "round_robin"
	AssignNone  AssignMode = "none" // its members pick their tickets themselves
)

// GroupFor returns the first group, in the order of the configuration, that handles a category; nil when none does.
func GroupFor(groups []Group, c Category) *Group {
	for i := range groups {
		if slices.Contains(groups[i].Categories, c) {
			return &groups[i]
		}
	}
	return nil
}

// Assign picks who of a group takes a new ticket, with the reason for the record, and false when nobody is to be picked.
// load counts open tickets by AddressKey, last is the address that the group's previous ticket went to ("" when there is
// none), away tells who is absent (nil: nobody). Who is away gets nothing, whatever the mode.
func Assign(group Group, load map[string]int, last string, away func(address string) bool) (Address, string, bool) {
	if group.Assign == AssignNone {
		return Address{}, group.Name + " assigns nobody by itself", false
	}
	if len(group.Members) == 0 {
		return Address{}, group.Name + " has no members", false
	}
	members := inTurn(group.Members, group.Assign, last)
	if away != nil {
		members = slices.DeleteFunc(members, func(m Address) bool { return away(m.Address) })
	}
	if len(members) == 0 {
		return Address{}, "everybody of " + group.Name + " is away", false
	}
	if group.Assign == RoundRobin {
		return members[0], turn(group, last), true
	}
	least := members[0]
	for _, m := range members {
		if load[AddressKey(m.Address)] < load[AddressKey(least.Address)] {
			least = m
		}
	}
	return least, fmt.Sprintf("least loaded of %s: %d open", group.Name, load[AddressKey(least.Address)]), true
}

// inTurn returns the members in the order in which they are asked: that of the configuration, in which a tie of loads
// goes to the first, and for round_robin beginning after the last. Who has left the group leaves the turn at its start.
func inTurn(members []Address, mode AssignMode, last string) []Address {
	start := 0
	if mode == RoundRobin {
		start = place(members, last) + 1
	}
	return slices.Concat(members[start:], members[:start])
}

func place(members []Address, address string) int {
	return slices.IndexFunc(members, func(m Address) bool { return SameAddress(m.Address, address) })
}

func turn(group Group, last string) string {
	if place(group.Members, last) < 0 {
		return "first in turn of " + group.Name
	}
	return fmt.Sprintf("next in turn of %s after %s", group.Name, AddressKey(last))
}
