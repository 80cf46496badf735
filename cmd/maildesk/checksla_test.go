package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/tickets/thread"
)

// TestTargetsAreShownByAnExample reads the examples of some offices, at some instants.
func TestTargetsAreShownByAnExample(t *testing.T) {
	const nationalDay = "[office]\nholidays = [\"2023-10-01..2023-10-06\"]\nworkdays = [\"2023-10-07\"]\n"
	for _, c := range []struct {
		name, toml, now string
		want            string // a line of what is printed
	}{
		{"a weekend", "", "2023-11-15 10:00", "sla P1: reported Fri 2023-11-17 17:30 → answer by Mon 2023-11-20 09:30, solved by Mon 2023-11-20 17:30 (1h and 1d, office hours)"},
		{"day and night", "", "2023-11-15 10:00", "sla P0: reported Fri 2023-11-17 17:30 → answer by Fri 2023-11-17 17:45, solved by Fri 2023-11-17 21:30 (15m and 4h, day and night)"},
		{"on that very day", "", "2023-11-17 23:00", "sla P1: reported Fri 2023-11-17 17:30 → answer by Mon 2023-11-20 09:30, solved by Mon 2023-11-20 17:30 (1h and 1d, office hours)"},
		{"the holidays", nationalDay, "2023-09-29 10:00", "sla P1: reported Fri 2023-09-29 17:30 → answer by Sat 2023-10-07 09:30, solved by Sat 2023-10-07 17:30 (1h and 1d, office hours)"},
		{"the day worked for them", nationalDay, "2023-10-01 10:00", "sla P2: reported Sat 2023-10-07 17:30 → answer by Mon 2023-10-09 12:30, solved by Tue 2023-10-10 17:30 (4h and 2d, office hours)"},
		{"open every day", "[office]\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]\n", "2023-11-15 10:00",
			"sla P1: reported Wed 2023-11-15 17:30 → answer by Thu 2023-11-16 09:30, solved by Thu 2023-11-16 17:30 (1h and 1d, office hours)"},
		{"around the clock", "[office]\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]\nopen = \"00:00\"\nclose = \"24:00\"\n", "2023-11-15 10:00",
			"sla P1: reported Wed 2023-11-15 23:30 → answer by Thu 2023-11-16 00:30, solved by Thu 2023-11-16 23:30 (1h and 1d, office hours)"},
		{"a short day", "[office]\nopen = \"09:00\"\nclose = \"09:30\"\n[sla.P1]\nrespond = \"10m\"\nresolve = \"20m\"\n", "2023-11-15 10:00",
			"sla P1: reported Fri 2023-11-17 09:15 → answer by Fri 2023-11-17 09:25, solved by Mon 2023-11-20 09:05 (10m and 20m, office hours)"},
		{"long holidays", "[office]\nholidays = [\"2023-11-15..2023-12-31\"]\n", "2023-11-15 10:00", "sla P1: reported Mon 2024-01-01 09:00 → answer by Mon 2024-01-01 10:00, solved by Mon 2024-01-01 18:00 (1h and 1d, office hours)"},
		{"a category", "[sla.P1.network]\nresolve = \"2h\"\n", "2023-11-15 10:00", "sla P1 network: reported Fri 2023-11-17 17:30 → answer by Mon 2023-11-20 09:30, solved by Mon 2023-11-20 10:30 (1h and 2h, office hours)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			desk := deskOf(t, c.toml)
			now, err := time.ParseInLocation("2006-01-02 15:04", c.now, desk.Desk.Location)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			checkTargets(&checklist{out: &out}, desk, now)
			if !strings.Contains(out.String(), "ok     "+c.want+"\n") {
				t.Errorf("not printed: %s\nthere is:\n%s", c.want, &out)
			}
		})
	}
}

// deskOf is a configuration with some sections of its own.
func deskOf(t *testing.T, toml string) *config.Config {
	t.Helper()
	dir := t.TempDir()
	key, err := thread.NewKey("1")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"maildesk.secret": key.Line() + "\n", "password": "x\n",
		"maildesk.toml": "[desk]\naddress = \"helpdesk@corp.example\"\n[[mailbox]]\nimap = \"imaps://imap.corp.example\"\npassword_file = \"password\"\n" +
			"[smtp]\nurl = \"smtps://smtp.corp.example\"\n" + toml,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	desk, _, err := config.Load(filepath.Join(dir, "maildesk.toml"), func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	return desk
}
