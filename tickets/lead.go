package tickets

// Lead is a ticket that a mail may belong to, and how the mail's sender stands to it.
type Lead struct {
	Ticket    int64  `json:"ticket"`
	Number    string `json:"number"`
	Status    Status `json:"status"`
	Requester string `json:"requester"`         // address
	Belongs   bool   `json:"belongs,omitempty"` // the sender is its requester or a watcher, or wrote on it before
	Copied    bool   `json:"copied,omitempty"`  // the sender was in To or Cc of one of its mails
}
