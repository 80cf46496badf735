package moment

import (
	"strings"
	"time"

	"maildesk/tickets/thread"
)

// When reads when something happened, as written in a mail of the given Date: "2023-11-15 09:30", "11月15日上午9点半",
// "昨天下午3点", "yesterday 3pm", "last Friday". The result is to the minute and in the mail's zone, unless the text
// names another. ok is false when any part of text is not understood.
//
// A date without a year, a weekday alone and a time alone are the last such before the mail. A part of the day stands for
// its customary hour ("this morning" is 9:00), or for the mail's own minute if that is earlier; a date alone for
// its beginning.
func When(text string, mail time.Time) (t time.Time, ok bool) { return resolve(text, mail, past) }

// Due reads as When does when something is to happen: what is not said in full is the next such after the mail, a part of
// the day its customary hour, and a date alone that day's last minute.
func Due(text string, mail time.Time) (t time.Time, ok bool) { return resolve(text, mail, future) }

type tense bool

const (
	past   tense = false
	future tense = true
)

func resolve(text string, mail time.Time, tense tense) (time.Time, bool) {
	if len(text) > longestText || mail.IsZero() {
		return time.Time{}, false
	}
	text = plain(text)
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(text)); err == nil {
		return t.Truncate(time.Minute), true
	}
	said := statement{mail: mail.Truncate(time.Minute), tense: tense, hour: unsaid}
	for text != "" {
		rest, ok := said.take(text)
		if !ok {
			return time.Time{}, false
		}
		text = strings.TrimLeft(rest, " ")
	}
	return said.instant()
}

// plain is text in half-width signs and lower case, with single blanks.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(thread.Fold(text))), " ")
}

// take reads what text begins with and returns the rest.
func (s *statement) take(text string) (rest string, ok bool) {
	for _, r := range rules {
		m := r.pattern.FindStringSubmatch(text)
		if m == nil || len(m[0]) == 0 {
			continue
		}
		if !r.read(s, m) {
			return "", false
		}
		return text[len(m[0]):], true
	}
	return "", false
}

// unsaid marks a number that the text does not give.
const unsaid = -1

// statement is what a text has said so far.
type statement struct {
	mail  time.Time
	tense tense
	zone  *time.Location // nil: the mail's

	dated       bool // a day was named, in any of the ways below
	year        int  // 0 when not said
	month       time.Month
	day         int
	offset      int  // in days from the mail's, when relative
	relative    bool // offset counts, and not year, month and day
	bareWeekday bool // relative, to the last or next such day; the mail's own counts if the time fits

	hour, minute int // hour is unsaid when only a part of the day is, or nothing
	part         part
	ago          time.Duration
	exact        bool // ago counts, and nothing else
}

// setDay notes a day, of which the weekday may have been said before; a second day in the same text is not understood.
func (s *statement) setDay(year, month, day int) bool {
	if s.dated && !s.bareWeekday || month < 1 || month > 12 || day < 1 || day > 31 || year != 0 && (year < 1990 || year > 2100) {
		return false
	}
	s.dated, s.year, s.month, s.day = true, year, time.Month(month), day
	s.relative, s.bareWeekday = false, false
	return true
}

func (s *statement) setOffset(days int) bool {
	if s.dated || days < -3660 || days > 3660 {
		return false
	}
	s.dated, s.relative, s.offset = true, true, days
	return true
}

func (s *statement) setClock(hour, minute int) bool {
	if s.hour != unsaid || hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour == 24 && minute > 0 {
		return false
	}
	s.hour, s.minute = hour, minute
	return true
}

// setPart notes a part of the day. The am or pm of a clock is more exact than what was said before.
func (s *statement) setPart(p part) bool {
	if s.part.hour != 0 && s.part != p && p != am && p != pm {
		return false
	}
	s.part = p
	return true
}

func (s *statement) setAgo(ago time.Duration) bool {
	s.ago, s.exact = ago, true
	return true
}

// skew is how far a mail's clock may lag behind the one on its writer's wall.
const skew = 10 * time.Minute

// instant puts together what was said.
func (s *statement) instant() (time.Time, bool) {
	base := s.mail
	if s.zone != nil {
		base = base.In(s.zone)
	}
	if s.exact {
		alone := !s.dated && s.hour == unsaid && s.part == part{}
		return base.Add(-s.ago), alone
	}
	day, ok := s.date(base)
	if !ok {
		return time.Time{}, false
	}
	at := func(day time.Time) time.Time {
		hour, minute := s.clock()
		return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, base.Location())
	}
	t := at(day)
	switch {
	case s.tense == past && t.After(base) && s.vague():
		t = base
	case s.tense == past && t.After(base.Add(skew)) && (!s.dated || s.bareWeekday):
		t = at(day.AddDate(0, 0, -s.period()))
	case s.tense == future && t.Before(base) && (!s.dated || s.bareWeekday):
		t = at(day.AddDate(0, 0, s.period()))
	}
	return t, true
}

// vague reports a time that names today, or no day at all, and only a part of it.
func (s *statement) vague() bool {
	return s.hour == unsaid && s.part.hour != 0 && (!s.dated || s.relative && s.offset == 0)
}

// period is after how many days what was said comes again.
func (s *statement) period() int {
	if s.bareWeekday {
		return 7
	}
	return 1
}

// date is midnight of the day that was said, in the zone of base; the day of base when none was.
func (s *statement) date(base time.Time) (time.Time, bool) {
	today := time.Date(base.Year(), base.Month(), base.Day(), 0, 0, 0, 0, base.Location())
	switch {
	case !s.dated:
		return today, s.hour != unsaid || s.part.hour != 0
	case s.relative:
		return today.AddDate(0, 0, s.offset), true
	}
	year := s.year
	if year == 0 {
		year = s.likelyYear(today)
	}
	day := time.Date(year, s.month, s.day, 0, 0, 0, 0, base.Location())
	return day, day.Day() == s.day // no 30 February
}

// likelyYear is that of the last such date, or of the next one where the future is meant.
func (s *statement) likelyYear(today time.Time) int {
	day := time.Date(today.Year(), s.month, s.day, 0, 0, 0, 0, today.Location())
	switch {
	case s.tense == past && day.After(today.AddDate(0, 0, 1)): // a mail's clock may lag
		return today.Year() - 1
	case s.tense == future && day.Before(today):
		return today.Year() + 1
	}
	return today.Year()
}
