package sqlite_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// full is a ticket with every field, bare one with hardly any.
var (
	full = tickets.Ticket{
		Number: "IT20231115001", Subject: "登录ERP系统", Status: tickets.Assigned, Priority: "P1", PriorityReason: "销售订单",
		Category: "software", Severity: "severe", Impact: "无法录入销售订单", OccurredAt: clock.Add(-time.Hour),
		Requester: tickets.Person{Name: "张三", Address: "ZhangSan@corp.example", StaffNumber: "1001", Department: "市场部",
			Phone: "13800000000", Language: tickets.Chinese},
		Assignee: &tickets.Address{Name: "李伟", Address: "liwei@corp.example"}, Group: "desktop",
		Watchers:  []tickets.Address{{Name: "A", Address: "a@corp.example"}, {Name: "B", Address: "b@corp.example"}},
		CreatedAt: clock, UpdatedAt: clock.Add(time.Millisecond), ResolvedAt: clock.Add(2 * time.Second), ClosedAt: clock.Add(3 * time.Second),
		ResponseDue: clock.Add(4 * time.Second), ResolveDue: clock.Add(5 * time.Second), ConfirmedAt: clock.Add(6 * time.Second),
		Diagnosis: "d", Workaround: "w", Fix: "f", Prevention: "p", Verification: "v", Minutes: 45, Asked: 1, MergedInto: "IT20231113001",
		Former: tickets.Assigned, Plan: "switch over tonight", PlannedBy: "liwei@corp.example", Approval: tickets.ApprovalPending, Ignores: true, Escalated: 2, EscalatedAt: clock.Add(7 * time.Second),
		Satisfaction: &tickets.Satisfaction{Score: 5, Comment: "很快"}, Links: []string{"IT20231114002", "IT20231114001"}, Attention: "look",
		Course: tickets.Course{Since: clock, Pauses: []tickets.Pause{{From: clock.Add(time.Second), Until: clock.Add(2 * time.Second)}, {From: clock.Add(3 * time.Second)}},
			AnsweredAt: clock.Add(8 * time.Second), Due: clock.Add(9 * time.Second), DueSetAt: clock.Add(10 * time.Second),
			Respond: tickets.Heard{Warned: clock.Add(11 * time.Second), Missed: clock.Add(12 * time.Second)},
			Resolve: tickets.Heard{Warned: clock.Add(13 * time.Second), Missed: clock.Add(14 * time.Second)}},
	}
	bare = tickets.Ticket{Number: "IT20231115002", CreatedAt: clock, UpdatedAt: clock}
)

func TestTicketComesBackWhole(t *testing.T) {
	for name, want := range map[string]tickets.Ticket{"every field": full, "hardly any": bare} {
		t.Run(name, func(t *testing.T) {
			allSet(t, name == "every field", want)
			allSet(t, name == "every field", want.Course)
			do(t, newStore(t), func(tx deskTx) error {
				stored := want
				if err := tx.AddTicket(&stored); err != nil {
					return err
				}
				got := must(ptr(tx.TicketByID(stored.ID)))(t)
				want.ID = stored.ID
				if !reflect.DeepEqual(got, want) {
					t.Errorf("got  %+v\nwant %+v", got, want)
				}
				return nil
			})
		})
	}
}

// allSet fails when a field beside the ID is left out, so that none is forgotten here.
func allSet(t *testing.T, whole bool, ticket any) {
	t.Helper()
	for field, v := range reflect.ValueOf(ticket).Fields() {
		if whole && v.IsZero() && field.Name != "ID" {
			t.Errorf("%s is not set", field.Name)
		}
	}
}

// ptr takes what a pointer points to.
func ptr[T any](p *T, err error) (T, error) {
	if p == nil {
		var zero T
		return zero, errors.Join(err, errors.New("nothing found"))
	}
	return *p, err
}

func TestNothingIsFoundWithoutAnError(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		for name, found := range map[string]any{
			"ticket":     must(first(tx.TicketByID(1)))(t),
			"entry":      must(first(tx.EntryByID(1)))(t),
			"person":     must(first(tx.Person("nobody@corp.example")))(t),
			"content":    must(first(tx.MessageByContent([32]byte{1})))(t),
			"number":     must(first(tx.LeadByNumber("IT20231115001", zhang.Address)))(t),
			"text":       must(first(tx.SameText([]byte("key"), clock)))(t),
			"no text":    must(first(tx.SameText(nil, clock)))(t),
			"message":    must(first(tx.MessageByID(1)))(t),
			"held":       must(first(tx.HeldMessage(1)))(t),
			"change":     must(first(tx.LastChange(1, zhang.Address, clock)))(t),
			"message-id": must(first(tx.OutgoingByMessageID("x@y")))(t),
		} {
			if !reflect.ValueOf(found).IsNil() {
				t.Errorf("%s: found %v", name, found)
			}
		}
		return nil
	})
}

func first[T any](v *T, err error) (any, error) { return v, err }

func TestEntryComesBack(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		ticket := open(t, tx, "IT20231115001")
		want := &tickets.Entry{
			Ticket: ticket.ID, At: clock, Actor: zhang, Kind: tickets.EntryReport, Text: "行一\n行二\x00", Visibility: tickets.Internal,
			HeaderID: "a@b", Verified: true, TextKey: []byte{0, 1}, Recipients: []string{"x@corp.example", "y@corp.example"},
		}
		if err := tx.AddEntry(want); err != nil {
			return err
		}
		if got := must(ptr(tx.EntryByID(want.ID)))(t); !reflect.DeepEqual(got, *want) {
			t.Errorf("got  %+v\nwant %+v", got, *want)
		}
		return nil
	})
}

func TestPersonKeepsWhatIsKnown(t *testing.T) {
	known := tickets.Person{Name: "张三", Address: "zhangsan@corp.example", StaffNumber: "1001", Department: "市场部", Phone: "138", Language: "zh"}
	tests := map[string]struct {
		then tickets.Person
		want tickets.Person
	}{
		"the same":         {known, known},
		"an address alone": {tickets.Person{Address: known.Address}, known},
		"a new language": {tickets.Person{Address: known.Address, Language: "en"},
			tickets.Person{Name: "张三", Address: known.Address, StaffNumber: "1001", Department: "市场部", Phone: "138", Language: "en"}},
		"another spelling": {tickets.Person{Address: "ZhangSan@corp.example"},
			tickets.Person{Name: "张三", Address: "ZhangSan@corp.example", StaffNumber: "1001", Department: "市场部", Phone: "138", Language: "zh"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				for _, p := range []tickets.Person{known, test.then} {
					if err := tx.PutPerson(p); err != nil {
						return err
					}
				}
				if got := must(ptr(tx.Person(" ZHANGSAN@corp.example")))(t); got != test.want {
					t.Errorf("got %+v", got)
				}
				return nil
			})
		})
	}
}

func TestUnreachable(t *testing.T) {
	known := tickets.Person{Name: "张三", Address: "zhangsan@corp.example", StaffNumber: "1001", Language: "zh"}
	later := clock.Add(time.Hour)
	do(t, newStore(t), func(tx deskTx) error {
		check := func(step, address, wantWhy string, wantAt time.Time) {
			t.Helper()
			why, at, err := tx.Unreachable(address)
			if why != wantWhy || !at.Equal(wantAt) || err != nil {
				t.Errorf("%s: %q at %v, %v", step, why, at, err)
			}
		}
		check("nobody", known.Address, "", time.Time{})
		err := errors.Join(tx.PutPerson(known), tx.MarkUnreachable("ZhangSan@corp.example", clock, "5.1.1 no such user"))
		check("a bounce", known.Address, "5.1.1 no such user", clock)
		err = errors.Join(err, tx.MarkUnreachable(known.Address, later, "5.2.2 full"), tx.PutPerson(known))
		check("another", known.Address, "5.2.2 full", later)
		if got := must(ptr(tx.Person(known.Address)))(t); got != known {
			t.Errorf("the person became %+v", got)
		}
		err = errors.Join(err, tx.MarkUnreachable("new@corp.example", clock, "5.1.1"))
		check("one not known before", "new@corp.example", "5.1.1", clock)
		err = errors.Join(err, tx.ClearUnreachable(" ZHANGSAN@corp.example"), tx.ClearUnreachable("nobody@corp.example"))
		check("cleared", known.Address, "", time.Time{})
		if tx.MarkUnreachable("", clock, "5.1.1") == nil {
			t.Error("nobody was marked")
		}
		return err
	})
}

func TestTouchTicket(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		ticket := open(t, tx, "IT20231115001")
		if err := tx.TouchTicket(ticket.ID, clock.Add(time.Hour)); err != nil {
			return err
		}
		if got := must(ptr(tx.TicketByID(ticket.ID)))(t); !got.UpdatedAt.Equal(clock.Add(time.Hour)) || !got.CreatedAt.Equal(clock) {
			t.Errorf("updated %v, created %v", got.UpdatedAt, got.CreatedAt)
		}
		return nil
	})
}

func TestNumbersOfADay(t *testing.T) {
	s := newStore(t)
	do(t, s, func(tx deskTx) error {
		for want := 1; want <= 1000; want++ {
			if got := must(tx.NextNumber("20231115"))(t); got != want {
				t.Fatalf("got %d, want %d", got, want)
			}
		}
		if got := must(tx.NextNumber("20231116"))(t); got != 1 {
			t.Errorf("the next day begins with %d", got)
		}
		return nil
	})
}

func TestRollbackGivesTheNumberBack(t *testing.T) {
	tests := map[string]func(s store, take func(tx deskTx) error) error{
		"of the transaction": func(s store, take func(tx deskTx) error) error {
			return s.update(t.Context(), func(tx deskTx) error { return errors.Join(take(tx), errChanged) })
		},
		"of a savepoint": func(s store, take func(tx deskTx) error) error {
			return s.update(t.Context(), func(tx deskTx) error {
				err := tx.Savepoint(func() error { return errors.Join(take(tx), errChanged) })
				if !errors.Is(err, errChanged) {
					return fmt.Errorf("savepoint returned %v", err)
				}
				return nil
			})
		},
		"of an inner savepoint": func(s store, take func(tx deskTx) error) error {
			return s.update(t.Context(), func(tx deskTx) error {
				return tx.Savepoint(func() error {
					_ = tx.Savepoint(func() error { return errors.Join(take(tx), errChanged) })
					return nil
				})
			})
		},
		"of an outer savepoint": func(s store, take func(tx deskTx) error) error {
			return s.update(t.Context(), func(tx deskTx) error {
				_ = tx.Savepoint(func() error { return errors.Join(tx.Savepoint(func() error { return take(tx) }), errChanged) })
				return nil
			})
		},
		"after a panic in a savepoint": func(s store, take func(tx deskTx) error) error {
			return s.update(t.Context(), func(tx deskTx) error {
				defer func() { _ = recover() }()
				return tx.Savepoint(func() error { _ = take(tx); panic("poison") })
			})
		},
	}
	for name, undone := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			take := func(tx deskTx) error {
				n, err := tx.NextNumber("20231115")
				if n != 1 {
					t.Errorf("number %d", n)
				}
				return err
			}
			if err := undone(s, take); err != nil && !errors.Is(err, errChanged) {
				t.Fatal(err)
			}
			do(t, s, take)
		})
	}
}

func TestLeads(t *testing.T) {
	s := newStore(t)
	var one, two *tickets.Ticket
	do(t, s, func(tx deskTx) error {
		one, two = open(t, tx, "IT20231115001"), open(t, tx, "IT20231115002")
		return errors.Join(
			tx.AddHeaderIDs(one.ID, []string{"first@mail", "shared@mail", "first@mail", ""}),
			tx.AddHeaderIDs(two.ID, []string{"shared@mail"}),
			tx.AddParticipants(one.ID, intake.RoleWatcher, []string{"Watcher@corp.example", "watcher@corp.example", ""}),
			tx.AddParticipants(one.ID, intake.RoleRecipient, []string{"copied@corp.example"}),
			tx.AddParticipants(two.ID, intake.RoleSender, []string{"copied@corp.example"}),
			tx.AddOutgoing(tickets.Outgoing{Ticket: two.ID, Recipient: zhang.Address, MessageID: "ours@mail", Raw: []byte("x")}, clock),
		)
	})
	tests := map[string]struct {
		ids    []string
		sender string
		want   string
	}{
		"the requester, in another spelling": {[]string{"first@mail"}, "zhangsan@CORP.example", "1 belongs;"},
		"a watcher":                          {[]string{"first@mail"}, "WATCHER@corp.example", "1 belongs;"},
		"one who was copied in":              {[]string{"first@mail"}, "copied@corp.example", "1 copied;"},
		"a stranger":                         {[]string{"first@mail"}, "stranger@corp.example", "1;"},
		"nobody":                             {[]string{"first@mail"}, "", "1;"},
		"one of our mails":                   {[]string{"ours@mail"}, zhang.Address, "2 belongs;"},
		"order of the ids, each ticket once": {[]string{"ours@mail", "first@mail", "shared@mail"}, "copied@corp.example", "2 belongs;1 copied;"},
		"newest of those that share an id":   {[]string{"shared@mail"}, "copied@corp.example", "2 belongs;1 copied;"},
		"an id of no ticket":                 {[]string{"", "other@mail"}, zhang.Address, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			do(t, s, func(tx deskTx) error {
				got := ""
				for _, lead := range must(tx.LeadsByHeaderIDs(test.ids, test.sender))(t) {
					got += describe(lead) + ";"
				}
				if got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
				return nil
			})
		})
	}
	do(t, s, func(tx deskTx) error {
		lead := must(ptr(tx.LeadByNumber(one.Number, "copied@corp.example")))(t)
		if describe(lead) != "1 copied" || lead.Number != one.Number || lead.Requester != zhang.Address || lead.Status != tickets.New {
			t.Errorf("by number: %+v", lead)
		}
		return nil
	})
}

func describe(l tickets.Lead) string {
	out := fmt.Sprint(l.Ticket)
	if l.Belongs {
		out += " belongs"
	}
	if l.Copied {
		out += " copied"
	}
	return out
}

func TestSameText(t *testing.T) {
	key := []byte("sender and text")
	tests := map[string]struct {
		status tickets.Status
		at     time.Duration
		key    []byte
		want   bool
	}{
		"an open ticket":      {tickets.New, 0, key, true},
		"just within":         {tickets.New, -time.Hour, key, true},
		"too long ago":        {tickets.New, -time.Hour - time.Millisecond, key, false},
		"other words":         {tickets.New, 0, []byte("other"), false},
		"a closed ticket":     {tickets.Closed, 0, key, false},
		"a cancelled ticket":  {tickets.Cancelled, 0, key, false},
		"a merged ticket":     {tickets.Merged, 0, key, false},
		"one that is waiting": {tickets.Waiting, 0, key, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				ticket := &tickets.Ticket{Number: "IT20231115001", Status: test.status, CreatedAt: clock, UpdatedAt: clock}
				if err := tx.AddTicket(ticket); err != nil {
					return err
				}
				if err := tx.AddEntry(&tickets.Entry{Ticket: ticket.ID, At: clock.Add(test.at), Actor: zhang, TextKey: key}); err != nil {
					return err
				}
				lead, err := tx.SameText(test.key, clock.Add(-time.Hour))
				if (lead != nil) != test.want {
					t.Errorf("found %+v", lead)
				}
				if lead != nil && (lead.Ticket != ticket.ID || !lead.Belongs) {
					t.Errorf("lead %+v", lead)
				}
				return err
			})
		})
	}
}
