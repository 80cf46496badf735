package tickets

import (
	"slices"
	"testing"
)

func TestDeciders(t *testing.T) {
	const boss, wang, chen, li, zhang = "boss@corp.example", "wangfang@corp.example", "chenjing@corp.example", "liwei@corp.example", "zhangsan@corp.example"
	for _, c := range []struct {
		name      string
		category  Category
		superior  string
		plannedBy string
		away      []string
		want      []string
	}{
		{"a plan goes to the managers", Software, boss, li, nil, []string{wang, chen}},
		{"a permission to the requester's own", Account, boss, li, nil, []string{boss}},
		{"who is not known", Account, "", li, nil, []string{wang, chen}},
		{"who is away has deputies", Account, boss, li, []string{boss}, []string{wang, chen}},
		{"who asks for himself", Account, zhang, li, nil, []string{wang, chen}},
		{"nobody approves his own", Software, "", wang, nil, []string{chen}},
		{"who is here is asked", Software, "", li, []string{wang}, []string{chen}},
		{"all are away", Account, boss, li, []string{boss, wang, chen}, []string{boss, wang, chen}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ticket := &Ticket{Category: c.category, PlannedBy: c.plannedBy, Requester: Person{Address: zhang}}
			var got []string
			for _, a := range Deciders(ticket, Address{Address: c.superior}, []Address{{Address: wang}, {Address: chen}}, func(a string) bool { return slices.Contains(c.away, a) }) {
				got = append(got, a.Address)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
