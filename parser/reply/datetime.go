package reply

import (
	"strings"
	"unicode/utf8"
)

// findDateTime looks for a date with its year, or its day in Chinese, and for a time of day, in digits of any script.
func findDateTime(body string) (date, time, seconds bool) {
	for {
		at := strings.IndexFunc(body, isDigit)
		if at < 0 {
			return date, time, seconds
		}
		var group numbers
		group, body = readNumbers(body[at:])
		d, t, s := group.judge()
		date, time, seconds = date || d, time || t, seconds || s
	}
}

// numbers are up to three numbers that stand joined: 15.11.2023, 9:30:00, 2023年11月15日.
type numbers struct {
	value, width [3]int // width is the count of digits
	sep          [2]rune
	count        int
	after        rune // what follows the last number
}

// readNumbers reads the numbers that text begins with and returns what follows them.
func readNumbers(text string) (group numbers, rest string) {
	for {
		n := &group.count
		group.value[*n], group.width[*n], text = readNumber(text)
		*n++
		sep, size := utf8.DecodeRuneInString(text)
		group.after = sep
		if *n == len(group.value) || !joinsNumbers(sep) {
			return group, text
		}
		next := text[size:]
		if sep == '.' || sep == '/' {
			next = strings.TrimPrefix(next, " ") // 15. 11. 2023
		}
		if !isDigit(firstRune(next)) {
			return group, text
		}
		group.sep[*n-1], text = sep, next
	}
}

func readNumber(text string) (value, width int, rest string) {
	for i, r := range text {
		digit, ok := digitValue(r)
		if !ok {
			return value, width, text[i:]
		}
		if width++; width <= 6 {
			value = value*10 + digit
		}
	}
	return value, width, ""
}

func joinsNumbers(r rune) bool { return strings.ContainsRune("./-:：hH年月時时点년월", r) }

// judge says what the numbers are together with the sign behind them.
func (g numbers) judge() (date, time, seconds bool) {
	for k := range g.count {
		date = date || isYear(g.value[k], g.width[k])
	}
	if g.count == 3 && g.sep[0] == g.sep[1] && strings.ContainsRune("./-", g.sep[0]) {
		date = date || g.value[0] <= 31 && g.value[1] <= 31 && g.width[2] == 2 // 15.11.23
	}
	date = date || g.after == '日' || g.after == '일'
	if date || g.count < 2 || g.value[0] > 24 || g.width[0] > 2 || g.value[1] > 59 || g.width[1] != 2 {
		return date, false, false
	}
	time = strings.ContainsRune(":：.hH時时点", g.sep[0])
	return false, time, time && g.count == 3 && g.sep[1] == ':'
}

// isYear reports a year of our time in the Gregorian, Buddhist (2566) or Persian (1402) calendar.
func isYear(value, width int) bool {
	return width == 4 && (value >= 1970 && value <= 2100 || value >= 2513 && value <= 2643 || value >= 1380 && value <= 1480)
}

func isDigit(r rune) bool {
	_, ok := digitValue(r)
	return ok
}

// digitZeros are the zeros of the scripts whose clients write their own digits, full-width too.
var digitZeros = [...]rune{0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xFF10}

// digitValue is the value of a decimal digit.
func digitValue(r rune) (int, bool) {
	if r < digitZeros[0] {
		return int(r - '0'), r >= '0' && r <= '9'
	}
	for _, zero := range digitZeros {
		if r >= zero && r <= zero+9 {
			return int(r - zero), true
		}
	}
	return 0, false
}
