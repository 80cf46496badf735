package parser

import (
	"bytes"
	"strings"
	"time"

	"maildesk/parser/charset"
)

// calendar keeps an invitation (RFC 5545) as an attachment and, where the body has no text of its own, says in it what
// the invitation is about.
func (c *content) calendar(p *part) {
	c.attach(p)
	c.invites = append(c.invites, p)
}

// showInvites writes the summaries of the invitations into a body that has no text.
func (c *content) showInvites() {
	for _, p := range c.invites {
		source := charset.Decode(first(p.content.get("charset"), "utf-8"), c.read(p, new(bytes.Buffer)))
		c.add(normalLines(source), eventText(source))
	}
}

// method is the METHOD of the first invitation that is part of the body rather than a file in it (RFC 6047 2.4).
func (c *content) method() string {
	for _, p := range c.invites {
		if p.disposed.value == "attachment" {
			continue
		}
		if method := p.content.get("method"); method != "" {
			return strings.ToUpper(method)
		}
		for line := range strings.SplitSeq(string(p.head()), "\n") {
			if value, ok := strings.CutPrefix(line, "METHOD:"); ok {
				return strings.ToUpper(strings.TrimSpace(value))
			}
		}
	}
	return ""
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// eventText is the first event of a calendar in words: what, when, where, and its description.
func eventText(calendar string) string {
	event := eventFields(calendar)
	var lines []string
	when := strings.Trim(eventTime(event["DTSTART"])+" – "+eventTime(event["DTEND"]), " –")
	for _, line := range []string{event["SUMMARY"], when, event["LOCATION"], event["DESCRIPTION"]} {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

var unescapeEvent = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`)

// eventFields are the properties of the first VEVENT, unfolded (RFC 5545 3.1), without those of its alarms.
func eventFields(calendar string) map[string]string {
	text := strings.ReplaceAll(calendar, "\r\n", "\n")
	text = strings.NewReplacer("\n ", "", "\n\t", "").Replace(text)
	fields := map[string]string{}
	inEvent, inner := false, 0
	for line := range strings.SplitSeq(text, "\n") {
		name, value, _ := strings.Cut(line, ":")
		name, _, _ = strings.Cut(name, ";")
		switch name = strings.ToUpper(name); {
		case name == "BEGIN" && strings.EqualFold(value, "VEVENT"):
			inEvent = true
		case name == "BEGIN" && inEvent:
			inner++
		case name == "END" && inner > 0:
			inner--
		case name == "END" && inEvent:
			return fields
		case inEvent && inner == 0 && fields[name] == "":
			fields[name] = unescapeEvent.Replace(value)
		}
	}
	return fields
}

// eventTime writes a DATE or DATE-TIME (RFC 5545 3.3.4, 3.3.5) as people do; what is none stays.
func eventTime(value string) string {
	for layout, as := range map[string]string{
		"20060102T150405Z": "2006-01-02 15:04 UTC", "20060102T150405": "2006-01-02 15:04", "20060102": "2006-01-02",
	} {
		if t, err := time.Parse(layout, value); err == nil {
			return t.Format(as)
		}
	}
	return value
}
