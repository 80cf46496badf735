package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

const (
	codeFull       = 13
	codeIOWrite    = 778
	codeBusy       = 5
	codeConstraint = 2067
)

func next(tx *sqlite.Tx) error {
	_, err := tx.NextNumber("20231115")
	return err
}

// given is the last number given, read by taking one more and rolling it back.
func given(t *testing.T, s *sqlite.Store) (n int) {
	t.Helper()
	err := s.Update(context.WithoutCancel(t.Context()), func(tx *sqlite.Tx) (err error) {
		n, err = tx.NextNumber("20231115")
		return errors.Join(err, errChanged)
	})
	if !errors.Is(err, errChanged) {
		t.Fatal(err)
	}
	return n - 1
}

func TestUpdateKeepsOrUndoesAll(t *testing.T) {
	s := sqlitetest.New(t)
	tests := []struct {
		name string
		f    func(*sqlite.Tx) error
		want int
	}{
		{"committed", next, 1},
		{"an error", func(tx *sqlite.Tx) error { return errors.Join(next(tx), errChanged) }, 1},
		{"a panic", func(tx *sqlite.Tx) error { _ = next(tx); panic("poison") }, 1},
		{"committed after them", next, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			func() {
				defer func() {
					if p := recover(); (p != nil) != (test.name == "a panic") {
						t.Errorf("panic: %v", p)
					}
				}()
				err := s.Update(t.Context(), test.f)
				if (err != nil) != (test.name == "an error") {
					t.Error(err)
				}
			}()
			if got := given(t, s); got != test.want {
				t.Errorf("%d numbers given, want %d", got, test.want)
			}
		})
	}
}

func TestUpdateEndsWithItsContext(t *testing.T) {
	s := sqlitetest.New(t)
	tests := map[string]func(cancel func()) func(*sqlite.Tx) error{
		"before a statement": func(cancel func()) func(*sqlite.Tx) error {
			return func(tx *sqlite.Tx) error { cancel(); return next(tx) }
		},
		"before the commit": func(cancel func()) func(*sqlite.Tx) error {
			return func(tx *sqlite.Tx) error { defer cancel(); return next(tx) }
		},
		"before it has begun": func(cancel func()) func(*sqlite.Tx) error { cancel(); return next },
	}
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if err := s.Update(ctx, f(cancel)); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if n := given(t, s); n != 0 {
				t.Errorf("%d numbers given", n)
			}
		})
	}
}

func TestErrorsOfTheEnvironmentEndTheTransaction(t *testing.T) {
	tests := map[string]struct {
		code      int
		temporary bool
	}{
		"disk full": {codeFull, true}, "write error": {codeIOWrite, true}, "busy": {codeBusy, true}, "constraint": {codeConstraint, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			opt := sqlitetest.FailStatement("next_number", 2, test.code)
			s := sqlitetest.Open(t, filepath.Join(t.TempDir(), "maildesk.db"), opt)
			// The caller swallows the error, as the intake does with a mail's own: the environment's may not be.
			err := s.Update(t.Context(), func(tx *sqlite.Tx) error {
				_ = next(tx)
				_ = tx.Savepoint(func() error { return next(tx) })
				return nil
			})
			if isTemporary(err) != test.temporary {
				t.Errorf("got %v", err)
			}
			want := 1
			if test.temporary {
				want = 0
			}
			if n := given(t, s); n != want {
				t.Errorf("%d numbers given, want %d", n, want)
			}
		})
	}
}

func TestHooksAroundTheCommit(t *testing.T) {
	fail := func() error { return &sqlite.Error{Code: codeFull, Err: errors.New("injected")} }
	tests := map[string]struct {
		opt  sqlite.Options
		want int
	}{
		"before": {sqlitetest.FailCommit(1, codeFull), 0},
		"after":  {sqlite.Options{AfterCommit: once(fail)}, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := sqlitetest.Open(t, filepath.Join(t.TempDir(), "maildesk.db"), test.opt)
			if err := s.Update(t.Context(), next); !isTemporary(err) {
				t.Errorf("got %v", err)
			}
			if n := given(t, s); n != test.want {
				t.Errorf("%d numbers given, want %d", n, test.want)
			}
		})
	}
}

// once runs f at the first call alone.
func once(f func() error) func() error {
	return func() error {
		if f == nil {
			return nil
		}
		defer func() { f = nil }()
		return f()
	}
}

func TestWritersTakeTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maildesk.db")
	stores := []*sqlite.Store{sqlitetest.Open(t, path, sqlite.Options{}), sqlitetest.Open(t, path, sqlite.Options{})}
	const writers, each = 3, 10
	var mu sync.Mutex
	seen := map[int]bool{}
	var all sync.WaitGroup
	for _, s := range stores {
		for range writers {
			all.Go(func() {
				for range each {
					var n int
					err := s.Update(t.Context(), func(tx *sqlite.Tx) (err error) {
						n, err = tx.NextNumber("20231115")
						return err
					})
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					seen[n] = true
					mu.Unlock()
				}
			})
		}
	}
	all.Wait()
	for n := 1; n <= len(stores)*writers*each; n++ {
		if !seen[n] {
			t.Errorf("number %d was lost", n)
		}
	}
}

func TestABacklogKeepsNobodyOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maildesk.db")
	serve, deliver := sqlitetest.Open(t, path, sqlite.Options{}), sqlitetest.Open(t, path, sqlite.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	raw, begun, ended := prose(1<<10), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for mail := 0; ctx.Err() == nil; mail += 64 {
			err := serve.Update(ctx, func(tx *sqlite.Tx) error {
				for i := range 64 {
					if err := takeMail(tx, mail+i, raw, raw); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			if mail == 0 {
				close(begun)
			}
		}
	}()
	<-begun
	for range 3 {
		if err := deliver.Update(ctx, next); err != nil {
			t.Error(err)
		}
	}
	cancel()
	<-ended
}

func TestReadersSeeWholeTransactions(t *testing.T) {
	s := sqlitetest.New(t)
	const mails = 40
	raw := prose(1 << 10)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for i := range mails {
			err := s.Update(t.Context(), func(tx *sqlite.Tx) error { return takeMail(tx, i, raw, raw) })
			if err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for done := false; !done; {
		select {
		case <-ended:
			done = true
		default:
		}
		found := must(s.Tickets(t.Context()))(t)
		for _, ticket := range found {
			if entries := must(s.Entries(t.Context(), ticket.ID))(t); len(entries) != 1 {
				t.Fatalf("%s has %d entries", ticket.Number, len(entries))
			}
		}
		if out := must(s.Outbox(t.Context(), ""))(t); len(out) < len(found) {
			t.Fatalf("%d tickets, later %d mails", len(found), len(out))
		}
	}
	if n := len(must(s.Tickets(t.Context()))(t)); n != mails {
		t.Errorf("%d tickets", n)
	}
}

func TestChangedHearsOfWhatWasWritten(t *testing.T) {
	s := sqlitetest.New(t)
	heard := func() bool {
		select {
		case <-s.Changed():
			return true
		default:
			return false
		}
	}
	heard() // of the migration
	nothing := func(*sqlite.Tx) error { return nil }
	for _, test := range []struct {
		name string
		f    func(*sqlite.Tx) error
		want bool
	}{
		{"nothing", nothing, false},
		{"a number", next, true},
		{"an error", func(tx *sqlite.Tx) error { return errors.Join(next(tx), errChanged) }, false},
		{"a look-up", func(tx *sqlite.Tx) error { _, err := tx.Claim(tickets.LaneNormal, clock, 9); return err }, false},
		{"a savepoint after a change", func(tx *sqlite.Tx) error { return tx.Savepoint(func() error { return nil }) }, false},
		{"a person", func(tx *sqlite.Tx) error { return tx.PutPerson(tickets.Person{Address: "a@corp.example"}) }, true},
		{"the same person", func(tx *sqlite.Tx) error { return tx.PutPerson(tickets.Person{Address: "a@corp.example"}) }, false},
	} {
		_ = s.Update(t.Context(), test.f)
		if got := heard(); got != test.want {
			t.Errorf("%s: heard %v", test.name, got)
		}
	}
}

func TestWatchHearsOfOtherProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maildesk.db")
	s, other := sqlitetest.Open(t, path, sqlite.Options{}), sqlitetest.Open(t, path, sqlite.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Watch(ctx) }()
	await := func(what string) {
		t.Helper()
		select {
		case <-s.Changed():
		case <-time.After(5 * time.Second):
			t.Fatalf("not heard: %s", what)
		}
	}
	await("the start")
	for i := range 2 {
		if err := other.Update(t.Context(), next); err != nil {
			t.Fatal(err)
		}
		await(fmt.Sprintf("commit %d of another process", i+1))
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Watch ended with %v", err)
	}
}
