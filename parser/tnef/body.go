package tnef

import (
	"strings"

	"maildesk/parser/charset"
)

// Properties of a message's body (MS-OXPROPS).
const (
	propBody     = 0x1000
	propRTF      = 0x1009
	propHTML     = 0x1013
	propCodePage = 0x3FDE // PidTagInternetCodepage, of the HTML
)

// body is the texts of a message in the forms that the stream has them.
type body struct {
	plain, rtf string
	html       []byte
	htmlPage   string
	htmlText   string
}

func (b *body) take(p property, page string) {
	switch p.id {
	case propBody:
		if text := p.text(page); b.plain == "" {
			b.plain = text
		}
	case propRTF:
		b.rtf = string(decompress(p.value))
	case propHTML:
		if p.kind == kindBinary {
			b.html = p.value
		} else {
			b.htmlText = p.text(page)
		}
	case propCodePage:
		r := reader{b: p.value}
		b.htmlPage = pageName(r.uint32())
	}
}

// texts returns the body as plain text and as HTML, each "" when there is none of its kind.
func (b *body) texts() (plain, html string) {
	html = b.htmlText
	if len(b.html) > 0 {
		html = charset.Decode(b.htmlPage, trimNul(b.html))
	}
	plain = b.plain
	if b.rtf == "" || html != "" || strings.TrimSpace(plain) != "" {
		return plain, html
	}
	text, isHTML := rtfText(b.rtf)
	if isHTML {
		return plain, text
	}
	return text, html
}
