package tickets

import "time"

// Entry is one step on a ticket's timeline: a mail, a note, a change. Entries are never altered; a split puts them onto another ticket.
type Entry struct {
	ID          int64
	Ticket      int64
	At          time.Time
	Actor       Address // zero for the desk itself
	Kind        EntryKind
	Text        string // plain reading text
	Visibility  Visibility
	Message     int64    // the ledger's message it came with, 0 when none
	HeaderID    string   // that mail's Message-ID without angle brackets
	Verified    bool     // the mail carried a proof of its sender
	TextKey     []byte   // identifies sender and text, to notice a mail sent twice; nil when it does not matter
	Recipients  []string // addresses in To and Cc of the mail, beside the desk
	Attachments []Attachment
}

// EntryKind says what an entry records.
type EntryKind string

// The kinds of entries.
const (
	EntryReport    EntryKind = "report"     // the mail that opened the ticket
	EntryReply     EntryKind = "reply"      // a further mail on it
	EntrySentAgain EntryKind = "sent_again" // the same words once more, under another Message-ID
	EntryAutoReply EntryKind = "auto_reply" // a machine answered one of our mails
	EntryBounce    EntryKind = "bounce"     // one of our mails did not arrive, or is late
	EntryProblem   EntryKind = "problem"    // a mail of the requester that could not be read
	EntryHeld      EntryKind = "held"       // a mail in a technician's name that nothing proves to be theirs
	EntryChange    EntryKind = "change"     // what a mail changed on the ticket, a line each
	EntryReminder  EntryKind = "reminder"   // the requester was asked again whether it is solved
	EntryAlert     EntryKind = "alert"      // somebody was alerted of a P0, or asked how it stands
	EntrySLA       EntryKind = "sla"        // a target was nearly over, or was missed, and who was told
)

// Visibility says who may see an entry.
type Visibility string

// Public entries are for all participants, internal ones for technicians, private ones for their sender and addressee.
const (
	Public   Visibility = "public"
	Internal Visibility = "internal"
	Private  Visibility = "private"
)

// Attachment names a file of an entry; its bytes lie in the raw mail, at this position (parser.Open).
type Attachment struct {
	Position int
	Name     string
	Type     string
	Size     int64
	SHA256   string
	Inline   bool
}
