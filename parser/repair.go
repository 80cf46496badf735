package parser

import (
	"bytes"
	"strings"
)

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
