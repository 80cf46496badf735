package intake

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"maildesk/parser"
	"maildesk/parser/command"
	"maildesk/parser/form"
	"maildesk/tickets"
)

// scene looks at the ticket that a person's mail belongs to.
func (l lookup) scene(m *parser.Message, k *Known) error {
	lead := k.match()
	if lead == nil || !human(m) || k.Arrival.Problem != nil {
		return nil
	}
	s, err := l.sceneOf(lead.Ticket)
	if err != nil || s == nil {
		return err
	}
	k.Scene = s
	if k.pressed != nil && k.pressed.ticket == lead.Ticket {
		s.Button = k.pressed.purpose
	}
	s.Answers = k.answers
	if orders(m, "undo") {
		return l.undoable(s, k.Sender.Address)
	}
	return nil
}

// absent finds who around a ticket is away, where somebody is to be asked for approval.
func (l lookup) absent(s *Scene) error {
	if m := l.mail.Message; !orders(m, "plan") && !orders(m, "resolve") {
		return nil
	}
	away, err := l.tx.AwayAt(l.now)
	for _, r := range s.People {
		if _, is := away[tickets.AddressKey(r.Address)]; is {
			s.Absent = append(s.Absent, r.Address)
		}
	}
	return err
}

// sceneOf is a ticket with the people around it; nil when it is not there.
func (l lookup) sceneOf(id int64) (*Scene, error) {
	t, err := l.tx.TicketByID(id)
	if err != nil || t == nil {
		return nil, err
	}
	s := &Scene{Ticket: *t, Barred: l.barred(t), Confidential: l.policy.Confidential(t.Group), Colleague: l.policy.colleague(t.Requester.Address)}
	people := []tickets.Address{t.Requester.Mailbox()}
	people = append(people, t.Watchers...)
	if t.Assignee != nil {
		people = append(people, *t.Assignee)
	}
	for _, member := range l.policy.members(t.Group) {
		people = append(people, member)
		s.Members = append(s.Members, member.Address)
	}
	if g := l.policy.group(t.Group); g != nil && g.Lead.Address != "" {
		s.Lead = g.Lead.Address
		people = append(people, g.Lead)
	}
	for _, technician := range l.policy.Technicians {
		if technician.Manager {
			people = append(people, technician.Mailbox())
		}
	}
	if superior := l.policy.stated(t.Requester.Address).Manager; superior != "" {
		s.Superior = l.policy.main(superior)
		people = append(people, tickets.Address{Address: s.Superior})
	}
	if main := l.policy.main(t.Requester.Address); main != t.Requester.Address {
		s.Main = main
	}
	for _, who := range people {
		if _, known := s.reader(who.Address); known || who.Address == "" {
			continue
		}
		r, err := l.reader(who)
		if err != nil {
			return nil, err
		}
		s.People = append(s.People, r)
	}
	if err := errors.Join(l.absent(s), l.alerts(s)); err != nil {
		return nil, err
	}
	return s, l.timeline(s)
}

// reader is somebody with their language and their place in IT.
func (l lookup) reader(who tickets.Address) (Reader, error) {
	lang, _, err := l.languageOf(who.Address)
	r := Reader{Name: cmp.Or(l.policy.stated(who.Address).Name, who.Name), Address: who.Address, Language: lang}
	if t, ok := l.policy.technician(who.Address); ok {
		r.Technician, r.Manager = true, t.Manager
	}
	return r, err
}

// orders reports whether a mail has a command of that key.
func orders(m *parser.Message, key string) bool {
	return slices.ContainsFunc(m.Orders.Commands, func(c command.Command) bool { return c.Verb == key })
}

// named finds whom the words of commands mean.
func (l lookup) named(m *parser.Message, k *Known) error {
	for _, c := range m.Orders.Commands {
		verb, _ := command.Find(c.Verb)
		args := c.Args
		switch {
		case verb.Key == "oncall":
			args, _, _, _ = command.ReadTurn(args, k.Now)
		case verb.Argument != command.Person && verb.Argument != command.Addresses:
			continue
		}
		for _, p := range command.ReadPeople(args) {
			n, err := l.name(p)
			if err != nil {
				return err
			}
			if k.Named == nil {
				k.Named = map[string]Named{}
			}
			k.Named[word(p)] = n
			if verb.Argument != command.Addresses {
				k.Named[strings.TrimSpace(args)] = n
			}
		}
	}
	return nil
}

// name finds a person by address, or a technician or a group by name, by the part of the address before the @, or by a
// part of either that only one has.
func (l lookup) name(p tickets.Address) (Named, error) {
	if p.Address != "" {
		r, err := l.reader(p)
		_, listed := l.policy.technician(p.Address)
		return Named{Address: r.Address, Name: r.Name, Language: r.Language, Technician: listed,
			Staff: listed || l.policy.staff(p.Address), Desk: l.policy.own(p.Address) || l.policy.list(p.Address)}, err
	}
	if group := l.policy.group(p.Name); group != nil {
		n := Named{Group: group.Name}
		for _, member := range group.Members {
			r, err := l.reader(member)
			if err != nil {
				return n, err
			}
			n.Members = append(n.Members, r)
		}
		return n, nil
	}
	found := l.policy.called(p.Name)
	if len(found) == 1 {
		return l.name(found[0].Mailbox())
	}
	n := Named{}
	for _, t := range found {
		n.Several = append(n.Several, fmt.Sprintf("%s <%s>", t.Name, t.Address))
	}
	return n, nil
}

// others looks at the tickets that commands name, as far as the sender may see them.
func (l lookup) others(m *parser.Message, k *Known) error {
	texts := []string{}
	for _, c := range m.Orders.Commands {
		texts = append(texts, c.Number, c.Args)
	}
	for _, text := range texts {
		number, _, ok := command.ReadNumber(l.policy.Prefix, text)
		if text == "" || !ok || k.Others[number] != nil {
			continue
		}
		lead, err := l.tx.LeadByNumber(number, k.Sender.Address)
		if err != nil {
			return err
		}
		if lead == nil || !lead.Belongs && !k.Sender.Technician {
			continue
		}
		s, err := l.sceneOf(lead.Ticket)
		if err != nil {
			return err
		}
		if s == nil || !lead.Belongs && s.Barred {
			continue
		}
		if k.Others == nil {
			k.Others = map[string]*Scene{}
		}
		k.Others[number] = s
		if orders(m, "undo") {
			if err := l.undoable(s, k.Sender.Address); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxListed is how many tickets a mail lists.
const maxListed = 100

// lists reads the tickets that #status and #list show.
func (l lookup) lists(m *parser.Message, k *Known) error {
	for _, c := range m.Orders.Commands {
		var err error
		var found []tickets.Ticket
		switch {
		case c.Verb == "status" && c.Args == "" && c.Number == "" && k.match() == nil:
			found, err = l.tx.TicketsOf(k.Sender.Address, maxListed)
			k.Own = l.listed(k, found)
		case c.Verb == "list" && k.Sender.Technician:
			found, err = l.tx.TicketsWith(l.filter(c.Args, k.Sender.Address), maxListed)
			k.Listed = l.listed(k, found)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// filter reads what #list is to show: without a word, or mine, the sender's own.
func (l lookup) filter(words, sender string) tickets.Filter {
	f := tickets.Filter{Open: true}
	switch what := strings.ToLower(strings.TrimSpace(words)); what {
	case "", "mine", "my", "我的", "我":
		f.Assignee = sender
	case "all", "全部", "所有":
	case "unassigned", "未指派", "未分配", "无人":
		f.Unassigned = true
	case "overdue", "超时", "逾期":
		f.OverdueAt = l.now
	default:
		if group := l.policy.group(what); group != nil {
			f.Group = group.Name
		} else if found := l.policy.called(what); len(found) == 1 {
			f.Assignee = found[0].Address
		} else {
			f.Group = what
		}
	}
	return f
}

func (l lookup) listed(k *Known, found []tickets.Ticket) []Listed {
	var out []Listed
	for _, t := range found {
		if !tickets.SameAddress(t.Requester.Address, k.Sender.Address) && !l.policy.Sees(k.Sender.Address, t.Group) {
			continue
		}
		row := Listed{Number: t.Number, Status: t.Status, Priority: t.Priority}
		if !l.policy.Confidential(t.Group) {
			row.Subject = clip(t.Subject, 60)
		}
		if t.Assignee != nil {
			row.Assignee = called(*t.Assignee)
		}
		out = append(out, row)
	}
	return out
}

// turn finds what a new ticket is about and who takes it, when this mail may open one.
func (l lookup) turn(m *parser.Message, k *Known) error {
	if !human(m) || k.match() != nil && !k.tooOld(m) || k.Again != nil || k.SameText != nil || k.Arrival.Quiet {
		return nil
	}
	k.Turn = &Turn{Category: l.mail.sorted.category}
	if k.Turn.Category != "" {
		k.Turn.Reason = l.mail.sorted.reason
	}
	if said, ok := command.ReadCategory(m.Form[form.Category]); ok {
		k.Turn.Category, k.Turn.Reason = said, "what the form says"
	}
	group := l.policy.groupFor(k.Turn.Category)
	if group == nil {
		return nil
	}
	load, err := l.tx.OpenLoad()
	if err != nil {
		return err
	}
	last, err := l.tx.LastAssignee(group.Name)
	if err != nil {
		return err
	}
	away, err := l.tx.AwayAt(l.now)
	if err != nil {
		return err
	}
	absent := func(address string) bool { _, is := away[tickets.AddressKey(address)]; return is }
	assignee, choice, picked := tickets.Assign(*group, load, last, absent)
	k.Turn.Group, k.Turn.Choice = group.Name, choice
	tell := group.Members
	if picked {
		k.Turn.Assignee, tell = &assignee, []tickets.Address{assignee}
	}
	for _, who := range tell {
		r, err := l.reader(who)
		if err != nil {
			return err
		}
		k.Turn.Tell = append(k.Turn.Tell, r)
	}
	_, others := l.policy.copied(m, "", group.Name)
	k.Turn.More = max(0, len(others)-maxNamed)
	for _, who := range others[:min(len(others), maxNamed)] {
		k.Turn.Others = append(k.Turn.Others, who.Address)
	}
	return nil
}

// maxNamed is how many of the people who do not watch a ticket are named to its technician.
const maxNamed = 30
