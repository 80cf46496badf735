package config

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maildesk/tickets"
)

// TestSample checks that what init writes is a configuration as it stands, with no value but defaults and examples.
func TestSample(t *testing.T) {
	path := folder(t, string(Sample()))
	c, warnings := mustLoad(t, path)
	if len(warnings) != 1 {
		t.Errorf("warnings:\n%s\nwant one, of nobody who answers", warnings)
	}
	bare, _ := mustLoad(t, folder(t, minimal))
	if c.Desk.Name != bare.Desk.Name || c.Desk.NameZH != bare.Desk.NameZH || c.Desk.Language != bare.Desk.Language ||
		c.Desk.Location.String() != bare.Desk.Location.String() {
		t.Errorf("the sample sets what are not the defaults: %+v", c.Desk)
	}
}

var commentedOut = regexp.MustCompile(`(?m)^#([a-z\[])`)

// TestWholeSample takes every # away that stands right before a key or a section: the file must still load, have
// every default as its value, and leave no key of the reader unmentioned.
func TestWholeSample(t *testing.T) {
	whole := commentedOut.ReplaceAllString(string(Sample()), "$1")
	path := folder(t, whole)
	write(t, filepath.Dir(path), "staff.csv", "", 0o644)
	c, _ := mustLoad(t, path)
	bare, _ := mustLoad(t, folder(t, minimal))

	for name, pair := range map[string][2]any{
		"desk": {withoutPaths(c.Desk), withoutPaths(bare.Desk)}, "limits": {c.Limits, bare.Limits}, "trust": {c.Trust, bare.Trust},
		"office days": {c.Office.Days, bare.Office.Days}, "open": {c.Office.Open, bare.Office.Open}, "close": {c.Office.Close, bare.Office.Close},
		"survey": {c.Survey, bare.Survey}, "http": {c.HTTP, bare.HTTP}, "ladder": {c.OnCall.Ladder, bare.OnCall.Ladder}, "repeat": {c.OnCall.Repeat, bare.OnCall.Repeat},
		"sla":  {written(c.SLA), written(bare.SLA)},
		"poll": {c.Mailboxes[0].Poll, bare.Mailboxes[0].Poll}, "backlog": {c.Mailboxes[0].Backlog, bare.Mailboxes[0].Backlog},
	} {
		if fmt.Sprintf("%+v", pair[0]) != fmt.Sprintf("%+v", pair[1]) {
			t.Errorf("%s: the sample shows %+v, the default is %+v", name, pair[0], pair[1])
		}
	}
	for _, key := range knownKeys(t, path) {
		if !regexp.MustCompile(`(?m)\b` + key + ` = `).MatchString(whole) {
			t.Errorf("the sample does not mention %s", key)
		}
	}
}

// written are targets as they stand in a file.
func written(all map[tickets.Priority]SLA) map[tickets.Priority]SLA {
	out := map[tickets.Priority]SLA{}
	for p, s := range all {
		out[p] = SLA{Respond: s.Respond, Resolve: s.Resolve, Hours: s.Hours}
	}
	return out
}

func withoutPaths(d Desk) Desk {
	d.SecretFile, d.DataDir, d.Location = "", "", nil
	return d
}

// knownKeys are the keys, not the sections, that the reader asked for in a file.
func knownKeys(t *testing.T, path string) []string {
	t.Helper()
	l := &loader{file: path, env: noEnv}
	l.read(l.open("", l.parse()))
	unsaid := []string{"password", "oauth"} // known to be refused
	var keys []string
	for _, table := range l.tables {
		if table.path == "" || table.path == "sla" {
			continue // their keys are sections
		}
		for _, key := range table.known {
			if !slices.Contains(unsaid, key) && !(strings.HasPrefix(table.path, "sla.") && slices.Contains(categories, key)) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// TestSampleComments checks that each key of the sample says what it is for, and that it is readable on a screen.
func TestSampleComments(t *testing.T) {
	for i, line := range strings.Split(string(Sample()), "\n") {
		setting := commentedOut.ReplaceAllString(line, "$1")
		if strings.Contains(setting, " = ") && !strings.HasPrefix(setting, "#") && !strings.Contains(setting, " # ") {
			t.Errorf("line %d has no comment: %s", i+1, line)
		}
		if len([]rune(line)) > 130 {
			t.Errorf("line %d is longer than 130 letters", i+1)
		}
	}
}

func TestSampleIsACopy(t *testing.T) {
	Sample()[0] = 'x'
	if !bytes.HasPrefix(Sample(), []byte("#")) {
		t.Error("a caller can change the sample")
	}
}

// TestCredentials checks that secrets handed over by systemd go before files beside the configuration.
func TestCredentials(t *testing.T) {
	path := folder(t, minimal)
	handed := t.TempDir()
	write(t, handed, "imap.password", "handed over", 0o400)
	env := func(name string) string { return map[string]string{"CREDENTIALS_DIRECTORY": handed}[name] }
	c, _, err := Load(path, env)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.Mailboxes[0].Password.Read(t.Context()); got != "handed over" || err != nil {
		t.Errorf("password = %q, %v; want the one handed over", got, err)
	}
	if want := filepath.Join(filepath.Dir(path), "maildesk.secret"); c.Desk.SecretFile != want {
		t.Errorf("secret_file = %s, want %s, for it was not handed over", c.Desk.SecretFile, want)
	}
}

func TestPasswordFromEnvironment(t *testing.T) {
	path := folder(t, swap(`password_file = "imap.password"`, `password_env = "IMAP_PASSWORD"`))
	env := func(name string) string { return map[string]string{"IMAP_PASSWORD": "open sesame"}[name] }
	c, _, err := Load(path, env)
	if err != nil {
		t.Fatal(err)
	}
	password := c.Mailboxes[0].Password
	if got, err := password.Read(t.Context()); got != "open sesame" || err != nil {
		t.Errorf("password = %q, %v", got, err)
	}
	if shown := fmt.Sprintf("%v %s %+v", password, password, c.Mailboxes); strings.Contains(shown, "sesame") {
		t.Errorf("a printed Secret shows the password: %s", shown)
	}
}

// TestPasswordIsReadAnew checks that a changed password is seen without a restart.
func TestPasswordIsReadAnew(t *testing.T) {
	path := folder(t, minimal)
	c, _ := mustLoad(t, path)
	password := c.Mailboxes[0].Password
	if got, err := password.Read(t.Context()); got != "open sesame" || err != nil {
		t.Fatalf("password = %q, %v", got, err)
	}
	write(t, filepath.Dir(path), "imap.password", "new\r\n", 0o600)
	if got, err := password.Read(t.Context()); got != "new" || err != nil {
		t.Errorf("password = %q, %v; want the new one without its line break", got, err)
	}
	if err := os.Remove(password.String()); err != nil {
		t.Fatal(err)
	}
	if got, err := password.Read(t.Context()); err == nil {
		t.Errorf("password = %q from a file that is gone", got)
	}
}
