package tickets

import (
	"encoding/json"
	"time"
)

// Change is what the commands of one mail did to a ticket, kept so that they can be undone.
type Change struct {
	ID       int64
	Ticket   int64
	Message  int64 // the ledger's message that carried the commands, 0 when none
	Entry    int64 // the entry that records them, 0 when none
	At       time.Time
	Actor    string          // address
	Commands string          // as they were understood, one a line
	Before   json.RawMessage // the ticket as it was, nil when nothing is to be restored
	Undone   time.Time       // zero when not
}
