package tickets

import (
	"strings"
	"unicode/utf8"
)

// Excerpt is a line of up to so many letters around the first of the words that stands in a text, letter case apart in ASCII; ""
// when none does.
func Excerpt(text string, words []string, letters int) string {
	folded, at := asciiLower(text), -1
	for _, word := range words {
		if i := strings.Index(folded, asciiLower(word)); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	// What is cut off may be a letter's half; a few bytes on either side are plenty of letters.
	room := letters * utf8.UTFMax
	begin, end := max(0, at-room), min(len(text), at+room)
	before := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(text[begin:at], "")), " "))
	after := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(text[at:end], "")), " "))
	head, tail := "", ""
	if lead := letters / 4; len(before) > lead {
		before, head = before[len(before)-lead:], "…"
	}
	if at > 0 && len(before) > 0 && strings.ContainsRune(" \t\r\n", rune(text[at-1])) {
		before = append(before, ' ')
	}
	if left := letters - len(before) - 2; len(after) > left {
		after, tail = after[:left], "…"
	}
	return head + string(before) + string(after) + tail
}

// asciiLower makes ASCII letters small, and keeps every byte where it is.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
