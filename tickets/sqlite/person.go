package sqlite

import (
	"context"
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	personByAddress  = statement("person")
	putPerson        = statement("put_person")
	markUnreachable  = statement("mark_unreachable")
	unreachable      = statement("unreachable")
	clearUnreachable = statement("clear_unreachable")
)

// Person finds a person by address, nil when nobody has it.
func (tx *Tx) Person(address string) (*tickets.Person, error) {
	p := &tickets.Person{}
	found, err := tx.first(personByAddress, []any{tickets.AddressKey(address)},
		&p.Address, &p.Name, &p.StaffNumber, &p.Department, &p.Phone, (*string)(&p.Language))
	if err != nil || !found {
		return nil, err
	}
	return p, nil
}

// PutPerson stores a person; empty fields leave what is known.
func (tx *Tx) PutPerson(p tickets.Person) error {
	key := tickets.AddressKey(p.Address)
	if key == "" {
		return fmt.Errorf("store person %q: no address", p.Name)
	}
	_, err := tx.exec(putPerson, key, p.Address, p.Name, p.StaffNumber, p.Department, p.Phone, string(p.Language))
	return err
}

// MarkUnreachable records that mail to an address came back, when and why; the newest stays. PutPerson leaves it alone.
func (tx *Tx) MarkUnreachable(address string, at time.Time, why string) error {
	key := tickets.AddressKey(address)
	if key == "" {
		return fmt.Errorf("mark as unreachable (%s): no address", why)
	}
	_, err := tx.exec(markUnreachable, key, address, at, why)
	return err
}

// Unreachable tells why and since when mail to an address comes back; the time is zero when it does not.
func (tx *Tx) Unreachable(address string) (why string, at time.Time, err error) {
	return tx.unreachable(address)
}

// Unreachable tells why and since when mail to an address comes back; the time is zero when it does not.
func (s *Store) Unreachable(ctx context.Context, address string) (why string, at time.Time, err error) {
	err = s.view(ctx, func(v *access) (err error) {
		why, at, err = v.unreachable(address)
		return err
	})
	return why, at, err
}

func (a *access) unreachable(address string) (why string, at time.Time, err error) {
	_, err = a.first(unreachable, []any{tickets.AddressKey(address)}, &why, &at)
	return why, at, err
}

// ClearUnreachable forgets that mail to an address came back.
func (tx *Tx) ClearUnreachable(address string) error {
	_, err := tx.exec(clearUnreachable, tickets.AddressKey(address))
	return err
}
