package tickets

// Lead is a ticket that a mail may belong to, and how the mail's sender stands to it.
type Lead struct {
	Ticket    int64
	Number    string
	Status    Status
	Requester string // address
	Belongs   bool   // the sender is its requester or a watcher, or wrote on it before
	Copied    bool   // the sender was in To or Cc of one of its mails
}
