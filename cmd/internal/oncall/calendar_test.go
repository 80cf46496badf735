package oncall

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

var people = []tickets.Address{{Name: "李伟", Address: "liwei@corp.example"}, {Name: "Mary Wilson", Address: "mary@corp.example"}, {Name: "Tom", Address: "tom@corp.example"}}

func event(lines ...string) string {
	return "BEGIN:VEVENT\r\nUID:" + lines[0] + "\r\nDTSTAMP:20231101T000000Z\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\n"
}

func write(t *testing.T, path string, events ...string) {
	t.Helper()
	text := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//corp.example//rota//EN\r\n" + strings.Join(events, "") + "END:VCALENDAR\r\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTurns(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "oncall.ics")
	write(t, path,
		event("SUMMARY:值班 李伟", "DTSTART;TZID=Asia/Shanghai:20231113T090000", "DTEND;TZID=Asia/Shanghai:20231120T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
		event("SUMMARY:on call", "ATTENDEE;CN=Mary:MAILTO:Mary@corp.example", "DTSTART;TZID=Asia/Shanghai:20231120T090000", "DTEND;TZID=Asia/Shanghai:20231127T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
		event("SUMMARY:tom@corp.example covers", "DTSTART;VALUE=DATE:20231116", "DTEND;VALUE=DATE:20231117"),
		event("SUMMARY:Tom", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20231115", "DTEND;VALUE=DATE:20231116"),
	)
	now := time.Now()
	c, err := Open(path, people, shanghai, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	says := func(at string) string {
		instant, err := time.ParseInLocation("2006-01-02 15:04", at, shanghai)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, a := range c.Turns(instant) {
			names = append(names, a.Name)
		}
		return strings.Join(names, ", ")
	}
	for at, want := range map[string]string{
		"2023-11-13 08:59": "", "2023-11-13 09:00": "李伟, Tom, Mary Wilson", "2023-11-15 12:00": "李伟, Tom, Mary Wilson",
		"2023-11-16 12:00": "Tom, 李伟, Mary Wilson", "2023-11-20 09:00": "Mary Wilson, 李伟", "2024-11-13 12:00": "李伟, Mary Wilson",
	} {
		if got := says(at); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}

	// The file is read again when it has changed; one that is broken leaves what was known.
	write(t, path, event("SUMMARY:Tom", "DTSTART:20231101T000000Z", "DTEND:20241201T000000Z"))
	later := now.Add(time.Hour)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if got := says("2023-11-15 12:00"); got != "Tom" {
		t.Errorf("after the change %q", got)
	}
	if err := os.WriteFile(path, []byte("no calendar"), 0o600); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if got := says("2023-11-15 12:00"); got != "Tom" {
		t.Errorf("after a broken change %q", got)
	}
}

// One week of a series that is handed to somebody else is theirs, and one that is cancelled is nobody's.
func TestAWeekIsHandedOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "oncall.ics")
	write(t, path,
		event("SUMMARY:Tom", "DTSTART:20231106T090000Z", "DTEND:20231113T090000Z", "RRULE:FREQ=WEEKLY"),
		event("SUMMARY:Tom", "ATTENDEE:mailto:mary@corp.example", "RECURRENCE-ID:20231113T090000Z", "DTSTART:20231113T090000Z", "DTEND:20231120T090000Z"),
		event("SUMMARY:Tom", "STATUS:CANCELLED", "RECURRENCE-ID:20231120T090000Z", "DTSTART:20231120T090000Z", "DTEND:20231127T090000Z"),
	)
	c, err := Open(path, people, time.UTC, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[int]string{8: "Tom", 15: "Mary Wilson", 22: "", 29: "Tom"} {
		got := ""
		if turns := c.Turns(time.Date(2023, 11, day, 12, 0, 0, 0, time.UTC)); len(turns) > 0 {
			got = turns[0].Name
		}
		if got != want {
			t.Errorf("on the %d. %q is on call, want %q", day, got, want)
		}
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ event, want string }{
		"nobody's":   {event("SUMMARY:Zhou", "DTSTART:20231101T000000Z", "DTEND:20231102T000000Z"), `event "Zhou": it is nobody's`},
		"backwards":  {event("SUMMARY:Tom", "DTSTART:20231102T000000Z", "DTEND:20231101T000000Z"), "it ends before it begins"},
		"recurrence": {event("SUMMARY:Tom", "DTSTART:20231101T000000Z", "DTEND:20231102T000000Z", "RRULE:FREQ=OFTEN"), "recurrence"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "oncall.ics")
			write(t, path, c.event)
			if _, err := Open(path, people, time.UTC, time.Now, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
	if _, err := Open("gone.ics", people, time.UTC, time.Now, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("no error without a file")
	}
}
