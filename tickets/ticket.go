package tickets

import "time"

// Ticket is one problem of one requester, from the first mail to the rating.
type Ticket struct {
	ID      int64  // the store's key, never shown
	Number  string // such as IT20231115001: unique, never reused
	Subject string // root subject: the first mail's, without Re: and tags

	Status         Status
	Priority       Priority
	PriorityReason string // the rule in words
	Category       Category
	Severity       Severity // said by the requester, "" when not
	Impact         string
	OccurredAt     time.Time // first noticed, zero when not said

	Requester Person
	Assignee  *Address // nil when nobody has it
	Group     string
	Watchers  []Address

	CreatedAt   time.Time
	UpdatedAt   time.Time
	ResolvedAt  time.Time // zero when not
	ClosedAt    time.Time
	ResponseDue time.Time // zero when no target applies
	ResolveDue  time.Time

	Diagnosis  string
	Workaround string
	Fix        string
	Prevention string

	Satisfaction *Satisfaction // nil until rated
	Links        []string      // numbers of related tickets
	Attention    string        // why a person should look at it: the mail could not be read, …
}

// Satisfaction is the requester's rating.
type Satisfaction struct {
	Score   int // 1–5
	Comment string
}

// Status is where a ticket stands in its life.
type Status string

// The statuses of DOMAIN.md's table.
const (
	New             Status = "new"
	Assigned        Status = "assigned"
	InProgress      Status = "in_progress"
	Waiting         Status = "waiting"
	PendingApproval Status = "pending_approval"
	Resolved        Status = "resolved"
	Confirmed       Status = "confirmed"
	Closed          Status = "closed"
	Cancelled       Status = "cancelled"
	Merged          Status = "merged"
)

// Open reports whether work on the ticket is not over: it is neither closed nor cancelled nor merged.
func (s Status) Open() bool { return s != Closed && s != Cancelled && s != Merged }

// Priority is how urgent IT finds a ticket, P0 first; "" before it is assessed.
type Priority string

// Category is the kind of problem by DOMAIN.md's seven keys; "" before it is sorted.
type Category string

// Severity is how bad the requester finds the problem: severe, moderate, minor.
type Severity string
