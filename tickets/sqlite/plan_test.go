package sqlite

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestNoStatementOfAMailScans looks at SQLite's plans: what runs for every mail costs the same for the ten-thousandth
// as for the hundredth.
func TestNoStatementOfAMailScans(t *testing.T) {
	mayScan := map[string]string{
		"all_tickets": "lists all", "all_watchers": "lists all", "all_links": "lists all", "whole_outbox": "lists all",
		"outbox_in_state": "lists all", "message_ids_from": "why ADDRESS", "unread_from": "why ADDRESS",
		"count_all": "backup", "samples": "backup", "last_day": "restore", "jump_ids": "restore", "start_ids": "restore",
		"database_size": "three pragmas", "integrity_check": "backup", "foreign_key_check": "backup", "release_claimed": "once a start",
		"unfinished_stats": "reads an index of what is unfinished", "count_failed": "reads an index of what has failed",
		"open_load": "reads an index of what is open", "open_tickets_with": "reads an index of what is open", "tickets_with": "lists all",
		"search_tickets": "#search, on a reader", "search_entry": "#search, on a reader", "opened_in": "#report, on a reader",
		"changes_in": "#report, on a reader", "ratings_in": "#report, on a reader", "open_now": "#report, on a reader",
		"away_at":          "a row for a technician and a source",
		"retry_all_failed": "reads an index of what has failed", "unread_of_ticket": "reads an index of what is unread",
	}
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "maildesk.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, q := range used {
		if mayScan[q.name] != "" || texts[q.name] == "" || q == vacuumInto {
			continue
		}
		if plan := planOf(t, s, q); strings.Contains(plan, "SCAN") {
			t.Errorf("%s:\n%s", q.name, plan)
		}
	}
}

// TestIndexesThatMailsNeed looks at which index answers what is asked for many mails, and that none of it is sorted
// that an index gives in order.
func TestIndexesThatMailsNeed(t *testing.T) {
	tests := []struct {
		q      *query
		index  string
		sorted bool // its order is nobody's
	}{
		{openLoad, "COVERING INDEX ticket_open", false},
		{openTicketsWith, "COVERING INDEX ticket_open", true},
		{lastAssignee, "ticket_turn (group_name=?)", false},
		{ticketsOf, "ticket_requester (requester_key=?)", false},
		{ticketsOf, "participant_watcher (address_key=?)", false},
		{outgoingOfTicketTo, "outbox_ticket (ticket=?)", false},
		{mailsHad, "entry_ticket (ticket=?)", true},
		{mailsHad, "outbox_ticket (ticket=?)", true},
		{lastChange, "ticket_change_ticket (ticket=?)", false},
		{changesAfter, "ticket_change_ticket (ticket=? AND rowid>?)", false},
		{dueTimers, "timer_due (due<?)", false},
		{nextTimer, "COVERING INDEX timer_due", false},
		{dropTimers, "timer_ticket (ticket=?)", false},
	}
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "maildesk.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, test := range tests {
		plan := planOf(t, s, test.q)
		if !strings.Contains(plan, test.index) || strings.Contains(plan, "TEMP B-TREE") != test.sorted {
			t.Errorf("%s does not use %s, or sorts:\n%s", test.q.name, test.index, plan)
		}
	}
}

func planOf(t *testing.T, s *Store, q *query) string {
	t.Helper()
	session, err := newSession(t.Context(), s.readers.connector)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	explain := &query{name: q.name, text: "EXPLAIN QUERY PLAN " + q.text}
	var out []string
	err = session.each(t.Context(), explain, make([]any, strings.Count(q.text, "?")), func(r row) error {
		out = append(out, r[3].(string))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "\n")
}
