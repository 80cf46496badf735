package parser

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"strings"
	"sync"

	"maildesk/parser/charset"
)

// item is an attachment and the way to its bytes.
type item struct {
	Attachment
	cid  string
	open func() io.Reader
	text bool   // carried without an encoding that keeps its line ends
	key  []byte // what the content key knows it by
}

// attach adds p as an attachment. What belongs to a multipart/related by a Content-ID is shown inside its HTML (RFC
// 2387), whether that or its plain twin is read.
func (c *content) attach(p *part) {
	cid := contentID(p)
	c.addItem(item{
		Attachment: Attachment{Name: p.fileName(), Type: p.content.value, Inline: p.disposed.value == "inline" || c.related > 0 && cid != ""},
		cid:        cid, open: p.decoded, text: identity(p.encoding) || p.encoding == "quoted-printable",
	})
}

// attachMessage adds a mail inside the mail as one attachment, named after its subject if nothing else names it.
func (c *content) attachMessage(p *part) {
	name := p.fileName()
	if name == "" && len(p.children) > 0 {
		if name = p.children[0].header.subject(); name != "" {
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

var copyBuffers = sync.Pool{New: func() any { b := make([]byte, chunkSize); return &b }}

// describe reads every attachment once, for its size and digest.
func (c *content) describe() []Attachment {
	list := make([]Attachment, 0, len(c.items))
	for i := range c.items {
		it := &c.items[i]
		if it.key == nil {
			it.measure(it.open())
		}
		list = append(list, it.Attachment)
	}
	return list
}

// measure reads the bytes of an attachment to their end; an error of theirs is kept by the source.
func (it *item) measure(r io.Reader) {
	d := digest{sum: sha256.New()}
	if it.text {
		d.lines = sha256.New()
	}
	buf := copyBuffers.Get().(*[]byte)
	_, _ = io.CopyBuffer(&d, r, *buf)
	copyBuffers.Put(buf)
	it.Size, it.SHA256, it.key = d.size, hex.EncodeToString(d.sum.Sum(nil)), d.key()
}

// digest is the hash of an attachment as it is, and for one whose line ends the way of the mail may have changed the
// hash without CR as well.
type digest struct {
	sum, lines hash.Hash
	size       int64
}

func (d *digest) Write(p []byte) (int, error) {
	d.sum.Write(p)
	d.size += int64(len(p))
	if d.lines != nil {
		writeWithoutCR(d.lines, p)
	}
	return len(p), nil
}

func (d *digest) key() []byte {
	if d.lines != nil {
		return d.lines.Sum(nil)
	}
	return d.sum.Sum(nil)
}
