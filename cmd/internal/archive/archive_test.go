package archive

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func read(t *testing.T, a Archive) (mails []string) {
	t.Helper()
	var last int64
	err := a.Each(func(m Mail) error {
		raw, err := io.ReadAll(m.Raw)
		mails, last = append(mails, string(raw)), m.End
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(mails) > 0 && last != a.Total() {
		t.Errorf("progress ends at %d of %d", last, a.Total())
	}
	return mails
}

func TestMbox(t *testing.T) {
	long := strings.Repeat("x", 200<<10)
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"empty", "", nil},
		{"one", "From a Wed Nov 15 09:30:00 2023\nSubject: 1\n\nbody\n", []string{"Subject: 1\n\nbody\n"}},
		{"two", "From a x\nSubject: 1\n\nbody\n\nFrom b x\nSubject: 2\n\nlast", []string{"Subject: 1\n\nbody\n\n", "Subject: 2\n\nlast"}},
		{"CRLF", "From a x\r\nSubject: 1\r\n\r\nbody\r\n\r\nFrom b x\r\nSubject: 2\r\n\r\n", []string{"Subject: 1\r\n\r\nbody\r\n\r\n", "Subject: 2\r\n\r\n"}},
		{"From in running text", "From a x\nSubject: 1\n\nbody\nFrom here on\n", []string{"Subject: 1\n\nbody\nFrom here on\n"}},
		{"quoted From", "From a x\nSubject: 1\n\n>From me\n>>From you\n> From\n", []string{"Subject: 1\n\nFrom me\n>From you\n> From\n"}},
		{"a long line, and quoted From after it", "From a x\nA: 1\n\n" + long + "\n>From me\n", []string{"A: 1\n\n" + long + "\nFrom me\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "old.mbox")
			if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
				t.Fatal(err)
			}
			a, err := OpenMbox(path)
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			if got := read(t, a); !slices.Equal(got, c.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestMboxRefusesOtherFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mail.eml")
	if err := os.WriteFile(path, []byte("Subject: 1\n\nbody\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenMbox(path); err == nil || !strings.Contains(err.Error(), "--maildir") {
		t.Errorf("error %v", err)
	}
}

func TestMaildir(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"cur/1700011800.b:2,S", "new/1700011801.a", "cur/1700011799.c:2,", "tmp/1700011802.d"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a, err := OpenMaildir(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"cur/1700011799.c:2,", "cur/1700011800.b:2,S", "new/1700011801.a"}
	if got := read(t, a); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := OpenMaildir(t.TempDir()); err == nil {
		t.Error("a folder without cur and new passes")
	}
	stop := errors.New("stop")
	if err := a.Each(func(Mail) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("error %v", err)
	}
}
