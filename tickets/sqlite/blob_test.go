package sqlite_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

// noise is what cannot be compressed.
func noise(size int) []byte {
	out := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(out)
	return out
}

func TestBytesComeBack(t *testing.T) {
	tests := map[string][]byte{
		"none":                        {},
		"one":                         {0},
		"a mail":                      prose(8 << 10),
		"one short of memory":         prose(256<<10 - 1),
		"as much as memory":           prose(256 << 10),
		"one more":                    prose(256<<10 + 1),
		"noise as big as a row":       noise(256 << 10),
		"noise just above":            noise(256<<10 + 1),
		"noise of several rows":       noise(1<<20 + 7),
		"much that compresses to one": bytes.Repeat([]byte("x"), 3<<20),
	}
	for name, raw := range tests {
		t.Run(name, func(t *testing.T) {
			s := sqlitetest.New(t)
			m := mail(1, "a@mail")
			do(t, sqliteStore{s}, func(tx deskTx) error {
				return errors.Join(
					tx.AddMessage(m, bytes.NewReader(raw)),
					tx.AddOutgoing(tickets.Outgoing{Recipient: "a@corp.example", MessageID: "m1", Raw: raw}, clock))
			})
			if m.Size != int64(len(raw)) {
				t.Errorf("size %d", m.Size)
			}
			r := must(s.RawMessage(t.Context(), m.ID))(t)
			defer r.Close()
			if got := must(io.ReadAll(r))(t); !bytes.Equal(got, raw) {
				t.Errorf("%d bytes came back for %d", len(got), len(raw))
			}
			if got := must(s.OutboxRaw(t.Context(), 1))(t); !bytes.Equal(got, raw) {
				t.Errorf("outgoing: %d bytes came back for %d", len(got), len(raw))
			}
			do(t, sqliteStore{s}, func(tx deskTx) error {
				claimed := must(tx.Claim(0, clock, 1))(t)
				if len(claimed) != 1 || !bytes.Equal(claimed[0].Raw, raw) {
					t.Errorf("claimed %d mails with other bytes", len(claimed))
				}
				return nil
			})
		})
	}
}

func TestBytesThatAreNotThere(t *testing.T) {
	s := sqlitetest.New(t)
	if _, err := s.RawMessage(t.Context(), 7); !errors.Is(err, sqlite.ErrNoBytes) {
		t.Errorf("message: %v", err)
	}
	if _, err := s.OutboxRaw(t.Context(), 7); !errors.Is(err, sqlite.ErrNoBytes) {
		t.Errorf("outgoing: %v", err)
	}
}

// endless yields so many bytes without ever holding them.
type endless struct{ source *rand.ChaCha8 }

func (e endless) Read(p []byte) (int, error) { return e.source.Read(p) }

func TestABigMailIsNeverInMemoryWhole(t *testing.T) {
	const size, bound = 25 << 20, 8 << 20
	s := sqlitetest.New(t)
	m := mail(1, "a@mail")
	in, out := sha256.New(), sha256.New()
	peak := heapPeak(t, func(look func()) {
		raw := io.TeeReader(io.LimitReader(endless{rand.NewChaCha8([32]byte{2})}, size), in)
		do(t, sqliteStore{s}, func(tx deskTx) error { return tx.AddMessage(m, looking{raw, look}) })
		r := must(s.RawMessage(t.Context(), m.ID))(t)
		defer r.Close()
		must(io.Copy(out, looking{r, look}))(t)
	})
	if !bytes.Equal(in.Sum(nil), out.Sum(nil)) {
		t.Error("other bytes came back")
	}
	if peak > bound {
		t.Errorf("%d MiB of heap for a mail of %d MiB", peak>>20, size>>20)
	}
}

// looking looks around at every megabyte or so that is read.
type looking struct {
	io.Reader
	look func()
}

func (l looking) Read(p []byte) (int, error) {
	l.look()
	return l.Reader.Read(p)
}

// heapPeak is by how much the live heap grows at most while f runs, seen where f calls look.
func heapPeak(t *testing.T, f func(look func())) (peak uint64) {
	t.Helper()
	live := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, calls := live(), 0
	f(func() {
		if calls++; calls%32 == 0 {
			if now := live(); now > before {
				peak = max(peak, now-before)
			}
		}
	})
	if calls < 64 {
		t.Fatalf("looked only %d times", calls)
	}
	return peak
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	s := sqlitetest.New(t)
	if err := s.Update(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	files := must(filepath.Glob(s.Path() + "*"))(t)
	if len(files) < 2 {
		t.Errorf("only %s", strings.Join(files, ", "))
	}
	for _, file := range files {
		if mode := must(os.Stat(file))(t).Mode().Perm(); mode != 0o600 {
			t.Errorf("%s is %o", filepath.Base(file), mode)
		}
	}
}
