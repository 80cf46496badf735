package parser

import (
	"bytes"
	"strings"

	"maildesk/parser/charset"
)

// readHeader reads fields up to the blank line. A line that is no field ends the header as well, since some mailers
// forget the blank line; but not if known fields go on behind it.
func (b *builder) readHeader(p *part) {
	s := b.scan
	p.begin = s.pos
	p.header = roomFor(p)
	size, warned := 0, false
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
		if size > maxHeader || len(p.header.fields) >= maxFields {
			if !warned {
				b.warn("a header of more than %d bytes or %d fields: the rest of it is not read", maxHeader, maxFields)
				warned = true
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

// roomFor is an empty header with room for the fields that come through servers, or for the few of a part.
func roomFor(p *part) header {
	if p.depth == 0 {
		return header{fields: make([]field, 0, 24), store: make([]byte, 0, 2<<10)}
	}
	return header{fields: make([]field, 0, 4)}
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
		if len(p.header.fields) == 0 {
			return false
		}
		p.header.goOn(line)
		return true
	}
	if first && (bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))) {
		return true // the separator of an mbox (RFC 4155)
	}
	name := fieldName(line)
	if name == "" {
		return false
	}
	p.header.add(name, line[bytes.IndexByte(line, ':')+1:])
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
