package main

import (
	"time"

	"maildesk/tickets"
)

// ticketJSON is a ticket as other programs read it: a contract. What is empty is "" or null, never absent; instants are
// RFC 3339 in the desk's zone.
type ticketJSON struct {
	Number         string            `json:"number"`
	Subject        string            `json:"subject"`
	Status         string            `json:"status"`
	Priority       string            `json:"priority"`
	PriorityReason string            `json:"priority_reason"`
	Category       string            `json:"category"`
	Severity       string            `json:"severity"`
	Impact         string            `json:"impact"`
	OccurredAt     *string           `json:"occurred_at"`
	Requester      requesterJSON     `json:"requester"`
	Assignee       *addressJSON      `json:"assignee"`
	Group          string            `json:"group"`
	Watchers       []addressJSON     `json:"watchers"`
	CreatedAt      *string           `json:"created_at"`
	UpdatedAt      *string           `json:"updated_at"`
	ResolvedAt     *string           `json:"resolved_at"`
	ClosedAt       *string           `json:"closed_at"`
	ResponseDue    *string           `json:"response_due"`
	ResolveDue     *string           `json:"resolve_due"`
	Diagnosis      string            `json:"diagnosis"`
	Workaround     string            `json:"workaround"`
	Fix            string            `json:"fix"`
	Prevention     string            `json:"prevention"`
	Satisfaction   *satisfactionJSON `json:"satisfaction"`
	Links          []string          `json:"links"`
	Attention      string            `json:"attention"`
}

// fullTicketJSON is a ticket with its timeline.
type fullTicketJSON struct {
	ticketJSON
	Entries []entryJSON `json:"entries"`
}

type requesterJSON struct {
	Name       string `json:"name"`
	Address    string `json:"address"`
	Department string `json:"department"`
	Phone      string `json:"phone"`
}

type addressJSON struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

type satisfactionJSON struct {
	Score   int    `json:"score"`
	Comment string `json:"comment"`
}

type entryJSON struct {
	At          *string          `json:"at"`
	Actor       addressJSON      `json:"actor"`
	Kind        string           `json:"kind"`
	Text        string           `json:"text"`
	Visibility  string           `json:"visibility"`
	Verified    bool             `json:"verified"`
	MessageID   string           `json:"message_id"`
	Attachments []attachmentJSON `json:"attachments"`
}

type attachmentJSON struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Inline bool   `json:"inline"`
}

func jsonOfTicket(t *tickets.Ticket, zone *time.Location) ticketJSON {
	at := func(instant time.Time) *string { return jsonInstant(instant, zone) }
	out := ticketJSON{
		Number: t.Number, Subject: t.Subject, Status: string(t.Status), Priority: string(t.Priority),
		PriorityReason: t.PriorityReason, Category: string(t.Category), Severity: string(t.Severity), Impact: t.Impact,
		OccurredAt: at(t.OccurredAt), Group: t.Group, Watchers: []addressJSON{}, Links: append([]string{}, t.Links...),
		Requester: requesterJSON{t.Requester.Name, t.Requester.Address, t.Requester.Department, t.Requester.Phone},
		CreatedAt: at(t.CreatedAt), UpdatedAt: at(t.UpdatedAt), ResolvedAt: at(t.ResolvedAt), ClosedAt: at(t.ClosedAt),
		ResponseDue: at(t.ResponseDue), ResolveDue: at(t.ResolveDue), Diagnosis: t.Diagnosis, Workaround: t.Workaround,
		Fix: t.Fix, Prevention: t.Prevention, Attention: t.Attention,
	}
	if t.Assignee != nil {
		out.Assignee = &addressJSON{t.Assignee.Name, t.Assignee.Address}
	}
	for _, w := range t.Watchers {
		out.Watchers = append(out.Watchers, addressJSON{w.Name, w.Address})
	}
	if t.Satisfaction != nil {
		out.Satisfaction = &satisfactionJSON{t.Satisfaction.Score, t.Satisfaction.Comment}
	}
	return out
}

func jsonWithEntries(t *tickets.Ticket, entries []tickets.Entry, zone *time.Location) fullTicketJSON {
	out := fullTicketJSON{ticketJSON: jsonOfTicket(t, zone), Entries: []entryJSON{}}
	for _, e := range entries {
		entry := entryJSON{
			At: jsonInstant(e.At, zone), Actor: addressJSON{e.Actor.Name, e.Actor.Address}, Kind: string(e.Kind), Text: e.Text,
			Visibility: string(e.Visibility), Verified: e.Verified, MessageID: e.HeaderID, Attachments: []attachmentJSON{},
		}
		for _, a := range e.Attachments {
			entry.Attachments = append(entry.Attachments, attachmentJSON{a.Name, a.Type, a.Size, a.SHA256, a.Inline})
		}
		out.Entries = append(out.Entries, entry)
	}
	return out
}

// jsonInstant is null for an instant that is not there.
func jsonInstant(t time.Time, zone *time.Location) *string {
	if t.IsZero() {
		return nil
	}
	s := t.In(zone).Format(time.RFC3339)
	return &s
}
