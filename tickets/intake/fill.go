package intake

import (
	"cmp"
	"strings"
	"time"

	"maildesk/parser/command"
	"maildesk/parser/form"
	"maildesk/tickets"
)

// fillIn puts a filled form into a ticket and returns what changed, in English. What the form says in words that nobody
// understands is left out: the mail has it still.
func fillIn(t *tickets.Ticket, values map[string]string) []string {
	var changed []string
	set := func(what string, field *string, value string) {
		if value = strings.TrimSpace(value); value != "" && value != *field {
			*field = value
			changed = append(changed, what+": "+clip(strings.Join(strings.Fields(value), " "), 80))
		}
	}
	set("department", &t.Requester.Department, values[form.Department])
	set("phone", &t.Requester.Phone, values[form.Phone])
	set("staff number", &t.Requester.StaffNumber, values[form.StaffNumber])
	set("impact", &t.Impact, values[form.Impact])
	if severity, ok := command.ReadSeverity(values[form.Severity]); ok {
		set("severity", (*string)(&t.Severity), string(severity))
	}
	if category, ok := command.ReadCategory(values[form.Category]); ok {
		set("category", (*string)(&t.Category), string(category))
	}
	if at, err := time.Parse(time.RFC3339, values[form.OccurredAt]); err == nil && !at.Equal(t.OccurredAt) {
		t.OccurredAt = at
		changed = append(changed, "occurred at: "+at.Format("2006-01-02 15:04"))
	}
	return changed
}

// fill takes the form that came with a mail.
func (w *work) fill(values map[string]string) {
	for _, what := range fillIn(&w.ticket, values) {
		w.note(what)
	}
}

// described is a requester with what the form of the first mail says of them, where nobody knows better.
func described(p tickets.Person, values map[string]string) tickets.Person {
	p.Department = cmp.Or(p.Department, values[form.Department])
	p.Phone = cmp.Or(p.Phone, values[form.Phone])
	p.StaffNumber = cmp.Or(p.StaffNumber, values[form.StaffNumber])
	return p
}
