package tickets

import "time"

// TimerKind says what is to be done when a timer is due.
type TimerKind string

// The kinds of timers that a ticket has once it is resolved.
const (
	TimerRemind TimerKind = "remind" // the requester has not confirmed the solution; Data counts the reminders, from 1
	TimerDigest TimerKind = "digest" // no reminder was answered: the managers hear of it in their digest; Data is "told" once they have
	TimerLapse  TimerKind = "lapse"  // the requester has confirmed and not rated
)

// TimerApproval is due when a plan has waited a day for the managers' decision: they are asked again.
const TimerApproval TimerKind = "approval"

// TimerSLA is due when somebody is to hear of a ticket's targets: one for each ticket, at the next of its alarms.
const TimerSLA TimerKind = "sla"

// TimerAnswer is due at once and belongs to no ticket: an Inquiry waits for its answer.
const TimerAnswer TimerKind = "answer"

// TimerUnreached is due at once: the server has refused a mail of the ticket for good, and whoever handles it is to hear. Subject is
// the key of its recipient's address, Data an Unreached as JSON.
const TimerUnreached TimerKind = "unreached"

// The kinds of timers of a P0. TimerAlert sends the next alert; Data is a Climb as JSON. TimerUpdate asks who has
// acknowledged how it stands; Data is a Climb too. TimerTimeline is due at once when the ticket is closed: who was alerted
// gets its timeline.
const (
	TimerAlert    TimerKind = "alert"
	TimerUpdate   TimerKind = "update"
	TimerTimeline TimerKind = "timeline"
)

// UpdateEvery is how often who has acknowledged a P0 is asked how it stands.
const UpdateEvery = 30 * time.Minute

// Climb is how far the alerts of a P0 have come.
type Climb struct {
	Rung   int    `json:"rung"`             // of the ladder, from 0: that of the next alert, or of the last before the acknowledgement
	By     string `json:"by,omitempty"`     // the address of who has acknowledged it, "" while it rings
	Missed int    `json:"missed,omitempty"` // how often in a row the question how it stands was left unanswered
}

// everybody is from which rung on all are alerted again: a ladder has three kinds of rungs.
const everybody = 3

// Hastens reports whether an alert that did not arrive lets the next go out at once. When all have been alerted it does not: the
// dead address would be alerted again and again.
func (c Climb) Hastens() bool { return c.Rung < everybody }

// Unreached is a mail that did not arrive.
type Unreached struct {
	Kind      NoticeKind `json:"kind,omitempty"`
	Entry     int64      `json:"entry"` // that records it
	Recipient string     `json:"recipient"`
	Response  string     `json:"response"` // the server's last word
}

// Timer is work that is due at an instant. There is one of a kind for a ticket and a subject; setting it again moves it.
type Timer struct {
	ID      int64
	Kind    TimerKind
	Ticket  int64  // 0 when it belongs to none
	Subject string // whom or what it concerns beside the ticket: an address key, or another; "" when nothing
	Due     time.Time
	Data    string // what the work needs to know, in the kind's own form
}
