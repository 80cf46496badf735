package parser

import (
	"bytes"
	"strings"
)

// part is a node of the MIME tree: a header, and its body as a place in the source.
type part struct {
	src        *source
	header     header
	begin      int64 // of the header
	body, end  int64 // src[body:end]
	children   []*part
	depth      int
	digest     bool // child of a multipart/digest, whose default type is message/rfc822 (RFC 2046 5.1.5)
	boundary   string
	content    mediaType
	disposed   mediaType // Content-Disposition
	encoding   string
	decodedAs  *string // text once read
	shown      bool    // its text has gone into the body
	headerOnly bool    // ended before a blank line or any body
}

func (p *part) is(prefix string) bool { return strings.HasPrefix(p.content.value, prefix) }

// isMessage reports whether the body is a mail itself, whose parts are children: message/rfc822 and its kin (RFC
// 2046 5.2, RFC 6532 3.7). An encoded one, which RFC 2046 forbids, is a mere attachment.
func (p *part) isMessage() bool {
	switch p.content.value {
	case "message/rfc822", "message/global", "message/news":
		return identity(p.encoding)
	case "message/partial":
		return p.content.get("number") == "1" // the piece with the header, RFC 2046 5.2.2.1
	}
	return false
}

func identity(encoding string) bool {
	return encoding != "base64" && encoding != "quoted-printable" && !isUU(encoding)
}

// builder finds the parts of a mail in one pass over its lines.
type builder struct {
	scan  *scanner
	opt   Options
	parts int
	open  []*part // from the root to the part that is being read

	boundaries map[string]int // how many open parts have each boundary
	warn       func(string, ...any)

	repairs int
}

// buildTree reads the structure of src.
func buildTree(src *source, opt Options, depth int, warn func(string, ...any)) *part {
	b := &builder{scan: newScanner(src, 0, src.size), opt: opt, warn: warn, boundaries: map[string]int{}}
	root := &part{src: src, depth: depth}
	b.begin(root)
	b.run()
	b.scan.release()
	b.repair(root)
	root.hint(root.firstCharset())
	return root
}

func (b *builder) run() {
	for b.scan.dashes() {
		at := b.scan.pos
		line, ok := b.scan.line()
		if !ok {
			break
		}
		if i, closing := b.delimiter(line); i >= 0 {
			b.delimit(i, closing, at)
		}
	}
	b.finish(0, b.scan.end)
}

// delimiter returns which of the open multiparts the line belongs to, the innermost first; -1 for none.
func (b *builder) delimiter(line []byte) (index int, closing bool) {
	if !bytes.HasPrefix(line, dashLine[1:]) {
		return -1, false
	}
	text := bytes.TrimRight(line[2:], " \t\r")
	closed, isClosing := bytes.CutSuffix(text, dashLine[1:])
	closed = bytes.TrimRight(closed, " \t")
	if b.boundaries[string(text)] == 0 && !(isClosing && b.boundaries[string(closed)] > 0) {
		return -1, false
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		switch boundary := b.open[i].boundary; {
		case boundary == "":
		case string(text) == boundary:
			return i, false
		case isClosing && string(closed) == boundary:
			return i, true
		}
	}
	return -1, false
}

// delimit ends what is open inside the i-th part at the delimiter line that begins at at, and begins the next child.
func (b *builder) delimit(i int, closing bool, at int64) {
	b.finish(i+1, at)
	parent := b.open[i]
	if closing {
		b.close(parent)
		return
	}
	if b.parts >= b.opt.MaxParts {
		if b.parts == b.opt.MaxParts {
			b.parts++
			b.warn("more than %d parts: the rest is not read", b.opt.MaxParts)
		}
		return
	}
	child := &part{src: parent.src, depth: parent.depth + 1, digest: parent.content.value == "multipart/digest"}
	parent.children = append(parent.children, child)
	b.begin(child)
}

// finish ends the parts open[from:], whose bodies reach up to the line at at; the line end before a delimiter
// belongs to it (RFC 2046 5.1.1).
func (b *builder) finish(from int, at int64) {
	if from >= len(b.open) {
		return
	}
	end := at
	if at < b.scan.end {
		end = lineEndBefore(b.scan.src, at)
	}
	for _, p := range b.open[from:] {
		p.end = max(end, p.body)
		b.close(p)
	}
	b.open = b.open[:from]
}

// enter opens a part, whose boundary lines count from now on.
func (b *builder) enter(p *part) {
	b.open = append(b.open, p)
	if p.boundary != "" {
		b.boundaries[p.boundary]++
	}
}

// close ends the parts of a multipart; what follows is its epilogue, if anything.
func (b *builder) close(p *part) {
	if p.boundary != "" {
		b.boundaries[p.boundary]--
		p.boundary = ""
	}
}

func lineEndBefore(src *source, at int64) int64 {
	var tail [2]byte
	from := max(0, at-2)
	n := src.readAt(tail[:at-from], from)
	switch got := tail[:n]; {
	case bytes.HasSuffix(got, []byte("\r\n")):
		return at - 2
	case bytes.HasSuffix(got, []byte("\n")):
		return at - 1
	}
	return at
}

// begin reads the header at the scanner's place and opens the part, and the mail in it if it holds one.
func (b *builder) begin(p *part) {
	for {
		b.parts++
		b.readHeader(p)
		p.classify()
		if p.depth >= b.opt.MaxDepth && (p.boundary != "" || p.isMessage()) {
			b.warn("parts nested more than %d deep: the rest is kept as one attachment", b.opt.MaxDepth)
			p.boundary = ""
			p.content.value = "application/octet-stream"
		}
		b.enter(p)
		if !p.isMessage() || p.headerOnly {
			return
		}
		child := &part{src: p.src, depth: p.depth + 1}
		p.children = append(p.children, child)
		p = child
	}
}
