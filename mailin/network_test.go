package mailin

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/mailin/imaptest"
)

// TestHang silences the server once at every step; a new session takes over.
func TestHang(t *testing.T) {
	for _, tt := range []struct {
		verb    string
		without []string
	}{
		{verb: imaptest.Greeting}, {verb: "LOGIN", without: []string{"AUTH=PLAIN"}}, {verb: "AUTHENTICATE"}, {verb: "NAMESPACE"},
		{verb: "LIST"}, {verb: "CREATE"}, {verb: "SUBSCRIBE"}, {verb: "SELECT"}, {verb: "UID SEARCH"}, {verb: "UID FETCH"},
		{verb: "UID STORE"}, {verb: "UID MOVE"}, {verb: "UID COPY", without: []string{"MOVE"}}, {verb: "UID EXPUNGE", without: []string{"MOVE"}},
		{verb: "IDLE"}, {verb: "DONE"}, {verb: "NOOP", without: []string{"IDLE"}},
	} {
		t.Run(tt.verb, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, imaptest.Options{Without: tt.without})
			o.opt.Silence, o.account.Poll = 100*time.Millisecond, 10*time.Millisecond
			lost := make(chan error, 10)
			o.opt.Observe = func(e Event) {
				if e.Kind == Lost {
					lost <- e.Err
				}
			}
			o.post(t, "patience")
			o.server.Inject(imaptest.Fault{Verb: tt.verb, Times: 1, Do: imaptest.Hang})
			o.watch(t)
			var silent *SilentError
			if err := <-lost; !errors.As(err, &silent) || silent.After != o.opt.Silence {
				t.Errorf("session lost with %v, want the silence noticed", err)
			}
			o.ledger.acknowledged(t, 1)
			o.wantFolder(t, "Processed", `patience \Seen`)
		})
	}
}

// TestLostSession ends a quiet session in different ways.
func TestLostSession(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(*imaptest.Server)
	}{
		{"connection closed", (*imaptest.Server).Disconnect},
		{"BYE", (*imaptest.Server).Bye},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{})
			o.watch(t)
			for i := range 3 {
				o.await(t, "IDLE", 1+i)
				tt.end(o.server)
			}
			o.await(t, "IDLE", 4)
			o.post(t, "still there")
			o.ledger.acknowledged(t, 1)
		})
	}
}

// TestThinLine sends a mail so slowly that it takes several times the allowed silence.
func TestThinLine(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.opt.Silence = 300 * time.Millisecond
	raw := letter("slow") + strings.Repeat("x", 20_000)
	o.postAt(t, raw, firstStart.AddDate(0, 0, 1))
	o.server.Throttle(25_000)
	o.watch(t)
	if rows := o.ledger.acknowledged(t, 1); rows[0].body != raw {
		t.Errorf("got %d bytes, want %d", len(rows[0].body), len(raw))
	}
	if n := o.server.Count("SELECT"); n != 1 {
		t.Errorf("%d sessions, want one", n)
	}
}

func TestSecurity(t *testing.T) {
	for _, tt := range []struct {
		name     string
		security imaptest.Security
		scheme   string
	}{
		{"TLS", imaptest.TLS, "imaps"},
		{"STARTTLS", imaptest.StartTLS, "imap"},
		{"loopback", imaptest.Plain, "imap+insecure"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{Security: tt.security})
			if o.account.URL.Scheme != tt.scheme {
				t.Fatalf("scheme %s", o.account.URL.Scheme)
			}
			o.post(t, "secret")
			o.watch(t)
			o.ledger.acknowledged(t, 1)
		})
	}
}

func TestIDIsSentBeforeSelect(t *testing.T) {
	o := newOffice(t, imaptest.Options{With: []string{"ID"}})
	o.opt.Version = "1.2"
	o.watch(t)
	o.await(t, "SELECT", 1)
	o.mu.Lock()
	defer o.mu.Unlock()
	id := slices.IndexFunc(o.lines, func(line string) bool {
		return strings.Contains(line, `ID ("name" "maildesk" "version" "1.2")`)
	})
	selected := slices.IndexFunc(o.lines, func(line string) bool { return strings.Contains(line, "SELECT") })
	if id < 0 || id > selected {
		t.Errorf("commands %q", o.lines)
	}
}

func TestChangedPasswordIsPickedUp(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	answers := make(chan string, 3)
	answers <- "old"
	answers <- "older"
	answers <- secret
	o.account.Password = func(context.Context) (string, error) { return <-answers, nil }
	var refused []error
	o.opt.Observe = func(e Event) {
		if e.Kind == Lost {
			refused = append(refused, e.Err)
		}
	}
	o.post(t, "in the end")
	o.watch(t)
	o.ledger.acknowledged(t, 1)
	if len(refused) != 2 {
		t.Fatalf("refused %v", refused)
	}
	for _, err := range refused {
		var setup *SetupError
		if !errors.As(err, &setup) || setup.Step != StepLogin || setup.Fix() == "" {
			t.Errorf("error %v", err)
		}
	}
}

func TestUnusableAccount(t *testing.T) {
	for _, tt := range []struct{ name, url string }{
		{"password in clear", "imap+insecure://imap.corp.example"},
		{"other protocol", "pop3://127.0.0.1"},
		{"no host", "imaps:///INBOX"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u, err := url.Parse(tt.url)
			if err != nil {
				t.Fatal(err)
			}
			err = Watch(t.Context(), Account{Name: "helpdesk", URL: u}, newLedger(), Options{})
			var wrong *ConfigError
			if !errors.As(err, &wrong) || wrong.Fix() == "" {
				t.Errorf("Watch returned %v", err)
			}
		})
	}
}

func TestPanicIsSurvived(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.opt.Reconcile = func(now time.Time) time.Time {
		if o.server.Count("SELECT") == 1 {
			panic("out of the blue")
		}
		return now.Add(time.Hour)
	}
	o.post(t, "after all")
	o.watch(t)
	o.ledger.acknowledged(t, 1)
	o.mu.Lock()
	defer o.mu.Unlock()
	if !slices.ContainsFunc(o.events, func(e Event) bool { return e.Kind == Panicked && e.Err != nil }) {
		t.Errorf("events %v", o.events)
	}
}
