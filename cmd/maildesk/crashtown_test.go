package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"maildesk/mailin/imaptest"
	"maildesk/mailout/smtptest"
	"maildesk/tickets/sqlite"
)

const password = "open sesame"

// town is everything round the daemon: two mailboxes, a sink for what it sends, and people who write. It lives on
// when the daemon is killed.
type town struct {
	t         *testing.T
	config    string // path
	log       *os.File
	mailboxes []string
	imap      *imaptest.Server
	commands  *tripwire // every IMAP command
	sink      *sink
	people    *people
	life      atomic.Int32 // which of the daemon's lives it is
}

func newTown(t *testing.T, seed uint64) *town {
	t.Helper()
	w := &town{t: t, mailboxes: []string{"helpdesk@corp.example", "erp@corp.example"}, commands: &tripwire{}}
	var err error
	w.imap, err = imaptest.Start(imaptest.Options{
		Users: map[string]string{w.mailboxes[0]: password, w.mailboxes[1]: password},
		Trace: func(string) { w.commands.pull() },
	})
	check(t, err)
	t.Cleanup(func() { w.imap.Close() })
	w.sink = &sink{life: &w.life, wire: &tripwire{}, release: make(chan struct{})}
	smtp, err := smtptest.Start(smtptest.Options{OnMail: w.sink.take, Discard: true})
	check(t, err)
	t.Cleanup(func() { w.sink.disarm(); smtp.Close() })

	dir := t.TempDir()
	w.log, err = os.Create(filepath.Join(dir, "log"))
	check(t, err)
	t.Cleanup(func() { w.showLog(); w.log.Close() })
	desk := filepath.Join(dir, "desk")
	init, err := launch(t, w.log, nil, "init", desk)
	check(t, err)
	check(t, init.wait(10*time.Second))
	w.config = filepath.Join(desk, "crash.toml")
	check(t, os.WriteFile(w.config, []byte(w.configuration(smtp.URL())), 0o600))
	w.people = newPeople(w, seed)
	return w
}

func (w *town) configuration(smtpURL string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "[desk]\naddress = %q\naliases = [%q]\n", w.mailboxes[0], w.mailboxes[1])
	for _, address := range w.mailboxes {
		fmt.Fprintf(&b, "[[mailbox]]\nimap = %q\nusername = %q\npassword_env = \"MAILDESK_TEST_PASSWORD\"\n", w.imap.URL(), address)
	}
	fmt.Fprintf(&b, "[smtp]\nurl = %q\n[http]\nlisten = \"\"\n", smtpURL)
	return b.String()
}

func (w *town) database() string { return filepath.Join(filepath.Dir(w.config), "data", "maildesk.db") }

// settle waits until the last daemon has nothing left to do. It hears of that daemon's commits and looks after each.
func (w *town) settle(ctx context.Context) {
	w.t.Helper()
	ctx, cancel := context.WithTimeoutCause(ctx, time.Minute, errors.New("the desk does not come to rest"))
	defer cancel()
	store, err := sqlite.Open(ctx, w.database(), sqlite.Options{ReadOnly: true})
	check(w.t, err)
	defer store.Close()
	go func() { _ = store.Watch(ctx) }()
	for {
		left, err := w.unfinished(ctx, store)
		if err == nil && left == "" {
			return
		}
		select {
		case <-store.Changed():
		case <-ctx.Done():
			w.t.Fatalf("%v: %s, %v", context.Cause(ctx), left, err)
		}
	}
}

// unfinished names some work that is still to be done, "" when there is none.
func (w *town) unfinished(ctx context.Context, store *sqlite.Store) (string, error) {
	for _, address := range w.mailboxes {
		mails, err := w.imap.List(address, "INBOX")
		if err != nil || len(mails) > 0 {
			return fmt.Sprintf("%d mails in the INBOX of %s", len(mails), address), err
		}
	}
	stats, err := store.Stats(ctx)
	for lane, n := range stats.Queued {
		if n > 0 {
			return fmt.Sprintf("%d mails in lane %d of the outbox", n, lane), err
		}
	}
	return "", err
}

// tripwire tells when something happens for the n-th time since it was set.
type tripwire struct {
	mu      sync.Mutex
	left    int
	tripped chan struct{}
}

// set makes the wire trip at the n-th pull from now on.
func (w *tripwire) set(n int) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left, w.tripped = n, make(chan struct{})
	return w.tripped
}

// pull counts, and reports whether this was it.
func (w *tripwire) pull() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left--
	if w.left != 0 {
		return false
	}
	close(w.tripped)
	return true
}

// sink is where the desk's mail goes.
type sink struct {
	life *atomic.Int32
	wire *tripwire

	mu       sync.Mutex
	receipts []receipt
	release  chan struct{} // closed when whoever waits for a reply need not any more
}

// receipt is a mail that the sink took, in one of the daemon's lives.
type receipt struct {
	life      int32
	to        string
	messageID string
	ticket    string
	raw       []byte
}

// take takes a mail. When the sink is armed the reply to it waits for disarm.
func (s *sink) take(e smtptest.Envelope) error {
	read, err := mail.ReadMessage(bytes.NewReader(e.Raw))
	if err != nil {
		return fmt.Errorf("the desk sent what is no mail: %w", err)
	}
	s.mu.Lock()
	s.receipts = append(s.receipts, receipt{
		life: s.life.Load(), to: e.To[0], messageID: strings.Trim(read.Header.Get("Message-Id"), "<>"),
		ticket: read.Header.Get("X-Maildesk-Ticket"), raw: e.Raw,
	})
	release := s.release
	s.mu.Unlock()
	if s.wire.pull() {
		<-release
	}
	return nil
}

// arm keeps the reply to the n-th mail from now on back; the channel is closed when it has been taken.
func (s *sink) arm(n int) <-chan struct{} { return s.wire.set(n) }

// disarm lets everybody go.
func (s *sink) disarm() {
	s.wire.set(0)
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.release)
	s.release = make(chan struct{})
}

// taken are the receipts so far.
func (s *sink) taken() []receipt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.receipts[:len(s.receipts):len(s.receipts)]
}
