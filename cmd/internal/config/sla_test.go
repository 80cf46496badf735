package config

import (
	"testing"
	"time"

	"maildesk/tickets"
)

// TestTargets checks what counts where the file leaves something out, in the office's own days.
func TestTargets(t *testing.T) {
	const friday = "2023-11-17 17:30"
	for _, test := range []struct {
		name, toml       string
		priority         tickets.Priority
		category         tickets.Category
		respond, resolve string
	}{
		{"default P0", minimal, tickets.P0, "", "11-17 17:45", "11-17 21:30"},
		{"default P1", minimal, tickets.P1, "network", "11-20 09:30", "11-20 17:30"},
		{"default P2", minimal, tickets.P2, "", "11-20 12:30", "11-21 17:30"},
		{"default P3", minimal, tickets.P3, "", "11-20 17:30", "11-24 17:30"},
		{"not assessed", minimal, "", "", "11-20 12:30", "11-21 17:30"},
		{"one key", and("[sla.P1]\nresolve = \"3d\"\n"), tickets.P1, "", "11-20 09:30", "11-22 17:30"},
		{"a short day", and("[office]\nclose = \"17:40\"\n[sla.P1]\nresolve = \"3d\"\n"), tickets.P1, "", "11-20 09:50", "11-22 17:30"},
		{"a very short day", and("[office]\nclose = \"10:00\"\n"), tickets.P2, "", "11-23 10:00", "11-23 10:00"},
		{"day and night", and("[sla.P1]\nhours = \"always\"\n"), tickets.P1, "", "11-17 18:30", "11-18 17:30"},
		{"a category", and("[sla.P1]\nrespond = \"30m\"\n[sla.P1.network]\nresolve = \"2h\"\n"), tickets.P1, "network", "11-17 18:00", "11-20 10:30"},
		{"another category", and("[sla.P1.network]\nresolve = \"2h\"\n"), tickets.P1, "software", "11-20 09:30", "11-20 17:30"},
		{"a category's hours", and("[sla.P1.security]\nhours = \"always\"\n"), tickets.P1, "security", "11-17 18:30", "11-18 17:30"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, _ := mustLoad(t, folder(t, test.toml))
			created, err := time.ParseInLocation("2006-01-02 15:04", friday, c.Desk.Location)
			if err != nil {
				t.Fatal(err)
			}
			target := c.Promises().Target(test.priority, test.category)
			respond, resolve := target.Hours.Add(created, target.Respond), target.Hours.Add(created, target.Resolve)
			if got := respond.Format("01-02 15:04"); got != test.respond {
				t.Errorf("the answer is due %s, want %s", got, test.respond)
			}
			if got := resolve.Format("01-02 15:04"); got != test.resolve {
				t.Errorf("the solution is due %s, want %s", got, test.resolve)
			}
		})
	}
}
