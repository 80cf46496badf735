package charset

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// Raw returns the bytes of a header field as text, its encoded words untouched: bytes beyond ASCII that no standard
// allowed there are guessed, and so are the escape sequences of raw ISO-2022-JP.
//
// hint is the charset of the body: what wrote that wrote the header too. It counts for bytes that are not UTF-8, if
// they make sense in it.
func Raw(hint string, b []byte) string {
	if hint != "" && !utf8.Valid(b) {
		if enc := lookup(Normalize(hint)); enc != nil && (isSingleByte(enc) || !mostlyLone(b)) && plausible(enc, b) {
			return run(enc, b)
		}
	}
	return Guess(b)
}

// Header returns an unstructured header value as people read it: encoded words (RFC 2047) decoded, also where they
// stand in quotes, lack their spaces or their end, or cut a character in two; what cannot be decoded stays as it is.
func Header(value string) string {
	if !strings.Contains(value, "=?") {
		return value
	}
	var out strings.Builder
	var run wordRun
	for len(value) > 0 {
		at := strings.Index(value, "=?")
		if at < 0 {
			break
		}
		w, size, ok := nextWord(value[at:])
		if !ok {
			run.flush(&out)
			out.WriteString(value[:at+2])
			value = value[at+2:]
			continue
		}
		// Space between two encoded words is not part of the text (RFC 2047 6.2).
		if gap := value[:at]; run.empty() || strings.TrimLeft(gap, " \t\r\n") != "" {
			run.flush(&out)
			out.WriteString(gap)
		}
		run.add(&out, w)
		value = value[at+size:]
	}
	run.flush(&out)
	out.WriteString(value)
	return out.String()
}

type word struct {
	label string
	bytes []byte
}

// wordRun joins adjacent words of one charset as bytes, since many clients cut characters in two.
type wordRun struct {
	label string
	bytes []byte
	any   bool
}

func (r *wordRun) empty() bool { return !r.any }

func (r *wordRun) add(out *strings.Builder, w word) {
	if r.any && !strings.EqualFold(r.label, w.label) {
		r.flush(out)
	}
	r.label, r.any = w.label, true
	r.bytes = append(r.bytes, w.bytes...)
}

func (r *wordRun) flush(out *strings.Builder) {
	if r.any {
		out.WriteString(Decode(r.label, r.bytes))
	}
	*r = wordRun{}
}

const maxLabel = 64 // bytes of a charset's name with its mark

// nextWord reads the encoded word at the start of s and says how many bytes of s it took.
func nextWord(s string) (w word, size int, ok bool) {
	label, _, ok := strings.Cut(s[2:min(len(s), 2+maxLabel)], "?")
	if !ok || strings.ContainsAny(label, " \t\r\n=") {
		return word{}, 0, false
	}
	rest := s[2+len(label)+1:]
	if len(rest) < 2 || rest[1] != '?' {
		return word{}, 0, false
	}
	text := rest[2:]
	end, closing := wordEnd(text)
	w.label = label
	switch rest[0] {
	case 'b', 'B':
		w.bytes, ok = decodeB(text[:end])
	case 'q', 'Q':
		w.bytes, ok = decodeQ(text[:end]), true
	default:
		return word{}, 0, false
	}
	return w, len(s) - len(text) + end + closing, ok
}

// wordEnd finds where the text of an encoded word ends and how long its closing mark is. A word that lost its mark
// ends with its line or where the next one begins.
func wordEnd(text string) (end, closing int) {
	stop := len(text)
	if at := strings.Index(text, "=?"); at >= 0 {
		stop = at
	}
	if at := strings.Index(text[:min(len(text), stop+3)], "?="); at >= 0 {
		return at, 2 // "==?=" ends base64 and the word
	}
	if at := strings.IndexAny(text[:stop], " \t\r\n"); at >= 0 {
		stop = at
	}
	text = text[:stop]
	if strings.HasSuffix(text, "?") {
		return stop - 1, 1
	}
	return stop, 0
}

// decodeB is lenient base64: padding in the middle, missing at the end, stray blanks are forgiven. Padding ends a
// quantum, so what stands between paddings is decoded by itself.
func decodeB(s string) (out []byte, ok bool) {
	for piece := range strings.SplitSeq(s, "=") {
		clean := make([]byte, 0, len(piece))
		for i := 0; i < len(piece); i++ {
			switch c := piece[i]; {
			case isBase64(c):
				clean = append(clean, c)
			case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			default:
				return nil, false
			}
		}
		if len(clean)%4 == 1 {
			clean = clean[:len(clean)-1]
		}
		out, _ = base64.RawStdEncoding.AppendDecode(out, clean) // only letters are left, and whole octets
	}
	return out, true
}

func decodeQ(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '_':
			out = append(out, ' ')
		case s[i] == '=' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		case (s[i] == '\r' || s[i] == '\n'):
		default:
			out = append(out, s[i])
		}
	}
	return out
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// Percent decodes %XX octets as RFC 2231 4 has them; a percent sign that begins none stays.
func Percent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return out
}

// Unpercent undoes percent-encoding that nothing announced, if UTF-8 beyond ASCII comes out: so do some web mailers
// write file names.
func Unpercent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := Percent(s)
	if isASCII(b) || !utf8.Valid(b) {
		return s
	}
	return string(b)
}
