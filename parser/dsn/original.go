package dsn

import (
	"regexp"
	"strings"
	"unicode"
)

// original is what the returned mail's header tells.
type original struct {
	messageID string
	to        []string
	from      string
}

func (o original) empty() bool { return o.messageID == "" && len(o.to) == 0 && o.from == "" }

// readOriginal reads the header of the returned mail, tolerantly: leading blank lines, missing ones, a text before it.
// It stops at the blank line after the header, so that the returned body is not read.
func readOriginal(raw []byte) original {
	var o original
	fields, last := 0, ""
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			if fields >= 3 {
				break
			}
			continue
		}
		if (line[0] == ' ' || line[0] == '\t') && last != "" {
			o.take(last, strings.TrimSpace(line))
			continue
		}
		name, value, ok := field(strings.TrimSpace(line))
		if !ok {
			last = ""
			continue
		}
		fields++
		last = name
		o.take(name, value)
	}
	return o
}

// take keeps the value of a field, or of a line that continues it.
func (o *original) take(name, value string) {
	switch name {
	case "message-id", "x-google-original-message-id":
		if o.messageID == "" {
			o.messageID = messageID(value)
		}
	case "to", "x-original-to", "delivered-to", "envelope-to":
		if len(o.to) < 50 {
			o.to = append(o.to, addressesIn(value)...)
		}
	case "from", "return-path":
		if o.from == "" {
			o.from = addressIn(value)
		}
	}
}

// messageID takes a Message-ID out of its angle brackets (RFC 5322 3.6.4).
func messageID(value string) string {
	if i := strings.IndexByte(value, '<'); i >= 0 {
		value = value[i+1:]
		if j := strings.IndexByte(value, '>'); j >= 0 {
			value = value[:j]
		}
	}
	value = strings.TrimSpace(value)
	if len(value) > 500 || strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '<' }) {
		return ""
	}
	return value
}

// messageIDForm is a Message-ID as a notice prints it in its own words.
var messageIDForm = regexp.MustCompile(`(?i)(?:message[ -]?id|messageid|邮件\s?id)["'\s*]{0,4}[:=：]["'\s*]{0,4}<?([^\s<>"'[:cntrl:]]{3,250}@[^\s<>"'[:cntrl:]]{1,250})`)

// messageIDIn finds the returned mail's Message-ID where a notice names it without a header.
func messageIDIn(text string) string {
	if m := messageIDForm.FindStringSubmatch(text); m != nil {
		return strings.TrimRight(m[1], ".,;)")
	}
	return ""
}
