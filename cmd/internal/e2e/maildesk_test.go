//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is the built maildesk with a desk of its own.
type program struct {
	t      *testing.T // that uses it just now
	post   *post
	binary string
	dir    string
	config string
	http   string // where the daemon tells how it is
}

// build makes the program. It has minutes, for it may be the first build on this machine.
func build(t *testing.T) (binary string) {
	t.Helper()
	binary = filepath.Join(t.TempDir(), "maildesk")
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	if said, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "maildesk/cmd/maildesk").CombinedOutput(); err != nil {
		t.Fatalf("build maildesk: %v\n%s", err, said)
	}
	return binary
}

// newProgram makes a new desk by the program's own init.
func newProgram(ctx context.Context, t *testing.T, binary string, p *post) *program {
	t.Helper()
	m := &program{t: t, post: p, binary: binary, dir: filepath.Join(t.TempDir(), "desk"), http: local(freePorts(t, 1)[0])}
	m.config = filepath.Join(m.dir, "e2e.toml")
	m.run(ctx, "init", m.dir)
	check(t, os.WriteFile(filepath.Join(m.dir, "password"), []byte(desk.Password+"\n"), 0o600))
	return m
}

// configure writes the configuration. poll is so rare that only IDLE can bring mail in time.
func (m *program) configure(imapURL, smtpURL string) {
	m.t.Helper()
	write(m.t, m.config, fmt.Sprintf(`
[desk]
address = %q

[[mailbox]]
imap = %q
password_file = "password"
poll = "1h"

[smtp]
url = %q
username = %[1]q
password_file = "password"

[http]
listen = %[4]q
`, desk.Address, imapURL, smtpURL, m.http))
}

func (m *program) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, m.binary, args...)
	cmd.Env = append(os.Environ(), "SSL_CERT_FILE="+m.post.path("cert.pem"), "SSL_CERT_DIR=/nonexistent")
	return cmd
}

// run runs a command to its end, which has to be a good one, and returns what it printed.
func (m *program) run(ctx context.Context, args ...string) string {
	m.t.Helper()
	cmd := m.command(ctx, args...)
	said := new(bytes.Buffer)
	cmd.Stderr = said
	out, err := cmd.Output()
	if err != nil {
		m.t.Fatalf("maildesk %s: %v\n%s%s", strings.Join(args, " "), err, out, said)
	}
	return string(out)
}

// about runs a command that reads the desk.
func (m *program) about(ctx context.Context, args ...string) string {
	m.t.Helper()
	return m.run(ctx, append(args, "-c", m.config)...)
}

// serve starts the daemon and waits until it is ready. stop asks it to end, which it has to do well; it is called at
// the test's end if not before.
func (m *program) serve(ctx context.Context) (stop func()) {
	t := m.t
	t.Helper()
	log := new(bytes.Buffer)
	cmd := m.command(context.Background(), "serve", "-c", m.config)
	cmd.Stderr = log
	check(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	stop = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("maildesk serve: %v", err)
			}
		case <-time.After(15 * time.Second):
			t.Error("maildesk serve did not stop and is killed")
			_ = cmd.Process.Kill()
			<-ended
		}
		if t.Failed() {
			t.Logf("maildesk serve said:\n%s", log)
		}
	})
	t.Cleanup(stop)
	if err := until(ctx, 20*time.Second, m.ready); err != nil {
		t.Fatalf("maildesk serve is not ready: %v", err)
	}
	return stop
}

// ready asks the daemon whether it is.
func (m *program) ready() error {
	client := http.Client{Timeout: 2 * time.Second}
	answer, err := client.Get("http://" + m.http + "/readyz")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		page, _ := io.ReadAll(answer.Body)
		return fmt.Errorf("%s: %s", answer.Status, page)
	}
	return nil
}

// ticket is what the stories look at of `ticket show --json`.
type ticket struct {
	Number    string
	Subject   string
	Status    string
	Requester struct{ Name, Address string }
	Entries   []entry
}

type entry struct {
	Actor       struct{ Address string }
	Kind        string
	Text        string
	Visibility  string
	Verified    bool
	MessageID   string `json:"message_id"`
	Attachments []struct {
		Name, Type string
		Size       int64
		SHA256     string
	}
}

// tickets lists all tickets.
func (m *program) tickets(ctx context.Context) []ticket {
	m.t.Helper()
	return decode[[]ticket](m.t, m.about(ctx, "ticket", "list", "--json"))
}

// ticket reads one with its timeline.
func (m *program) ticket(ctx context.Context, number string) ticket {
	m.t.Helper()
	return decode[ticket](m.t, m.about(ctx, "ticket", "show", number, "--json"))
}

// outgoing is what the stories look at of `outbox list --json`.
type outgoing struct{ Number, Kind, Recipient, State, Response string }

func (m *program) outbox(ctx context.Context) []outgoing {
	m.t.Helper()
	return decode[[]outgoing](m.t, m.about(ctx, "outbox", "list", "--all", "--json"))
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var out T
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return out
}
