package reply

import "strings"

// Parts are the three parts of a mail's text. Lines keep their order within each; blank lines at the edges are cut.
type Parts struct {
	New       string // what the author wrote; where Inline, the quoted lines that he answers stand between, marked by ">"
	Quoted    string // older mails, with the lines that introduce them
	Signature string // signature, device line, legal notice
	Inline    bool   // the author answered between or below quoted lines
}

// Text is a mail's text, cut into lines.
type Text struct {
	text  string
	lines []line
}

// Read cuts text into lines, at LF, CRLF and bare CR.
func Read(text string) Text { return Text{text: text, lines: splitLines(text)} }

// Split separates what the author wrote just now from what was quoted and from the signature. Every line of text is
// in exactly one of the three. New is empty only when text has nothing visible: a mail that is all quote is new text.
func (t Text) Split() Parts {
	lines := t.lines
	inline := classify(lines)
	return Parts{
		New:       collect(lines, classNew),
		Quoted:    collect(lines, classQuote),
		Signature: collect(lines, classSignature),
		Inline:    inline,
	}
}

// collect joins the lines of one class.
func collect(lines []line, class class) string {
	size, first, last := 0, -1, -1
	for i := range lines {
		if lines[i].class != class || lines[i].blank() && first < 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		if !lines[i].blank() {
			last = i
		}
		size += len(lines[i].raw) + 1
	}
	if first < 0 {
		return ""
	}
	var b strings.Builder
	b.Grow(size)
	for i := first; i <= last; i++ {
		if lines[i].class != class {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(lines[i].raw, " \t\r"))
	}
	return b.String()
}
