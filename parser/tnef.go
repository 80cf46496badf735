package parser

import (
	"bytes"
	"io"

	"maildesk/parser/html"
	"maildesk/parser/tnef"
)

// isTNEF reports a winmail.dat, by its type or, mislabelled, by its name.
func isTNEF(p *part) bool {
	switch p.content.value {
	case "application/ms-tnef", "application/vnd.ms-tnef":
		return true
	case "application/octet-stream":
		return p.fileName() == "winmail.dat"
	}
	return false
}

// unwrapTNEF puts the files of a winmail.dat in its place; its text joins the body if that has none.
func (c *content) unwrapTNEF(p *part, shown bool) bool {
	stream := readAll(p)
	file, ok := tnef.Decode(stream)
	if !ok {
		c.warn("winmail.dat cannot be read: kept as it is")
		return false
	}
	for _, a := range file.Attachments {
		if len(c.items) >= c.opt.MaxParts {
			c.warn("more than %d parts: the rest is not read", c.opt.MaxParts)
			break
		}
		c.addItem(item{
			Attachment: Attachment{Name: safeName(a.Name), Type: first(parseMediaType(a.Type).value, "application/octet-stream")},
			cid:        a.ContentID, open: func() io.Reader { return bytes.NewReader(a.Data) },
		})
	}
	if shown && len(c.texts) == 0 {
		c.showWrapped(file)
	}
	return true
}

func (c *content) showWrapped(file tnef.File) {
	source := first(file.Text, file.HTML)
	if len(source) > c.left {
		c.warn("more than %d bytes of text: the rest is not read", c.opt.MaxText)
		return
	}
	c.left -= len(source)
	if file.Text != "" {
		text := normalLines(source)
		c.add(text, text)
		return
	}
	c.add(normalLines(source), html.Text(source))
	c.noteImages(file.HTML)
}

// readAll reads a decoded part whole, for formats that cannot be streamed.
func readAll(p *part) []byte {
	size := p.end - p.body
	if p.encoding == "base64" {
		size = size/4*3 + 3
	}
	buf := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, _ = buf.ReadFrom(p.decoded()) // its errors are kept by the source
	return buf.Bytes()
}
