package templates

import (
	"bytes"
	_ "embed"
	"strings"
	"text/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"maildesk/tickets/thread"
)

// markdown never lets raw HTML or a script address through: goldmark's renderer is left in its safe mode, so that
// what comes out are the few elements of CommonMark and GFM.
var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM,
	extension.NewCJK(extension.WithEastAsianLineBreaks())))

// styles go onto the elements themselves, as several mail clients drop style sheets. The page's own sheet only adds
// dark mode and narrow screens.
var styles = map[ast.NodeKind][]byte{
	ast.KindParagraph: []byte("margin:0 0 16px"),
	ast.KindBlockquote: []byte("margin:0 0 20px;padding:14px 16px 1px;background:#f5f7fa;" +
		"border-left:3px solid #c3cedd;color:#3d4a5c;font-size:15px;word-break:break-word"),
	ast.KindList:             []byte("margin:0 0 16px;padding-left:24px"),
	ast.KindListItem:         []byte("margin:0 0 6px"),
	ast.KindLink:             []byte("color:#0b57c2"),
	ast.KindAutoLink:         []byte("color:#0b57c2"),
	ast.KindThematicBreak:    []byte("border:0;border-top:1px solid #e1e6ed;margin:24px 0"),
	ast.KindCodeSpan:         []byte("font-family:Consolas,Menlo,monospace;font-size:14px"),
	extast.KindTable:         []byte("border-collapse:collapse;margin:0 0 16px;font-size:14px;line-height:1.5"),
	extast.KindTableCell:     []byte("border:1px solid #e1e6ed;padding:6px 10px;text-align:left"),
	extast.KindStrikethrough: []byte("color:#5b6778"),
}

var headingStyles = [...][]byte{
	1: []byte("margin:0 0 16px;font-size:22px;line-height:1.35;font-weight:600;color:#141c28"),
	2: []byte("margin:28px 0 8px;font-size:16px;line-height:1.4;font-weight:600;color:#141c28"),
	3: []byte("margin:20px 0 8px;font-size:15px;line-height:1.4;font-weight:600;color:#141c28"),
}

// buttonBase is a button by its own padding, which needs no image and no table; several wrap on a narrow screen. 44 px
// high, it is wide enough for a thumb (WCAG 2.5.5).
const buttonBase = "display:inline-block;margin:0 6px 10px 0;padding:11px 18px;border:1px solid #0b57c2;border-radius:8px;" +
	"font-size:15px;line-height:20px;font-weight:600;text-decoration:none;"

var (
	buttonFirst = []byte(buttonBase + "background:#0b57c2;color:#ffffff")
	buttonOther = []byte(buttonBase + "background:#ffffff;color:#0b57c2")
	buttonsRow  = []byte("margin:4px 0 14px")
)

// isButtons reports a paragraph of nothing but links that prepare a mail.
func isButtons(n ast.Node, source []byte) bool {
	if n.Kind() != ast.KindParagraph || !n.HasChildren() {
		return false
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Link:
			if !bytes.HasPrefix(child.Destination, []byte("mailto:")) || !bytes.ContainsRune(child.Destination, '?') {
				return false
			}
		case *ast.Text:
			if len(bytes.TrimSpace(child.Segment.Value(source))) > 0 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// dressButtons makes a row of links buttons. Of two the first stands out; a scale of many leads nobody.
func dressButtons(row ast.Node) {
	row.SetAttribute(styleName, buttonsRow)
	links := 0
	for child := row.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() == ast.KindLink {
			links++
		}
	}
	style, class := buttonFirst, "md-first"
	if links > 2 {
		style, class = buttonOther, "md-other"
	}
	for child := row.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() == ast.KindLink {
			child.SetAttribute(styleName, style)
			child.SetAttribute(className, []byte(class))
			style, class = buttonOther, "md-other"
		}
	}
}

var styleName, className = []byte("style"), []byte("class")

func dress(doc ast.Node, source []byte) error {
	return ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if isButtons(n, source) {
			dressButtons(n)
			return ast.WalkSkipChildren, nil
		}
		if h, ok := n.(*ast.Heading); ok {
			n.SetAttribute(styleName, headingStyles[min(h.Level, 3)])
		} else if style, ok := styles[n.Kind()]; ok {
			n.SetAttribute(styleName, style)
		}
		return ast.WalkContinue, nil
	})
}

//go:embed layout.html
var layoutSource string

// layout is a text/template, for html/template would escape the body, which is goldmark's.
var layout = template.Must(template.New("layout.html").Parse(trimLines(layoutSource)))

// trimLines drops the indentation of the layout, which only its reader needs.
func trimLines(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		b.WriteString(strings.TrimLeft(line, " \t"))
	}
	return b.String()
}

// page is what the layout shows; the layout escapes all of it but Body, which is HTML.
type page struct {
	Lang, Fonts, Subject, Desk, Number, Status, Body, Footer string
}

// lay puts a rendered body into the one layout of all mails, as text and as HTML.
func lay(subject string, body []byte, w words, data Data) (Rendered, error) {
	doc := markdown.Parser().Parse(text.NewReader(body))
	plain := textOf(doc, body)
	if err := dress(doc, body); err != nil {
		return Rendered{}, err
	}
	var content strings.Builder
	content.Grow(2 * len(body))
	if err := markdown.Renderer().Render(&content, body, doc); err != nil {
		return Rendered{}, err
	}
	p := page{
		Lang: w.tag, Fonts: w.fonts, Subject: subject, Desk: Line(string(data.Desk)),
		Number: Line(string(data.Number)), Status: data.statusName(data.lang), Body: content.String(), Footer: footer(data),
	}
	var out strings.Builder
	out.Grow(len(layoutSource) + content.Len() + 1<<10)
	if err := layout.Execute(&out, p); err != nil {
		return Rendered{}, err
	}
	return Rendered{Subject: subject, Text: p.headline() + plain + "\n\n" + p.Footer + "\n", HTML: out.String()}, nil
}

// headline is the number and the status at the top of the text.
func (p page) headline() string {
	switch {
	case p.Number == "":
		return ""
	case p.Status == "":
		return p.Number + "\n\n"
	}
	return p.Number + " · " + p.Status + "\n\n"
}

// footer is the last line: the one by which a reply finds its ticket, or who wrote when there is no ticket.
func footer(data Data) string {
	desk := Line(string(data.Desk))
	if data.Number == "" {
		return desk + " · " + Line(string(data.Address))
	}
	return thread.Footer(Line(string(data.Number)), desk)
}
