package sqlite

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"maildesk/tickets"
)

func TestEveryStatementPrepares(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "maildesk.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(t.Context(), func(tx *Tx) error {
		for _, q := range used {
			if _, err := tx.session.prepare(t.Context(), q); err != nil {
				t.Errorf("%s: %v\n%s", q.name, err, q.text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryStatementIsUsed(t *testing.T) {
	inUse := map[string]bool{}
	for _, q := range used {
		if inUse[q.name] {
			t.Errorf("%s is asked for twice", q.name)
		}
		inUse[q.name] = true
	}
	fragments := []string{"ticket_columns", "entry_columns", "message_columns", "sighting_columns", "outbox_columns", "lead_columns", "blocked",
		"change_columns", "timer_columns", "ticket_fits", "by_priority", "spoken"}
	for name := range texts {
		if !inUse[name] && !slices.Contains(fragments, name) {
			t.Errorf("no code uses %s", name)
		}
	}
}

// The statement that counts automatic mail knows which kinds are none.
func TestSpokenKinds(t *testing.T) {
	for word := range strings.SplitSeq(strings.Trim(texts["spoken"], "()"), ", ") {
		if kind := tickets.NoticeKind(strings.Trim(word, "'")); !kind.Spoken() {
			t.Errorf("%s is automatic", kind)
		}
	}
	for _, kind := range []tickets.NoticeKind{tickets.NoticeReply, tickets.NoticePrivate, tickets.NoticeWaiting, tickets.NoticeResolved,
		tickets.NoticeMessage, tickets.NoticeUnsolved, tickets.NoticeNote, tickets.NoticeApproval} {
		if !strings.Contains(texts["spoken"], "'"+string(kind)+"'") {
			t.Errorf("%s carries a person's words", kind)
		}
	}
}

func TestIncludesAreFilled(t *testing.T) {
	for name, text := range texts {
		if includes.MatchString(text) {
			t.Errorf("%s still has %s", name, includes.FindString(text))
		}
	}
}
