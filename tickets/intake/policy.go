package intake

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
)

// Policy is what the configuration says of the intake. Addresses are compared without regard to letter case.
type Policy struct {
	Prefix       string // of ticket numbers
	Zone         *time.Location
	Language     tickets.Language // for people whose language is not known
	Addresses    []string         // desk.address first, then its aliases
	StaffDomains []string         // empty: everybody is staff
	AllowOutside bool
	Lists        []string // addresses that are lists: never participants, never answered
	Technicians  []tickets.Person
	Directory    func(address string) (tickets.Person, bool) // what is known of staff; nil when there is no directory
	AuthservID   string
	OwnLists     []string
	Limits       Limits
}

// Limits bound the automatic mail to one address; a confirmation of a human's mail is never held back by them.
type Limits struct {
	TicketHour int `json:"ticket_hour"` // a sender and ticket, an hour
	SenderHour int `json:"sender_hour"` // a sender, an hour
}

// reading is what the parser has to know.
func (p Policy) reading() parser.Options {
	return parser.Options{Prefix: p.Prefix, AuthservID: p.AuthservID, OwnLists: p.OwnLists}
}

// own reports whether an address is the desk's.
func (p Policy) own(address string) bool { return oneOf(p.Addresses, address) }

// list reports whether an address is a list's.
func (p Policy) list(address string) bool { return oneOf(p.Lists, address) }

// staff reports whether an address lies in a staff domain.
func (p Policy) staff(address string) bool {
	if len(p.StaffDomains) == 0 {
		return true
	}
	_, domain, _ := strings.Cut(address, "@")
	return slices.ContainsFunc(p.StaffDomains, func(d string) bool { return strings.EqualFold(d, domain) })
}

// technician returns the technician of an address.
func (p Policy) technician(address string) (tickets.Person, bool) {
	at := slices.IndexFunc(p.Technicians, func(t tickets.Person) bool { return tickets.SameAddress(t.Address, address) })
	if at < 0 {
		return tickets.Person{}, false
	}
	return p.Technicians[at], true
}

// stated returns what the directory and the configuration say of a person; fields that neither states are "".
func (p Policy) stated(address string) tickets.Person {
	var known tickets.Person
	if p.Directory != nil {
		known, _ = p.Directory(address)
	}
	if t, ok := p.technician(address); ok {
		known.Name = cmp.Or(known.Name, t.Name)
		known.Language = cmp.Or(t.Language, known.Language)
	}
	return known
}

func oneOf(list []string, address string) bool {
	return slices.ContainsFunc(list, func(a string) bool { return tickets.SameAddress(a, address) })
}
