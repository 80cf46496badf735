package moment

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"maildesk/tickets/thread"
)

// longestText is how many bytes a time may take; what is longer is a sentence.
const longestText = 200

// span matches one number with its unit. In Chinese half a unit stands before it (半小时), between (一个半小时) or behind
// it (1小时半).
var span = regexp.MustCompile(`^(?:(\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十]{1,3})(?:\s*个(半)?)?|(半个?|half an?|an?))\s*` +
	`(hours?|hrs?|h|小时|小時|钟头|鐘頭|时|時|minutes?|mins?|min|m|分钟|分鐘|分)(半)?[\s,]*(?:and |又|零)?\s*`)

// Length reads a length of time: 30m, 1.5h, 1h30m, 1小时30分, 90分钟, 一个半小时, "half an hour", 1:30. A number without a
// unit is none, nor are days: a day of work is not one of the calendar.
func Length(text string) (time.Duration, bool) {
	text = strings.TrimRight(strings.ToLower(strings.TrimSpace(thread.Fold(text))), ".。 ")
	if text == "" || len(text) > longestText {
		return 0, false
	}
	if m := clockLength.FindStringSubmatch(text); m != nil {
		length := time.Duration(number(m[1]))*time.Hour + time.Duration(number(m[2]))*time.Minute
		return length, length > 0
	}
	total, last := time.Duration(0), 24*time.Hour
	for text != "" {
		m := span.FindStringSubmatch(text)
		if m == nil {
			return 0, false
		}
		unit := unitOf(m[4])
		if unit >= last { // each unit once, the larger first
			return 0, false
		}
		total, last, text = total+spanLength(m, unit), unit, text[len(m[0]):]
	}
	return total, total > 0
}

var clockLength = regexp.MustCompile(`^(\d{1,3}):([0-5]\d)$`)

func unitOf(word string) time.Duration {
	if strings.HasPrefix(word, "m") || strings.HasPrefix(word, "分") {
		return time.Minute
	}
	return time.Hour
}

// spanLength is the length of one match of span.
func spanLength(m []string, unit time.Duration) time.Duration {
	length := time.Duration(0)
	switch {
	case strings.HasPrefix(m[3], "半"), strings.HasPrefix(m[3], "half"):
		length = unit / 2
	case m[3] != "":
		length = unit
	default:
		count, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			count = float64(number(m[1]))
		}
		length = time.Duration(count * float64(unit))
	}
	if m[2] != "" || m[5] != "" {
		length += unit / 2
	}
	return length.Round(time.Minute)
}
