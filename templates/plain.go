package templates

import (
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// textOf writes a Markdown document as plain text that is meant to be read: wrapped, links as addresses, headings
// underlined.
func textOf(doc ast.Node, source []byte) string {
	p := plain{source: source}
	p.out.Grow(len(source))
	p.blocks(doc, "", "")
	return strings.ReplaceAll(strings.TrimSpace(p.out.String()), "\u00a0", " ")
}

type plain struct {
	source []byte
	out    strings.Builder
}

// blocks writes the blocks in n, with a blank line between them; the first line begins with first, all others with
// rest.
func (p *plain) blocks(n ast.Node, first, rest string) {
	item, _ := n.Parent().(*ast.List)
	tight := item != nil && item.IsTight
	begun := false
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if isButtons(child, p.source) {
			continue // the words around them say what to answer; a long address says nothing
		}
		if begun && !tight {
			p.line(strings.TrimRight(rest, " "))
		}
		p.block(child, first, rest)
		first, begun = rest, true
	}
}

func (p *plain) line(text string) {
	p.out.WriteString(text)
	p.out.WriteByte('\n')
}

func (p *plain) block(n ast.Node, first, rest string) {
	switch n := n.(type) {
	case *ast.Heading:
		p.heading(n, first, rest)
	case *ast.Blockquote:
		p.blocks(n, first+"> ", rest+"> ")
	case *ast.List:
		p.list(n, first, rest)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		p.code(n, first, rest)
	case *ast.ThematicBreak:
		p.line(first + "----------")
	case *ast.HTMLBlock: // left out, as it is in the HTML
	case *extast.Table:
		p.table(n, first, rest)
	default:
		p.wrapped(p.inline(n), first, rest)
	}
}

func (p *plain) wrapped(text, first, rest string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			first = rest
		}
		wrap(&p.out, line, first, rest)
	}
}

func (p *plain) heading(n *ast.Heading, first, rest string) {
	text := p.inline(n)
	p.wrapped(text, first, rest)
	// Dashes at every level: quoted-printable makes three octets of each equals sign.
	p.line(rest + strings.Repeat("-", max(4, min(width(text), columns-width(rest)))))
}

func (p *plain) list(n *ast.List, first, rest string) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		if item != n.FirstChild() && !n.IsTight {
			p.line(strings.TrimRight(rest, " "))
		}
		p.blocks(item, first+mark, rest+strings.Repeat(" ", len(mark)))
		first = rest
	}
}

func (p *plain) code(n ast.Node, first, rest string) {
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		p.line(first + "    " + strings.TrimRight(string(segment.Value(p.source)), "\n"))
		first = rest
	}
}

// minColumn is what the last column of a table needs to be wrapped in.
const minColumn = 20

// table writes rows with their columns aligned; the last column is wrapped within itself, so that it stays one.
func (p *plain) table(n *extast.Table, first, rest string) {
	rows, widths := p.cells(n)
	before := 0 // columns that all but the last take
	for _, w := range widths[:len(widths)-1] {
		before += w + 2
	}
	for _, cells := range rows {
		var line strings.Builder
		for i, cell := range cells[:len(cells)-1] {
			line.WriteString(cell + strings.Repeat("\u00a0", widths[i]-width(cell)+2))
		}
		last := cells[len(cells)-1]
		if before <= columns-minColumn && last != "" {
			wrap(&p.out, last, first+line.String(), rest+strings.Repeat("\u00a0", before))
		} else {
			p.wrapped(strings.TrimRight(line.String()+last, " \u00a0"), first, rest+"\u00a0\u00a0")
		}
		first = rest
	}
}

// cells are the words of a table, row by row, and how wide each column is. Every row has all columns (GFM 4.10).
func (p *plain) cells(n *extast.Table) (rows [][]string, widths []int) {
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			text := p.inline(cell)
			if len(cells) == len(widths) {
				widths = append(widths, 0)
			}
			widths[len(cells)] = max(widths[len(cells)], width(text))
			cells = append(cells, text)
		}
		rows = append(rows, cells)
	}
	return rows, widths
}

// inline writes the words in n; \n stands for a hard line break.
func (p *plain) inline(n ast.Node) string {
	var b strings.Builder
	p.words(&b, n)
	return b.String()
}

func (p *plain) words(b *strings.Builder, n ast.Node) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			p.textNode(b, child)
		case *ast.String:
			b.Write(child.Value)
		case *ast.AutoLink:
			b.Write(child.Label(p.source))
		case *ast.RawHTML: // left out, as it is in the HTML
		case *ast.Link:
			p.link(b, child)
		default:
			p.words(b, child)
		}
	}
}

func (p *plain) textNode(b *strings.Builder, n *ast.Text) {
	value := string(n.Segment.Value(p.source))
	if n.Parent().Kind() != ast.KindCodeSpan && !n.IsRaw() {
		value = resolve(value)
	}
	b.WriteString(value)
	switch {
	case n.HardLineBreak():
		b.WriteByte('\n')
	case n.SoftLineBreak() && !(wideAtEnd(value) && n.NextSibling() != nil):
		b.WriteByte(' ')
	}
}

// link writes a link as its words and its address, or as the address alone where that says it all.
func (p *plain) link(b *strings.Builder, n *ast.Link) {
	label, address := p.inline(n), strings.TrimPrefix(string(n.Destination), "mailto:")
	switch {
	case label == "" || label == address || label == string(n.Destination):
		b.WriteString(address)
	default:
		b.WriteString(label + ": " + address)
	}
}

// resolve takes back backslashes and character references, as the HTML renderer does.
func resolve(text string) string {
	if !strings.ContainsAny(text, "\\&") {
		return text
	}
	var b strings.Builder
	for text != "" {
		at := strings.IndexAny(text, "\\&")
		if at < 0 {
			break
		}
		b.WriteString(text[:at])
		text = text[at:]
		size := 1
		switch end := strings.IndexByte(text, ';'); {
		case text[0] == '\\' && len(text) > 1 && punctuation(text[1]):
			b.WriteByte(text[1])
			size = 2
		case text[0] == '&' && end > 0:
			b.WriteString(html.UnescapeString(text[:end+1]))
			size = end + 1
		default:
			b.WriteByte(text[0])
		}
		text = text[size:]
	}
	b.WriteString(text)
	return b.String()
}
