package sqlite_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

// enter stores tickets, each written "status priority group assignee" with - for nothing, opened a minute after one another
// from clock on. Response is due 10 minutes and resolution an hour after that.
func enter(t *testing.T, tx deskTx, written ...string) {
	t.Helper()
	for i, w := range written {
		f := strings.Fields(strings.ReplaceAll(w, "-", "''"))
		for k := range f {
			f[k] = strings.Trim(f[k], "'")
		}
		at := clock.Add(time.Duration(i) * time.Minute)
		ticket := &tickets.Ticket{
			Number: fmt.Sprintf("n%d", i+1), Status: tickets.Status(f[0]), Priority: tickets.Priority(f[1]), Group: f[2],
			CreatedAt: at, UpdatedAt: at, ResponseDue: at.Add(10 * time.Minute), ResolveDue: at.Add(time.Hour),
		}
		if ticket.Status != tickets.New && ticket.Status != tickets.Assigned {
			ticket.Course.AnsweredAt = at
		}
		if f[3] != "" {
			ticket.Assignee = &tickets.Address{Name: "name", Address: f[3] + "@corp.example"}
		}
		if err := tx.AddTicket(ticket); err != nil {
			t.Fatal(err)
		}
	}
}

// numbers are those of tickets, in their order.
func numbers(found []tickets.Ticket) string {
	var out []string
	for _, t := range found {
		out = append(out, t.Number)
	}
	return strings.Join(out, " ")
}

func TestOpenLoad(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		if load := must(tx.OpenLoad())(t); len(load) != 0 {
			t.Errorf("of an empty desk: %v", load)
		}
		enter(t, tx, "assigned P1 desktop LiWei", "in_progress P2 desktop liwei", "waiting P2 erp liwei", "pending_approval P2 erp zhao",
			"new P1 desktop -", "resolved P1 desktop liwei", "confirmed P1 desktop liwei", "closed P1 desktop zhao",
			"cancelled P1 desktop zhao", "merged P1 desktop zhao")
		want := map[string]int{"liwei@corp.example": 3, "zhao@corp.example": 1}
		if load := must(tx.OpenLoad())(t); !reflect.DeepEqual(load, want) {
			t.Errorf("got %v", load)
		}
		return nil
	})
}

func TestLastAssignee(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		enter(t, tx, "closed P1 desktop zhao", "assigned P1 desktop LiWei", "assigned P1 erp zhao", "new P1 desktop -", "new P1 empty -")
		for group, want := range map[string]string{"desktop": "LiWei@corp.example", "erp": "zhao@corp.example", "empty": "", "none": ""} {
			if got := must(tx.LastAssignee(group))(t); got != want {
				t.Errorf("%s: got %q, want %q", group, got, want)
			}
		}
		return nil
	})
}

func TestTicketsWith(t *testing.T) {
	s := newStore(t)
	do(t, s, func(tx deskTx) error {
		enter(t, tx, "in_progress P2 desktop LiWei", "new P1 desktop -", "assigned P1 erp liwei", "new - - -", "closed P0 desktop liwei",
			"resolved P3 desktop liwei", "waiting P0 erp zhao", "merged P0 erp zhao")
		return nil
	})
	after := func(d time.Duration) time.Time { return clock.Add(d) }
	tests := []struct {
		name   string
		filter tickets.Filter
		limit  int
		want   string
	}{
		{"all, P0 first, then the oldest, not assessed last", tickets.Filter{}, 9, "n5 n7 n8 n2 n3 n1 n6 n4"},
		{"open", tickets.Filter{Open: true}, 9, "n7 n2 n3 n1 n6 n4"},
		{"some", tickets.Filter{Open: true}, 2, "n7 n2"},
		{"none", tickets.Filter{Open: true}, 0, ""},
		{"an assignee, in another spelling", tickets.Filter{Assignee: " LIWEI@corp.example"}, 9, "n5 n3 n1 n6"},
		{"an assignee's open ones", tickets.Filter{Assignee: "liwei@corp.example", Open: true}, 9, "n3 n1 n6"},
		{"a group's", tickets.Filter{Group: "erp"}, 9, "n7 n8 n3"},
		{"nobody's", tickets.Filter{Unassigned: true}, 9, "n2 n4"},
		{"nobody's of a group", tickets.Filter{Unassigned: true, Group: "desktop", Open: true}, 9, "n2"},
		{"nobody's and somebody's", tickets.Filter{Unassigned: true, Assignee: "liwei@corp.example"}, 9, ""},
		{"nothing is overdue", tickets.Filter{OverdueAt: after(11*time.Minute - time.Millisecond)}, 9, ""},
		{"first answer, of what nobody has answered", tickets.Filter{OverdueAt: after(13 * time.Minute)}, 9, "n2 n3 n4"},
		{"solution, of what is not resolved and waits for nobody", tickets.Filter{OverdueAt: after(2 * time.Hour)}, 9, "n2 n3 n1 n4"},
		{"solution of the first, to the millisecond", tickets.Filter{OverdueAt: after(time.Hour), Assignee: "liwei@corp.example", Group: "desktop"}, 9, "n1"},
		{"and not before", tickets.Filter{OverdueAt: after(time.Hour - time.Millisecond), Assignee: "liwei@corp.example", Group: "desktop"}, 9, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := numbers(must(s.TicketsWith(t.Context(), test.filter, test.limit))(t)); got != test.want {
				t.Errorf("beside the writer %q, want %q", got, test.want)
			}
			do(t, s, func(tx deskTx) error {
				if got := numbers(must(tx.TicketsWith(test.filter, test.limit))(t)); got != test.want {
					t.Errorf("in a transaction %q, want %q", got, test.want)
				}
				return nil
			})
		})
	}
}

// Taking a ticket is no answer.
func TestWhatIsTakenAndNotAnsweredIsOverdue(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		ticket := &tickets.Ticket{Number: "n1", Status: tickets.InProgress, CreatedAt: clock, UpdatedAt: clock, ResponseDue: clock.Add(time.Minute), ResolveDue: clock.Add(time.Hour)}
		if err := tx.AddTicket(ticket); err != nil {
			return err
		}
		found := must(tx.TicketsWith(tickets.Filter{OverdueAt: clock.Add(time.Minute)}, 9))(t)
		if got := numbers(found); got != "n1" {
			t.Errorf("overdue is %q", got)
		}
		return nil
	})
}

func TestTicketsOf(t *testing.T) {
	s := newStore(t)
	do(t, s, func(tx deskTx) error {
		one, two, three := open(t, tx, "n1"), open(t, tx, "n2"), open(t, tx, "n3")
		two.Requester, two.Watchers = tickets.Person{Address: liwei.Address}, []tickets.Address{zhang}
		one.Watchers = []tickets.Address{zhang, {Address: "a@corp.example"}}
		three.Status = tickets.Closed
		for _, ticket := range []*tickets.Ticket{one, two, three} {
			if err := tx.SetTicket(ticket); err != nil {
				return err
			}
		}
		return tx.AddParticipants(three.ID, "sender", []string{"b@corp.example"})
	})
	tests := []struct {
		name, address string
		limit         int
		want          string
	}{
		{"requester and watcher, each ticket once", "zhangsan@CORP.example", 9, "n3 n2 n1"},
		{"the newest", zhang.Address, 2, "n3 n2"},
		{"a watcher", "a@corp.example", 9, "n1"},
		{"who wrote on it is not asked for", "b@corp.example", 9, ""},
		{"nobody", "", 9, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := numbers(must(s.TicketsOf(t.Context(), test.address, test.limit))(t)); got != test.want {
				t.Errorf("beside the writer %q, want %q", got, test.want)
			}
			do(t, s, func(tx deskTx) error {
				if got := numbers(must(tx.TicketsOf(test.address, test.limit))(t)); got != test.want {
					t.Errorf("in a transaction %q, want %q", got, test.want)
				}
				return nil
			})
		})
	}
}
