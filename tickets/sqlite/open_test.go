package sqlite_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

func TestOpenRefuses(t *testing.T) {
	newer := filepath.Join(t.TempDir(), "newer.db")
	sqlitetest.Open(t, newer, sqlite.Options{})
	run(t, newer, "PRAGMA user_version = 99")
	missing := filepath.Join(t.TempDir(), "no folder", "maildesk.db")
	tests := []struct {
		name, path string
		opt        sqlite.Options
		want       string
	}{
		{"a newer schema", newer, sqlite.Options{}, "install that version again"},
		{"a newer schema to read", newer, sqlite.Options{ReadOnly: true}, "install that version again"},
		{"no folder", missing, sqlite.Options{}, missing},
		{"no file to read", filepath.Join(t.TempDir(), "none.db"), sqlite.Options{ReadOnly: true}, "no such file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := sqlite.Open(t.Context(), test.path, test.opt)
			if err == nil {
				s.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
	var schema *sqlite.SchemaError
	if _, err := sqlite.Open(t.Context(), newer, sqlite.Options{}); !errors.As(err, &schema) || schema.Have != 99 {
		t.Errorf("got %v", err)
	}
}

// run changes a database behind the store's back.
func run(t *testing.T, path, statement string) {
	t.Helper()
	db := must(sql.Open("sqlite", path))(t)
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyWritesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maildesk.db")
	daemon := must(sqlite.Open(t.Context(), path, sqlite.Options{}))(t)
	if err := daemon.Update(t.Context(), func(tx *sqlite.Tx) error { return takeMail(tx, 1, prose(1<<10), prose(1<<10)) }); err != nil {
		t.Fatal(err)
	}
	read := func(t *testing.T) {
		s := sqlitetest.Open(t, path, sqlite.Options{ReadOnly: true})
		if err := s.Update(t.Context(), next); err == nil {
			t.Error("it was written")
		}
		if found := must(s.Tickets(t.Context()))(t); len(found) != 1 {
			t.Errorf("%d tickets", len(found))
		}
	}
	t.Run("beside a daemon", read)
	if err := daemon.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("without one", read)
}

func TestClosedStoreIsTemporary(t *testing.T) {
	s := sqlitetest.New(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), next); !isTemporary(err) {
		t.Errorf("got %v", err)
	}
}

func TestSeveralProcessesMakeOneDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maildesk.db")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if err := s.Update(t.Context(), next); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := given(t, sqlitetest.Open(t, path, sqlite.Options{})); n != 4 {
		t.Errorf("%d numbers given", n)
	}
}
