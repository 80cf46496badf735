package config

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"maildesk/tickets/calendar"
)

// weekdays are the names of the days in the order of time.Weekday.
var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func (l *loader) office(root *table, zone *time.Location) Office {
	t, _ := root.table("office")
	o := Office{
		Open:     t.clock("open", "09:00"),
		Close:    parsed(t, "close", "18:00", parseClosing, `write hours and minutes, such as "18:00", up to "24:00"`),
		Holidays: parsedList(t, "holidays", nil, parseDates, dateFix),
		Workdays: parsedList(t, "workdays", nil, parseDates, dateFix),
	}
	for _, day := range t.choices("days", []string{"mon", "tue", "wed", "thu", "fri"}, weekdays...) {
		o.Days = append(o.Days, time.Weekday(slices.Index(weekdays, day)))
	}
	var err error
	o.Hours, err = calendar.New(calendar.Office{Zone: zone, Days: o.Days, Open: o.Open.sinceMidnight(), Close: o.Close.sinceMidnight(),
		Holidays: o.Holidays, Workdays: o.Workdays})
	if errors.Is(err, calendar.ErrNoHours) && t.sound("open", "close") {
		t.fail("close", fmt.Sprintf("%s is not after open, %s", o.Close, o.Open), "write the end of the working day")
	}
	if errors.Is(err, calendar.ErrNoDay) && t.sound("days") {
		t.fail("days", "no day is left to work on", `write days, such as ["mon", "tue", "wed", "thu", "fri"]`)
	}
	return o
}

func (l *loader) survey(root *table) Survey {
	t, _ := root.table("survey")
	s := Survey{
		Remind: parsedList(t, "remind", []string{"48h", "96h"}, parseDuration, durationFix),
		Lapse:  t.duration("lapse", "7d"),
	}
	for i := 1; i < len(s.Remind); i++ {
		if s.Remind[i] <= s.Remind[i-1] {
			t.fail("remind", "the times do not ascend", "write the earliest first; each counts from the resolution")
			break
		}
	}
	// The manager hears of a silent ticket after its last reminder.
	if len(s.Remind) == 0 && t.sound("remind") {
		t.fail("remind", "no reminder is left, and the manager would never hear of a silent ticket", `write times, such as ["48h", "96h"]`)
	}
	return s
}

// warnOfWhatWaits says what has no effect yet, and what a desk lacks that it will miss.
func (l *loader) warnOfWhatWaits(c *Config) {
	if c.Desk.ReplyTo == "plus" {
		l.warn("desk.reply_to", `"plus" is understood but has no effect in this version: Reply-To is desk.address`, "leave it for a later version, or take it out")
	}
	switch answered := len(c.OnCall.Rota) > 0 || c.OnCall.Calendar != ""; {
	case len(c.Technicians) == 0:
		l.warn("", "there is no [[technician]]: mail is taken in and confirmed, but nobody gets it to work on", "list those who answer")
		return
	case !answered:
		l.warn("", "there is no [on_call]: nobody is alerted", "list whose turn it is")
	}
	if len(c.Groups) == 0 {
		l.warn("", "there is no [[group]]: all technicians are one group, whatever a mail is about", "make groups, if they answer for different categories")
	}
}
