package tickets_test

import (
	"slices"
	"testing"

	"maildesk/tickets"
)

var desktop = []tickets.Address{
	{Name: "李伟", Address: "liwei@corp.example"},
	{Name: "赵敏", Address: "ZhaoMin@corp.example"},
	{Name: "陈强", Address: "chenqiang@corp.example"},
}

func TestAssign(t *testing.T) {
	const li, zhao, chen = "liwei@corp.example", "zhaomin@corp.example", "chenqiang@corp.example"
	for _, tc := range []struct {
		name   string
		mode   tickets.AssignMode
		load   map[string]int
		last   string
		away   []string
		want   string // AddressKey, "" for nobody
		reason string
	}{
		{"the least loaded", tickets.LeastLoaded, map[string]int{li: 4, zhao: 2, chen: 3}, "", nil, zhao, "least loaded of desktop: 2 open"},
		{"a tie goes by the configuration", tickets.LeastLoaded, map[string]int{li: 4, zhao: 2, chen: 2}, zhao, nil, zhao, "least loaded of desktop: 2 open"},
		{"who is not counted has nothing", tickets.LeastLoaded, map[string]int{li: 1, zhao: 1}, "", nil, chen, "least loaded of desktop: 0 open"},
		{"no loads at all", tickets.LeastLoaded, nil, "", nil, li, "least loaded of desktop: 0 open"},
		{"the least loaded is away", tickets.LeastLoaded, map[string]int{li: 4, zhao: 2, chen: 3}, "", []string{zhao}, chen, "least loaded of desktop: 3 open"},
		{"the first is away", tickets.LeastLoaded, nil, "", []string{li}, zhao, "least loaded of desktop: 0 open"},
		{"no mode set", "", map[string]int{li: 1}, "", nil, zhao, "least loaded of desktop: 0 open"},
		{"turns begin", tickets.RoundRobin, map[string]int{li: 9}, "", nil, li, "first in turn of desktop"},
		{"the next turn", tickets.RoundRobin, nil, li, nil, zhao, "next in turn of desktop after liwei@corp.example"},
		{"last in another case", tickets.RoundRobin, nil, "ZHAOMIN@corp.example", nil, chen, "next in turn of desktop after zhaomin@corp.example"},
		{"turns begin again", tickets.RoundRobin, nil, chen, nil, li, "next in turn of desktop after chenqiang@corp.example"},
		{"the next is away", tickets.RoundRobin, nil, li, []string{zhao}, chen, "next in turn of desktop after liwei@corp.example"},
		{"only the last is here", tickets.RoundRobin, nil, li, []string{zhao, chen}, li, "next in turn of desktop after liwei@corp.example"},
		{"the last has left", tickets.RoundRobin, nil, "sunli@corp.example", nil, li, "first in turn of desktop"},
		{"nobody by itself", tickets.AssignNone, nil, "", nil, "", "desktop assigns nobody by itself"},
		{"all away", tickets.LeastLoaded, nil, "", []string{li, zhao, chen}, "", "everybody of desktop is away"},
		{"all away in turn", tickets.RoundRobin, nil, li, []string{li, zhao, chen}, "", "everybody of desktop is away"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			away := func(address string) bool { return slices.Contains(tc.away, tickets.AddressKey(address)) }
			if tc.away == nil {
				away = nil
			}
			group := tickets.Group{Name: "desktop", Assign: tc.mode, Members: slices.Clone(desktop)}
			got, reason, ok := tickets.Assign(group, tc.load, tc.last, away)
			if tickets.AddressKey(got.Address) != tc.want || reason != tc.reason || ok != (tc.want != "") {
				t.Errorf("got %v, %q, %t; want %q, %q", got, reason, ok, tc.want, tc.reason)
			}
			if !slices.Equal(group.Members, desktop) {
				t.Errorf("the group's members were changed: %v", group.Members)
			}
		})
	}
}

func TestAssignInAnEmptyGroup(t *testing.T) {
	got, reason, ok := tickets.Assign(tickets.Group{Name: "erp", Assign: tickets.RoundRobin}, nil, "liwei@corp.example", nil)
	if ok || got != (tickets.Address{}) || reason != "erp has no members" {
		t.Errorf("got %v, %q, %t", got, reason, ok)
	}
}

func TestGroupFor(t *testing.T) {
	groups := []tickets.Group{
		{Name: "desktop", Categories: []tickets.Category{tickets.Hardware, tickets.Software}},
		{Name: "systems", Categories: []tickets.Category{tickets.Software, tickets.Account}},
		{Name: "managers"},
	}
	for category, want := range map[tickets.Category]string{
		tickets.Hardware: "desktop", tickets.Software: "desktop", tickets.Account: "systems", tickets.Security: "", "": "",
	} {
		t.Run(string(category), func(t *testing.T) {
			got := ""
			if group := tickets.GroupFor(groups, category); group != nil {
				got = group.Name
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
