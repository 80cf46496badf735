package tickets

import "time"

// Filter picks tickets for a list. A field with its zero value picks all; a ticket has to fit every other.
type Filter struct {
	Assignee   string // address
	Group      string
	Unassigned bool      // nobody has it
	OverdueAt  time.Time // unresolved at this instant and its resolution due by then, or its first response while it is new or assigned
	Open       bool      // Status.Open: also what is resolved and not yet closed
}
