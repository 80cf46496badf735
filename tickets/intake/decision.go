package intake

import (
	"time"

	"maildesk/tickets"
)

// RulesVersion is stored with each decision. It goes up whenever Decide may decide the same case otherwise.
const RulesVersion = 5

// Known is all that Decide knows beside the mail itself. It is stored with the decision, so that the decision can be
// made again from it.
type Known struct {
	Now         time.Time        `json:"now"`            // the decision's instant, in the desk's zone
	Zone        string           `json:"zone,omitempty"` // the desk's, by its name
	Arrival     Arrival          `json:"arrival"`
	Sender      Sender           `json:"sender"`
	Earlier     *Earlier         `json:"earlier,omitempty"`     // the mail with the same content
	SameID      *Earlier         `json:"same_id,omitempty"`     // the newest mail with the same Message-ID and other content
	FooterOnly  bool             `json:"footer_only,omitempty"` // SameID differs by a trailing part alone, as a list's footer
	Again       *tickets.Lead    `json:"again,omitempty"`       // the sender's ticket on which this very mail stands, as one that could not be read
	Leads       []Evident        `json:"leads,omitempty"`       // strongest evidence first
	SameText    *tickets.Lead    `json:"same_text,omitempty"`   // the open ticket on which the same words stand, for an hour
	Passed      *Passed          `json:"passed,omitempty"`      // whose mail the sender passes on
	Bounced     *Bounced         `json:"bounced,omitempty"`     // our mail that a report speaks of
	Sent        Sent             `json:"sent"`
	Limits      Limits           `json:"limits"`
	Unlabelled  tickets.Language `json:"language"`                 // to write in when this mail's language cannot be told
	FixedTongue bool             `json:"fixed_language,omitempty"` // the directory or the configuration states it

	Trust        Trust             `json:"trust"`
	Prefix       string            `json:"prefix"`                  // of ticket numbers
	ReopenWithin time.Duration     `json:"reopen_within,omitempty"` // of closing; 0 is without end
	Scene        *Scene            `json:"scene,omitempty"`         // the ticket that a person's mail belongs to
	Turn         *Turn             `json:"turn,omitempty"`          // what a new ticket is, and whose
	Named        map[string]Named  `json:"named,omitempty"`         // whom the words of commands mean
	Others       map[string]*Scene `json:"others,omitempty"`        // the tickets that commands name, as far as the sender may see them
	Digest       *Digest           `json:"digest,omitempty"`        // the list of tickets that it answers
	Own          []Listed          `json:"own,omitempty"`           // the sender's tickets, for #status
	Listed       []Listed          `json:"listed,omitempty"`        // for #list
	Carried      []int64           `json:"carried,omitempty"`       // our mails whose tokens this one carries
	Release      int64             `json:"release,omitempty"`       // the held mail of the sender's whose button this one presses

	AnswersNone bool `json:"answers_none,omitempty"` // it answers a mail of ours that belongs to no ticket
	AwayAlready bool `json:"away_already,omitempty"` // the technician is known to be away

	Ignored string `json:"ignored,omitempty"` // the junk because of which the sender is ignored

	answers tickets.NoticeKind // of our mail that this one answers
	pressed *pressed
}

// local writes an instant in the desk's zone, to the minute; "" for none.
func (k Known) local(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(k.Now.Location()).Format("2006-01-02 15:04")
}

// Arrival is how the mail came.
type Arrival struct {
	Source   string           `json:"source"`
	Quiet    bool             `json:"quiet,omitempty"`   // imported: nothing is answered
	Skipped  bool             `json:"skipped,omitempty"` // older than the desk's first start
	Vanished bool             `json:"vanished,omitempty"`
	Problem  *tickets.Problem `json:"problem,omitempty"`
}

// Sender is how the desk sees the mail's author.
type Sender struct {
	Address    string `json:"address"`        // From, else Sender, else Reply-To; a technician's first one; "" when there is none
	Name       string `json:"name,omitempty"` // as the directory or the configuration has it, else as the mail does
	Own        bool   `json:"own,omitempty"`  // the desk itself
	Staff      bool   `json:"staff,omitempty"`
	Technician bool   `json:"technician,omitempty"`
	Manager    bool   `json:"manager,omitempty"`
	Server     bool   `json:"server,omitempty"` // our mail server vouches for the address
	Token      bool   `json:"token,omitempty"`  // the mail carries a token that we mailed to it, good for commands
	List       bool   `json:"list,omitempty"`   // an address that is configured as a list
	Proof      string `json:"proof,omitempty"`  // dmarc · aligned · token · failed · ""
	Loop       bool   `json:"loop,omitempty"`   // X-Maildesk-Loop names this desk
}

// proven reports whether something proves that the mail is the sender's.
func (s Sender) proven() bool { return s.Proof != "" && s.Proof != proofFailed }

// Earlier is a mail that was taken before.
type Earlier struct {
	Message int64           `json:"message"`
	Verdict tickets.Verdict `json:"verdict"`
	Number  string          `json:"number,omitempty"`
}

// Evident is a ticket and the evidence that leads to it.
type Evident struct {
	tickets.Lead
	Evidence Evidence `json:"evidence"`
	Barred   bool     `json:"barred,omitempty"` // the sender works in IT, but not in the confidential group that has it
}

// Evidence says by what a mail was matched to a ticket.
type Evidence string

// The kinds of evidence, strongest first.
const (
	ByToken     Evidence = "token"      // that we mailed: it proves the thread
	ByMessageID Evidence = "message-id" // of a mail on the ticket
	ByNumber    Evidence = "number"     // in the subject
	ByFooter    Evidence = "footer"     // of a mail of ours that is quoted
	ByMention   Evidence = "mention"    // in the text: never enough
)

// Passed is the author of a mail that was passed on to the desk.
type Passed struct {
	Name     string           `json:"name"`
	Address  string           `json:"address"`
	Staff    bool             `json:"staff,omitempty"`
	Own      bool             `json:"own,omitempty"` // an address of the desk
	Language tickets.Language `json:"language"`
}

// Bounced is the mail of ours that a delivery report speaks of.
type Bounced struct {
	Kind   tickets.NoticeKind `json:"kind,omitempty"`
	Outbox int64              `json:"outbox"`
	To     Reader             `json:"to"` // whom it was for
	Ticket int64              `json:"ticket"`
	Number string             `json:"number"`
}

// Sent counts the automatic mails to the sender.
type Sent struct {
	TicketHour int  `json:"ticket_hour"`       // about the ticket in question, in the last hour
	SenderHour int  `json:"sender_hour"`       // in the last hour
	Held       int  `json:"held,omitempty"`    // mails that told of held ones in the last hour
	Refused    bool `json:"refused,omitempty"` // a refusal went out in the last 30 days
}

// Decision is what becomes of a mail, and why.
type Decision struct {
	Verdict    tickets.Verdict    `json:"verdict"`
	Reason     string             `json:"reason"`
	Evidence   Evidence           `json:"evidence,omitempty"`
	Ticket     int64              `json:"ticket,omitempty"` // to write on; 0 with Opens opens one
	Opens      bool               `json:"opens,omitempty"`
	Entry      tickets.EntryKind  `json:"entry,omitempty"` // "" writes none
	Visibility tickets.Visibility `json:"visibility,omitempty"`
	Verified   bool               `json:"verified,omitempty"`
	Requester  *Passed            `json:"requester,omitempty"` // of the ticket it opens; nil is the author of the mail
	Links      []string           `json:"links,omitempty"`     // numbers of tickets that the mail names without belonging
	Notice     tickets.NoticeKind `json:"notice,omitempty"`    // to the sender; "" sends none
	Language   tickets.Language   `json:"language,omitempty"`
	Away       *Absence           `json:"away,omitempty"`
	Duties     []Duty             `json:"duties,omitempty"`
	Climbs     int64              `json:"climbs,omitempty"`    // the P0 whose next alert is to go out at once
	Unreached  string             `json:"unreached,omitempty"` // an address that refuses our mail
	Release    int64              `json:"release,omitempty"`   // a held mail that is to be taken now
	Text       string             `json:"text,omitempty"`      // of the entry, where it is not all that the mail says
	Turn       *Turn              `json:"turn,omitempty"`      // of the ticket that it opens
	Moves      []Move             `json:"moves,omitempty"`
	Asks       *tickets.Inquiry   `json:"asks,omitempty"` // what is to be looked up and answered
}
