package html

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// attributes are those of a start tag that matter for reading.
type attributes struct {
	class, id, style string
	href, src, alt   string
	kind             string // the type attribute
	isHidden         bool
	start            int // of an ordered list
}

func (a *attributes) read(z *html.Tokenizer) {
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "class":
			a.class = string(value)
		case "id":
			a.id = string(value)
		case "style":
			a.style = compact(string(value))
		case "href":
			a.href = strings.TrimSpace(string(value))
		case "src":
			a.src = string(value)
		case "alt":
			a.alt = string(value)
		case "type":
			a.kind = string(value)
		case "hidden":
			a.isHidden = true
		case "start":
			a.start, _ = strconv.Atoi(string(value))
			a.start = min(a.start, 1_000_000)
		}
	}
}

// compact is a style without blanks and in lower case, so that its declarations can be sought.
func compact(style string) string {
	return strings.ToLower(strings.Join(strings.Fields(style), ""))
}

func (a *attributes) declares(declaration string) bool {
	at := strings.Index(a.style, declaration)
	if at < 0 {
		return false
	}
	before := at == 0 || a.style[at-1] == ';'
	end := at + len(declaration)
	return before && (end == len(a.style) || a.style[end] == ';' || a.style[end] == '!')
}

// hidden reports whether the reader of the HTML does not see the element.
func (a *attributes) hidden() bool {
	if a.isHidden {
		return true
	}
	if a.style == "" {
		return false
	}
	for _, d := range [...]string{
		"display:none", "visibility:hidden", "mso-hide:all", "font-size:0", "font-size:0px", "font-size:0pt", "opacity:0", "max-height:0", "max-height:0px",
	} {
		if a.declares(d) {
			return true
		}
	}
	return false
}

func (a *attributes) has(class string) bool { return strings.Contains(a.class, class) }

// flush reports a paragraph that its style sets line by line, without space between.
func (a *attributes) flush() bool {
	return a.declares("margin:0") || a.declares("margin:0px") || a.declares("margin:0cm") || a.declares("margin:0in") ||
		strings.Contains(a.style, "margin:0cm0cm") || strings.Contains(a.style, "margin:0in0in") ||
		strings.Contains(a.style, "margin-bottom:0") && !strings.Contains(a.style, "margin-bottom:0.")
}

// indent reports a blockquote that only moves text to the right: so do the editors of web mailers.
func (a *attributes) indent() bool {
	return a.kind != "cite" && a.class == "" && strings.Contains(a.style, "border:none") && !strings.Contains(a.style, "border-left")
}

func (a *attributes) preformatted() bool { return strings.Contains(a.style, "white-space:pre") }

// separator reports the line that Outlook draws above the header block of what it quotes.
func (a *attributes) separator() bool {
	return strings.HasPrefix(a.style, "border:none;border-top:solid") && strings.Contains(a.style, "padding:3.0pt0")
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
