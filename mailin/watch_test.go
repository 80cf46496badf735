package mailin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"maildesk/mailin/imaptest"
)

const user, secret = "helpdesk@corp.example", "secret"

// office is a server, an account on it and a desk, with short bounds.
type office struct {
	server  *imaptest.Server
	account Account
	opt     Options
	ledger  *ledger

	mu     sync.Mutex
	lines  []string // commands the server got
	events []Event
}

// newOffice starts a server. Watch is started by the test, when everything lies in place.
func newOffice(t testing.TB, opt imaptest.Options) *office {
	t.Helper()
	o := &office{ledger: newLedger()}
	opt.Users = map[string]string{user: secret}
	if opt.Trace == nil {
		opt.Trace = o.trace
	}
	server, err := imaptest.Start(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	o.server = server
	o.account = Account{
		Name: user + "@127.0.0.1", URL: server.URL(), Username: user, TLS: server.ClientTLS(),
		Password: func(context.Context) (string, error) { return secret, nil },
		Folder:   "INBOX", Processed: "Processed", Failed: "Failed", Poll: time.Minute, SpoolDir: t.TempDir(),
	}
	o.opt = Options{
		Log: slog.New(slog.DiscardHandler), Observe: o.observe,
		Silence: 5 * time.Second, RetryMin: time.Millisecond, RetryMax: 20 * time.Millisecond,
		LoginMin: time.Millisecond, LoginMax: 20 * time.Millisecond,
	}
	return o
}

func (o *office) trace(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lines = append(o.lines, line)
}

func (o *office) observe(e Event) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.events = append(o.events, e)
}

// watch runs Watch until the test ends, or until the returned function is called.
func (o *office) watch(t testing.TB) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancelCause(context.Background())
	done := make(chan error, 1)
	go func() { done <- Watch(ctx, o.account, o.ledger, o.opt) }()
	stop = sync.OnceValue(func() error {
		cancel(errStopped)
		return <-done
	})
	t.Cleanup(func() {
		if err := stop(); err != errStopped {
			t.Errorf("Watch returned %v", err)
		}
	})
	return stop
}

var errStopped = errors.New("the test stops")

func (o *office) post(t testing.TB, subject string) uint32 {
	t.Helper()
	return o.postAt(t, letter(subject), firstStart.Add(time.Hour))
}

func (o *office) postAt(t testing.TB, raw string, at time.Time) uint32 {
	t.Helper()
	uid, err := o.server.Append(user, "INBOX", []byte(raw), at)
	if err != nil {
		t.Fatal(err)
	}
	return uid
}

func letter(subject string) string {
	return "From: zhangsan@corp.example\r\nSubject: " + subject + "\r\n\r\nThe printer says " + subject + ".\r\n"
}

// folder describes the mails of a folder: subject and flags.
func (o *office) folder(t testing.TB, name string) []string {
	t.Helper()
	mails, err := o.server.List(user, name)
	if err != nil {
		t.Fatal(err)
	}
	described := []string{}
	for _, m := range mails {
		_, rest, _ := strings.Cut(string(m.Raw), "Subject: ")
		subject, _, _ := strings.Cut(rest, "\r\n")
		slices.Sort(m.Flags)
		described = append(described, strings.TrimSpace(subject+" "+strings.Join(m.Flags, " ")))
	}
	return described
}

func (o *office) wantFolder(t testing.TB, name string, want ...string) {
	t.Helper()
	if got := o.folder(t, name); !slices.Equal(got, want) {
		t.Errorf("%s holds %q, want %q", name, got, want)
	}
}

func (o *office) await(t testing.TB, verb string, n int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := o.server.Await(ctx, verb, n); err != nil {
		t.Fatal(err)
	}
}

func subjects(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("E%03d", i+1))
	}
	return all
}

// TestAcknowledge follows a mail from the folder to where it belongs, with what each kind of server can do.
func TestAcknowledge(t *testing.T) {
	for _, tt := range []struct {
		name      string
		without   []string
		processed string
		inbox     []string
		moved     []string
	}{
		{"MOVE", nil, "Processed", nil, []string{`paper jam \Seen`}},
		{"COPY and UID EXPUNGE", []string{"MOVE"}, "Processed", nil, []string{`paper jam \Seen`}},
		{"COPY without UIDPLUS", []string{"MOVE", "UIDPLUS"}, "Processed", []string{`paper jam \Deleted \Seen`}, []string{`paper jam \Seen`}},
		{"left in place", nil, "", []string{`paper jam \Seen`}, nil},
		{"folder below another", nil, "IT/已处理", nil, []string{`paper jam \Seen`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{Without: tt.without})
			o.account.Processed = tt.processed
			o.post(t, "paper jam")
			o.watch(t)
			rows := o.ledger.acknowledged(t, 1)
			if rows[0].body != letter("paper jam") {
				t.Errorf("body %q", rows[0].body)
			}
			o.wantFolder(t, "INBOX", tt.inbox...)
			if tt.processed != "" {
				o.wantFolder(t, tt.processed, tt.moved...)
			}
		})
	}
}
