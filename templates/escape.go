package templates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is what a person wrote, or what came from the configuration. A template that prints it prints its String,
// which is Markdown for exactly these words on one line.
type Text string

// String escapes the text as Markdown: control characters go, runs of white space become one space, and every
// ASCII punctuation sign is escaped (CommonMark 2.4), so that none has a meaning.
func (t Text) String() string { return escape(Line(string(t))) }

// Markdown is text whose signs do have their meaning; only functions of this package make it.
type Markdown string

// Line makes one clean line of any text: valid UTF-8, no control characters, nothing that turns the direction of
// writing round, white space as single spaces.
func Line(text string) string {
	if plainLine(text) {
		return text
	}
	return strings.Join(strings.Fields(clean(text)), " ")
}

// plainLine reports whether text is a clean line already, as most are.
func plainLine(text string) bool {
	space := true // at the start a space counts as a second one
	for _, r := range text {
		if r == ' ' && space || r != ' ' && unicode.IsSpace(r) || !visible(r) || r == utf8.RuneError {
			return false
		}
		space = r == ' '
	}
	return !space || text == ""
}

// clean drops what no reader should get: control characters except \n and tab, and invalid UTF-8.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsSpace(r) && r != '\u00a0':
			return ' '
		case !visible(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

// visible reports whether r may stand in a mail of ours. Bidirectional controls are left out: they make a text read
// other than it is (UTS #39).
func visible(r rune) bool {
	switch {
	case unicode.IsControl(r), r == '\ufeff', r == '\u2028', r == '\u2029':
		return false
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f', r == '\u061c':
		return false
	}
	return true
}

// escape puts a backslash before each ASCII punctuation sign.
func escape(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for i := 0; i < len(text); i++ {
		if punctuation(text[i]) {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// unescape takes back what escape did.
func unescape(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && punctuation(text[i+1]) {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func punctuation(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// Limits of a quotation, in runes: what was understood is shown, not sent back whole.
const (
	maxQuote     = 1200
	maxQuoteLine = 400
	maxQuotePart = 100     // a line, for quotations of many lines
	maxQuoteRead = 8 << 10 // bytes looked at: a text can have megabytes
)

// quote sets the first lines of a text as a block quotation, line by line as they were written.
func quote(text Text, lines int) Markdown {
	var b strings.Builder
	whole := strings.TrimLeft(string(text), "\r\n")
	left := max(maxQuote, lines*maxQuotePart)
	read := whole[:min(len(whole), max(maxQuoteRead, left*utf8.UTFMax))]
	blank, cut := true, len(read) < len(whole)
	for line := range strings.Lines(clean(strings.ReplaceAll(read, "\r\n", "\n"))) {
		line = strings.TrimRight(line, " \t\n")
		if line == "" {
			blank = true
			continue
		}
		if lines == 0 || left <= 0 {
			cut = true
			break
		}
		line = shorten(line, min(left, maxQuoteLine))
		quoteLine(&b, line, blank)
		blank, lines, left = false, lines-1, left-utf8.RuneCountInString(line)
	}
	if b.Len() == 0 {
		return ""
	}
	if cut {
		quoteLine(&b, "…", false)
	}
	return Markdown(b.String())
}

// quoteLine adds a line to a quotation: after a blank one as a new paragraph, else with a hard break before it.
func quoteLine(b *strings.Builder, line string, paragraph bool) {
	switch {
	case b.Len() > 0 && paragraph:
		b.WriteString("\n>\n")
	case b.Len() > 0:
		b.WriteString("\\\n")
	}
	b.WriteString("> ")
	b.WriteString(escape(keepSpaces(line)))
}

// keepSpaces makes indentation and columns survive HTML, which shows a run of spaces as one: they become no-break
// spaces.
func keepSpaces(line string) string {
	line = strings.ReplaceAll(line, "\t", "    ")
	body := strings.TrimLeft(line, " ")
	indent := strings.Repeat("\u00a0", min(len(line)-len(body), 40))
	return indent + strings.ReplaceAll(body, "  ", "\u00a0\u00a0")
}

// shorten cuts text after n runes, with an ellipsis where it did.
func shorten(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i := range text {
		if n == 0 {
			return text[:i] + "…"
		}
		n--
	}
	return text
}

// join sets texts in a row, such as the names of files.
func join(texts []Text, between string) Markdown {
	var b strings.Builder
	for i, text := range texts {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(text.String())
	}
	return Markdown(b.String())
}
