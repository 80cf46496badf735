package tickets

import "time"

// Lane is a queue of the outbox; alerts never wait behind other mail.
type Lane int

// The lanes.
const (
	LaneAlert  Lane = 0
	LaneNormal Lane = 1
)

// Outgoing is a complete mail for one recipient. Its bytes and Message-ID are the same at every attempt.
type Outgoing struct {
	Ticket    int64 // 0 when it belongs to none
	Entry     int64
	Kind      NoticeKind
	Lane      Lane
	Sender    string // reverse-path (RFC 5321 4.1.1.2), without angle brackets
	Recipient string // forward-path, without angle brackets
	MessageID string // without angle brackets
	Raw       []byte // RFC 5322, CRLF
	Packed    []byte // Raw as the store keeps it, nil when nobody has packed it yet
	// Lines are the tickets that the numbered lines of a digest stand for, from line 1. They are stored with the mail and not
	// read with it.
	Lines []int64
}

// OutboxState says what became of an outgoing mail.
type OutboxState string

// The states of the outbox.
const (
	Queued    OutboxState = "queued"
	Sending   OutboxState = "sending" // claimed by the running daemon
	Sent      OutboxState = "sent"    // the next hop has taken responsibility (RFC 5321 4.2.5)
	Failed    OutboxState = "failed"
	Withdrawn OutboxState = "cancelled"
)

// OutboxItem is an outgoing mail with the history of its delivery.
type OutboxItem struct {
	Outgoing
	ID        int64
	Number    string // of its ticket
	State     OutboxState
	Attempts  int
	CreatedAt time.Time
	Due       time.Time // when the next attempt is due
	SentAt    time.Time // zero when not sent
	Response  string    // the server's last word
}
