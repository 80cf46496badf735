package html

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Text returns the readable text of an HTML mail. If all of it is hidden, the hidden text is returned: an empty
// answer would say that nobody wrote anything.
func Text(src string) string {
	text := render(src, false)
	if text == "" {
		text = render(src, true)
	}
	if text == "" {
		if closed := dropUnclosed(src); len(closed) < len(src) {
			text = render(closed, true)
		}
	}
	return text
}

// Rule is the line that stands for a horizontal rule, and for the line that Outlook draws above what it quotes.
const Rule = "---"

func render(src string, showHidden bool) string {
	r := &renderer{z: html.NewTokenizer(strings.NewReader(src)), showHidden: showHidden, open: map[tagKey]int{}, styles: map[string]style{}, stack: make([]element, 0, 16)}
	r.w.out.Grow(len(src) / 2)
	for {
		switch r.z.Next() {
		case html.ErrorToken:
			r.closeAll()
			return r.w.String()
		case html.TextToken:
			if !r.hidden() {
				r.w.text(r.z.Text(), r.pre > 0)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start()
		case html.EndTagToken:
			r.end()
		}
	}
}

// swallowing matches the tags whose element takes everything up to its end tag for its own text (HTML 13.2.5.4).
var swallowing = regexp.MustCompile(`(?i)<(title|style|script|textarea|xmp|iframe|noembed|noframes|plaintext)\b[^>]*>`)

// dropUnclosed drops such a tag, if its end tag was lost, so that it does not swallow the letter.
func dropUnclosed(src string) string {
	at := swallowing.FindAllStringSubmatchIndex(src, 20)
	for _, m := range slices.Backward(at) {
		name := src[m[2]:m[3]]
		if !strings.Contains(strings.ToLower(src[m[1]:]), "</"+strings.ToLower(name)) {
			src = src[:m[0]] + src[m[1]:]
		}
	}
	return src
}

// element is an open tag and what it changed.
type element struct {
	tagKey
	block  bool
	margin int  // line ends that its edges ask for
	hidden bool // by its style, or because its content is no text
	quote  bool
	pre    bool
	signed bool // the box of a signature
	list   *list
	href   string
	linkAt int // where the link's text begins
}

// tagKey names a tag; name is that of one that atom does not know.
type tagKey struct {
	tag  atom.Atom
	name string
}

func keyOf(name []byte) tagKey {
	if tag := atom.Lookup(name); tag != 0 {
		return tagKey{tag: tag}
	}
	return tagKey{name: string(name)}
}

// list is an open ul or ol.
type list struct {
	ordered bool
	next    int
	indent  int // of the list's own bullets
}

type renderer struct {
	z          *html.Tokenizer
	w          writer
	showHidden bool
	stack      []element
	open       map[tagKey]int // how many of each tag are open, so that stray end tags cost nothing
	styles     map[string]style
	hiddens    int
	pre        int
	lists      int
}

func (r *renderer) hidden() bool { return r.hiddens > 0 }

// dropped are the elements whose content is never text for the reader.
var dropped = map[atom.Atom]bool{
	atom.Head: true, atom.Title: true, atom.Style: true, atom.Script: true, atom.Template: true, atom.Svg: true, atom.Object: true,
	atom.Iframe: true, atom.Select: true, atom.Noframes: true, atom.Noscript: true, atom.Canvas: true, atom.Audio: true, atom.Video: true,
	atom.Math: true, atom.Noembed: true,
}

// margins are the block elements and how many line ends their edges ask for: 2 leaves a blank line.
var margins = map[atom.Atom]int{
	atom.P: 2, atom.H1: 2, atom.H2: 2, atom.H3: 2, atom.H4: 2, atom.H5: 2, atom.H6: 2, atom.Blockquote: 2, atom.Pre: 2, atom.Ul: 2, atom.Ol: 2, atom.Dl: 2,
	atom.Div: 1, atom.Table: 1, atom.Tr: 1, atom.Li: 1, atom.Dt: 1, atom.Dd: 1, atom.Center: 1, atom.Section: 1, atom.Article: 1, atom.Header: 1,
	atom.Footer: 1, atom.Main: 1, atom.Nav: 1, atom.Aside: 1, atom.Address: 1, atom.Fieldset: 1, atom.Form: 1, atom.Figure: 1, atom.Figcaption: 1,
	atom.Caption: 1, atom.Thead: 1, atom.Tbody: 1, atom.Tfoot: 1, atom.Body: 1, atom.Html: 0, atom.Hr: 1, atom.Details: 1, atom.Summary: 1,
	atom.Xmp: 2, atom.Listing: 2, atom.Plaintext: 2, atom.Dir: 2, atom.Menu: 2, atom.Legend: 1, atom.Option: 1,
}

// void are the elements that have no end.
var void = map[atom.Atom]bool{
	atom.Br: true, atom.Hr: true, atom.Img: true, atom.Meta: true, atom.Link: true, atom.Input: true, atom.Col: true, atom.Base: true,
	atom.Area: true, atom.Wbr: true, atom.Embed: true, atom.Source: true, atom.Track: true, atom.Param: true, atom.Bgsound: true, atom.Basefont: true,
}

// maxOpen is how many elements may be open; more are read as if their tags were not there.
const maxOpen = 300

func (r *renderer) start() {
	name, more := r.z.TagName()
	e := element{tagKey: keyOf(name)}
	var a attributes
	if more {
		a.read(r.z, r.styles)
	}
	r.implyEnds(e.tag)
	e.margin, e.block = margins[e.tag]
	e.hidden = dropped[e.tag] || a.hidden && !r.showHidden
	if void[e.tag] {
		if !e.hidden && !r.hidden() {
			r.void(e.tag, a)
		}
		return
	}
	if len(r.stack) >= maxOpen {
		r.w.breakLine(e.margin)
		return
	}
	if !e.hidden && !r.hidden() {
		r.enter(&e, a)
	}
	r.push(e)
}

// enter lets an element change what comes after it.
func (r *renderer) enter(e *element, a attributes) {
	if e.tag == atom.P && (a.office || a.style.flush) {
		e.margin = 1
	}
	switch e.tag {
	case atom.Blockquote:
		e.quote = a.cite || a.classed || !a.style.indent
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		e.list = r.newList(e.tag == atom.Ol, a.start)
		if e.list.indent > 0 {
			e.margin = 1
		}
	case atom.Pre, atom.Xmp, atom.Listing, atom.Plaintext:
		e.pre = true
	case atom.A:
		e.href, e.linkAt = a.href, r.w.mark()
	}
	if e.block {
		r.w.breakLine(e.margin)
		e.pre = e.pre || a.style.pre
	}
	if a.style.separator {
		r.rule()
	}
	if e.quote {
		r.w.quote(+1)
	}
	if e.signed = a.signed; a.signed {
		r.w.signature()
	}
	switch e.tag {
	case atom.Li:
		r.bullet()
	case atom.Td, atom.Th:
		r.w.cell()
	case atom.Tr:
		r.w.row()
	case atom.Table:
		r.w.endCells()
	}
}

func (r *renderer) void(tag atom.Atom, a attributes) {
	switch tag {
	case atom.Br:
		r.w.newLine()
	case atom.Hr:
		r.rule()
	case atom.Img:
		if label := a.imageLabel(); label != "" {
			r.w.text([]byte(label), false)
		}
	}
}

func (r *renderer) rule() {
	r.w.breakLine(1)
	r.w.text([]byte(Rule), false)
	r.w.breakLine(1)
}

func (r *renderer) newList(ordered bool, start int) *list {
	l := &list{ordered: ordered, next: max(start, 1)}
	if outer := r.list(); outer != nil {
		l.indent = min(outer.indent+2, 20)
	}
	return l
}

func (r *renderer) list() *list {
	if r.lists == 0 {
		return nil
	}
	for i := len(r.stack) - 1; i >= 0; i-- {
		if r.stack[i].list != nil {
			return r.stack[i].list
		}
	}
	return nil
}

func (r *renderer) bullet() {
	l := r.list()
	switch {
	case l == nil:
		r.w.bullet(0, 0)
	case l.ordered:
		r.w.bullet(l.indent, l.next)
		l.next++
	default:
		r.w.bullet(l.indent, 0)
	}
}

// implied are the ends that a start tag brings with it, up to the element that bounds them (HTML 13.1.2.4).
var implied = map[atom.Atom]struct {
	ends  []atom.Atom
	until []atom.Atom
}{
	atom.Li: {[]atom.Atom{atom.Li}, []atom.Atom{atom.Ul, atom.Ol}},
	atom.Tr: {[]atom.Atom{atom.Tr}, []atom.Atom{atom.Table}},
	atom.Td: {[]atom.Atom{atom.Td, atom.Th}, []atom.Atom{atom.Tr, atom.Table}},
	atom.Th: {[]atom.Atom{atom.Td, atom.Th}, []atom.Atom{atom.Tr, atom.Table}},
	atom.P:  {[]atom.Atom{atom.P}, []atom.Atom{atom.Div, atom.Td, atom.Th, atom.Li, atom.Blockquote, atom.Body, atom.Table}},
	atom.Dt: {[]atom.Atom{atom.Dt, atom.Dd}, []atom.Atom{atom.Dl}},
	atom.Dd: {[]atom.Atom{atom.Dt, atom.Dd}, []atom.Atom{atom.Dl}},

	atom.Body: {[]atom.Atom{atom.Head}, nil},
}

const lookBack = 64 // how deep an implied end is sought

func (r *renderer) implyEnds(tag atom.Atom) {
	rule, ok := implied[tag]
	if !ok {
		return
	}
	for i := len(r.stack) - 1; i >= max(0, len(r.stack)-lookBack); i-- {
		for _, t := range rule.ends {
			if r.stack[i].tag == t {
				r.popTo(i)
				return
			}
		}
		for _, t := range rule.until {
			if r.stack[i].tag == t {
				return
			}
		}
	}
}

func (r *renderer) push(e element) {
	r.open[e.tagKey]++
	if e.hidden {
		r.hiddens++
	}
	if e.pre {
		r.pre++
	}
	if e.list != nil {
		r.lists++
	}
	r.stack = append(r.stack, e)
}

func (r *renderer) end() {
	name, _ := r.z.TagName()
	key := keyOf(name)
	if key.tag == atom.Br || key.tag == atom.P && r.open[key] == 0 {
		if !r.hidden() {
			r.w.newLine()
		}
		return
	}
	if r.open[key] == 0 {
		return
	}
	for i := len(r.stack) - 1; i >= 0; i-- {
		tag := r.stack[i].tag
		if r.stack[i].tagKey == key {
			r.popTo(i)
			return
		}
		if (tag == atom.Td || tag == atom.Th) && !closesCells[key.tag] {
			return // a cell's stray end tags do not close what is outside of the cell
		}
	}
}

// closesCells are the elements whose end ends the cells in them.
var closesCells = map[atom.Atom]bool{
	atom.Table: true, atom.Tr: true, atom.Tbody: true, atom.Thead: true, atom.Tfoot: true, atom.Body: true, atom.Html: true,
}

// popTo closes the elements from the i-th on.
func (r *renderer) popTo(i int) {
	for len(r.stack) > i {
		e := &r.stack[len(r.stack)-1]
		r.leave(e)
		r.open[e.tagKey]--
		r.stack = r.stack[:len(r.stack)-1]
	}
}

func (r *renderer) closeAll() { r.popTo(0) }

func (r *renderer) leave(e *element) {
	shown := !r.hidden()
	if e.hidden {
		r.hiddens--
	}
	if e.pre {
		r.pre--
	}
	if e.list != nil {
		r.lists--
	}
	if !shown {
		return
	}
	if e.signed {
		r.w.signDue = false // it was empty
	}
	if e.href != "" {
		r.w.link(e.linkAt, e.href)
	}
	switch e.tag {
	case atom.Td, atom.Th:
		r.w.endCell()
	case atom.Table, atom.Tr:
		r.w.endCells()
	}
	if e.block {
		r.w.breakLine(e.margin)
	}
	if e.quote {
		r.w.quote(-1)
	}
}
