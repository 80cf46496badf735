package html

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// attributes are those of a start tag that matter for reading.
type attributes struct {
	style   style
	href    string
	alt     string
	hidden  bool
	classed bool // has a class at all
	office  bool // a paragraph of Outlook's editor
	cite    bool // type="cite"
	signed  bool // a client's box for the signature
	start   int  // of an ordered list
}

// style is what a style attribute says of what matters.
type style struct {
	hidden    bool // the reader of the HTML does not see the element
	flush     bool // a paragraph without space around it
	indent    bool // a box without a border: a quote that is only moved to the right
	pre       bool // white space counts
	separator bool // the line that Outlook draws above the header block of what it quotes
}

// read takes in the attributes of z's tag. A mail repeats few styles over and over, so each is read once.
func (a *attributes) read(z *html.Tokenizer, styles map[string]style) {
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "class":
			a.classed = len(value) > 0
			a.office = bytes.Contains(value, []byte("MsoNormal"))
			a.signed = a.signed || isSignature(value)
		case "id":
			a.signed = a.signed || isSignature(value)
		case "style":
			s, known := styles[string(value)]
			if !known {
				s = readStyle(string(value))
				styles[string(value)] = s
			}
			a.style = s
			a.hidden = a.hidden || s.hidden
		case "href":
			a.href = strings.TrimSpace(string(value))
		case "alt":
			a.alt = string(value)
		case "type":
			a.cite = string(value) == "cite"
		case "hidden":
			a.hidden = true
		case "start":
			start, _ := strconv.Atoi(string(value))
			a.start = min(start, 1_000_000)
		}
	}
}

// isSignature reports the class or id by which Gmail, Thunderbird and Outlook on the web and on phones mark the
// signature.
func isSignature(value []byte) bool {
	switch string(value) {
	case "gmail_signature", "moz-signature", "Signature", "signature", "ms-outlook-mobile-signature":
		return true
	}
	return false
}

// readStyle reads a style; blanks and letter case do not count.
func readStyle(written string) style {
	text := ";" + strings.ToLower(strings.Join(strings.Fields(written), ""))
	declares := func(declarations ...string) bool {
		return slices.ContainsFunc(declarations, func(d string) bool {
			at := strings.Index(text, ";"+d)
			if at < 0 {
				return false
			}
			end := at + 1 + len(d)
			return end == len(text) || text[end] == ';' || text[end] == '!'
		})
	}
	return style{
		hidden: declares("display:none", "visibility:hidden", "mso-hide:all", "font-size:0", "font-size:0px", "font-size:0pt", "opacity:0",
			"max-height:0", "max-height:0px"),
		flush: declares("margin:0", "margin:0px", "margin:0cm", "margin:0in", "margin-bottom:0", "margin-bottom:0px", "margin-bottom:0cm") ||
			strings.Contains(text, "margin:0cm0cm") || strings.Contains(text, "margin:0in0in"),
		indent:    strings.Contains(text, "border:none") && !strings.Contains(text, "border-left"),
		pre:       strings.Contains(text, "white-space:pre"),
		separator: strings.HasPrefix(text, ";border:none;border-top:solid") && strings.Contains(text, "padding:3.0pt0"),
	}
}

// imageLabel is what to read for an image: its alternative text, unless that is a mere file name.
func (a *attributes) imageLabel() string {
	alt := strings.Join(strings.Fields(a.alt), " ")
	if alt == "" || len(alt) > 300 || isFileName(alt) {
		return ""
	}
	if strings.IndexFunc(alt, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return alt // an emoji
	}
	return "[" + alt + "]"
}

func isFileName(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	return dot >= 0 && len(s)-dot <= 5 && !strings.Contains(s[dot:], " ")
}
