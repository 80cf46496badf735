package parser

import (
	"bytes"
	"fmt"
	"strings"

	"maildesk/parser/charset"
)

// Limits of the structure; what goes beyond them is left out of the understanding with a warning, never of the mail.
const (
	defaultMaxDepth = 50
	defaultMaxParts = 1000
	defaultMaxText  = 2 << 20
	maxHeader       = 1 << 20 // bytes of one part's header
	maxFields       = 2000
	maxRepairs      = 10 // multiparts that are read again for their boundary
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

// firstCharset is the first charset that a part of the mail declares.
func (p *part) firstCharset() string {
	if label := p.content.get("charset"); label != "" && !charset.Silent(label) {
		return label
	}
	for _, child := range p.children {
		if label := child.firstCharset(); label != "" {
			return label
		}
	}
	return ""
}

// hint tells the headers of p and below, as far as they need it, in which charset their bytes beyond ASCII may be.
func (p *part) hint(label string) {
	if p.isMessage() && len(p.children) > 0 {
		label = first(p.children[0].firstCharset(), label)
	}
	if label != "" && p.header.hasHighBytes() {
		p.header.hint = label
		p.disposed = parseMediaType(p.header.get("Content-Disposition"))
		p.content.params = parseMediaType(p.header.get("Content-Type")).params
	}
	for _, child := range p.children {
		child.hint(label)
	}
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
	if b.boundaries[string(text)] == 0 && b.boundaries[string(bytes.TrimRight(closed, " \t"))] == 0 {
		return -1, false
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		switch boundary := b.open[i].boundary; {
		case boundary == "":
		case string(text) == boundary:
			return i, false
		case isClosing && string(bytes.TrimRight(closed, " \t")) == boundary:
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

// readHeader reads fields up to the blank line. A line that is no field ends the header as well, since some mailers
// forget the blank line; but not if known fields go on behind it.
func (b *builder) readHeader(p *part) {
	s := b.scan
	p.begin = s.pos
	size := 0
	for first := true; ; first = false {
		at := s.pos
		line, ok := s.line()
		if !ok {
			p.body, p.headerOnly = s.end, true
			return
		}
		if first && p.begin == 0 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
			if len(line) == 0 && b.headerGoesOn() {
				continue // blank lines before the whole mail
			}
		}
		if i, _ := b.delimiter(line); i >= 0 {
			s.seek(at)
			p.body, p.headerOnly = at, true
			return
		}
		if len(line) == 0 || len(bytes.TrimSpace(line)) == 0 && !b.headerGoesOn() && !b.foldGoesOn() {
			p.body = s.pos
			return
		}
		size += len(line)
		if size > maxHeader || len(p.header.fields) > maxFields {
			if size-len(line) <= maxHeader && len(p.header.fields) <= maxFields+1 {
				b.warn("a header of more than %d bytes or %d fields: the rest of it is not read", maxHeader, maxFields)
				p.header.fields = append(p.header.fields, field{})
			}
			continue
		}
		if !p.addLine(line, first) && !b.headerGoesOn() {
			if len(p.header.fields) > 0 {
				b.warn("no blank line between header and body")
			}
			s.seek(at)
			p.body = at
			return
		}
	}
}

// headerGoesOn reports whether the next line is one that only a header has.
func (b *builder) headerGoesOn() bool {
	next, ok := b.scan.peek()
	return ok && isKnownField(next)
}

// foldGoesOn reports whether the next line is folded: then the blank one before it was as well (RFC 5322 4.2).
func (b *builder) foldGoesOn() bool {
	next, ok := b.scan.peek()
	return ok && len(bytes.TrimSpace(next)) > 0 && (next[0] == ' ' || next[0] == '\t')
}

// addLine takes a line of the header; false when it can be none.
func (p *part) addLine(line []byte, first bool) bool {
	if line[0] == ' ' || line[0] == '\t' {
		if n := len(p.header.fields); n > 0 {
			last := &p.header.fields[n-1]
			last.value = append(append(last.value, '\n'), line...)
		}
		return len(p.header.fields) > 0
	}
	if first && (bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))) {
		return true // the separator of an mbox (RFC 4155)
	}
	name := fieldName(line)
	if name == "" {
		return false
	}
	value := line[bytes.IndexByte(line, ':')+1:]
	p.header.fields = append(p.header.fields, field{name: name, value: bytes.Clone(value)})
	return true
}

// classify reads the fields that say what the body is.
func (p *part) classify() {
	p.content = parseMediaType(p.header.get("Content-Type"))
	p.disposed = parseMediaType(p.header.get("Content-Disposition"))
	p.encoding = parseEncoding(p.header.get("Content-Transfer-Encoding"))
	if !strings.Contains(p.content.value, "/") {
		p.content.value = defaultType(p.content.value, p.digest)
	}
	if p.is("multipart/") {
		p.boundary = strings.TrimRight(p.content.get("boundary"), " \t")
	}
}

// defaultType is what a missing or unreadable type means (RFC 2045 5.2, RFC 2046 5.1.5). "text" alone was once a
// whole type.
func defaultType(written string, digest bool) string {
	switch {
	case digest && written == "":
		return "message/rfc822"
	case written == "html":
		return "text/html"
	case written == "" || written == "text" || written == "plain":
		return "text/plain"
	}
	return "application/octet-stream"
}

// repair gives a multipart whose declared boundary never came, or that declares none, a second chance with the
// boundary that its body shows; without any it is plain text.
func (b *builder) repair(p *part) {
	if p.is("multipart/") && len(p.children) == 0 && !p.headerOnly && b.repairs < maxRepairs {
		b.repairs++
		if boundary := b.findBoundary(p); boundary != "" {
			b.warn("multipart with a missing or wrong boundary: read by the one in its body")
			b.scan = newScanner(p.src, p.body, p.end)
			p.boundary = boundary
			b.enter(p)
			b.run()
			b.scan.release()
		} else {
			b.warn("%s without any part: read as text", p.content.value)
			p.content.value = "text/plain"
		}
	}
	for _, child := range p.children {
		b.repair(child)
	}
}

// findBoundary returns the first line "--X" that a Content field follows.
func (b *builder) findBoundary(p *part) string {
	s := newScanner(p.src, p.body, p.end)
	defer s.release()
	for tries := 0; tries < 100 && s.dashes(); tries++ {
		line, _ := s.line()
		boundary := string(bytes.TrimRight(line[min(2, len(line)):], " \t"))
		if next, ok := s.peek(); ok && boundary != "" && len(boundary) < 200 && strings.HasPrefix(strings.ToLower(fieldName(next)), "content-") {
			return boundary
		}
	}
	return ""
}

// limits fills in the defaults.
func (opt Options) limits() Options {
	if opt.MaxDepth <= 0 {
		opt.MaxDepth = defaultMaxDepth
	}
	if opt.MaxParts <= 0 {
		opt.MaxParts = defaultMaxParts
	}
	if opt.MaxText <= 0 {
		opt.MaxText = defaultMaxText
	}
	return opt
}

// warnings collects what had to be guessed, each sentence once.
type warnings []string

func (w *warnings) add(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, have := range *w {
		if have == text {
			return
		}
	}
	*w = append(*w, text)
}
