package parser

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"maildesk/parser/charset"
)

const maxName = 200 // bytes of a file name, so that it fits any file system with room for a prefix

// fileName returns the name that the mail gives a part. Content-Disposition counts before Content-Type (RFC 2183),
// and encoded words count in both, though RFC 2047 5 forbids them there: Outlook, QQ and Foxmail write nothing else.
func (p *part) fileName() string {
	for _, at := range []struct {
		m   mediaType
		key string
	}{{p.disposed, "filename"}, {p.content, "name"}, {p.content, "filename"}, {p.disposed, "name"}} {
		if name := safeName(decodeName(at.m, at.key)); name != "" {
			return name
		}
	}
	return ""
}

func decodeName(m mediaType, key string) string {
	name := m.extended(key)
	if name == "" {
		name = m.get(key)
	}
	if strings.Contains(name, "=?") {
		name = charset.Header(name)
	}
	// filename="utf-8''%E4%BD%A0" is RFC 2231 that lost its star.
	if label, value := cutLabel(name); label != "" && strings.Contains(value, "%") && charset.Known(label) {
		return charset.Decode(label, charset.Percent(value))
	}
	return charset.Unpercent(name)
}

// safeName makes a base name of whatever was given: no path, no control or direction characters, not too long.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name = strings.TrimSpace(name)
	if name == "." || name == ".." {
		return ""
	}
	return shorten(name)
}

// shorten cuts the middle out of a long name and keeps its extension.
func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	ext := ""
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(name)-dot <= 12 {
		ext = name[dot:]
	}
	cut := maxName - len(ext)
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + ext
}
