package tickets

import "time"

// Cursor is how far the ledger has come in a folder of an account.
type Cursor struct {
	FirstStart time.Time  // when the folder was first seen, under any UIDVALIDITY
	SkipBelow  uint32     // the UIDNEXT of the first start, if that was under this UIDVALIDITY, else 0
	Renumbered bool       // the first start was under another UIDVALIDITY
	Last       uint32     // the highest UID in the ledger under this UIDVALIDITY, 0 when there is none
	Pending    []Sighting // committed, but the server has not been told
}
