package parser

import (
	"bytes"
	"strings"
)

// isOpaque reports an S/MIME part whose content is wrapped in it (RFC 8551 3.5.2), by type or, mislabelled, by name.
func isOpaque(p *part) bool {
	switch p.content.value {
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return p.content.get("smime-type") != "certs-only"
	case "application/octet-stream":
		return strings.EqualFold(p.fileName(), "smime.p7m")
	}
	return false
}

// unwrapSMIME reads the mail inside an opaque signature. The signature is not verified, and says so. What is
// encrypted stays an attachment.
func (c *content) unwrapSMIME(p *part, shown bool) bool {
	inner, ok := signedContent(readAll(p))
	if !ok {
		c.warn("encrypted with S/MIME: the content cannot be read")
		return false
	}
	if p.depth+1 >= c.opt.MaxDepth {
		c.warn("parts nested more than %d deep: the rest is kept as one attachment", c.opt.MaxDepth)
		return false
	}
	c.warn("signed with S/MIME: the signature is not verified")
	root := buildTree(newSource(bytes.NewReader(inner), int64(len(inner))), c.opt, p.depth+1, c.warn)
	p.children = []*part{root}
	c.walk(root, shown)
	return true
}

// signedContent returns the content of a PKCS#7 SignedData (RFC 5652 5.1), whose octets may come in pieces.
func signedContent(b []byte) (content []byte, ok bool) {
	info, ok := readElement(b)
	if !ok || info.tag != 0x30 {
		return nil, false
	}
	kind, rest := nextElement(info.body)
	if kind.tag != 0x06 || !bytes.Equal(kind.body, oidSignedData) {
		return nil, false
	}
	wrapped, _ := nextElement(rest)
	signed, _ := readElement(wrapped.body)
	if wrapped.tag != 0xA0 || signed.tag != 0x30 {
		return nil, false
	}
	_, rest = nextElement(signed.body) // version
	_, rest = nextElement(rest)        // digest algorithms
	encapsulated, _ := nextElement(rest)
	_, rest = nextElement(encapsulated.body) // content type
	explicit, _ := nextElement(rest)
	octets, _ := readElement(explicit.body)
	if explicit.tag != 0xA0 || octets.tag&^0x20 != 0x04 {
		return nil, false
	}
	return joinOctets(octets), true
}

var oidSignedData = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02}

// element is one value of BER (X.690 8.1). encoding/asn1 reads DER only, and mailers write indefinite lengths.
type element struct {
	tag  byte
	body []byte
}

const indefinite = 0x80

func readElement(b []byte) (e element, ok bool) {
	e, _ = nextElement(b)
	return e, e.tag != 0
}

// nextElement reads the element at the front of b and returns what follows it; the zero element at the end or when b
// is damaged. A body that is cut short is taken as far as it goes.
func nextElement(b []byte) (e element, rest []byte) {
	if len(b) < 2 || b[0]&0x1F == 0x1F {
		return element{}, nil
	}
	tag, length, body := b[0], int(b[1]), b[2:]
	if length == indefinite {
		size := indefiniteSize(body)
		return element{tag, body[:size]}, body[min(len(body), size+2):]
	}
	if length > indefinite {
		n := length - indefinite
		if n > 4 || n > len(body) {
			return element{}, nil
		}
		length = 0
		for _, c := range body[:n] {
			length = length<<8 | int(c)
		}
		body = body[n:]
	}
	length = min(length, len(body))
	return element{tag, body[:length]}, body[length:]
}

// indefiniteSize finds the end-of-contents of an indefinite length, past those of the elements inside it.
func indefiniteSize(b []byte) int {
	open, at := 1, 0
	for at+2 <= len(b) {
		if b[at] == 0 && b[at+1] == 0 {
			if open--; open == 0 {
				return at
			}
			at += 2
			continue
		}
		if b[at+1] == indefinite {
			open++
			at += 2
			continue
		}
		_, rest := nextElement(b[at:])
		if rest == nil {
			return len(b)
		}
		at = len(b) - len(rest)
	}
	return len(b)
}

// joinOctets joins an octet string that comes in pieces (X.690 8.7.3); pieces are not nested in practice.
func joinOctets(e element) []byte {
	if e.tag&0x20 == 0 {
		return e.body
	}
	var out []byte
	for rest := e.body; len(rest) > 0; {
		var piece element
		if piece, rest = nextElement(rest); piece.tag != 0x04 {
			break
		}
		out = append(out, piece.body...)
	}
	return out
}
