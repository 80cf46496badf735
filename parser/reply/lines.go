package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// class says where a line of the text goes.
type class uint8

const (
	classNew class = iota
	classQuote
	classSignature
)

// line is one line of the text, as it stands and as it is compared.
type line struct {
	raw    string // without the line end
	body   string // without surrounding blanks, invisible marks, Markdown's hard line break and emphasis at the edges
	marked bool   // begins with ">": quoted by its client
	code   bool   // inside a closed ``` fence: never read as anything but text
	class  class
}

func (l *line) blank() bool { return l.body == "" }

// Blank reports a text in which a person sees nothing: blanks and invisible characters alone.
func Blank(text string) bool {
	for raw := range strings.Lines(text) {
		if trimEdges(raw) != "" {
			return false
		}
	}
	return true
}

// splitLines cuts text at LF, CRLF and bare CR and finds code fences.
func splitLines(text string) []line {
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	above := ""
	for raw := range strings.SplitSeq(text, "\n") {
		body := trimEdges(raw)
		lines = append(lines, line{raw: raw, body: body, marked: isMarked(body) && !closesBracket(above, body)})
		above = body
	}
	markCode(lines)
	return lines
}

// closesBracket reports that a line's ">" is no quote mark but ends the address that the line above begins: some clients
// wrap "On …, 张三 <zhangsan@corp.example>:" right there.
func closesBracket(above, body string) bool {
	return len(body) < 40 && endsWithColon(body) && !isMarked(above) && opensBracket(above)
}

// opensBracket reports that the last "<" of a line is not closed on it.
func opensBracket(body string) bool {
	return strings.LastIndexByte(body, '<') > strings.LastIndexByte(body, '>')
}

// markCode marks the lines of closed code fences, the fence lines too.
func markCode(lines []line) {
	open := -1
	for i := range lines {
		if !strings.HasPrefix(lines[i].body, "```") {
			continue
		}
		if open < 0 {
			open = i
			continue
		}
		for k := open; k <= i; k++ {
			lines[k].code, lines[k].marked = true, false
		}
		open = -1
	}
}

// trimEdges cuts blanks and invisible characters from both ends, and the backslash by which Markdown breaks a line.
func trimEdges(s string) string {
	s = trimInvisible(s)
	if strings.HasSuffix(s, `\`) {
		s = trimInvisible(s[:len(s)-1])
	}
	if strings.HasPrefix(s, "&nbsp;") || strings.HasSuffix(s, "&nbsp;") {
		s = trimInvisible(strings.ReplaceAll(s, "&nbsp;", " "))
	}
	return s
}

func trimInvisible(s string) string {
	for len(s) > 0 && s[0] <= ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	if s == "" || s[0] < utf8.RuneSelf && s[len(s)-1] < utf8.RuneSelf {
		return s
	}
	return strings.TrimFunc(s, invisible)
}

// invisible reports blanks, zero-width characters and the marks by which right-to-left mails isolate names.
func invisible(r rune) bool {
	switch {
	case r <= ' ', r == 0xAD, r == 0x34F, r == 0x2060, r == 0xFEFF, r == 0x3164:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r >= utf8.RuneSelf && unicode.IsSpace(r)
}

// isMarked reports a quote mark at the beginning, also one that Markdown escaped.
func isMarked(body string) bool {
	return strings.HasPrefix(body, ">") || strings.HasPrefix(body, `\>`)
}

// unmark cuts quote marks and the blanks around them from the beginning of a line.
func unmark(body string) string {
	for isMarked(body) {
		_, body, _ = strings.Cut(body, ">")
		body = trimInvisible(body)
	}
	return body
}

// isRule reports a line that is drawn, not written: "----", "_____", "* * *", "=====", "—".
func isRule(body string) bool {
	if body == "" || len(body) > 300 || !isRuleSign(firstRune(body)) {
		return false
	}
	for _, r := range body {
		if r != ' ' && !isRuleSign(r) {
			return false
		}
	}
	return len(body) > 1
}

func isRuleSign(r rune) bool {
	switch r {
	case '-', '_', '=', '*', '~', '+', '#', '—', '–', '─', '━', '‐', '―', 'ᐧ':
		return true
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// nextVisible is the index of the first line from i on that is not blank, len(lines) when there is none.
func nextVisible(lines []line, i int) int {
	for i < len(lines) && lines[i].blank() {
		i++
	}
	return i
}
