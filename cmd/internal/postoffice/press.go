package postoffice

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Prepared is the mail that a mail client opens when somebody presses a mailto link (RFC 6068).
type Prepared struct{ To, Subject, Text string }

// Press follows the link that a mail shows under a label.
func Press(raw []byte, label string) (Prepared, error) {
	page, err := htmlOf(raw)
	if err != nil {
		return Prepared{}, err
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return Prepared{}, fmt.Errorf("read the HTML of a mail: %w", err)
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.A && textOf(n) == label {
			return prepare(attributeOf(n, "href"))
		}
	}
	return Prepared{}, fmt.Errorf("the mail shows no button %q", label)
}

// htmlOf is the HTML of a mail that has its text in two forms, with files beside them or not (RFC 2046 5.1).
func htmlOf(raw []byte) ([]byte, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("read a mail: %w", err)
	}
	page, err := htmlIn(textproto.MIMEHeader(m.Header), m.Body)
	if err == nil && page == nil {
		err = errors.New("the mail has no HTML")
	}
	return page, err
}

// htmlIn is the first HTML in a part, nil when there is none.
func htmlIn(header textproto.MIMEHeader, body io.Reader) ([]byte, error) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the type of a part: %w", err)
	case kind == "text/html" && strings.EqualFold(header.Get("Content-Transfer-Encoding"), "base64"):
		return io.ReadAll(base64.NewDecoder(base64.StdEncoding, body))
	case kind == "text/html":
		return io.ReadAll(body)
	case !strings.HasPrefix(kind, "multipart/"):
		return nil, nil
	}
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		part, err := parts.NextPart() // it decodes quoted-printable
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the parts of a mail: %w", err)
		}
		if page, err := htmlIn(part.Header, part); page != nil || err != nil {
			return page, err
		}
	}
}

// prepare reads a mailto link. A plus in it is a plus (RFC 6068 5), so it is not a query as a web page has it.
func prepare(link string) (Prepared, error) {
	address, ok := strings.CutPrefix(link, "mailto:")
	if !ok {
		return Prepared{}, fmt.Errorf("%q is no mailto link", link)
	}
	address, fields, _ := strings.Cut(address, "?")
	var p Prepared
	values := map[string]*string{"subject": &p.Subject, "body": &p.Text}
	to, err := url.PathUnescape(address)
	p.To = to
	for field := range strings.SplitSeq(fields, "&") {
		name, value, _ := strings.Cut(field, "=")
		if into := values[name]; into != nil {
			var wrong error
			*into, wrong = url.PathUnescape(value)
			err = errors.Join(err, wrong)
		}
	}
	if err != nil {
		return Prepared{}, fmt.Errorf("read the link of a button: %w", err)
	}
	p.Text = strings.ReplaceAll(p.Text, "\r\n", "\n")
	return p, nil
}

// textOf is the text below a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func attributeOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
