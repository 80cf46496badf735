package tickets

import "time"

// Filter picks tickets for a list. A field with its zero value picks all; a ticket has to fit every other.
type Filter struct {
	Assignee   string // address
	Group      string
	Unassigned bool      // nobody has it
	OverdueAt  time.Time // its time runs, and its solution is due by this instant, or its first answer, which nobody has given
	Open       bool      // Status.Open: also what is resolved and not yet closed
}
