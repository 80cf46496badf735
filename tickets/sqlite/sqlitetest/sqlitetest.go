package sqlitetest

import (
	"path/filepath"
	"testing"

	"maildesk/tickets/sqlite"
)

// New opens a new store that is closed with the test.
func New(t testing.TB) *sqlite.Store {
	t.Helper()
	return Open(t, filepath.Join(t.TempDir(), "maildesk.db"), sqlite.Options{})
}

// Open opens the store in path, new or not, and closes it with the test.
func Open(t testing.TB, path string, opt sqlite.Options) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return store
}
