package reply

import (
	"strings"
	"unicode/utf8"
)

// Below a signature separator stand at most so many visible lines; more is a letter that goes on.
const (
	separatorLines = 40 // below exactly "-- " (RFC 3676 4.3)
	signatureLines = 15 // below "--", "___" and their kin
	drawnLines     = 10 // below any other drawn rule
)

// signatureWidth bounds the lines of a signature, in characters.
const signatureWidth = 120

// signatureStart is the index of the first line of the signature that ends a stretch of text, len(lines) when it has
// none. What is recognised from its own words is peeled from the end first: device lines, legal notices, drawn rules;
// then what a separator opens, then a closing with a name or a block of contact lines. With whole the stretch may be
// nothing but a closing, for the letter stands above it.
func signatureStart(lines []line, whole bool) int {
	end := peelTail(lines, len(lines))
	if at, ok := separatedSignature(lines[:end]); ok {
		end = peelTail(lines, at)
	}
	if at, ok := closing(lines[:end]); ok && (whole || nextVisible(lines, 0) < at) {
		return at
	}
	if at, ok := contactBlock(lines[:end]); ok {
		return peelTail(lines, at)
	}
	return end
}

// peelTail cuts device lines, legal notices, drawn rules and blanks from the end of lines[:end].
func peelTail(lines []line, end int) int {
	for {
		last := end - 1
		for last >= 0 && lines[last].blank() {
			last--
		}
		if last < 0 || lines[last].code {
			return end
		}
		body := lines[last].body
		switch {
		case isRule(body) || isEmptyRow(body):
			end = last
		case isDeviceLine(body):
			end = withNameAbove(lines, last)
		default:
			from, ok := noticeEndingAt(lines, last)
			if !ok {
				return end
			}
			end = from
		}
	}
}

// withNameAbove takes the lone name in above the device line: "李伟 / sent from my phone".
func withNameAbove(lines []line, at int) int {
	if at >= 2 && lines[at-2].blank() && isName(lines[at-1].body) && nextVisible(lines, 0) < at-2 {
		return at - 1
	}
	return at
}

// separatedSignature finds the line that parts the signature from the text: "-- ", "--", "___", or a drawn rule with a
// signature's look below it. The first of them counts, unless too much stands below it.
func separatedSignature(lines []line) (at int, ok bool) {
	below := 0 // visible lines below i
	best := -1
	for i := len(lines) - 1; i >= 0 && below <= separatorLines; i-- {
		l := &lines[i]
		if l.blank() {
			continue
		}
		if !l.code && opensSignature(lines, i, below) {
			best = i
		}
		below++
	}
	return best, best >= 0
}

func opensSignature(lines []line, i, below int) bool {
	l := &lines[i]
	switch {
	case strings.TrimRight(l.raw, "\r") == "-- ":
		return below > 0
	case l.body == "--":
		return below > 0 && below <= signatureLines
	case isEmptyRow(l.body):
		return below > 0 && below <= signatureLines && looksSigned(lines[i+1:])
	case !isRule(l.body) || below == 0 || below > signatureLines:
		return false
	case strings.Trim(l.body, "_ ") == "":
		return below <= 3 || looksSigned(lines[i+1:])
	case i > 0 && !lines[i-1].blank():
		return false // it underlines a heading or the head of a table
	}
	return below <= drawnLines && looksSigned(lines[i+1:])
}

// isEmptyRow reports a table row without text, as the layout of an HTML signature leaves it: "| |".
func isEmptyRow(body string) bool {
	return strings.HasPrefix(body, "|") && strings.Trim(body, "| ") == ""
}

// looksSigned reports that short lines stand here and that one of them is a way to reach somebody.
func looksSigned(lines []line) bool {
	contact := false
	for i := range lines {
		body := lines[i].body
		if body == "" {
			continue
		}
		if utf8.RuneCountInString(body) > signatureWidth || lines[i].code {
			return false
		}
		if isContact(body) {
			contact = true
		} else if isSentence(body) {
			return false
		}
	}
	return contact
}

// isFormLine reports a line of the registration form, which people fill in at the end of their mails: it is never part
// of a signature that nothing separates.
func isFormLine(body string) bool {
	key, _, ok := cutLabel(body)
	return ok && formLabels[key]
}
