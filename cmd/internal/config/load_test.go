package config

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/tickets/thread"
)

const minimal = `
[desk]
address = "helpdesk@Corp.example"
[[mailbox]]
imap = "imaps://imap.corp.example"
password_file = "imap.password"
[smtp]
url = "smtps://smtp.corp.example"
`

// folder is a configuration folder with its secrets in place.
func folder(t *testing.T, toml string) (path string) {
	t.Helper()
	dir := t.TempDir()
	key, err := thread.NewKey("1")
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "maildesk.secret", key.Line()+"\n", 0o600)
	write(t, dir, "imap.password", "open sesame\n", 0o600)
	write(t, dir, "smtp.password", "open sesame\n", 0o600)
	return write(t, dir, "maildesk.toml", toml, 0o644)
}

func write(t *testing.T, dir, name, content string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // the umask must not decide what a test sees
		t.Fatal(err)
	}
	return path
}

func noEnv(string) string { return "" }

func mustLoad(t *testing.T, path string) (*Config, Warnings) {
	t.Helper()
	c, warnings, err := Load(path, noEnv)
	if err != nil {
		t.Fatalf("Load:\n%v", err)
	}
	return c, warnings
}

// problems loads a configuration that must be refused, and returns its errors without the folder's path.
func problems(t *testing.T, path string) []string {
	t.Helper()
	c, _, err := Load(path, noEnv)
	var all Errors
	if !errors.As(err, &all) {
		t.Fatalf("Load = %v, %v; want Errors", c, err)
	}
	if c != nil {
		t.Error("Load gave a Config beside its errors")
	}
	return strings.Split(strings.ReplaceAll(err.Error(), filepath.Dir(path)+"/", ""), "\n")
}

func TestDefaults(t *testing.T) {
	path := folder(t, minimal)
	c, warnings := mustLoad(t, path)
	dir := filepath.Dir(path)

	if d := c.Desk; d.Address != "helpdesk@corp.example" || d.Name != "IT Service Desk" || d.NameZH != "IT 服务台" ||
		d.Prefix != "IT" || d.Location.String() != "Asia/Shanghai" || d.Language != "zh" || d.AllowOutside ||
		d.ReplyTo != "plain" || d.MaxSize != 40<<20 || d.ReconcileAt != (TimeOfDay{Hour: 3}) {
		t.Errorf("desk = %+v", d)
	}
	if len(c.Desk.StaffDomains) != 1 || c.Desk.StaffDomains[0] != "corp.example" {
		t.Errorf("staff_domains = %v, want the domain of the desk", c.Desk.StaffDomains)
	}
	if c.Desk.DataDir != filepath.Join(dir, "data") || c.Desk.SecretFile != filepath.Join(dir, "maildesk.secret") {
		t.Errorf("data_dir = %s, secret_file = %s; want them beside the file", c.Desk.DataDir, c.Desk.SecretFile)
	}
	m := c.Mailboxes[0]
	if m.IMAP.Address() != "imap.corp.example:993" || m.IMAP.Security != TLS || m.Username != "helpdesk@corp.example" ||
		m.Folder != "INBOX" || m.Processed != "Processed" || m.Failed != "Failed" || m.Backlog != BacklogSkip || m.Poll != time.Minute {
		t.Errorf("mailbox = %+v", m)
	}
	if c.SMTP.URL.Address() != "smtp.corp.example:465" || c.SMTP.Username != "" {
		t.Errorf("smtp = %+v", c.SMTP)
	}
	if c.Limits != (Limits{SenderTicketHour: 5, SenderHour: 20}) || c.HTTP.Listen != "127.0.0.1:9125" || c.Trust.Require != "either" {
		t.Errorf("limits = %+v, http = %+v, trust = %+v", c.Limits, c.HTTP, c.Trust)
	}
	if c.Desk.ReopenWithin != 14*24*time.Hour {
		t.Errorf("reopen_within = %s, want 14 days", c.Desk.ReopenWithin)
	}
	if s := c.Survey; !slices.Equal(s.Remind, []time.Duration{48 * time.Hour, 96 * time.Hour}) || s.Lapse != 7*24*time.Hour {
		t.Errorf("survey = %+v", s)
	}
	if len(warnings) != 1 || !strings.Contains(warnings[0].What, "there is no [[technician]]: ") {
		t.Errorf("warnings = %v, want the one about nobody who answers", warnings)
	}
}

// TestAllErrorsAtOnce has a mistake of each sort in one file: each must be named in the same run.
func TestAllErrorsAtOnce(t *testing.T) {
	path := folder(t, `
[desk]
adress = "helpdesk@corp.example"
time_zone = "Asia/Peking"
max_size = "big"
[[mailbox]]
imap = "imap+insecure://imap.corp.example"
password = "open sesame"
poll = 60
[smtp]
url = "smtps://smtp.corp.example"
[http]
listen = "9125"
`)
	got := problems(t, path)
	for _, want := range []string{
		`maildesk.toml:desk.address: missing; write the address that people write to, such as "helpdesk@corp.example"`,
		`maildesk.toml:desk.adress: unknown key; did you mean "address"?`,
		`maildesk.toml:desk.time_zone: "Asia/Peking" is no time zone; write a name of the tz database, such as "Asia/Shanghai"`,
		`maildesk.toml:desk.max_size: "big" is no size; write a size, such as "40MiB" or "50MB"`,
		`maildesk.toml:mailbox#1.password: a password does not belong in this file; put it into a file of mode 0600 and name that as password_file, or name a variable as password_env`,
		`maildesk.toml:mailbox#1.poll: wrong type; write a text in quotes: "…"`,
		`maildesk.toml:http.listen: "9125" is not address:port; write address and port, such as "127.0.0.1:9125", or "" to turn it off`,
	} {
		if !contains(got, want) {
			t.Errorf("not among the errors: %s", want)
		}
	}
	if len(got) != 8 { // and the insecure scheme
		t.Errorf("%d errors, want 8:\n%s", len(got), strings.Join(got, "\n"))
	}
	if strings.Contains(strings.Join(got, "\n"), "sesame") {
		t.Error("an error repeats the password")
	}
}

func contains(lines []string, want string) bool {
	for _, line := range lines {
		if line == want {
			return true
		}
	}
	return false
}
