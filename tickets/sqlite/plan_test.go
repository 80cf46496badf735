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
