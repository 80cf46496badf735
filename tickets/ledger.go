package tickets

import (
	"encoding/json"
	"time"
)

// Verdict is what the desk made of a mail.
type Verdict string

// The verdicts of the ledger.
const (
	VerdictOpen      Verdict = "open"   // it opened a ticket
	VerdictAppend    Verdict = "append" // it went onto a ticket
	VerdictSentAgain Verdict = "sent_again"
	VerdictCommand   Verdict = "command" // it asked or ordered something, on no ticket of its own
	VerdictBounce    Verdict = "bounce"
	VerdictIgnore    Verdict = "ignore"    // read, with the reason why nothing follows
	VerdictRefuse    Verdict = "refuse"    // a stranger's
	VerdictHold      Verdict = "hold"      // waits for a proof of its sender
	VerdictDuplicate Verdict = "duplicate" // this very mail has been taken before
	VerdictSkip      Verdict = "skip"      // older than the desk: listed, not answered
	VerdictFail      Verdict = "fail"      // quarantined: it could not be fetched, read or taken
	VerdictVanish    Verdict = "vanish"    // gone from the server before it could be fetched
)

// Retriable reports whether the same mail, should it come again, is to be taken anew: dragging a mail back into the
// folder is how people ask for that.
func (v Verdict) Retriable() bool {
	return v == VerdictFail || v == VerdictHold || v == VerdictSkip || v == VerdictVanish
}

// Source names of mails that no IMAP account brought.
const (
	SourceDeliver = "deliver"
	SourceImport  = "import"
)

// Sighting is one appearance of a mail: a UID in a folder of an account, or one call of deliver or import.
type Sighting struct {
	ID           int64
	Source       string // account, SourceDeliver or SourceImport
	Folder       string
	UIDValidity  uint32
	UID          uint32
	Message      int64 // the ledger's message, 0 when it was never read
	Verdict      Verdict
	Reason       string
	At           time.Time
	Acknowledged time.Time // when the server was told, zero when not yet
	// What was read of a mail that has no message: skipped, too large, unfetchable.
	HeaderID string
	From     string
	Subject  string
}

// LedgerMessage is a mail by its content, however often it was sighted.
type LedgerMessage struct {
	ID           int64
	ContentKey   [32]byte
	HeaderID     string // Message-ID without angle brackets, "" when it has none
	From         Address
	Subject      string
	Size         int64
	Verdict      Verdict
	Reason       string
	Evidence     string // by which the ticket was matched, "" when none
	Ticket       int64  // 0 when none
	Number       string // of that ticket; read only
	Entry        int64  // 0 when none
	Decision     json.RawMessage
	Known        json.RawMessage
	RulesVersion int
	Now          time.Time // the decision's instant
}
