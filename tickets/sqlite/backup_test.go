package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

// filled is a store that has taken so many mails.
func filled(t *testing.T, mails int) *sqlite.Store {
	t.Helper()
	s := sqlitetest.New(t)
	raw := prose(2 << 10)
	err := s.Update(t.Context(), func(tx *sqlite.Tx) error {
		for i := range mails {
			if err := takeMail(tx, i, raw, raw); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBackupBesideAWriter(t *testing.T) {
	s := filled(t, 100)
	ctx, cancel := context.WithCancel(t.Context())
	wrote, ended := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(ended)
		for i := 100; ctx.Err() == nil; i++ {
			err := s.Update(ctx, func(tx *sqlite.Tx) error { return takeMail(tx, i, prose(2<<10), prose(2<<10)) })
			if err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			select {
			case wrote <- struct{}{}:
			default:
			}
		}
	}()
	<-wrote
	dest := filepath.Join(t.TempDir(), "backup.db")
	var done, total int64
	report := must(s.Backup(t.Context(), dest, func(d, of int64) { done, total = d, of }))(t)
	cancel()
	<-ended
	if report.Tickets < 101 || report.Entries != report.Tickets || report.Messages != report.Tickets || report.Outbox != report.Tickets {
		t.Errorf("not of one instant: %+v", report)
	}
	if done != total || total == 0 {
		t.Errorf("progress ended at %d of %d", done, total)
	}
	info := must(os.Stat(dest))(t)
	if info.Mode().Perm() != 0o600 || info.Size() != report.Bytes {
		t.Errorf("mode %o, %d bytes of %d", info.Mode().Perm(), info.Size(), report.Bytes)
	}
	if left := must(os.ReadDir(filepath.Dir(dest)))(t); len(left) != 1 {
		t.Errorf("beside the backup lies %v", left)
	}
	if again := must(sqlite.Verify(t.Context(), dest))(t); again != report {
		t.Errorf("verified again: %+v, not %+v", again, report)
	}
}

func TestBackupOverwritesNothing(t *testing.T) {
	s := filled(t, 1)
	dest := filepath.Join(t.TempDir(), "backup.db")
	must(s.Backup(t.Context(), dest, nil))(t)
	if _, err := s.Backup(t.Context(), dest, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
}

func TestVerifyFindsDamage(t *testing.T) {
	good := filepath.Join(t.TempDir(), "backup.db")
	must(filled(t, 50).Backup(t.Context(), good, nil))(t)
	tests := map[string]struct {
		change    func(file []byte) []byte
		statement string // run on the copy
		want      string
	}{
		"cut off":                 {change: func(b []byte) []byte { return b[:len(b)/2] }},
		"overwritten":             {change: func(b []byte) []byte { return append(b[:len(b)/2], make([]byte, len(b)-len(b)/2)...) }},
		"no database":             {change: func([]byte) []byte { return []byte(strings.Repeat("not a database ", 100)) }},
		"an empty file":           {change: func([]byte) []byte { return nil }, want: "not a maildesk database"},
		"of a newer maildesk":     {statement: "PRAGMA user_version = 99", want: "newer maildesk"},
		"a reference to nothing":  {statement: "PRAGMA foreign_keys = 0; UPDATE entry SET ticket = 4711 WHERE id = 1", want: "refers to a row"},
		"bytes that are no frame": {statement: "UPDATE blob SET data = x'0102' WHERE id = (SELECT raw FROM message ORDER BY id DESC LIMIT 1)", want: "read mail in blob"},
		"bytes missing":           {statement: "UPDATE message SET size = size + 1", want: "bytes for"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "copy.db")
			file := must(os.ReadFile(good))(t)
			if test.change != nil {
				file = test.change(file)
			}
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			if test.statement != "" {
				run(t, path, test.statement)
			}
			_, err := sqlite.Verify(t.Context(), path)
			if err == nil {
				t.Fatal("nothing was found")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestRestoreGivesNothingTwice(t *testing.T) {
	s := filled(t, 3) // on 2023-11-15, in transactions of which three numbers come
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(s.Backup(t.Context(), backup, nil))(t)

	path := filepath.Join(t.TempDir(), "maildesk.db")
	now := time.Date(2023, 11, 16, 20, 0, 0, 0, time.UTC) // in Shanghai it is the 17th already
	report := must(sqlite.Restore(t.Context(), backup, path, now))(t)
	if report.Tickets != 3 {
		t.Errorf("%+v", report)
	}
	restored := sqlitetest.Open(t, path, sqlite.Options{})
	if found := must(restored.Tickets(t.Context()))(t); len(found) != 3 {
		t.Errorf("%d tickets", len(found))
	}
	before := must(s.Entries(t.Context(), 3))(t)[0].ID
	do(t, sqliteStore{restored}, func(tx deskTx) error {
		for day, want := range map[string]int{"20231114": 1, "20231115": 1004, "20231116": 1001, "20231117": 1001, "20231118": 1} {
			if n := must(tx.NextNumber(day))(t); n != want {
				t.Errorf("%s: number %d, want %d", day, n, want)
			}
		}
		if err := takeMail(tx, 1000, prose(1<<10), prose(1<<10)); err != nil {
			return err
		}
		message := must(ptr(tx.OutgoingByMessageID(fmt.Sprintf("IT202311151005.%d.abcdefghijklmnop@corp.example", before+1_000_001))))(t)
		if message.State != "queued" {
			t.Errorf("%+v", message)
		}
		return nil
	})
	if queued := must(restored.Outbox(t.Context(), "queued"))(t); len(queued) != 4 {
		t.Errorf("%d mails are queued, want the 3 of the backup and a new one", len(queued))
	}
}

func TestRestoreOfAnEmptyDesk(t *testing.T) {
	backup, path := filepath.Join(t.TempDir(), "backup.db"), filepath.Join(t.TempDir(), "maildesk.db")
	must(sqlitetest.New(t).Backup(t.Context(), backup, nil))(t)
	must(sqlite.Restore(t.Context(), backup, path, clock))(t)
	do(t, sqliteStore{sqlitetest.Open(t, path, sqlite.Options{})}, func(tx deskTx) error {
		if err := takeMail(tx, 1, prose(1<<10), prose(1<<10)); err != nil {
			return err
		}
		must(ptr(tx.OutgoingByMessageID("IT202311151001.1000001.abcdefghijklmnop@corp.example")))(t)
		return nil
	})
}

func TestRestoreOverwritesNothing(t *testing.T) {
	s := filled(t, 1)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(s.Backup(t.Context(), backup, nil))(t)
	if _, err := sqlite.Restore(t.Context(), backup, s.Path(), clock); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	fresh := filepath.Join(t.TempDir(), "maildesk.db")
	if err := os.WriteFile(backup, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Restore(t.Context(), backup, fresh, clock); err == nil {
		t.Error("a damaged backup was restored")
	}
	if left := must(os.ReadDir(filepath.Dir(fresh)))(t); len(left) != 0 {
		t.Errorf("a failed restore left %v", left)
	}
}
