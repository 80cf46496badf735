package tickets

import "time"

// Cursor is how far the ledger has come in a folder of an account.
type Cursor struct {
	First      bool       // this call recorded the folder's very first sight
	FirstStart time.Time  // of the folder, under any UIDVALIDITY
	Renumbered bool       // that was under another UIDVALIDITY
	SkipBelow  uint32     // the UIDNEXT of the first sight, if that was under this UIDVALIDITY, else 0
	Last       uint32     // the highest UID in the ledger under this UIDVALIDITY, 0 when there is none
	Pending    []Sighting // committed under this UIDVALIDITY, but the server has not been told
}
