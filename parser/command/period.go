package command

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"maildesk/parser/form/moment"
	"maildesk/tickets/thread"
)

// between are the signs and words that stand between the two ends of a period. A bare hyphen needs blanks around it, for
// dates have hyphens of their own.
var between = regexp.MustCompile(`(?i)\s*(?:~|—+|–|至|到|\bto\b|\buntil\b|\btill\b|\bthrough\b|\s-\s)\s*`)

// ReadPeriod reads a span of dates as people write it: "2023-11-20 至 2023-11-24", "11月20日到24日", "20 Nov to 24 Nov", "until
// Friday" (from now), "tomorrow" (that day). now is the instant of writing, in the writer's zone. A span that ends with a date
// includes that day; one that has ended is none.
func ReadPeriod(text string, now time.Time) (from, until time.Time, ok bool) {
	text = strings.TrimSpace(thread.Fold(text))
	begin, end := text, ""
	if at := between.FindStringIndex(text); at != nil {
		begin, end = strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
	}
	switch {
	case text == "":
		return from, until, false
	case end == "":
		until, ok = moment.Due(begin, now)
		from = dayOf(until)
	case begin == "":
		until, ok = moment.Due(end, now)
		from = now
	default:
		if from, ok = moment.Due(begin, now); !ok {
			return from, until, false
		}
		if hour, minute, _ := from.Clock(); hour == 23 && minute == 59 { // a date without an hour, of which moment takes the end
			from = dayOf(from)
		}
		if until, ok = moment.Due(sameMonth(begin, end), from); !ok {
			until, ok = moment.Due(end, from)
		}
	}
	return from, until, ok && until.After(from) && until.After(now)
}

// ReadTurn reads a person and a span of dates behind them: "李伟 2023-11-20 至 2023-11-24", "Li Wei 20 Nov to 24 Nov". who is
// as it was written.
func ReadTurn(text string, now time.Time) (who string, from, until time.Time, ok bool) {
	text = strings.TrimSpace(thread.Fold(text))
	for at, r := range text {
		if !unicode.IsSpace(r) {
			continue
		}
		if from, until, ok = ReadPeriod(text[at:], now); ok {
			return text[:at], from, until, true
		}
	}
	return "", from, until, false
}

func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// sameMonth completes an end that is a day alone ("24日") with the month of the beginning.
func sameMonth(begin, end string) string {
	if at := strings.LastIndex(begin, "月"); at >= 0 && !strings.Contains(end, "月") && strings.HasSuffix(end, "日") {
		return begin[:at+len("月")] + end
	}
	return end
}
