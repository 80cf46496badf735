package tickets

// NoticeKind names a kind of mail that the desk writes; each has a template per language under that name.
type NoticeKind string

// The notices about mail that comes in.
const (
	NoticeConfirmation NoticeKind = "confirmation" // the ticket is open, its number, what was understood
	NoticeSentAgain    NoticeKind = "sent_again"   // the same mail came again and lies on the ticket
	NoticeUnreadable   NoticeKind = "unreadable"   // a ticket was opened, but the mail itself could not be read
	NoticeRefused      NoticeKind = "refused"      // a stranger's mail; no ticket
	NoticeHeld         NoticeKind = "held"         // a mail in the reader's name came without proof: press the button, or ignore it
)

// The notices of a conversation, to the requester and the watchers.
const (
	NoticeReply     NoticeKind = "reply"     // what a technician wrote
	NoticePrivate   NoticeKind = "private"   // what a technician wrote to the requester alone
	NoticeWaiting   NoticeKind = "waiting"   // what a technician has to know before work goes on
	NoticeResolved  NoticeKind = "resolved"  // the solution, and the request to confirm it
	NoticeUnclear   NoticeKind = "unclear"   // an answer to the solution that may mean either: is it solved?
	NoticeReminder  NoticeKind = "reminder"  // the solution has not been confirmed: is it solved?
	NoticeSurvey    NoticeKind = "survey"    // thanks for confirming; how was it, 1 to 5?
	NoticeRated     NoticeKind = "rated"     // thanks for the rating; the ticket is closed
	NoticeClosed    NoticeKind = "closed"    // closed without the requester's confirmation, why, and how to reopen
	NoticeReopened  NoticeKind = "reopened"  // work goes on
	NoticeCancelled NoticeKind = "cancelled" // withdrawn
	NoticeChanged   NoticeKind = "changed"   // something else the requester hears of: a changed solution, another priority
)

// The notices to technicians, and the answers to commands.
const (
	NoticeAssigned   NoticeKind = "assigned"    // the ticket is the reader's now, with what its requester wrote
	NoticeMessage    NoticeKind = "message"     // what the requester or a watcher wrote
	NoticeUnsolved   NoticeKind = "unsolved"    // the requester says that it is not solved
	NoticeReceipt    NoticeKind = "receipt"     // what was done with the reader's mail, and to whom it went
	NoticeTranscript NoticeKind = "transcript"  // nothing was done: what is wrong with each command
	NoticeAnswer     NoticeKind = "answer"      // what was asked for: a status, a list, the commands, the form
	NoticeNote       NoticeKind = "note"        // what a colleague noted, or asks in a consultation
	NoticeApproval   NoticeKind = "approval"    // to a manager: a plan that waits for their decision
	NoticeUndone     NoticeKind = "undone"      // a command that the reader heard of was taken back
	NoticeUnreached  NoticeKind = "unreached"   // one of our mails did not arrive
	NoticeAlert      NoticeKind = "alert"       // a P0, to who is on call and up the ladder
	NoticeUpdate     NoticeKind = "update"      // to who has acknowledged a P0: how does it stand?
	NoticeTimeline   NoticeKind = "timeline"    // the course of a P0 that is closed, to all who were alerted
	NoticeSLAWarning NoticeKind = "sla_warning" // to whoever handles the ticket: four fifths of a target's time are over
	NoticeSLABreach  NoticeKind = "sla_breach"  // to them, the lead and the managers: a target was missed
	NoticeDigest     NoticeKind = "digest"      // to a manager: the tickets whose requesters answer no reminder; no ticket
)

// Spoken reports whether a mail of the kind carries a person's words to another: no machine has written it (RFC 3834 5), and
// the limits of automatic mail do not count it.
func (k NoticeKind) Spoken() bool {
	switch k {
	case NoticeReply, NoticePrivate, NoticeWaiting, NoticeResolved, NoticeMessage, NoticeUnsolved, NoticeNote, NoticeApproval:
		return true
	}
	return false
}

// Notice is a mail to be composed for one recipient.
type Notice struct {
	Kind   NoticeKind
	To     Person   // its Language is the one to write in
	Staff  bool     // the reader works in IT: their out-of-office reply is wanted
	Ticket *Ticket  // nil when the notice belongs to none
	Entry  Entry    // what it tells of; with no ticket, Entry.Message identifies it
	Signed bool     // Author works in IT: From bears the name beside the desk's
	Author string   // whose words Entry.Text are, for a person's own words under the desk's address; "" for the desk's
	Auto   AutoKind // what Auto-Submitted says (RFC 3834 5)
	Reason string   // in the reader's language's terms: why a mail was unreadable, a ticket closed
	Lines  []string // in the reader's language: what was done, refused or asked for, one a line
	Also   []string // names of the others who get the same words
	Files  []File   // to be attached
	// Names of files that are too large to be passed on; they stay on the ticket.
	Omitted []string
	Buttons []Button // answers that one press gives
	// Message-IDs, without angle brackets, that the recipient sent or received; oldest first. The last is the one
	// that is answered.
	References []string
}

// File is what goes along with a notice.
type File struct {
	Name string
	Type string // media type in lower case
	Data []byte
}

// Button is an answer that is sent by one press: a mail to the desk with the command and the reader's own token line,
// which is good for that purpose alone.
type Button struct {
	Purpose string // the command's key, with its argument: confirm, unsolved, rate 5, release
	Command string // the line that the mail begins with, in the reader's language: #确认
}

// AutoKind is the value of the Auto-Submitted field.
type AutoKind string

// A relayed reply of a person has no Auto-Submitted field; the rest is generated, or replied to a mail.
const (
	ByPerson      AutoKind = ""
	AutoGenerated AutoKind = "auto-generated"
	AutoReplied   AutoKind = "auto-replied"
)

// Composer turns a notice into the final bytes of a mail. It does not fail: a broken template falls back to the
// built-in one, then to bare text.
type Composer interface {
	Compose(Notice) Outgoing
}
