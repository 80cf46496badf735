package reply

import (
	"strings"
	"unicode/utf8"
)

// closingLines bounds what stands below "Best regards,": the name, and a few lines of a signature.
const closingLines = 8

// closing finds the words that end a letter, with the name below them: "Best regards,\n张三", "此致\n敬礼\n张三".
// Words of thanks say something and stay, unless the block below them is plainly a signature.
func closing(lines []line) (at int, ok bool) {
	below := 0
	for i := len(lines) - 1; i >= 0 && below <= closingLines; i-- {
		body := lines[i].body
		if body == "" {
			continue
		}
		if lines[i].code || lines[i].marked {
			return 0, false
		}
		if endsLetter(lines, i, below) {
			return withValedictionAbove(lines, i), true
		}
		if utf8.RuneCountInString(body) > 80 {
			return 0, false
		}
		below++
	}
	return 0, false
}

// endsLetter reports that line i is a closing with the name below it or on it; below counts the visible lines under it.
func endsLetter(lines []line, i, below int) bool {
	if isSignedValediction(lines[i].body) {
		return below == 0 || signedBelow(lines[i:])
	}
	return below > 0 && isValediction(lines[i].body) && standsOut(lines, i) && signedBelow(lines[i+1:])
}

// withValedictionAbove takes in a second closing line right above: 此致 above 敬礼.
func withValedictionAbove(lines []line, i int) int {
	above := i - 1
	for above >= 0 && lines[above].blank() {
		above--
	}
	if above >= 0 && isValediction(lines[above].body) {
		return above
	}
	return i
}

// signedBelow reports that a name stands below a closing, and under it nothing but the short lines of a signature.
func signedBelow(lines []line) bool {
	first := true
	for i := range lines {
		body := lines[i].body
		if body == "" {
			continue
		}
		if first {
			if !isName(body) && !isValediction(body) && !isSignedValediction(body) {
				return false
			}
			first = isValediction(body)
			continue
		}
		if utf8.RuneCountInString(body) > 60 && !isContact(body) || isSentence(body) || isFormLine(body) || strings.HasPrefix(body, "#") {
			return false
		}
	}
	return !first
}

// standsOut reports that a closing stands as one does: in a paragraph of its own, with a mark behind it, or long enough
// to be nothing else. "Best" between other words is none.
func standsOut(lines []line, i int) bool {
	body := lines[i].body
	return i == 0 || lines[i-1].blank() || strings.ContainsRune(",，!！。.", lastRune(body)) || len(body) > 5
}

// isValediction reports a line that is a closing and nothing more.
func isValediction(body string) bool {
	return len(body) <= 120 && valedictions.has(body)
}

// isSignedValediction reports a closing with the name on its own line: "Best regards, Zhang San", "张三 敬上".
func isSignedValediction(body string) bool {
	if len(body) > 120 {
		return false
	}
	if isSignedBy(body) {
		return true
	}
	at := strings.IndexFunc(body, func(r rune) bool { return r == ',' || r == '，' || r == '!' || r == '！' })
	if at < 2 {
		return false
	}
	name := strings.TrimLeft(body[at:], ",，!！ ")
	return name != "" && valedictions.has(body[:at]) && isName(name)
}

// isSignedBy reports a name with the words behind it: "张三 敬上".
func isSignedBy(body string) bool {
	if !strings.Contains(body, "上") {
		return false // all of the words end with it
	}
	unstopped := strings.TrimRightFunc(body, func(r rune) bool { return r == '。' || r == '.' || r == '!' || r == '！' })
	for _, mark := range signedSuffixes {
		if name, ok := strings.CutSuffix(unstopped, mark); ok && name != "" && isName(name) && hasSurname(name) {
			return true
		}
	}
	return false
}
