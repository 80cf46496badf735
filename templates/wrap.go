package templates

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// columns is how wide the text part may be: below the 78 of RFC 5322 2.1.1, with room for a quoting "> ".
const columns = 74

// cells measures as a terminal does that shows Chinese two columns wide, whatever this process's locale says.
var cells = &runewidth.Condition{}

func runeWidth(r rune) int {
	switch {
	case r < 0x7f:
		return 1
	case r >= 0x4e00 && r <= 0x9fff: // CJK Unified Ideographs, most of what a Chinese text has
		return 2
	}
	return cells.RuneWidth(r)
}

// width is the number of columns that text takes.
func width(text string) int {
	n := 0
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

// Signs that may not begin or end a line in Chinese.
const (
	closers = "，。、；：？！）》」』】〉”’…·％,.;:?!)]}%"
	openers = "（《「『【〈“‘([{"
)

// wrap writes a paragraph without line breaks of its own in lines of at most columns; the first begins with first,
// the others with rest. It breaks at spaces and beside wide characters.
func wrap(out *strings.Builder, text, first, rest string) {
	prefix, used, limit := first, width(first), columns-width(rest)
	start, end := 0, 0 // of the line in text
	addresses := strings.Contains(text, "://")
	flush := func() {
		out.WriteString(strings.TrimRight(prefix+text[start:end], " "))
		out.WriteByte('\n')
	}
	for end < len(text) {
		piece, size := nextPiece(text[end:], limit, addresses)
		if used+size > columns && end > start {
			flush()
			word := strings.TrimLeft(piece, " ")
			start = end + len(piece) - len(word)
			prefix, used, size = rest, width(rest), width(word)
		}
		end += len(piece)
		used += size
	}
	flush()
}

// nextPiece is the beginning of text that may not be broken, and its width: a word with the spaces before it, or
// one wide character with the signs that cling to it. What is wider than a line is cut, an address excepted;
// addresses says that text may have some.
func nextPiece(text string, limit int, addresses bool) (string, int) {
	spaces := len(text) - len(strings.TrimLeft(text, " "))
	end, size := spaces, spaces
	address := addresses && isAddress(text[spaces:])
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		w := runeWidth(r)
		if end > spaces && (r == ' ' || mayBreak(text[:end], r, w)) || end > spaces && size+w > limit && !address {
			break
		}
		end, size = end+n, size+w
	}
	return text[:end], size
}

func mayBreak(before string, r rune, w int) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if w != 2 && runeWidth(last) != 2 || w == 0 {
		return false
	}
	return !strings.ContainsRune(closers, r) && !strings.ContainsRune(openers, last)
}

// isAddress reports whether text begins with a URL, perhaps in brackets. Its scheme is of ASCII (RFC 3986 3.1): to look on
// from each Chinese character to the next space would take a time that grows with the square of the text.
func isAddress(text string) bool {
	text = strings.TrimLeft(text, openers)
	if text == "" || text[0] >= utf8.RuneSelf {
		return false
	}
	word, _, _ := strings.Cut(text, " ")
	return strings.Contains(word, "://")
}

func wideAtEnd(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return runeWidth(r) == 2
}
