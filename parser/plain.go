package parser

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// normalLines ends every line with LF, drops blanks at line ends (but the one of "-- ", which begins a signature) and
// characters that no text has.
func normalLines(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	text = strings.TrimPrefix(text, "\uFEFF")
	for len(text) > 0 {
		end, clean := lineEnd(text)
		line := text[:end]
		text = behindLine(text, end)
		if !clean {
			line = cleanLine(line)
		}
		line = strings.TrimRight(line, " \t")
		out.WriteString(line)
		if line == "--" {
			out.WriteByte(' ')
		}
		if len(text) > 0 {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// lineEnd is the index of the first CR or LF, else the length of text; clean says that cleanLine would change nothing
// before it, which the bytes tell sooner than the characters.
func lineEnd(text string) (end int, clean bool) {
	clean = true
	for i := range len(text) {
		if !unusual[text[i]] {
			continue
		}
		switch c := text[i]; c {
		case '\n', '\r':
			return i, clean
		case 0xEF:
			clean = clean && !strings.HasPrefix(text[i:], "\uFEFF")
		default:
			clean = false
		}
	}
	return len(text), clean
}

// unusual are the bytes at which lineEnd looks twice: line ends, control characters, and those with which U+0080 to U+00BF
// and U+FEFF begin.
var unusual = func() (table [256]bool) {
	for c := range table {
		table[c] = c < ' ' && c != '\t' || c == 0x7F || c == 0xC2 || c == 0xEF
	}
	return table
}()

// behindLine is what follows the line that ends at end with CRLF, LF or CR.
func behindLine(text string, end int) string {
	if strings.HasPrefix(text[end:], "\r\n") {
		return text[end+2:]
	}
	return text[min(end+1, len(text)):]
}

// cutLine cuts at the first CRLF, LF or CR.
func cutLine(text string) (line, rest string) {
	end, _ := lineEnd(text)
	return text[:end], behindLine(text, end)
}

func cleanLine(line string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0':
			return ' '
		case r == '\ufeff' || r != '\t' && unicode.IsControl(r):
			return -1
		}
		return r
	}, line)
}

// unflow joins the lines that format=flowed broke (RFC 3676 4): a line that ends with a space goes on in the next of
// the same quote depth. The signature separator never does.
func unflow(text string, deleteSpace bool) string {
	var out strings.Builder
	depth, open := 0, false
	for len(text) > 0 {
		var line string
		line, text = cutLine(text)
		quotes := len(line) - len(strings.TrimLeft(line, ">"))
		body := strings.TrimPrefix(line[quotes:], " ") // space stuffing, RFC 3676 4.4
		isSeparator := body == "-- "
		if open && (quotes != depth || isSeparator) {
			out.WriteByte('\n')
			open = false
		}
		if !open && quotes > 0 {
			out.WriteString(strings.Repeat(">", quotes) + " ")
		}
		flowed := strings.HasSuffix(body, " ") && !isSeparator && len(text) > 0
		if flowed && deleteSpace {
			body = body[:len(body)-1]
		}
		out.WriteString(body)
		if open, depth = flowed, quotes; !flowed && len(text) > 0 {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// looksHTML reports a whole HTML document under a plain label, as some web mailers send it.
func looksHTML(text string) bool {
	head := strings.TrimSpace(text[:min(len(text), 300)])
	if !strings.HasPrefix(head, "<") {
		return false
	}
	head = strings.ToLower(head)
	for _, tag := range []string{"<!doctype html", "<html"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}

// enriched drops the commands of text/enriched (RFC 1896): "<bold>"; "<<" is a "<"; a lone line end is a space.
func enriched(text string) string {
	text = normalLines(text)
	var out strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case strings.HasPrefix(text, "<<"):
			out.WriteByte('<')
			text = text[2:]
		case hasPrefixFold(text, "<param>"):
			_, text = cutFold(text, "</param>")
		case r == '<':
			_, rest, ok := strings.Cut(text, ">")
			if !ok {
				rest = ""
			}
			text = rest
		case r == '\n':
			rest := strings.TrimLeft(text, "\n")
			if n := len(text) - len(rest); n == 1 {
				out.WriteByte(' ')
			} else {
				out.WriteString(strings.Repeat("\n", min(n-1, 2)))
			}
			text = rest
		default:
			out.WriteRune(r)
			text = text[size:]
		}
	}
	return out.String()
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func cutFold(s, sep string) (before, after string) {
	for i := 0; i+len(sep) <= len(s); i++ {
		if s[i] == sep[0] && strings.EqualFold(s[i:i+len(sep)], sep) {
			return s[:i], s[i+len(sep):]
		}
	}
	return s, ""
}
