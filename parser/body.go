package parser

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"unicode"

	"maildesk/parser/charset"
	"maildesk/parser/html"
)

// item is an attachment and the way to its bytes.
type item struct {
	Attachment
	cid  string
	open func() io.Reader
	text bool   // carried without an encoding that keeps its line ends
	key  []byte // what the content key knows it by
}

// content is what a mail has beside its header: the texts that make its body, and everything else.
type content struct {
	opt      Options
	warnings *warnings
	left     int // bytes of text that may still be read

	texts   []string // in order, as plain reading text
	sources []string // the same as they were decoded, for the content key
	items   []item
	nested  []*part // attached mails, outermost only
	invites []*part
	invited bool            // the body is made of invitations, for there was no other
	cids    map[string]bool // Content-IDs that the HTML of the body shows
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
		start := relatedRoot(p)
		for i, child := range p.children {
			c.walk(child, shown && i == start || i != start && child.is("multipart/"))
		}
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

// bestAlternative picks the child to read: plain text if it has real content, else HTML, else whatever has text.
func (c *content) bestAlternative(p *part) int {
	plain, rich, other := -1, -1, -1
	for i, child := range p.children {
		switch leaf := firstText(child); {
		case leaf == nil:
		case leaf.content.value == "text/html":
			rich = i
		case leaf.content.value == "text/plain" && plain < 0:
			plain = i
		case other < 0 && isReadable(leaf.content.value):
			other = i
		}
	}
	switch {
	case plain >= 0 && (rich < 0 || c.hasRealText(firstText(p.children[plain]))):
		return plain
	case rich >= 0:
		return rich
	case plain >= 0:
		return plain
	}
	return other
}

// firstText is the first readable leaf of p.
func firstText(p *part) *part {
	if !p.is("multipart/") {
		if isReadable(p.content.value) && p.disposed.value != "attachment" {
			return p
		}
		return nil
	}
	if p.is("multipart/related") && len(p.children) > 0 {
		return firstText(p.children[relatedRoot(p)])
	}
	for _, child := range p.children {
		if leaf := firstText(child); leaf != nil {
			return leaf
		}
	}
	return nil
}

// relatedRoot is the index of the part that the others belong to: the one that start names, else the first (RFC
// 2387 3.2).
func relatedRoot(p *part) int {
	if start := strings.Trim(p.content.get("start"), "<> "); start != "" {
		for i, child := range p.children {
			if contentID(child) == start {
				return i
			}
		}
	}
	return 0
}

func contentID(p *part) string { return strings.Trim(p.header.get("Content-ID"), "<> ") }

// placeholder matches the plain text that senders of HTML put there instead of the letter.
var placeholder = regexp.MustCompile(`(?i)(html[ -]?(capable|enabled|compatible|e?-?mail|format|version|格式)|view (this|the) (e-?mail|message)|(not|n't) support html|不支持\s*html|以html格式|查看此邮件)`)

// hasRealText reports whether a plain text is the letter itself and not a stand-in for its HTML.
func (c *content) hasRealText(p *part) bool {
	text := c.decode(p)
	if strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) }) < 0 {
		return false
	}
	return len(text) > 400 || !placeholder.MatchString(text)
}

// decode reads a text part, up to what is left of the limit, once.
func (c *content) decode(p *part) string {
	if p.decodedAs == nil {
		label, source := c.label(p), c.read(p)
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

func (c *content) read(p *part) []byte {
	r := p.decoded()
	limit := min(int64(c.left)+1, p.end-p.body+1)
	raw := bytes.NewBuffer(make([]byte, 0, max(0, min(limit, p.end-p.body))+bytes.MinRead))
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
	c.add(source, c.render(p, source))
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
	source := c.decode(p)
	if hasUU([]byte(source)) {
		source = c.takeUU(p)
	}
	text := source
	if strings.EqualFold(p.content.get("format"), "flowed") {
		text = unflow(text, strings.EqualFold(p.content.get("delsp"), "yes"))
	}
	text = normalLines(text)
	if looksHTML(text) {
		text = html.Text(text)
	}
	c.add(source, text)
}

func (c *content) add(source, text string) {
	if text = strings.Trim(text, "\n"); strings.TrimSpace(text) != "" {
		c.texts = append(c.texts, text)
		c.sources = append(c.sources, source)
	}
}

// attach adds p as an attachment.
func (c *content) attach(p *part) {
	c.addItem(item{
		Attachment: Attachment{Name: p.fileName(), Type: p.content.value, Inline: p.disposed.value == "inline"},
		cid:        contentID(p), open: p.decoded, text: identity(p.encoding) || p.encoding == "quoted-printable",
	})
}

// attachMessage adds a mail inside the mail as one attachment, named after its subject if nothing else names it.
func (c *content) attachMessage(p *part) {
	name := p.fileName()
	if name == "" && len(p.children) > 0 {
		if name = decodeSubject(p.children[0].header.get("Subject")); name != "" {
			name = safeName(strings.NewReplacer("/", "_", `\`, "_", ":", "_").Replace(name) + ".eml")
		}
	}
	c.addItem(item{Attachment: Attachment{Name: name, Type: p.content.value}, open: p.decoded, text: true})
	c.nested = append(c.nested, p)
}

// isEncodedMessage reports an attached mail in an encoding, which RFC 2046 5.2.1 forbids and some gateways write.
func isEncodedMessage(p *part) bool {
	return p.content.value == "message/rfc822" && len(p.children) == 0 && !identity(p.encoding)
}

func (c *content) attachEncodedMessage(p *part) {
	if p.depth+1 < c.opt.MaxDepth {
		b := readAll(p)
		p.children = []*part{buildTree(newSource(bytes.NewReader(b), int64(len(b))), c.opt, p.depth+1, c.warn)}
	}
	c.attachMessage(p)
}

func (c *content) addItem(it item) { c.items = append(c.items, it) }

// noteImages collects the Content-IDs that HTML refers to (RFC 2392).
func (c *content) noteImages(source string) {
	for {
		_, rest, ok := strings.Cut(source, "cid:")
		if !ok {
			return
		}
		end := strings.IndexAny(rest, "\"' >)\r\n\t")
		if end < 0 {
			end = len(rest)
		}
		if c.cids == nil {
			c.cids = map[string]bool{}
		}
		c.cids[string(charset.Percent(rest[:end]))] = true
		source = rest
	}
}

// markInline marks the attachments that the HTML of the body shows.
func (c *content) markInline() {
	for i := range c.items {
		if cid := c.items[i].cid; cid != "" && c.cids[cid] {
			c.items[i].Inline = true
		}
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
