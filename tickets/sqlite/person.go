package sqlite

import (
	"fmt"

	"maildesk/tickets"
)

var (
	personByAddress = statement("person")
	putPerson       = statement("put_person")
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
