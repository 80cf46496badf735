package command

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"maildesk/tickets/thread"
)

// pasts are the periods that have a name, by how they begin and end on a day.
var pasts = []struct {
	names string // apart by bars, lower case, without spaces
	span  func(today time.Time) (from, until time.Time)
}{
	{"今天|今日|today", days(0, 1)},
	{"昨天|昨日|yesterday", days(-1, 0)},
	{"本周|这周|这星期|本星期|thisweek|week", weeks(0)},
	{"上周|上星期|lastweek", weeks(-1)},
	{"本月|这个月|当月|thismonth|month", months(0, 1)},
	{"上月|上个月|lastmonth", months(-1, 1)},
	{"今年|本年|thisyear|year", years(0)},
	{"去年|上年|lastyear", years(-1)},
}

func days(from, until int) func(time.Time) (time.Time, time.Time) {
	return func(today time.Time) (time.Time, time.Time) {
		return today.AddDate(0, 0, from), today.AddDate(0, 0, until)
	}
}

// weeks begin on Monday (ISO 8601).
func weeks(n int) func(time.Time) (time.Time, time.Time) {
	return func(today time.Time) (time.Time, time.Time) {
		monday := today.AddDate(0, 0, 7*n-(int(today.Weekday())+6)%7)
		return monday, monday.AddDate(0, 0, 7)
	}
}

func months(n, length int) func(time.Time) (time.Time, time.Time) {
	return func(today time.Time) (time.Time, time.Time) {
		from := time.Date(today.Year(), today.Month()+time.Month(n), 1, 0, 0, 0, 0, today.Location())
		return from, from.AddDate(0, length, 0)
	}
}

func years(n int) func(time.Time) (time.Time, time.Time) {
	return func(today time.Time) (time.Time, time.Time) {
		from := time.Date(today.Year()+n, 1, 1, 0, 0, 0, 0, today.Location())
		return from, from.AddDate(1, 0, 0)
	}
}

// maxPast is how many days a report goes back when it is asked for so many.
const maxPast = 3660

var (
	lastDays = regexp.MustCompile(`^(?:(?:最近|过去|近|the)?\s*(?:last|past)?\s*)(\d{1,4})\s*(?:天|日内|日|days?)$`)
	aMonth   = regexp.MustCompile(`^(\d{4})\s*(?:年|-|/|\.)\s*(\d{1,2})\s*月?$`)
	aDay     = regexp.MustCompile(`^(?:(\d{4})\s*(?:年|-|/|\.)\s*)?(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})\s*日?$`)
	aSpan    = regexp.MustCompile(`\s*(?:~|—+|–|至|到|\bto\b|\buntil\b|\bthrough\b|\s-\s)\s*`)
)

// ReadPast reads a period that has begun, as people write it: "上周", "last week", "本月", "2023-11", "最近30天", "2023-11-15",
// "2023-11-01 至 2023-11-15", "11月1日到11月15日" (the last ones). now is the instant of writing, in the writer's zone. The period
// consists of whole days, and until is not included; without a word it is that day and the six before it.
func ReadPast(text string, now time.Time) (from, until time.Time, ok bool) {
	text = strings.ToLower(strings.TrimSpace(thread.Fold(text)))
	today := dayOf(now)
	switch begin, end := cutSpan(text); {
	case text == "":
		return today.AddDate(0, 0, -6), today.AddDate(0, 0, 1), true
	case end != "":
		from, _, first := oneDay(begin, today)
		_, until, last := oneDay(sameMonth(begin, end), today)
		return from, until, first && last && until.After(from) && !from.After(today)
	}
	word := strings.Join(strings.Fields(text), "")
	for _, p := range pasts {
		for name := range strings.SplitSeq(p.names, "|") {
			if word == name {
				from, until = p.span(today)
				return from, until, true
			}
		}
	}
	if m := lastDays.FindStringSubmatch(text); m != nil {
		n, err := strconv.Atoi(m[1])
		return today.AddDate(0, 0, 1-n), today.AddDate(0, 0, 1), err == nil && n > 0 && n <= maxPast
	}
	if m := aMonth.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		from = time.Date(year, time.Month(month), 1, 0, 0, 0, 0, today.Location())
		return from, from.AddDate(0, 1, 0), month >= 1 && month <= 12 && !from.After(today)
	}
	from, until, ok = oneDay(text, today)
	return from, until, ok && !from.After(today)
}

// cutSpan parts a period into its ends; end is "" when it is not written as two.
func cutSpan(text string) (begin, end string) {
	at := aSpan.FindStringIndex(text)
	if at == nil {
		return text, ""
	}
	return strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
}

// oneDay reads a date. One without a year is the last.
func oneDay(text string, today time.Time) (from, until time.Time, ok bool) {
	switch text {
	case "今天", "today", "现在", "now":
		return today, today.AddDate(0, 0, 1), true
	case "昨天", "yesterday":
		return today.AddDate(0, 0, -1), today, true
	}
	m := aDay.FindStringSubmatch(text)
	if m == nil {
		return from, until, false
	}
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	if m[1] == "" {
		if year = today.Year(); time.Date(year, time.Month(month), day, 0, 0, 0, 0, today.Location()).After(today) {
			year--
		}
	}
	from = time.Date(year, time.Month(month), day, 0, 0, 0, 0, today.Location())
	return from, from.AddDate(0, 0, 1), from.Day() == day && int(from.Month()) == month
}
