package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// Decode returns b as text: in the charset of that label if it is declared and known, see the package's rules.
func Decode(label string, b []byte) string {
	name := Normalize(label)
	if dec, ok := stateful[name]; ok {
		return dec(b)
	}
	if isASCII(b) && bytes.IndexByte(b, escape) < 0 {
		return string(b)
	}
	if name == "utf-8" {
		return decodeUTF8(b)
	}
	enc := lookup(name)
	if enc == nil {
		return Guess(b)
	}
	if utf8.Valid(b) && overrides(enc, b) {
		return string(b)
	}
	return run(enc, b)
}

// Known reports whether label names a charset that can be decoded; "" and us-ascii do not, they only say that
// nothing is known of bytes beyond ASCII.
func Known(label string) bool {
	name := Normalize(label)
	_, ok := stateful[name]
	return ok || name == "utf-8" || lookup(name) != nil
}

// Guess returns b, whose charset nobody declared, as text.
func Guess(b []byte) string {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return decodeUTF16(b)
	}
	if isASCII(b) {
		if looksISO2022JP(b) {
			return run(japanese.ISO2022JP, b)
		}
		return string(b)
	}
	if utf8.Valid(b) {
		return string(bytes.TrimPrefix(b, utf8BOM))
	}
	return run(guessEncoding(b), b)
}

const escape = 0x1B

var utf8BOM = []byte("\xef\xbb\xbf")

// decodeUTF8 keeps declared UTF-8 with a few broken sequences, such as a character cut by a mailer; bytes of which
// a third is broken were never UTF-8.
func decodeUTF8(b []byte) string {
	b = bytes.TrimPrefix(b, utf8BOM)
	if utf8.Valid(b) {
		return string(b)
	}
	good, bad := 0, 0
	for rest := b; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		rest = rest[size:]
	}
	if 2*bad > good {
		return Guess(b)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// overrides reports whether b, valid UTF-8 with high bytes, is UTF-8 in spite of its label. Two GB, Big5 or EUC
// bytes can look like a two-byte sequence, so for those labels a longer sequence has to be among them.
func overrides(enc encoding.Encoding, b []byte) bool {
	if isSingleByte(enc) {
		return true
	}
	for len(b) > 0 {
		_, size := utf8.DecodeRune(b)
		if size > 2 {
			return true
		}
		b = b[size:]
	}
	return false
}

func isSingleByte(enc encoding.Encoding) bool {
	_, ok := enc.(*charmap.Charmap)
	return ok
}

func run(enc encoding.Encoding, b []byte) string {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
