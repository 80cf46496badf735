package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/thread"
)

// patience bounds every wait.
const patience = 2 * time.Minute

// desk is a maildesk with a folder of its own.
type desk struct {
	dir  string
	box  mailbox
	cfg  *config.Config
	app  *app.App
	stop context.CancelFunc
	done chan error
}

// newFolder makes a desk's folder, with its secrets and the configuration that `maildesk serve` reads.
func newFolder(t *testing.T, box mailbox, smtp string) *desk {
	t.Helper()
	d := &desk{dir: t.TempDir(), box: box}
	key, err := thread.NewKey("1")
	check(t, err)
	d.write(t, "maildesk.secret", key.Line()+"\n")
	d.write(t, "imap.password", password+"\n")
	d.configure(t, smtp)
	return d
}

// configure writes and loads the configuration: a mailbox whose backlog is answered, and where to send.
func (d *desk) configure(t *testing.T, smtp string) {
	t.Helper()
	d.write(t, "maildesk.toml", fmt.Sprintf(`
[desk]
address = "helpdesk@corp.example"
staff_domains = ["corp.example"]
[[mailbox]]
imap = %q
username = %q
password_file = "imap.password"
backlog = "answer"
[smtp]
url = %q
[http]
listen = ""
`, d.box.url, d.box.user, smtp))
	var err error
	d.cfg, _, err = config.Load(d.path("maildesk.toml"), os.Getenv)
	check(t, err)
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

func (d *desk) write(t *testing.T, name, text string) {
	t.Helper()
	check(t, os.WriteFile(d.path(name), []byte(text), 0o600))
}

// open puts the desk together.
func (d *desk) open(t *testing.T, store sqlite.Options) {
	t.Helper()
	var err error
	d.app, err = app.Open(t.Context(), d.cfg, app.Options{Log: quiet(), Now: time.Now, Store: store})
	check(t, err)
}

// serve runs what `maildesk serve` runs, until close.
func (d *desk) serve() {
	ctx, stop := context.WithCancel(context.Background())
	d.stop, d.done = stop, make(chan error, 1)
	go func() { d.done <- d.app.Serve(ctx) }()
}

// close ends the daemon and closes the store.
func (d *desk) close(t *testing.T) {
	t.Helper()
	d.stop()
	select {
	case err := <-d.done:
		check(t, err)
	case <-time.After(patience):
		t.Fatal("serve does not end")
	}
	check(t, d.app.Close())
}

// ledger counts, on the writer, the mails that are committed.
type ledger struct {
	want int
	seen int
	full chan time.Time // gets the instant of the commit that made it as many as wanted
}

func newLedger(want int) *ledger { return &ledger{want: want, full: make(chan time.Time, 1)} }

func (l *ledger) hooks() sqlite.Options {
	return sqlite.Options{
		BeforeStatement: func(name string) error {
			if name == "add_sighting" {
				l.seen++
			}
			return nil
		},
		AfterCommit: func() error {
			if l.seen >= l.want {
				select {
				case l.full <- time.Now():
				default:
				}
			}
			return nil
		},
	}
}

// await waits for the last mail's commit.
func (l *ledger) await(t *testing.T) time.Time {
	t.Helper()
	select {
	case at := <-l.full:
		return at
	case <-time.After(patience):
		t.Fatalf("%d mails are not committed in %v", l.want, patience)
		return time.Time{}
	}
}

// quiet does the work of a log, and throws it away.
func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func section(raw []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw)))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
