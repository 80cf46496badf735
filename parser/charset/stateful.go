package charset

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// decodeUTF16 reads the byte order from the mark, else from where the zero bytes of ASCII letters stand; big endian
// is what RFC 2781 4.3 says of text that gives neither.
func decodeUTF16(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return utf16Text(b, false)
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return utf16Text(b, true)
	}
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	if zeros[0]+zeros[1] == 0 && utf8.Valid(b) {
		return string(b)
	}
	return utf16Text(b, zeros[0] >= zeros[1])
}

func utf16Text(b []byte, big bool) string {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		unit := uint16(b[i]) | uint16(b[i+1])<<8
		if big {
			unit = unit>>8 | unit<<8
		}
		if i == 0 && unit == 0xFEFF {
			continue
		}
		units = append(units, unit)
	}
	return string(utf16.Decode(units))
}

// decodeUTF7 reads RFC 2152: "+" begins base64 of UTF-16, which any other sign ends, "-" unseen; "+-" is a plus.
func decodeUTF7(b []byte) string {
	if !isASCII(b) {
		return Guess(b)
	}
	var out strings.Builder
	for i := 0; i < len(b); {
		if b[i] != '+' {
			out.WriteByte(b[i])
			i++
			continue
		}
		end := i + 1
		for end < len(b) && isBase64(b[end]) {
			end++
		}
		switch closed := end < len(b) && b[end] == '-'; {
		case end == i+1 && closed:
			out.WriteByte('+')
		case end == i+1:
			out.WriteByte('+')
			i = end
			continue
		default:
			units, _ := base64.RawStdEncoding.DecodeString(string(b[i+1 : end]))
			if units == nil {
				out.Write(b[i:end])
			}
			out.WriteString(utf16Text(units, true))
		}
		if i = end; i < len(b) && b[i] == '-' {
			i++
		}
	}
	return out.String()
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

func decodeHZ(b []byte) string {
	if !isASCII(b) {
		return Guess(b)
	}
	return run(simplifiedchinese.HZGB2312, b)
}

func decodeISO2022JP(b []byte) string {
	if !isASCII(b) {
		return Guess(b)
	}
	return run(japanese.ISO2022JP, b)
}

func looksISO2022JP(b []byte) bool {
	return bytes.Contains(b, []byte("\x1b$B")) || bytes.Contains(b, []byte("\x1b$@"))
}

// decodeShifted reads the ISO-2022 charsets that designate once and then shift: after SO (0x0E) each byte stands
// for its 8-bit twin in enc, after SI (0x0F) or a line end for itself (RFC 1557, RFC 1922).
func decodeShifted(b []byte, enc encoding.Encoding) string {
	if !isASCII(b) {
		return Guess(b)
	}
	wide := make([]byte, 0, len(b))
	shifted := false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == 0x1B && i+3 < len(b) && b[i+1] == '$' && (b[i+2] == ')' || b[i+2] == '*'):
			i += 3
		case c == 0x0E:
			shifted = true
		case c == 0x0F:
			shifted = false
		case c == '\n':
			shifted = false
			wide = append(wide, c)
		case shifted && c > 0x20 && c < 0x7F:
			wide = append(wide, c|0x80)
		default:
			wide = append(wide, c)
		}
	}
	return run(enc, wide)
}
