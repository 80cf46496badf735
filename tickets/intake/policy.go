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
	AllowOutside bool             // who lies outside of them may open tickets as staff may; DMARC's fail holds their mail as well
	Lists        []string         // addresses that are lists: never participants, never answered
	Technicians  []Technician
	Groups       []tickets.Group // with their members; none is as good as one of all technicians
	Require      string          // which proofs commands need: either, both, dmarc
	ReopenWithin time.Duration   // of closing; 0 is without end
	Survey       Survey
	SLA          tickets.SLA
	Office       func(start time.Time, d time.Duration) time.Time // when d is over, as the office counts it; nil counts every hour
	Directory    func(address string) (tickets.Person, bool)      // what is known of staff; nil when there is no directory
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

// Technician is one of IT's staff.
type Technician struct {
	tickets.Person
	Aliases []string // further addresses that they write from
	Manager bool
}

// has reports whether an address is the technician's.
func (t Technician) has(address string) bool {
	return tickets.SameAddress(t.Address, address) || oneOf(t.Aliases, address)
}

// technician returns the technician of an address.
func (p Policy) technician(address string) (Technician, bool) {
	at := slices.IndexFunc(p.Technicians, func(t Technician) bool { return t.has(address) })
	if at < 0 || address == "" {
		return Technician{}, false
	}
	return p.Technicians[at], true
}

// same reports whether two addresses are one person's, as far as the configuration says.
func (p Policy) same(a, b string) bool {
	t, ok := p.technician(a)
	return tickets.SameAddress(a, b) || ok && t.has(b)
}

// main is the first address of the person who has one of them.
func (p Policy) main(address string) string { return p.addressesOf(address)[0] }

// addressesOf are all addresses of the person who has one of them.
func (p Policy) addressesOf(address string) []string {
	if t, ok := p.technician(address); ok {
		return append([]string{t.Address}, t.Aliases...)
	}
	return []string{address}
}

// called finds technicians by name, by the part of the address before the @, or by a part of either. Who fits in full
// counts alone.
func (p Policy) called(word string) []Technician {
	want := strings.ToLower(strings.Join(strings.Fields(word), ""))
	var full, part []Technician
	for _, t := range p.Technicians {
		local, _, _ := strings.Cut(strings.ToLower(t.Address), "@")
		name := strings.ToLower(strings.Join(strings.Fields(t.Name), ""))
		switch {
		case want == "":
		case want == name || want == local:
			full = append(full, t)
		case strings.Contains(name, want) || strings.Contains(local, want):
			part = append(part, t)
		}
	}
	if len(full) > 0 {
		return full
	}
	return part
}

// everybody is the group of a desk without groups: its technicians, and its managers where there is nobody else.
func (p Policy) everybody() tickets.Group {
	g := tickets.Group{Assign: tickets.LeastLoaded}
	for _, managers := range []bool{false, true} {
		for _, t := range p.Technicians {
			if t.Manager == managers {
				g.Members = append(g.Members, t.Mailbox())
			}
		}
		if len(g.Members) > 0 {
			break
		}
	}
	return g
}

// groupFor is the group that handles a category: the first that lists it, else the first of all. It is nil without
// technicians.
func (p Policy) groupFor(c tickets.Category) *tickets.Group {
	if len(p.Groups) == 0 {
		if len(p.Technicians) == 0 {
			return nil
		}
		all := p.everybody()
		return &all
	}
	if g := tickets.GroupFor(p.Groups, c); g != nil {
		return g
	}
	return &p.Groups[0]
}

// group finds a group by its name.
func (p Policy) group(name string) *tickets.Group {
	at := slices.IndexFunc(p.Groups, func(g tickets.Group) bool { return name != "" && strings.EqualFold(g.Name, name) })
	if at < 0 {
		return nil
	}
	return &p.Groups[at]
}

// Group is who works on the tickets of a group: its members, and its lead, zero when it has none. "" is everybody's.
func (p Policy) Group(name string) tickets.Group {
	if g := p.group(name); g != nil {
		return *g
	}
	return p.everybody()
}

// members are those of a ticket's group; "" is everybody's.
func (p Policy) members(group string) []tickets.Address { return p.Group(group).Members }

// Confidential reports whether a group's tickets are for its members and the managers alone.
func (p Policy) Confidential(group string) bool {
	g := p.group(group)
	return g != nil && g.Confidential
}

// confidential reports whether any group is.
func (p Policy) confidential() bool {
	return slices.ContainsFunc(p.Groups, func(g tickets.Group) bool { return g.Confidential })
}

// Sees reports whether a technician may see the tickets of a group: those of a confidential one are for its members and
// the managers.
func (p Policy) Sees(address, group string) bool {
	t, ok := p.technician(address)
	g := p.group(group)
	return ok && (g == nil || !g.Confidential || t.Manager || slices.ContainsFunc(g.Members, func(m tickets.Address) bool { return t.has(m.Address) }))
}

// zone is the desk's; UTC when none is set.
func (p Policy) zone() *time.Location {
	if p.Zone == nil {
		return time.UTC
	}
	return p.Zone
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

// colleague reports whether the directory or the configuration knows somebody.
func (p Policy) colleague(address string) bool {
	_, known := p.technician(address)
	if !known && p.Directory != nil {
		_, known = p.Directory(address)
	}
	return known
}

func oneOf(list []string, address string) bool {
	return slices.ContainsFunc(list, func(a string) bool { return tickets.SameAddress(a, address) })
}
