package config

import (
	"testing"
	"time"
)

// TestOfficeHours checks that a loaded office counts as its file says, in the desk's zone.
func TestOfficeHours(t *testing.T) {
	const nationalDay = "[office]\nholidays = [\"2023-09-29..2023-10-06\"]\nworkdays = [\"2023-10-07..2023-10-08\"]\n"
	resolved := time.Date(2023, 9, 28, 8, 0, 0, 0, time.UTC) // 16:00 in Shanghai, on a Thursday
	for _, test := range []struct {
		name, toml, want string
	}{
		{"defaults", minimal, "2023-10-02 16:00 +0800"},
		{"holidays", and(nationalDay), "2023-10-08 16:00 +0800"},
		{"other days", and("[office]\ndays = [\"thu\", \"sat\"]\n"), "2023-10-05 16:00 +0800"},
		{"other hours", and("[office]\nopen = \"08:30\"\nclose = \"15:00\"\n"), "2023-10-03 08:30 +0800"},
		{"to midnight", and("[office]\nopen = \"17:30\"\nclose = \"24:00\"\n"), "2023-10-02 17:30 +0800"},
		{"other zone", in("[desk]", "time_zone = \"Europe/Berlin\""), "2023-10-02 10:00 +0200"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, _ := mustLoad(t, folder(t, test.toml))
			if got := c.Office.Hours.After(resolved, 48*time.Hour).Format("2006-01-02 15:04 -0700"); got != test.want {
				t.Errorf("48h after the resolution is %s, want %s", got, test.want)
			}
		})
	}
}

func TestOfficeIsOpenToMidnight(t *testing.T) {
	c, _ := mustLoad(t, folder(t, and("[office]\nopen = \"00:00\"\nclose = \"24:00\"\n")))
	if c.Office.Close.String() != "24:00" {
		t.Errorf("close = %s", c.Office.Close)
	}
	monday := time.Date(2023, 11, 13, 0, 0, 0, 0, c.Desk.Location)
	if got := c.Office.Hours.Between(monday, monday.AddDate(0, 0, 7)); got != 5*24*time.Hour {
		t.Errorf("a week has %s, want 120h", got)
	}
}

// TestLead checks that a lead may be named by any address of a technician and is known by the first.
func TestLead(t *testing.T) {
	c, _ := mustLoad(t, folder(t, and(person+`aliases = ["wei.li@corp.example"]
[[group]]
name = "desktop"
lead = "Wei.Li@Corp.example"
[[group]]
name = "network"
lead = ""
`)))
	if c.Groups[0].Lead != "liwei@corp.example" || c.Groups[1].Lead != "" {
		t.Errorf("leads = %q and %q, want liwei@corp.example and none", c.Groups[0].Lead, c.Groups[1].Lead)
	}
}
