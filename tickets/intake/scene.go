package intake

import (
	"slices"
	"time"

	"maildesk/tickets"
)

// Scene is a ticket as it stands when a person's mail about it comes, and who has to do with it.
type Scene struct {
	Ticket  tickets.Ticket     `json:"ticket"`
	Answers tickets.NoticeKind `json:"answers,omitempty"` // the kind of our mail that this one answers, "" when not known
	Button  string             `json:"button,omitempty"`  // the purpose of the token line that the mail carries
	People  []Reader           `json:"people,omitempty"`  // requester, watchers, assignee, the group's members and the managers, each once
	Undo    *Undoable          `json:"undo,omitempty"`    // the sender's last commands on it
	// Members are the addresses of the ticket's group.
	Members      []string `json:"members,omitempty"`
	Barred       bool     `json:"barred,omitempty"`       // as Evident's: to the sender it is as to anybody
	Lead         string   `json:"lead,omitempty"`         // the address of the group's lead
	Confidential bool     `json:"confidential,omitempty"` // only its group and the managers see it
	Alerts       *Alerts  `json:"alerts,omitempty"`       // of a P0 that keeps people awake
	Superior     string   `json:"superior,omitempty"`     // the address of the requester's own manager
	Main         string   `json:"main,omitempty"`         // the requester's first address, where they wrote from another
	Absent       []string `json:"absent,omitempty"`       // who of People is away, where a plan is to be approved
	Colleague    bool     `json:"colleague,omitempty"`    // the directory or the configuration knows the requester
	// Timeline are its mails, where a technician asks for them or names one; the newest last.
	Timeline []Item `json:"timeline,omitempty"`
}

// Reader is somebody who may be told of a ticket, and in which language.
type Reader struct {
	Name       string           `json:"name,omitempty"`
	Address    string           `json:"address"`
	Language   tickets.Language `json:"language"`
	Technician bool             `json:"technician,omitempty"`
	Manager    bool             `json:"manager,omitempty"`
}

// called is the reader's name, or the address when none is known.
func (r Reader) called() string {
	if r.Name != "" {
		return r.Name
	}
	return r.Address
}

// Turn is what a new ticket is found to be, and whose turn it is.
type Turn struct {
	Category tickets.Category `json:"category,omitempty"`
	Reason   string           `json:"reason,omitempty"` // of the category
	Group    string           `json:"group,omitempty"`
	Assignee *tickets.Address `json:"assignee,omitempty"`
	Choice   string           `json:"choice,omitempty"` // why the assignee, or why nobody
	Tell     []Reader         `json:"tell,omitempty"`   // the assignee, else the group's members
	Others   []string         `json:"others,omitempty"` // who got the mail too and does not watch the ticket by themselves
	More     int              `json:"more,omitempty"`   // how many of them are not named
}

// Named is whom or what a word of a command means.
type Named struct {
	Address    string           `json:"address,omitempty"`
	Name       string           `json:"name,omitempty"`
	Group      string           `json:"group,omitempty"`
	Members    []Reader         `json:"members,omitempty"` // of the group
	Several    []string         `json:"several,omitempty"` // it may mean any of these
	Language   tickets.Language `json:"language,omitempty"`
	Staff      bool             `json:"staff,omitempty"`
	Desk       bool             `json:"desk,omitempty"` // the desk itself, or a list
	Technician bool             `json:"technician,omitempty"`
}

// Listed is a ticket as a list shows it.
type Listed struct {
	Number   string           `json:"number"`
	Status   tickets.Status   `json:"status"`
	Priority tickets.Priority `json:"priority,omitempty"`
	Assignee string           `json:"assignee,omitempty"`
	Subject  string           `json:"subject"`
}

// Trust is which proofs count.
type Trust struct {
	Server  bool   `json:"server,omitempty"`  // our own mail server's word is to be had: an authserv-id is configured
	Require string `json:"require,omitempty"` // what commands need: either, both, dmarc
}

// Move is what a mail does to one ticket.
type Move struct {
	Ticket int64           `json:"ticket"`
	Before tickets.Ticket  `json:"before"`
	After  *tickets.Ticket `json:"after,omitempty"`  // nil when nothing changes
	Record []string        `json:"record,omitempty"` // what changed, for the timeline, in English
	Words  []Words         `json:"words,omitempty"`  // of the mail, for a ticket that is not the mail's own
	Undoes int64           `json:"undoes,omitempty"` // the change that it takes back
	Split  *Split          `json:"split,omitempty"`  // a ticket made of its mails
	// Answers says that a technician's words go to the requester: the answer that the first target waits for.
	Answers bool `json:"answers,omitempty"`

	Orders string         `json:"orders,omitempty"` // the commands that did it, for #undo
	Tell   []Telling      `json:"tell,omitempty"`
	Climb  *tickets.Climb `json:"climb,omitempty"` // how the alerts of a P0 stand from now on; nil is as before
}

// Words are what a mail says on a ticket that it names beside its own.
type Words struct {
	Text       string             `json:"text"`
	Visibility tickets.Visibility `json:"visibility"`
}

// Telling is a mail that somebody gets of it.
type Telling struct {
	Kind    tickets.NoticeKind `json:"kind"`
	To      Reader             `json:"to"`
	Author  string             `json:"author,omitempty"` // whose words it carries
	Text    string             `json:"text,omitempty"`   // those words, where they are not the entry's
	Silent  bool               `json:"silent,omitempty"` // it carries no words but Lines
	Report  bool               `json:"report,omitempty"` // it carries the words of the report
	Lines   []string           `json:"lines,omitempty"`  // in the reader's language
	Reason  string             `json:"reason,omitempty"`
	Also    []string           `json:"also,omitempty"`
	Files   bool               `json:"files,omitempty"` // the mail's attachments go along
	Buttons []tickets.Button   `json:"buttons,omitempty"`
	Auto    tickets.AutoKind   `json:"auto,omitempty"`
}

// How long things last.
const (
	undoLasts     = 24 * time.Hour
	heldLasts     = 7 * 24 * time.Hour  // a held mail can be released for so long
	tokenLasts    = 30 * 24 * time.Hour // a token carries commands for so long
	ratingChanges = 7 * 24 * time.Hour  // a rating can be changed for so long after closing
)

// reader finds somebody of the scene by address.
func (s *Scene) reader(address string) (Reader, bool) {
	at := slices.IndexFunc(s.People, func(r Reader) bool { return tickets.SameAddress(r.Address, address) })
	if at < 0 {
		return Reader{}, false
	}
	return s.People[at], true
}

// absent reports whether somebody is known to be away.
func (s *Scene) absent(address string) bool { return oneOf(s.Absent, address) }

// may reports whether a technician may see the ticket of a confidential group.
func (s *Scene) may(r Reader) bool { return r.Manager || oneOf(s.Members, r.Address) }

// handlers are who is to hear what comes in: the assignee, else the members of the group.
func (s *Scene) handlers(t *tickets.Ticket) []Reader {
	if t.Assignee != nil {
		if r, ok := s.reader(t.Assignee.Address); ok {
			return []Reader{r}
		}
		return []Reader{{Name: t.Assignee.Name, Address: t.Assignee.Address, Technician: true}}
	}
	var out []Reader
	for _, member := range s.Members {
		if r, ok := s.reader(member); ok {
			out = append(out, r)
		}
	}
	return out
}

// hearOf is who hears that an address was not reached: who handles the ticket, else the lead, else the managers, never that
// address itself.
func (s *Scene) hearOf(missed string) []Reader {
	var lead []Reader
	if r, ok := s.reader(s.Lead); ok && s.Lead != "" {
		lead = []Reader{r}
	}
	for _, some := range [][]Reader{s.handlers(&s.Ticket), lead, s.managers()} {
		out := slices.DeleteFunc(slices.Clone(some), func(r Reader) bool { return tickets.SameAddress(r.Address, missed) })
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

func (s *Scene) managers() []Reader {
	var out []Reader
	for _, r := range s.People {
		if r.Manager {
			out = append(out, r)
		}
	}
	return out
}
