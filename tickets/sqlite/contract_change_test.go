package sqlite_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/intake"
)

func TestSetTicketWritesAllButWhatIsGivenForGood(t *testing.T) {
	tests := map[string]struct{ from, to tickets.Ticket }{
		"every field set": {bare, full}, "every field emptied": {full, bare}, "nothing changed": {full, full},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				other := open(t, tx, "IT20231101001")
				stored := test.from
				if err := tx.AddTicket(&stored); err != nil {
					return err
				}
				want := test.to
				want.ID, want.Number, want.CreatedAt = stored.ID, stored.Number, stored.CreatedAt
				given := test.to
				given.ID, given.CreatedAt = stored.ID, clock.Add(time.Hour)
				if err := tx.SetTicket(&given); err != nil {
					return err
				}
				if got := must(ptr(tx.TicketByID(stored.ID)))(t); !reflect.DeepEqual(got, want) {
					t.Errorf("got  %+v\nwant %+v", got, want)
				}
				if got := must(ptr(tx.TicketByID(other.ID)))(t); !reflect.DeepEqual(got, *other) {
					t.Errorf("another ticket became %+v", got)
				}
				if err := tx.SetTicket(&tickets.Ticket{ID: 99}); err == nil {
					t.Error("a ticket that is not there was set")
				}
				return nil
			})
		})
	}
}

func TestWhoLeavesKeepsOtherRoles(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		ticket := open(t, tx, "IT20231115001")
		ticket.Watchers = []tickets.Address{liwei, {Address: "a@corp.example"}, {Address: "b@corp.example"}}
		if err := tx.SetTicket(ticket); err != nil {
			return err
		}
		err := errors.Join(tx.AddParticipants(ticket.ID, intake.RoleSender, []string{"a@corp.example"}),
			tx.AddParticipants(ticket.ID, intake.RoleRecipient, []string{"b@corp.example"}))
		ticket.Watchers = []tickets.Address{{Name: "李伟，桌面组", Address: liwei.Address}, {Address: "LIWEI@corp.example"}}
		if err := errors.Join(err, tx.SetTicket(ticket)); err != nil {
			return err
		}
		if got := must(ptr(tx.TicketByID(ticket.ID)))(t); !reflect.DeepEqual(got.Watchers, ticket.Watchers[:1]) {
			t.Errorf("watchers %+v", got.Watchers)
		}
		for address, want := range map[string]string{liwei.Address: "1 belongs", "a@corp.example": "1 belongs", "b@corp.example": "1 copied"} {
			if got := describe(must(ptr(tx.LeadByNumber(ticket.Number, address)))(t)); got != want {
				t.Errorf("%s: %s, want %s", address, got, want)
			}
		}
		return nil
	})
}

func TestChanges(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		ticket, other := open(t, tx, "IT20231115001"), open(t, tx, "IT20231115002")
		message := mail(1, "a@mail")
		entry := &tickets.Entry{Ticket: ticket.ID, At: clock}
		if err := errors.Join(tx.AddMessage(message, strings.NewReader("x")), tx.AddEntry(entry)); err != nil {
			return err
		}
		whole := &tickets.Change{Ticket: ticket.ID, Message: message.ID, Entry: entry.ID, At: clock, Actor: "LiWei@corp.example",
			Commands: "#priority P1\n#accept", Before: []byte(`{"Priority":"P2"}`)}
		later := &tickets.Change{Ticket: ticket.ID, At: clock.Add(time.Minute), Actor: zhang.Address}
		elsewhere := &tickets.Change{Ticket: other.ID, At: clock.Add(time.Hour), Actor: liwei.Address}
		for _, c := range []*tickets.Change{whole, later, elsewhere} {
			if err := tx.AddChange(c); err != nil {
				return err
			}
		}
		if got := must(ptr(tx.LastChange(ticket.ID, " liwei@corp.example", clock)))(t); !reflect.DeepEqual(got, *whole) {
			t.Errorf("got  %+v\nwant %+v", got, *whole)
		}
		if got := must(ptr(tx.LastChange(ticket.ID, zhang.Address, clock)))(t); !reflect.DeepEqual(got, *later) {
			t.Errorf("hardly any field: %+v", got)
		}
		if got := must(tx.LastChange(ticket.ID, liwei.Address, clock.Add(time.Millisecond)))(t); got != nil {
			t.Errorf("too long ago: %+v", got)
		}
		return nil
	})
}

func TestUndoneChanges(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		ticket := open(t, tx, "IT20231115001")
		for _, actor := range []string{liwei.Address, liwei.Address, zhang.Address} { // all within one instant
			if err := tx.AddChange(&tickets.Change{Ticket: ticket.ID, At: clock, Actor: actor}); err != nil {
				return err
			}
		}
		check := func(last int64, after ...int) {
			t.Helper()
			got := int64(0)
			if c := must(tx.LastChange(ticket.ID, liwei.Address, clock))(t); c != nil {
				got = c.ID
			}
			if got != last {
				t.Errorf("the last is %d, want %d", got, last)
			}
			for id, want := range after {
				if n := must(tx.ChangesAfter(ticket.ID, int64(id)))(t); n != want {
					t.Errorf("%d after %d, want %d", n, id, want)
				}
			}
		}
		check(2, 3, 2, 1, 0)
		if err := tx.SetChangeUndone(2, clock); err != nil {
			return err
		}
		check(1, 2, 1, 1, 0)
		if tx.SetChangeUndone(2, clock) == nil || tx.SetChangeUndone(99, clock) == nil {
			t.Error("undone twice, or what is not there")
		}
		err := errors.Join(tx.SetChangeUndone(1, clock), tx.SetChangeUndone(3, clock))
		check(0, 0, 0, 0, 0)
		return err
	})
}
