package html

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const maxQuote = 20 // "> " signs before one line

// writer lays text out in lines. Line ends are only promised, and kept when more text comes, so that edges of
// blocks in a row make one gap.
type writer struct {
	out       strings.Builder
	promised  int  // line ends due before the next text
	wantSpace bool // white space seen since the last text
	hardSpace int  // no-break spaces seen since then
	depth     int  // of quotes
	lastDepth int  // that of the line before
	indent    int
	bulletDue string // before the next text
	signDue   bool   // the separator of a signature is due before the next text
	inLine    bool   // the current line has text
	cells     cells
}

// cells is the state of the current table row.
type cells struct {
	due      bool // a cell has ended on this line: a bar stands before the next one's text
	inCell   bool // no text yet since the cell began
	hadText  bool // the row has text
	oneLine  bool // the row's last cell with text kept to one line
	rowBegan int  // length of out at the beginning of the row
}

func (w *writer) String() string {
	return strings.TrimRight(w.out.String(), " \n")
}

func (w *writer) quote(by int) {
	w.breakLine(2)
	w.depth = max(0, w.depth+by)
	w.endCells()
}

// breakLine promises at least n line ends.
func (w *writer) breakLine(n int) {
	if w.hardSpace > 0 && !w.pendingText() {
		w.promised++ // a paragraph of nothing but a no-break space is a blank line
	}
	w.wantSpace, w.hardSpace = false, 0
	w.promised = min(max(w.promised, n), 2)
}

// pendingText reports whether the line that would be written next already has text.
func (w *writer) pendingText() bool { return w.inLine && w.promised == 0 }

// newLine is a br.
func (w *writer) newLine() {
	w.wantSpace, w.hardSpace = false, 0
	w.promised = min(w.promised+1, 2)
}

func (w *writer) bullet(indent, number int) {
	w.indent = indent
	w.bulletDue = "- "
	if number > 0 {
		w.bulletDue = strconv.Itoa(number) + ". "
	}
}

func (w *writer) row() {
	w.cells = cells{rowBegan: w.out.Len()}
}

func (w *writer) cell() {
	w.cells.inCell = true
	if w.cells.hadText && w.cells.oneLine {
		w.cells.due = true
	}
}

func (w *writer) endCell() {
	w.cells.inCell = false
	w.wantSpace = true
}

func (w *writer) endCells() { w.cells = cells{} }

// mark is where the next text will begin.
func (w *writer) mark() int { return w.out.Len() }

// text writes a run of text; white space collapses unless it is preformatted.
func (w *writer) text(b []byte, pre bool) {
	if pre {
		w.preformatted(b)
		return
	}
	for len(b) > 0 {
		n := wordLength(b)
		if n > 0 {
			w.word(b[:n])
			b = b[n:]
			continue
		}
		r, size := utf8.DecodeRune(b)
		b = b[size:]
		switch r {
		case '\u00a0':
			w.hardSpace++
		case '\u200b', '\ufeff', '\u00ad', '\u034f', '\u2060':
		default:
			w.wantSpace = true
		}
	}
}

// wordLength is how many bytes of b up to the next space or invisible character.
func wordLength(b []byte) int {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c <= ' ' || c == 0x7F:
			return i
		case c == 0xC2 && i+1 < len(b) && (b[i+1] == 0xA0 || b[i+1] == 0xAD), // U+00A0, U+00AD
			c == 0xE2 && i+2 < len(b) && (b[i+1] == 0x80 && b[i+2] == 0x8B || b[i+1] == 0x81 && b[i+2] == 0xA0), // U+200B, U+2060
			c == 0xEF && i+2 < len(b) && b[i+1] == 0xBB && b[i+2] == 0xBF,                                       // U+FEFF
			c == 0xCD && i+1 < len(b) && b[i+1] == 0x8F:                                                         // U+034F
			return i
		}
	}
	return len(b)
}

func (w *writer) preformatted(b []byte) {
	for len(b) > 0 {
		at := strings.IndexByte(string(b), '\n')
		line := b
		if at >= 0 {
			line = b[:at]
		}
		if text := strings.TrimRight(string(line), "\r"); text != "" {
			w.word([]byte(text))
		}
		if at < 0 {
			return
		}
		w.newLine()
		b = b[at+1:]
	}
}

// separator is the line that begins a signature (RFC 3676 4.3).
const separator = "-- "

// signature promises that the next text begins a signature, which the separator will say if the mail does not.
func (w *writer) signature() {
	lines := strings.TrimRight(w.out.String(), "> \n")
	w.signDue = !strings.HasSuffix(lines, "\n--")
}

// word writes text without a line end, after what was promised before it.
func (w *writer) word(b []byte) {
	if w.signDue {
		w.signDue = false
		if w.out.Len() > 0 && string(b) != "--" {
			w.breakLine(1)
			w.word([]byte(separator))
			w.breakLine(1)
		}
	}
	if w.cells.inCell {
		w.cells.inCell = false
		if w.cells.due {
			w.out.WriteString(" | ")
			w.cells.due = false
			w.promised, w.wantSpace, w.hardSpace = 0, false, 0
		}
		w.cells.hadText, w.cells.oneLine = true, true
	} else if w.promised > 0 && w.out.Len() > w.cells.rowBegan {
		w.cells.oneLine = w.cells.oneLine && !w.cells.hadText
	}
	switch {
	case w.promised > 0 || !w.inLine:
		w.breakNow()
	case w.hardSpace > 0:
		w.out.WriteString(strings.Repeat(" ", min(w.hardSpace+b2i(w.wantSpace), 8)))
	case w.wantSpace:
		w.out.WriteByte(' ')
	}
	w.wantSpace, w.hardSpace = false, 0
	w.out.Write(b)
	w.inLine = true
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// breakNow keeps the promised line ends and begins the next line with its quote signs and bullet.
func (w *writer) breakNow() {
	if w.out.Len() > 0 {
		for i := range w.promised {
			w.out.WriteByte('\n')
			if i+1 < w.promised {
				w.out.WriteString(strings.TrimRight(strings.Repeat("> ", min(w.depth, w.lastDepth, maxQuote)), " "))
			}
		}
	}
	w.promised = 0
	w.lastDepth = w.depth
	w.out.WriteString(strings.Repeat("> ", min(w.depth, maxQuote)))
	if w.bulletDue != "" {
		w.out.WriteString(strings.Repeat(" ", w.indent))
		w.out.WriteString(w.bulletDue)
		w.bulletDue = ""
	}
}

const maxLink = 500 // bytes of a target that is shown

// link writes the target behind a link's text, unless the text says it already.
func (w *writer) link(from int, href string) {
	text := strings.TrimSpace(w.out.String()[min(from, w.out.Len()):])
	scheme, rest, ok := strings.Cut(href, ":")
	if !ok || text == "" || len(href) > maxLink {
		return
	}
	target := href
	switch strings.ToLower(scheme) {
	case "http", "https", "ftp":
		rest = strings.TrimSuffix(strings.TrimPrefix(rest, "//"), "/")
	case "mailto":
		target, _, _ = strings.Cut(rest, "?")
		rest = target
	default:
		return
	}
	shown := len(text) >= len(rest) && strings.Contains(strings.ToLower(text), strings.ToLower(rest))
	if rest == "" || shown || strings.ContainsAny(target, " \n<>") {
		return
	}
	w.wantSpace, w.hardSpace = true, 0
	w.word([]byte("<" + target + ">"))
}
