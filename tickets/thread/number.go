package thread

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// FormatNumber writes the seq-th number of a day: prefix, the date of now in its own zone, and the sequence with
// three digits or more: IT20231115001, IT202311151000.
func FormatNumber(prefix string, now time.Time, seq int) string {
	return fmt.Sprintf("%s%s%03d", prefix, now.Format("20060102"), seq)
}

// Day is the key under which a day's sequence is counted: the date of now in its own zone, 20231115.
func Day(now time.Time) string { return now.Format("20060102") }

var patterns sync.Map // prefix → *regexp.Regexp

// numberPattern matches a number as people type it once full-width signs are folded: "it 20231115001",
// "IT-20231115001". The date is checked by month and day, so that a phone number is none.
func numberPattern(prefix string) *regexp.Regexp {
	if re, ok := patterns.Load(prefix); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(`(?i)` + regexp.QuoteMeta(prefix) + `[ \t]?[-#:]?[ \t]?(20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3,7})`)
	patterns.Store(prefix, re)
	return re
}

// FindNumbers returns the ticket numbers that text names, canonical, each once, in order. Full-width letters and
// digits count; a number that is part of a longer word or of another system's identifier does not.
func FindNumbers(prefix, text string) []string {
	if prefix == "" || !hasLongNumber(text) {
		return nil
	}
	folded := Fold(text)
	var found []string
	seen := map[string]bool{}
	for _, at := range numberPattern(prefix).FindAllStringSubmatchIndex(folded, -1) {
		if touched(folded, at[0], at[1]) {
			continue
		}
		number := prefix + folded[at[2]:at[3]]
		if !seen[number] {
			seen[number] = true
			found = append(found, number)
		}
	}
	return found
}

// shortestNumber is how many digits a ticket number has at least.
const shortestNumber = len("20231115001")

// hasLongNumber reports so many digits in a row, half-width or full-width: few texts have them, and the others need no
// matching.
func hasLongNumber(text string) bool {
	digits := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == 0xEF && isWideDigit(text[i:]):
			digits++
			i += len("０") - 1
		default:
			digits = 0
		}
		if digits >= shortestNumber {
			return true
		}
	}
	return false
}

func isWideDigit(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r >= '０' && r <= '９'
}

// touched reports whether a letter, digit or joining sign of another identifier stands right beside text[from:to].
// Han characters do not touch: 问题IT20231115001还没好 names a number.
func touched(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, size := utf8.DecodeRuneInString(text[to:])
	if joins(before) || strings.ContainsRune("-_/.@", before) && from > 0 {
		return true
	}
	if joins(after) {
		return true
	}
	// A dot or dash ends a sentence unless a word goes on behind it.
	next, _ := utf8.DecodeRuneInString(text[to+size:])
	return strings.ContainsRune("-_/.@", after) && size > 0 && joins(next)
}

func joins(r rune) bool {
	return r != utf8.RuneError && !unicode.Is(unicode.Han, r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// ParseNumber splits a canonical number into its day (20231115) and sequence; ok is false for anything else.
func ParseNumber(prefix, number string) (day string, seq int, ok bool) {
	rest, found := strings.CutPrefix(number, prefix)
	if !found || len(rest) < len("20231115001") {
		return "", 0, false
	}
	seq, err := strconv.Atoi(rest[8:])
	if err != nil || seq < 1 || FormatNumber(prefix, time.Time{}, seq)[len(prefix)+8:] != rest[8:] {
		return "", 0, false
	}
	if _, err := time.Parse("20060102", rest[:8]); err != nil {
		return "", 0, false
	}
	return rest[:8], seq, true
}

// Fold maps full-width ASCII (U+FF01–U+FF5E) and the ideographic space to their half-width signs, so that what a
// Chinese keyboard typed compares equal. Everything else stays.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3000:
			return ' '
		}
		return r
	}, text)
}
