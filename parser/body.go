package parser

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"sync"

	"maildesk/parser/charset"
	"maildesk/parser/html"
	"maildesk/parser/reply"
)

// content is what a mail has beside its header: the texts that make its body, and everything else.
type content struct {
	opt      Options
	warnings *warnings
	left     int // bytes of text that may still be read

	texts   []string // in order, as plain reading text
	sources []string // the same as they were decoded, in normal lines, for the content key
	items   []item
	nested  []*part // attached mails, outermost only
	invites []*part
	invited bool            // the body is made of invitations, for there was no other
	cids    map[string]bool // Content-IDs that the HTML of the body shows
	related int             // how many multipart/related are open
	root    *part
}

func (c *content) warn(format string, args ...any) { c.warnings.add(format, args...) }

// walk takes in p and what is below it. With shown, its texts belong to the body.
func (c *content) walk(p *part, shown bool) {
	switch {
	case p.is("multipart/alternative"):
		best := c.bestAlternative(p)
		for i, child := range p.children {
			c.walk(child, shown && i == best)
		}
	case p.is("multipart/related"):
		c.related++
		for _, child := range p.children {
			c.walk(child, shown)
		}
		c.related--
	case p.is("multipart/signed"), p.is("multipart/encrypted"):
		c.noteSecurity(p)
		fallthrough
	case p.is("multipart/"):
		for _, child := range p.children {
			c.walk(child, shown)
		}
	case p.isMessage():
		c.attachMessage(p)
	default:
		c.leaf(p, shown)
	}
}

// leaf takes in a part without children.
func (c *content) leaf(p *part, shown bool) {
	switch {
	case c.unwrap(p, shown):
	case isEncodedMessage(p):
		c.attachEncodedMessage(p)
	case p.content.value == "text/calendar":
		c.calendar(p)
	case p.content.value == "message/partial":
		c.warn("piece %s of a larger mail (RFC 2046 5.2.2)", first(p.content.get("number"), "?"))
		c.attach(p)
	case !c.isBody(p):
		c.attach(p)
	case shown:
		c.show(p)
	}
}

// isBody reports whether p is text to be read with the mail rather than a file that comes with it. A text that has a
// file name is a file unless it is the first text of the mail and not marked as an attachment.
func (c *content) isBody(p *part) bool {
	if !isReadable(p.content.value) || p.disposed.value == "attachment" {
		return false
	}
	return p.fileName() == "" || len(c.texts) == 0 && len(c.items) == 0 && p.disposed.value != "inline"
}

// isReadable reports whether a type is shown as text; of unknown kinds of text RFC 2046 4.1.4 says so.
func isReadable(mediaType string) bool {
	sub, ok := strings.CutPrefix(mediaType, "text/")
	if !ok {
		return false
	}
	switch sub {
	case "plain", "html", "enriched", "richtext", "x-markdown", "markdown", "x-plain", "unknown", "us-ascii":
		return true
	case "calendar", "x-vcard", "vcard", "directory", "csv", "xml", "rfc822-headers", "css", "x-amp-html", "rtf", "x-moz-deleted":
		return false
	}
	return !strings.HasPrefix(sub, "x-")
}

// decode reads a text part, up to what is left of the limit, once.
func (c *content) decode(p *part) string {
	if p.decodedAs == nil {
		raw := raws.Get().(*bytes.Buffer)
		defer giveBack(raw)
		label, source := c.label(p), c.read(p, raw)
		if p.content.value == "text/html" && (label == "" || charset.Silent(label)) {
			label = metaLabel(source)
		}
		text := charset.Decode(label, source)
		p.decodedAs = &text
	}
	return *p.decodedAs
}

// label is the charset that p declares, nothing when it is unknown.
func (c *content) label(p *part) string {
	label := p.content.get("charset")
	if label != "" && !charset.Known(label) && !charset.Silent(label) {
		c.warn("unknown charset %q: guessed", label)
	}
	return label
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?([\w:-]{1,40})`)

// metaLabel is the charset that HTML declares in its own head. UTF-16 cannot be true of text in which that was found
// (HTML 13.2.3.2).
func metaLabel(source []byte) string {
	m := metaCharset.FindSubmatch(source[:min(len(source), 2048)])
	if m == nil || strings.HasPrefix(charset.Normalize(string(m[1])), "utf-16") {
		return ""
	}
	return string(m[1])
}

// raws are lent for the bytes of a text until they are decoded.
var raws = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func giveBack(raw *bytes.Buffer) {
	if raw.Cap() <= windowSize {
		raws.Put(raw)
	}
}

// read reads a text part into raw, up to what is left of the limit.
func (c *content) read(p *part, raw *bytes.Buffer) []byte {
	r := p.decoded()
	limit := min(int64(c.left)+1, p.end-p.body+1)
	raw.Reset()
	raw.Grow(int(max(0, min(limit, p.end-p.body))) + bytes.MinRead)
	_, _ = raw.ReadFrom(io.LimitReader(r, limit)) // its errors are kept by the source
	b := raw.Bytes()
	if len(b) > c.left {
		c.warn("more than %d bytes of text: the rest is not read", c.opt.MaxText)
		b = b[:c.left]
	}
	c.left -= len(b)
	return b
}

// show adds a text part to the body.
func (c *content) show(p *part) {
	p.shown = true
	if p.content.value != "text/html" && !p.is("text/enriched") && !p.is("text/richtext") {
		c.showPlain(p)
		return
	}
	source := c.decode(p)
	c.add(normalLines(source), c.render(p, source))
	if p.content.value == "text/html" {
		c.noteImages(source)
	}
}

func (c *content) render(p *part, source string) string {
	switch p.content.value {
	case "text/html":
		return html.Text(source)
	case "text/enriched", "text/richtext":
		return enriched(source)
	}
	return normalLines(source)
}

func (c *content) showPlain(p *part) {
	decoded := c.decode(p)
	if strings.Contains(decoded, "begin ") && hasUU([]byte(decoded)) {
		decoded = c.takeUU(p)
	}
	source := normalLines(decoded)
	text := source
	if strings.EqualFold(p.content.get("format"), "flowed") {
		text = normalLines(unflow(decoded, strings.EqualFold(p.content.get("delsp"), "yes")))
	}
	if looksHTML(text) {
		text = html.Text(text)
	}
	c.add(source, text)
}

// add takes in a text of the body, and the source that it was made of in normal lines.
func (c *content) add(source, text string) {
	if text = strings.Trim(text, "\n"); !reply.Blank(text) {
		c.texts = append(c.texts, text)
		c.sources = append(c.sources, source)
	}
}

// text is the whole body. A mail that brings nothing but an attached text or mail is read from that, for somebody
// wrote it.
func (c *content) text() string {
	if len(c.texts) == 0 {
		c.showInvites()
		c.invited = len(c.texts) > 0
	}
	if len(c.texts) == 0 {
		c.borrow(c.root)
	}
	return strings.Join(c.texts, "\n\n")
}

// borrow shows the first text of any kind below p.
func (c *content) borrow(p *part) {
	if len(p.children) == 0 {
		if isReadable(p.content.value) && !p.shown {
			c.show(p)
		}
		return
	}
	for _, child := range p.children {
		if c.borrow(child); len(c.texts) > 0 {
			return
		}
	}
}
