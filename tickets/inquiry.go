package tickets

import "time"

// Inquiry is what a technician asks in a mail that takes longer to find than the next mail may wait: the data of a TimerAnswer,
// as JSON. The answer goes to nobody but the technician.
type Inquiry struct {
	Message    int64      `json:"message"` // the ledger's, that asks
	To         Person     `json:"to"`
	Ticket     int64      `json:"ticket,omitempty"` // in whose thread the answer belongs; 0 when in none
	Entry      int64      `json:"entry,omitempty"`  // the asking mail's, on that ticket
	References []string   `json:"references,omitempty"`
	Lines      []string   `json:"lines,omitempty"` // what else the mail asked for, found already
	Questions  []Question `json:"questions"`
	Tries      int        `json:"tries,omitempty"` // how often an answer was begun
}

// Question is one of an inquiry's, by the key of its command.
type Question struct {
	Verb   string    `json:"verb"`             // search, why, report
	Asked  string    `json:"asked"`            // as it was written
	Words  []string  `json:"words,omitempty"`  // search: all of them are wanted
	Number string    `json:"number,omitempty"` // why: of a ticket
	About  string    `json:"about,omitempty"`  // why: a Message-ID without angle brackets, or an address
	From   time.Time `json:"from,omitzero"`    // report
	Until  time.Time `json:"until,omitzero"`   // report: not included
}

// Hit is a ticket that a search has found.
type Hit struct {
	Ticket  Ticket // without entries, watchers and links
	Excerpt string // the words around the first hit of an entry, "" when none has one
}
