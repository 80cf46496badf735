package intake

import (
	"context"
	"io"
	"time"

	"maildesk/tickets"
)

// Update runs f in one transaction and commits; an error of f rolls everything back. It may run f again, so f has no
// effect beside its Tx.
type Update func(ctx context.Context, f func(Tx) error) error

// Tx is what the intake asks of the store within a transaction. Look-ups return nil, without an error, for what is
// not there. An error that is the environment's, not the mail's (disk full, I/O, memory, locked, cancelled), has
// Temporary() true.
type Tx interface {
	// Savepoint runs f and undoes what it wrote when it returns an error, which Savepoint returns.
	Savepoint(f func() error) error

	// MessageByContent finds a mail that was taken before by its content key.
	MessageByContent(key [32]byte) (*tickets.LedgerMessage, error)
	// MessagesByHeaderID finds the mails with that Message-ID, oldest first; none for "".
	MessagesByHeaderID(id string) ([]tickets.LedgerMessage, error)
	// AddMessage stores a mail and its raw bytes and sets its ID.
	AddMessage(m *tickets.LedgerMessage, raw io.Reader) error
	// HeldMessage finds a mail that is held; nil when it is held no more.
	HeldMessage(id int64) (*tickets.LedgerMessage, error)
	// RawOf reads the bytes of a mail.
	RawOf(message int64) ([]byte, error)
	// SetMessage stores a new verdict, reason, evidence, ticket, entry, decision, known, rules version and instant.
	SetMessage(m *tickets.LedgerMessage) error
	// AddSighting records an appearance of a mail; false when that very sighting is in the ledger already.
	AddSighting(s *tickets.Sighting) (bool, error)
	// SightingVerdict is the verdict of a sighting that is in the ledger already.
	SightingVerdict(source, folder string, uidValidity, uid uint32) (tickets.Verdict, error)
	// SkippedHeaderID reports whether a mail with that Message-ID was skipped in this folder under another UIDVALIDITY.
	SkippedHeaderID(source, folder, id string) (bool, error)

	// NextNumber counts a day (20231115) up by one and returns the new sequence, from 1.
	NextNumber(day string) (int, error)
	// AddTicket stores a ticket with its watchers, who become participants, and its links, and sets its ID.
	AddTicket(t *tickets.Ticket) error
	// TicketByID reads a ticket without its entries.
	TicketByID(id int64) (*tickets.Ticket, error)
	// IgnoredBy is the number of the junk because of which an address is ignored, "" for none.
	IgnoredBy(address string) (string, error)
	// SetTicket stores all of a ticket but its number and when it was created.
	SetTicket(t *tickets.Ticket) error
	// TicketsOf finds the newest tickets of which somebody is requester or watcher.
	TicketsOf(address string, limit int) ([]tickets.Ticket, error)
	// TicketsWith finds tickets, the most urgent first, then the oldest.
	TicketsWith(f tickets.Filter, limit int) ([]tickets.Ticket, error)
	// OpenLoad counts the tickets that are in work, by the assignee's AddressKey.
	OpenLoad() (map[string]int, error)
	// LastAssignee is the address of who got the newest assigned ticket of a group, "" when there is none.
	LastAssignee(group string) (string, error)
	// SetAway records that somebody is away, by the word of a source, which replaces its former one.
	SetAway(address string, from, until time.Time, source string) error
	// AddDuty records that somebody is on call in place of whose turn it is.
	AddDuty(address string, from, until time.Time, by string, at time.Time) error
	// TimersOf reads a ticket's timers.
	TimersOf(ticket int64) ([]tickets.Timer, error)
	// HastenTimer makes a ticket's timer of a kind due no later than an instant, if there is one.
	HastenTimer(ticket int64, kind tickets.TimerKind, due time.Time) error
	// Withdraw takes back what is queued of a kind, to an address on a ticket, or to all with "".
	Withdraw(ticket int64, recipient string, kind tickets.NoticeKind) error
	// Alerted is who was alerted of a ticket.
	Alerted(ticket int64) ([]tickets.Address, error)
	// AwayAt is who is away at an instant, by AddressKey, and until when.
	AwayAt(at time.Time) (map[string]time.Time, error)
	// AddChange stores what commands did to a ticket, and sets its ID.
	AddChange(c *tickets.Change) error
	// LastChange finds the newest change of a ticket by somebody, not undone, at or after since.
	LastChange(ticket int64, actor string, since time.Time) (*tickets.Change, error)
	// ChangesWith are the changes that a mail has made on any ticket, not undone.
	ChangesWith(message int64) ([]tickets.Change, error)
	// ChangesAfter counts the changes of a ticket that came after one, whoever made them, without those undone.
	ChangesAfter(ticket, id int64) (int, error)
	// SetChangeUndone records that a change was taken back.
	SetChangeUndone(id int64, at time.Time) error
	// TouchTicket sets a ticket's updated_at.
	TouchTicket(id int64, at time.Time) error
	// AddEntry stores an entry with its attachments and sets its ID.
	AddEntry(e *tickets.Entry) error
	// EntryByID reads an entry without its attachments.
	EntryByID(id int64) (*tickets.Entry, error)
	// EntriesOf reads a ticket's timeline without attachments, oldest first.
	EntriesOf(ticket int64) ([]tickets.Entry, error)
	// MoveEntries puts entries of a ticket onto another, with the messages they came with and the Message-IDs of those.
	MoveEntries(from, to int64, entries []int64) error
	// AttachmentsOf reads the attachments of an entry.
	AttachmentsOf(entry int64) ([]tickets.Attachment, error)
	// SameText finds the newest open ticket with an entry of that text key at or after since.
	SameText(key []byte, since time.Time) (*tickets.Lead, error)

	// AddHeaderIDs ties Message-IDs to a ticket, for the replies to come.
	AddHeaderIDs(ticket int64, ids []string) error
	// AddParticipants records who belongs to a ticket, in a role: requester, watcher, sender, recipient.
	AddParticipants(ticket int64, role string, addresses []string) error
	// LeadsByHeaderIDs finds the tickets that Message-IDs are tied to, by the given order of ids.
	LeadsByHeaderIDs(ids []string, sender string) ([]tickets.Lead, error)
	// LeadByNumber finds a ticket by its number.
	LeadByNumber(number, sender string) (*tickets.Lead, error)

	// SetTimer stores a timer; one of the same kind, ticket and subject gets the new due time and data.
	SetTimer(t tickets.Timer) error
	// DropTimers removes a ticket's timers of some kinds.
	DropTimers(ticket int64, kinds ...tickets.TimerKind) error

	// Person finds a person by address.
	Person(address string) (*tickets.Person, error)
	// MarkUnreachable records that an address refuses our mail, and why.
	MarkUnreachable(address string, at time.Time, why string) error
	// ClearUnreachable takes that back.
	ClearUnreachable(address string) error
	// PutPerson stores a person; empty fields leave what is known.
	PutPerson(p tickets.Person) error

	// AddOutgoing puts a mail into the outbox, due at now.
	AddOutgoing(o tickets.Outgoing, now time.Time) error
	// OutgoingByMessageID finds one of our mails.
	OutgoingByMessageID(id string) (*tickets.OutboxItem, error)
	// DigestLines are the numbers of the tickets on the lines of a digest, by the ID of its mail; none for any other mail.
	DigestLines(outbox int64) ([]string, error)
	// OutgoingTo finds our newest mails on a ticket to somebody.
	OutgoingTo(ticket int64, recipient string, limit int) ([]tickets.OutboxItem, error)
	// HeaderIDsHadBy are the Message-IDs of a ticket's mails that somebody sent or received, oldest first: the first and the newest.
	HeaderIDsHadBy(ticket int64, address string, limit int) ([]string, error)
	// AddTokenUse records that a mail of from carried the token of a mail of ours, shared when others got it as well.
	AddTokenUse(outbox int64, from string, shared bool, at time.Time) error
	// TokenSpoilt reports whether a mail of another's has carried that token, or one that others got as well.
	TokenSpoilt(outbox int64, from string) (bool, error)
	// CountNotices counts the mails of a kind composed for recipient since an instant.
	CountNotices(recipient string, kind tickets.NoticeKind, since time.Time) (int, error)
	// CountAutomatic counts the mails composed for recipient since an instant; of one ticket, or of all with ticket 0.
	CountAutomatic(recipient string, ticket int64, since time.Time) (int, error)
}

// The roles of participants.
const (
	RoleRequester = "requester"
	RoleWatcher   = "watcher" // given by AddTicket
	RoleSender    = "sender"
	RoleRecipient = "recipient"
)
