package calendar_test

import (
	"errors"
	"fmt"
	"testing"
	"time"
	_ "time/tzdata"

	"maildesk/tickets/calendar"
)

var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}

func clock(hour, minute int) time.Duration {
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
}

func dates(from, to string) calendar.Dates {
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		panic(err)
	}
	last, err := time.Parse(time.DateOnly, to)
	if err != nil {
		panic(err)
	}
	return calendar.Dates{From: first, To: last}
}

func zone(name string) *time.Location {
	location, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return location
}

func hours(office calendar.Office) calendar.Hours {
	h, err := calendar.New(office)
	if err != nil {
		panic(err)
	}
	return h
}

// beijing is the desk of DOMAIN.md, over the National Day holidays of 2023.
var beijing = hours(calendar.Office{
	Zone: zone("Asia/Shanghai"), Days: week, Open: clock(9, 0), Close: clock(18, 0),
	Holidays: []calendar.Dates{dates("2023-09-29", "2023-10-06")},
	Workdays: []calendar.Dates{dates("2023-10-07", "2023-10-08")},
})

// night is an office in whose hours the clocks are changed.
func night(name string) calendar.Hours {
	everyDay := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	return hours(calendar.Office{Zone: zone(name), Days: everyDay, Open: clock(1, 0), Close: clock(5, 0)})
}

const layout = "Mon 2006-01-02 15:04 -0700"

// at reads a time on the office's wall. Of one that the clock shows twice, write the offset.
func at(name, text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04 -0700", text, zone(name))
	if err != nil {
		t, err = time.ParseInLocation("2006-01-02 15:04", text, zone(name))
	}
	if err != nil {
		panic(err)
	}
	return t
}

func ExampleHours_After() {
	resolved := at("Asia/Shanghai", "2023-09-28 16:00") // the last day before the holidays
	for _, limit := range []struct {
		text string
		d    time.Duration
	}{{"4h", clock(4, 0)}, {"48h", clock(48, 0)}, {"96h", clock(96, 0)}, {"7d", clock(7*24, 0)}} {
		fmt.Println(limit.text, beijing.After(resolved, limit.d).Format("Mon 01-02 15:04"))
	}
	// Output:
	// 4h Sat 10-07 11:00
	// 48h Sun 10-08 16:00
	// 96h Tue 10-10 16:00
	// 7d Fri 10-13 16:00
}

func TestNew(t *testing.T) {
	for _, test := range []struct {
		name    string
		office  calendar.Office
		noDay   bool
		noHours bool
	}{
		{"office", calendar.Office{Days: week, Open: clock(9, 0), Close: clock(18, 0)}, false, false},
		{"whole days", calendar.Office{Days: week, Close: clock(24, 0)}, false, false},
		{"workdays alone", calendar.Office{Workdays: []calendar.Dates{dates("2023-01-01", "2023-12-31")}, Close: clock(1, 0)}, true, false},
		{"day of no week", calendar.Office{Days: []time.Weekday{7, -1}, Close: clock(1, 0)}, true, false},
		{"never open", calendar.Office{Days: week, Open: clock(9, 0), Close: clock(9, 0)}, false, true},
		{"over midnight", calendar.Office{Days: week, Open: clock(22, 0), Close: clock(30, 0)}, false, true},
		{"before midnight", calendar.Office{Days: week, Open: -clock(1, 0), Close: clock(6, 0)}, false, true},
		{"both", calendar.Office{}, true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := calendar.New(test.office)
			if errors.Is(err, calendar.ErrNoDay) != test.noDay || errors.Is(err, calendar.ErrNoHours) != test.noHours {
				t.Errorf("error = %v", err)
			}
			if (err != nil) != (test.noDay || test.noHours) {
				t.Errorf("error = %v", err)
			}
		})
	}
}

func TestIsOpenAndNextOpen(t *testing.T) {
	for _, test := range []struct{ name, at, next string }{
		{"in the morning", "2023-11-15 08:59", "2023-11-15 09:00"},
		{"opening", "2023-11-15 09:00", ""},
		{"a minute before closing", "2023-11-15 17:59", ""},
		{"closing", "2023-11-15 18:00", "2023-11-16 09:00"},
		{"Friday evening", "2023-11-17 20:00", "2023-11-20 09:00"},
		{"holiday", "2023-10-02 10:00", "2023-10-07 09:00"},
		{"worked Saturday", "2023-10-07 10:00", ""},
		{"Saturday", "2023-10-14 10:00", "2023-10-16 09:00"},
		{"before 1970", "1969-12-31 18:00", "1970-01-01 09:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			now := at("Asia/Shanghai", test.at)
			want := now
			if test.next != "" {
				want = at("Asia/Shanghai", test.next)
			}
			if got := beijing.IsOpen(now); got != (test.next == "") {
				t.Errorf("IsOpen(%s) = %t", test.at, got)
			}
			if got := beijing.NextOpen(now); !got.Equal(want) {
				t.Errorf("NextOpen(%s) = %s, want %s", test.at, got.Format(layout), want.Format(layout))
			}
		})
	}
}

// TestWorkdayWins lists one date both ways: what is worked all the same is worked.
func TestWorkdayWins(t *testing.T) {
	h := hours(calendar.Office{
		Days: week, Open: clock(9, 0), Close: clock(18, 0),
		Holidays: []calendar.Dates{dates("2023-10-03", "2023-10-08"), dates("2023-09-29", "2023-10-02"), dates("2023-10-04", "2023-10-05")},
		Workdays: []calendar.Dates{dates("2023-10-07", "2023-10-08"), dates("2023-10-04", "2023-10-04")},
	})
	for date, want := range map[string]bool{
		"2023-09-28": true, "2023-09-29": false, "2023-10-02": false, "2023-10-03": false, "2023-10-04": true,
		"2023-10-05": false, "2023-10-06": false, "2023-10-07": true, "2023-10-08": true, "2023-10-09": true, "2023-10-14": false,
	} {
		if got := h.IsOpen(at("UTC", date+" 12:00")); got != want {
			t.Errorf("open on %s: %t, want %t", date, got, want)
		}
	}
}

func TestAdd(t *testing.T) {
	const berlin = "Europe/Berlin"
	for _, test := range []struct {
		name  string
		zone  string
		h     calendar.Hours
		start string
		d     time.Duration
		want  string
	}{
		{"nothing, open", "Asia/Shanghai", beijing, "2023-11-15 10:00", 0, "2023-11-15 10:00"},
		{"nothing, closed", "Asia/Shanghai", beijing, "2023-11-15 18:00", 0, "2023-11-16 09:00"},
		{"less than nothing", "Asia/Shanghai", beijing, "2023-11-15 10:00", -clock(1, 0), "2023-11-15 10:00"},
		{"within the day", "Asia/Shanghai", beijing, "2023-11-15 10:00", clock(4, 0), "2023-11-15 14:00"},
		{"to closing", "Asia/Shanghai", beijing, "2023-11-15 10:00", clock(8, 0), "2023-11-15 18:00"},
		{"over night", "Asia/Shanghai", beijing, "2023-11-15 17:00", clock(4, 0), "2023-11-16 12:00"},
		{"from the weekend", "Asia/Shanghai", beijing, "2023-11-18 03:00", clock(4, 0), "2023-11-20 13:00"},
		{"over the holidays", "Asia/Shanghai", beijing, "2023-09-28 17:00", clock(2, 0), "2023-10-07 10:00"},
		{"over a year", "Asia/Shanghai", beijing, "2023-12-29 17:00", clock(2, 0), "2024-01-01 10:00"},
		{"short night", berlin, night(berlin), "2024-03-31 01:00", clock(3, 0), "2024-03-31 05:00"},
		{"in the short night", berlin, night(berlin), "2024-03-31 01:30", clock(1, 0), "2024-03-31 03:30"},
		{"long night", berlin, night(berlin), "2024-10-27 01:00", clock(5, 0), "2024-10-27 05:00"},
		{"the hour again", berlin, night(berlin), "2024-10-27 01:00", clock(2, 30), "2024-10-27 02:30 +0100"},
	} {
		t.Run(test.name, func(t *testing.T) {
			start, want := at(test.zone, test.start), at(test.zone, test.want)
			if got := test.h.Add(start, test.d); !got.Equal(want) {
				t.Errorf("Add(%s, %s) = %s, want %s", test.start, test.d, got.Format(layout), want.Format(layout))
			}
		})
	}
}

func TestBetween(t *testing.T) {
	for _, test := range []struct {
		name string
		zone string
		h    calendar.Hours
		a, b string
		want time.Duration
	}{
		{"within the day", "Asia/Shanghai", beijing, "2023-11-15 10:00", "2023-11-15 10:45", clock(0, 45)},
		{"in the night", "Asia/Shanghai", beijing, "2023-11-15 20:00", "2023-11-16 07:00", 0},
		{"over the holidays", "Asia/Shanghai", beijing, "2023-09-28 17:00", "2023-10-07 10:00", clock(2, 0)},
		{"a common year", "Asia/Shanghai", beijing, "2022-01-01 00:00", "2023-01-01 00:00", 260 * clock(9, 0)},
		{"short night", "America/New_York", night("America/New_York"), "2024-03-10 00:00", "2024-03-11 00:00", clock(3, 0)},
		{"long night", "America/New_York", night("America/New_York"), "2024-11-03 00:00", "2024-11-04 00:00", clock(5, 0)},
		{"leap years without a table", "Europe/Berlin", night("Europe/Berlin"), "2040-01-01 00:00", "2049-01-01 00:00", 3288 * clock(4, 0)},
		{"half an hour less", "Australia/Lord_Howe", night("Australia/Lord_Howe"), "2024-10-06 00:00", "2024-10-07 00:00", clock(3, 30)},
		{"half an hour more", "Australia/Lord_Howe", night("Australia/Lord_Howe"), "2024-04-07 00:00", "2024-04-08 00:00", clock(4, 30)},
		{"a date left out", "Pacific/Apia", night("Pacific/Apia"), "2011-12-29 00:00", "2012-01-01 00:00", clock(8, 0)},
		{"a day without midnight", "America/Sao_Paulo", night("America/Sao_Paulo"), "2018-11-03 12:00", "2018-11-04 12:00", clock(4, 0)},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, b := at(test.zone, test.a), at(test.zone, test.b)
			if got := test.h.Between(a, b); got != test.want {
				t.Errorf("Between = %s, want %s", got, test.want)
			}
			if got := test.h.Between(b, a); got != -test.want {
				t.Errorf("backwards = %s, want %s", got, -test.want)
			}
		})
	}
}

func TestAddDays(t *testing.T) {
	const berlin = "Europe/Berlin"
	sunday := hours(calendar.Office{Zone: zone(berlin), Days: []time.Weekday{time.Sunday}, Open: clock(2, 0), Close: clock(3, 0)})
	for _, test := range []struct {
		name  string
		zone  string
		h     calendar.Hours
		start string
		n     int
		want  string
	}{
		{"none, open", "Asia/Shanghai", beijing, "2023-11-15 10:00", 0, "2023-11-15 10:00"},
		{"none, closed", "Asia/Shanghai", beijing, "2023-11-15 20:00", 0, "2023-11-16 09:00"},
		{"less than none", "Asia/Shanghai", beijing, "2023-11-15 20:00", -3, "2023-11-16 09:00"},
		{"the same time", "Asia/Shanghai", beijing, "2023-11-15 10:30", 2, "2023-11-17 10:30"},
		{"over the weekend", "Asia/Shanghai", beijing, "2023-11-17 10:30", 1, "2023-11-20 10:30"},
		{"from the night", "Asia/Shanghai", beijing, "2023-11-15 23:00", 1, "2023-11-17 09:00"},
		{"from the weekend", "Asia/Shanghai", beijing, "2023-11-18 16:00", 1, "2023-11-21 09:00"},
		{"from a holiday", "Asia/Shanghai", beijing, "2023-10-01 10:00", 2, "2023-10-09 09:00"},
		{"over the holidays", "Asia/Shanghai", beijing, "2023-09-28 16:00", 2, "2023-10-08 16:00"},
		{"over a change of the clocks", berlin, night(berlin), "2024-03-30 04:00", 1, "2024-03-31 04:00"},
		{"to a time that is skipped", berlin, night(berlin), "2024-03-30 02:30", 1, "2024-03-31 03:00"},
		{"to a time that is shown twice", berlin, night(berlin), "2024-10-26 02:30", 1, "2024-10-27 02:30 +0200"},
		{"from its second time", berlin, night(berlin), "2024-10-27 02:30 +0100", 1, "2024-10-28 02:30"},
		{"a day that is skipped whole", berlin, sunday, "2024-03-24 02:30", 1, "2024-04-07 02:30"},
		{"a date left out", "Pacific/Apia", night("Pacific/Apia"), "2011-12-29 02:00", 1, "2011-12-31 02:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			start, want := at(test.zone, test.start), at(test.zone, test.want)
			if got := test.h.AddDays(start, test.n); !got.Equal(want) {
				t.Errorf("AddDays(%s, %d) = %s, want %s", test.start, test.n, got.Format(layout), want.Format(layout))
			}
		})
	}
}

func TestAfter(t *testing.T) {
	for _, test := range []struct {
		name  string
		start string
		d     time.Duration
		want  string
	}{
		{"nothing", "2023-11-15 20:00", 0, "2023-11-16 09:00"},
		{"less than nothing", "2023-11-15 10:00", -clock(48, 0), "2023-11-15 10:00"},
		{"part of a day", "2023-11-15 16:00", clock(4, 0), "2023-11-16 11:00"},
		{"a day and a part", "2023-11-15 16:00", clock(28, 0), "2023-11-17 11:00"},
		{"more than the office's day", "2023-11-15 16:00", clock(23, 0), "2023-11-16 16:00"},
		{"a day", "2023-11-15 16:00", clock(24, 0), "2023-11-16 16:00"},
		{"a week", "2023-11-15 16:00", clock(7*24, 0), "2023-11-24 16:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := at("Asia/Shanghai", test.want)
			if got := beijing.After(at("Asia/Shanghai", test.start), test.d); !got.Equal(want) {
				t.Errorf("After(%s, %s) = %s, want %s", test.start, test.d, got.Format(layout), want.Format(layout))
			}
		})
	}
}

func TestAlways(t *testing.T) {
	start := at("Europe/Berlin", "2024-03-30 02:30") // a Saturday night, the clocks are changed in the next one
	for name, got := range map[string]time.Time{
		"Add": calendar.Always.Add(start, clock(24, 0)), "AddDays": calendar.Always.AddDays(start, 1), "After": calendar.Always.After(start, clock(24, 0)),
		"less than nothing": calendar.Always.Add(start.Add(clock(24, 0)), -1), "no days": calendar.Always.AddDays(start.Add(clock(24, 0)), -1),
		"NextOpen": calendar.Always.NextOpen(start.Add(clock(24, 0))),
	} {
		if want := start.Add(24 * time.Hour); got != want {
			t.Errorf("%s: %s, want %s", name, got.Format(layout), want.Format(layout))
		}
	}
	if got := calendar.Always.Between(start.Add(time.Hour), start); got != -time.Hour {
		t.Errorf("Between = %s, want -1h", got)
	}
	if !calendar.Always.IsOpen(start) {
		t.Error("closed")
	}
}

func BenchmarkAdd20Years(b *testing.B) {
	start := at("Europe/Berlin", "2024-03-30 02:30")
	h := hours(calendar.Office{
		Zone: zone("Europe/Berlin"), Days: week, Open: clock(9, 0), Close: clock(18, 0),
		Holidays: []calendar.Dates{dates("2024-12-24", "2025-01-02")},
	})
	for b.Loop() {
		h.Add(start, 20*260*clock(9, 0))
	}
}
