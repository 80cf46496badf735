package config

import (
	"net"
	"net/url"
	"strconv"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/calendar"
)

// Config is a whole configuration, checked, with every default filled in and every path absolute.
type Config struct {
	Path string // of the file, as it was given

	Desk        Desk
	Mailboxes   []Mailbox // at least one
	SMTP        SMTP
	Trust       Trust
	Limits      Limits
	Groups      []Group
	Technicians []Technician
	OnCall      OnCall
	SLA         map[tickets.Priority]SLA
	Office      Office
	Survey      Survey
	Directory   Directory
	HTTP        HTTP
}

// Desk is the section [desk]: who the desk is and where its data lies.
type Desk struct {
	Name         string
	NameZH       string
	Address      string // From and Reply-To of all mail
	Prefix       string // of ticket numbers: 1 to 10 capital letters
	Location     *time.Location
	Language     tickets.Language // for people whose language is not known
	StaffDomains []string         // lower case; the domain of Address unless set
	AllowOutside bool             // whether people outside StaffDomains may open tickets
	Aliases      []string         // further addresses that reach the desk
	OwnLists     []string         // list-ids that the desk itself sits behind, lower case
	Lists        []string         // addresses that are lists
	Phone        string
	ReplyTo      string // plain · plus
	SecretFile   string
	DataDir      string
	MaxSize      int64         // bytes; a bigger mail is quarantined without its body being fetched
	ReconcileAt  TimeOfDay     // when the server's UIDs are compared with the ledger
	ReopenWithin time.Duration // of closing; later a reply opens a new, linked ticket
}

// Mailbox is one [[mailbox]]: an IMAP folder that is watched.
type Mailbox struct {
	IMAP      Endpoint
	Username  string // desk.address unless set
	Password  Secret
	Folder    string
	Processed string // "" leaves mail in place
	Failed    string // "" leaves mail in place
	Backlog   Backlog
	Poll      time.Duration
}

// Backlog says what becomes of mail that is older than the first start.
type Backlog string

// What may become of old mail.
const (
	BacklogSkip   Backlog = "skip"   // listed in the ledger, not answered
	BacklogAnswer Backlog = "answer" // taken in like any other
)

// SMTP is the section [smtp]: where all mail of the desk goes out.
type SMTP struct {
	URL      Endpoint
	Username string // "" sends without logging in
	Password Secret // zero without a user name
}

// Endpoint is a server and how the connection to it is secured.
type Endpoint struct {
	URL      *url.URL // as configured: scheme, host and perhaps a port
	Host     string   // also the name that its certificate must bear
	Port     int
	Security Security
}

// String is the URL as configured.
func (e Endpoint) String() string { return e.URL.String() }

// Address is host:port, for net.Dial.
func (e Endpoint) Address() string { return net.JoinHostPort(e.Host, strconv.Itoa(e.Port)) }

// Security is how a connection is protected.
type Security string

// The ways of protection. Load lets Plaintext pass for loopback addresses alone.
const (
	TLS       Security = "tls"       // from the first byte (RFC 8314 3)
	StartTLS  Security = "starttls"  // required: without it there is no log-in and no mail
	Plaintext Security = "plaintext" // never leaves this machine
)

// Trust is the section [trust]: which proofs of origin count.
type Trust struct {
	AuthservID string // whose Authentication-Results count (RFC 8601 2.2); "" trusts tokens only
	Require    string // either · both · dmarc
}

// Limits is the section [limits]: how many automatic mails one sender gets. They never touch a ticket or the first
// confirmation of a person's mail.
type Limits struct {
	SenderTicketHour int // to one sender about one ticket in an hour
	SenderHour       int // to one sender in an hour
}

// Group is one [[group]] of technicians.
type Group struct {
	Name         string
	Categories   []tickets.Category
	Assign       string // least_loaded · round_robin · none
	Lead         string // the first address of a technician; "" when there is none
	Confidential bool
}

// Technician is one [[technician]].
type Technician struct {
	Name     string
	Address  string
	Aliases  []string
	Groups   []string
	Language tickets.Language // "" is that of their own mail
	Manager  bool
}

// OnCall is the section [on_call].
type OnCall struct {
	Rota     []string // technicians' addresses, weekly turns
	Start    time.Time
	Calendar string // a file in place of Rota and Start
	Ladder   []string
	Repeat   time.Duration
	Webhook  string
	Command  string
}

// Office is the section [office]: when people work, in the desk's time zone.
type Office struct {
	Days     []time.Weekday
	Open     TimeOfDay
	Close    TimeOfDay // up to 24:00
	Holidays []calendar.Dates
	Workdays []calendar.Dates // 调休
	Hours    calendar.Hours   // made of all these, in the desk's zone
}

// Survey is the section [survey]. Its times are counted by Office.Hours.After, whose whole days are office days.
type Survey struct {
	Remind []time.Duration // after the resolution: at least one, each longer than the one before it
	Lapse  time.Duration   // after the confirmation
}

// Directory is the section [directory].
type Directory struct {
	CSV string // "" when there is none
}

// HTTP is the section [http].
type HTTP struct {
	Listen string // host:port; "" is off
}
