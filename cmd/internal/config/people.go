package config

import (
	"fmt"
	"net/url"
	"slices"

	"maildesk/tickets"
)

// categories are the keys of DOMAIN.md's table.
var categories = []string{"hardware", "software", "network", "account", "security", "request", "consulting"}

func (l *loader) groups(root *table) []Group {
	var all []Group
	for _, t := range root.tables("group") {
		g := Group{
			Name:         needed(t, "name", anyText, `give the group a name, such as "desktop"`),
			Assign:       t.choice("assign", "least_loaded", "least_loaded", "round_robin", "none"),
			Lead:         parsed(t, "lead", "", parseAddress, addressFix),
			Confidential: t.flag("confidential", false),
		}
		for _, category := range t.choices("categories", nil, categories...) {
			g.Categories = append(g.Categories, tickets.Category(category))
		}
		all = append(all, g)
	}
	return all
}

func (l *loader) technicians(root *table) []Technician {
	var all []Technician
	for _, t := range root.tables("technician") {
		all = append(all, Technician{
			Name:     needed(t, "name", anyText, `write the name that people know, such as "李伟"`),
			Address:  needed(t, "address", parseAddress, addressFix),
			Aliases:  t.addresses("aliases"),
			Groups:   t.texts("groups", nil),
			Language: tickets.Language(t.choice("language", "", "", "zh", "en")),
			Manager:  t.flag("manager", false),
		})
	}
	return all
}

func anyText(s string) (string, error) { return s, nil }

func (l *loader) onCall(root *table) OnCall {
	t, _ := root.table("on_call")
	o := OnCall{
		Rota:     t.addresses("rota"),
		Start:    t.date("start"),
		Calendar: t.existing("calendar"),
		Ladder:   t.choices("ladder", []string{"on_call", "next", "manager"}, "on_call", "next", "manager"),
		Repeat:   t.duration("repeat", "5m"),
		Webhook:  parsed(t, "webhook", "", parseWebhook, `write a URL that begins with "https://" or "http://"`),
		Command:  t.text("command", ""),
	}
	switch {
	case len(o.Rota) > 0 && o.Calendar != "":
		t.fail("calendar", "rota and calendar are both set", "keep one of them")
	case len(o.Rota) > 0 && o.Start.IsZero() && t.values["start"] == nil:
		t.fail("start", "missing", "write the day on which the first one's week begins, such as 2023-11-13")
	}
	return o
}

func parseWebhook(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", fmt.Errorf("%q is no web address", s)
	}
	return s, nil
}

// checkReferences looks at what sections say of one another.
func (l *loader) checkReferences(c *Config) {
	l.checkMailboxes(c.Mailboxes)
	l.checkGroups(c.Groups)
	l.checkTechnicians(c)
	known := technicianAddresses(c.Technicians)
	l.checkLeads(c, known)
	for i, address := range c.OnCall.Rota {
		person, found := known[tickets.AddressKey(address)]
		if !found {
			l.fail("on_call.rota", address+" is no technician", "add a [[technician]] with this address, or take it out")
			continue
		}
		c.OnCall.Rota[i] = c.Technicians[person].Address
	}
}

// checkMailboxes refuses to watch one folder twice: each mail would be taken in as its own duplicate.
func (l *loader) checkMailboxes(mailboxes []Mailbox) {
	for i, m := range mailboxes {
		first := slices.IndexFunc(mailboxes, func(o Mailbox) bool {
			return o.IMAP.Address() == m.IMAP.Address() && o.Username == m.Username && sameFolder(o.Folder, m.Folder)
		})
		if first < i && m.IMAP.Host != "" {
			l.fail(fmt.Sprintf("mailbox#%d", i+1), fmt.Sprintf("is the same account and folder as mailbox#%d", first+1), "take one of them out")
		}
	}
}

func (l *loader) checkGroups(groups []Group) {
	for i, g := range groups {
		first := slices.IndexFunc(groups, func(o Group) bool { return o.Name == g.Name })
		if first < i && g.Name != "" {
			l.fail(fmt.Sprintf("group#%d.name", i+1), fmt.Sprintf("%q is also the name of group#%d", g.Name, first+1), "give each group a name of its own")
		}
	}
}

// checkLeads wants each group's lead to be a technician, and leaves the address under which that one is listed.
func (l *loader) checkLeads(c *Config, known map[string]int) {
	for i := range c.Groups {
		g := &c.Groups[i]
		if g.Lead == "" {
			continue
		}
		person, found := known[tickets.AddressKey(g.Lead)]
		if !found {
			l.fail(fmt.Sprintf("group#%d.lead", i+1), g.Lead+" is no technician", "add a [[technician]] with this address, or take it out")
			continue
		}
		g.Lead = c.Technicians[person].Address
	}
}

func (l *loader) checkTechnicians(c *Config) {
	names := groupNames(c.Groups)
	desk := map[string]bool{tickets.AddressKey(c.Desk.Address): true}
	for _, alias := range c.Desk.Aliases {
		desk[tickets.AddressKey(alias)] = true
	}
	owner := technicianAddresses(c.Technicians)
	for i, person := range c.Technicians {
		section := fmt.Sprintf("technician#%d", i+1)
		for _, address := range person.addresses() {
			key := tickets.AddressKey(address)
			if first := owner[key]; first != i {
				l.fail(section+".address", fmt.Sprintf("%s is also an address of technician#%d", address, first+1), "list each person once")
			}
			if desk[key] {
				l.fail(section+".address", address+" is an address of the desk itself", "write the person's own address")
			}
		}
		for _, group := range person.Groups {
			if !slices.Contains(names, group) {
				l.fail(section+".groups", fmt.Sprintf("there is no group %q", group), groupFix(group, names))
			}
		}
	}
}

// addresses are all under which a technician writes.
func (t Technician) addresses() []string {
	return append(withoutEmpty(t.Address), t.Aliases...)
}

// technicianAddresses maps each address to the first technician who has it.
func technicianAddresses(technicians []Technician) map[string]int {
	owner := map[string]int{}
	for i, person := range technicians {
		for _, address := range person.addresses() {
			key := tickets.AddressKey(address)
			if _, taken := owner[key]; !taken {
				owner[key] = i
			}
		}
	}
	return owner
}

func groupNames(groups []Group) []string {
	var names []string
	for _, g := range groups {
		names = append(names, g.Name)
	}
	return names
}

func groupFix(name string, names []string) string {
	if meant := suggest(name, names); meant != "" {
		return fmt.Sprintf("did you mean %q?", meant)
	}
	return fmt.Sprintf("add a [[group]] with name = %q", name)
}
