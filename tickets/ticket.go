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
	Course      Course `json:",omitzero"` // what both dues count on

	Diagnosis  string
	Workaround string
	Fix        string
	Prevention string
	// Verification is how it was found to be solved, and nothing new to be broken.
	Verification string
	Minutes      int // of work, as technicians recorded it

	ConfirmedAt time.Time // zero when the requester has not confirmed
	Asked       int       // how often an unclear answer to the solution was asked about
	Former      Status    // what it was before it was cancelled or merged
	MergedInto  string    // number of the ticket that has taken this one's place, "" when none

	Plan        string // what a manager is asked to approve, or has decided on
	PlannedBy   string // the address of who asks
	Approval    Approval
	Escalated   int // how often the requester has urged
	EscalatedAt time.Time

	Satisfaction *Satisfaction // nil until rated
	Links        []string      // numbers of related tickets
	Ignores      bool          // junk whose sender is to be ignored, as long as it stays cancelled
	Attention    string        // why a person should look at it: the mail could not be read, …
}

// Alerts reports whether the ticket keeps people awake: a P0 that is in work.
func (t *Ticket) Alerts() bool {
	switch t.Status {
	case Resolved, Confirmed, Closed, Cancelled, Merged:
		return false
	}
	return t.Priority == P0
}

// outdates says when mails of a kind have nothing to say any more.
var outdates = map[NoticeKind]func(t *Ticket) bool{
	NoticeReminder:   func(t *Ticket) bool { return t.Status != Resolved },
	NoticeSLAWarning: func(t *Ticket) bool { return t.Status.standsStill() },
	NoticeSLABreach:  func(t *Ticket) bool { return t.Status.standsStill() },
	NoticeAlert:      func(t *Ticket) bool { return !t.Alerts() },
	NoticeUpdate:     func(t *Ticket) bool { return !t.Alerts() },
}

// Ages reports whether a mail of the kind may be outdated by the time at which it leaves: where the server is down it can wait
// for hours.
func (k NoticeKind) Ages() bool { return outdates[k] != nil }

// Outdates reports whether a mail has nothing to say any more as its ticket stands now.
func (t *Ticket) Outdates(k NoticeKind) bool { return k.Ages() && outdates[k](t) }

// Satisfaction is the requester's rating.
type Satisfaction struct {
	Score   int // 1–5
	Comment string
}
