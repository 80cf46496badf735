package sqlite

import (
	"time"

	"maildesk/tickets"
)

var (
	leadsByHeaderID = statement("leads_by_header_id")
	leadByNumber    = statement("lead_by_number")
	sameText        = statement("same_text")
)

// LeadsByHeaderIDs finds the tickets that Message-IDs are tied to, by the given order of ids, each ticket once. Our own
// mails count too.
func (tx *Tx) LeadsByHeaderIDs(ids []string, sender string) ([]tickets.Lead, error) {
	var out []tickets.Lead
	seen := map[int64]bool{}
	who := leadSender(sender)
	for _, id := range ids {
		if id == "" {
			continue
		}
		err := tx.each(leadsByHeaderID, []any{who, who, who, id, id}, func(r row) error {
			lead, err := scanLead(r)
			if !seen[lead.Ticket] {
				seen[lead.Ticket] = true
				out = append(out, lead)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// LeadByNumber finds a ticket by its number, nil when there is none.
func (tx *Tx) LeadByNumber(number, sender string) (*tickets.Lead, error) {
	who := leadSender(sender)
	return tx.lead(leadByNumber, who, who, who, number)
}

// SameText finds the newest open ticket with an entry of that text key at or after since, nil when there is none.
func (tx *Tx) SameText(key []byte, since time.Time) (*tickets.Lead, error) {
	if key == nil {
		return nil, nil
	}
	return tx.lead(sameText, key, since)
}

// lead is the newest ticket of a result.
func (tx *Tx) lead(q *query, args ...any) (*tickets.Lead, error) {
	var found *tickets.Lead
	err := tx.each(q, args, func(r row) error {
		lead, err := scanLead(r)
		if found == nil || lead.Ticket > found.Ticket {
			found = &lead
		}
		return err
	})
	return found, err
}

// scanLead reads the columns lead_columns.
func scanLead(r row) (lead tickets.Lead, err error) {
	err = r.scan(&lead.Ticket, &lead.Number, (*string)(&lead.Status), &lead.Requester, &lead.Belongs, &lead.Copied)
	return lead, err
}

// leadSender is an address as lead_columns compares it.
func leadSender(address string) any {
	if key := tickets.AddressKey(address); key != "" {
		return key
	}
	return nil
}
