package parser

import (
	"sort"
	"strconv"
	"strings"

	"maildesk/parser/charset"
)

// mediaType is the value of a Content-Type or Content-Disposition field with its parameters.
type mediaType struct {
	value  string // lower case
	params []param
}

type param struct{ key, value string }

// get returns a parameter, joined and decoded as RFC 2231 has it.
func (m mediaType) get(key string) string {
	for _, p := range m.params {
		if p.key == key {
			return p.value
		}
	}
	return m.extended(key)
}

// parseMediaType reads the value leniently: comments, missing semicolons, unquoted values with spaces and quotes
// that never close are all found in mail.
func parseMediaType(s string) mediaType {
	s = strings.TrimSpace(s)
	end := strings.IndexAny(s, "; \t(")
	if end < 0 {
		return mediaType{value: strings.ToLower(strings.Trim(s, `"'`))}
	}
	m := mediaType{value: strings.ToLower(strings.Trim(s[:end], `"'`))}
	rest := skipComment(s[end:])
	for len(m.params) < 100 {
		rest = strings.TrimLeft(rest, "; \t")
		key, after, ok := strings.Cut(rest, "=")
		if !ok {
			break
		}
		if at := strings.LastIndexAny(key, "; \t"); at >= 0 && strings.TrimSpace(key[at:]) != "" {
			key = key[at+1:] // a word without a value before it
		}
		var p param
		p.key = strings.ToLower(strings.TrimSpace(key))
		p.value, rest = paramValue(strings.TrimLeft(after, " \t"), strings.Contains(p.key, "name"))
		m.params = append(m.params, p)
	}
	return m
}

// skipComment drops the comments (RFC 5322 3.2.2) before the first parameter.
func skipComment(s string) string {
	for {
		s = strings.TrimLeft(s, " \t")
		if !strings.HasPrefix(s, "(") {
			return s
		}
		_, after, ok := strings.Cut(s, ")")
		if !ok {
			return ""
		}
		s = after
	}
}

// paramValue reads a quoted or bare value. In a quoted one a backslash escapes a quote or itself only, for file
// names come with Windows paths; in a bare one that is no name a comment ends it.
func paramValue(s string, isName bool) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexByte(s, ';')
		if end < 0 {
			end = len(s)
		}
		value, rest = strings.TrimSpace(s[:end]), s[end:]
		if !isName {
			if at := strings.IndexAny(value, " \t("); at >= 0 {
				value, rest = value[:at], skipComment(s[at:])
			}
		}
		return value, rest
	}
	var out strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			out.WriteByte(s[i])
		case s[i] == '"':
			return out.String(), s[i+1:]
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String(), ""
}

// extended joins key*0, key*1* … and key* (RFC 2231 3 and 4). Octets are joined before they are decoded; a part
// without a star is taken as it stands.
func (m mediaType) extended(key string) string {
	type piece struct {
		n       int
		encoded bool
		value   string
	}
	var pieces []piece
	for _, p := range m.params {
		suffix, ok := strings.CutPrefix(p.key, key+"*")
		if !ok {
			continue
		}
		number, encoded := strings.CutSuffix(suffix, "*")
		n, err := strconv.Atoi(number)
		if suffix == "" {
			n, encoded = 0, true
		} else if err != nil {
			continue
		}
		pieces = append(pieces, piece{n, encoded, p.value})
	}
	if len(pieces) == 0 {
		return ""
	}
	sort.SliceStable(pieces, func(i, j int) bool { return pieces[i].n < pieces[j].n })
	label := ""
	var octets []byte
	anyEncoded := false
	for i, p := range pieces {
		value := p.value
		if p.encoded {
			anyEncoded = true
			if i == 0 {
				label, value = cutLabel(value)
			}
			octets = append(octets, charset.Percent(value)...)
			continue
		}
		octets = append(octets, value...)
	}
	if !anyEncoded {
		return string(octets)
	}
	return charset.Decode(label, octets)
}

// cutLabel splits charset'language'value.
func cutLabel(s string) (label, value string) {
	label, rest, ok := strings.Cut(s, "'")
	if !ok {
		return "", s
	}
	_, value, ok = strings.Cut(rest, "'")
	if !ok {
		return label, rest
	}
	return label, value
}

// parseEncoding reads a Content-Transfer-Encoding; "8-bit" and "base64;" are found in mail.
func parseEncoding(s string) string {
	s = strings.ToLower(strings.Trim(s, " \t\"';"))
	if at := strings.IndexAny(s, " \t;("); at >= 0 {
		s = s[:at]
	}
	switch s {
	case "base64", "quoted-printable":
		return s
	case "b", "base-64":
		return "base64"
	case "q", "quotedprintable", "quoted_printable":
		return "quoted-printable"
	}
	return s
}
