package command

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// Span is some lines that follow one another in a list with numbered lines, both ends included. As its author wrote it:
// the ends may stand backwards, and neither need exist.
type Span struct{ From, To int }

// String is the span as it is usually written: 3, 1–14.
func (s Span) String() string {
	if s.From == s.To {
		return strconv.Itoa(s.From)
	}
	return strconv.Itoa(s.From) + "–" + strconv.Itoa(s.To)
}

// ParseNumbered splits the new text of a mail that answers a list with numbered lines, as Parse does. Besides, a line may
// begin with the lines of the list that it is about, and then its verb needs no #: "1-14 close no answer", "1-3、5 指派 王芳",
// "4–6 P2".
func ParseNumbered(newText string) Block { return split(newText, true) }

// readNumbered reads a line that begins with lines of a list. The zero head is one that is text.
func readNumbered(raw string) head {
	line, _ := unwrap(visible(raw))
	text := strings.TrimLeft(line, signs+" ")
	spans, rest := cutSpans(text)
	if len(spans) == 0 {
		return head{}
	}
	ordered := strings.TrimLeft(rest, " "+signs+afterSpans)
	h := head{raw: raw, lines: spans, sure: len(spans) > 1 || spans[0].From != spans[0].To || strings.ContainsAny(rest[:len(rest)-len(ordered)], signs)}
	if !h.readPriority(ordered) {
		h.readVerb(ordered)
	}
	glued, _ := utf8.DecodeRuneInString(rest)
	if h.word == "" && ordered != "" || h.verb == nil && isLatin(glued) { // "10:30", "3rd floor"
		return head{}
	}
	return h
}

// afterSpans is what people put between the lines and the verb: "1. close", "1-3：关闭".
const afterSpans = ":：.．,，、)）-–—"

// maxSpans is in how many bytes a line has to name the lines of the list; more than fifty are not written one by one.
const maxSpans = 512

// aLine is a line of a list, or its first and last of several. What ends it is looked at by hand, for RE2 looks at nothing
// that it does not take.
var aLine = regexp.MustCompile(`^(\d{1,6})(?: *(?:[-‐‑‒–—−~〜至到]| to ) *(\d{1,6}))?`)

// anotherLine is what stands between lines.
var anotherLine = regexp.MustCompile(`^ *[,、;] *`)

// cutSpans cuts the lines of a list that text begins with; no spans when it does not. A date, a longer number or a fraction is
// none.
func cutSpans(text string) (spans []Span, rest string) {
	sample := text
	if len(sample) > maxSpans {
		sample = sample[:maxSpans]
	}
	folded := thread.Fold(strings.ToValidUTF8(sample, ""))
	left := folded
	for {
		m := aLine.FindStringSubmatch(left)
		if m == nil {
			return nil, text
		}
		left = left[len(m[0]):]
		s := Span{number(m[1]), number(m[1])}
		if m[2] != "" {
			s.To = number(m[2])
		}
		spans = append(spans, s)
		comma := anotherLine.FindString(left)
		if comma == "" || !startsWithDigit(left[len(comma):]) {
			break
		}
		left = left[len(comma):]
	}
	if startsWithDigit(left) || len(left) > 1 && strings.ContainsRune("-./:", rune(left[0])) && startsWithDigit(left[1:]) || left == "" && len(text) > maxSpans {
		return nil, text
	}
	for range utf8.RuneCountInString(folded) - utf8.RuneCountInString(left) {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return spans, text
}

// number reads at most six digits.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// readPriority reads a priority without its verb: "4-6 P2".
func (h *head) readPriority(text string) bool {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		end = len(text)
	}
	if word := thread.Fold(text[:min(end, longWord)]); len(word) != 2 || word[0] != 'P' && word[0] != 'p' {
		return false
	}
	if _, known := ReadPriority(text[:end]); !known {
		return false
	}
	h.verb, h.word, h.args, h.language = english["priority"], text[:end], trimArgs(text), tickets.English
	return true
}

// names reports that the line says on which tickets it acts.
func (h head) names() bool { return h.number != "" || h.lines != nil }

// meant reports that a line of an answer to a list gives an order, if one that nobody knows: who names several lines, or
// writes #, writes no sentence. Where a text goes on, lines alone are part of it.
func (h head) meant(s state) bool {
	if h.word == "" {
		return s == top
	}
	return h.sure || len(suggest(h.word)) > 0
}
