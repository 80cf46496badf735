package dsn

import (
	"slices"
	"strings"
)

// group is the fields of one recipient in a delivery status (RFC 3464 2.3), by lower-case name.
type group map[string]string

// groupFields are the per-recipient fields; a repeated one begins the next recipient even without the blank line
// that RFC 3464 2.1 asks for.
var groupFields = []string{
	"original-recipient", "final-recipient", "x-actual-recipient", "action", "status", "remote-mta",
	"diagnostic-code", "last-attempt-date", "will-retry-until", "final-log-id", "original-envelope-id",
}

// readGroups reads the recipients of a delivery status, or of a text in which one is printed. It wants fields that
// are about a recipient and leaves out everything else.
func readGroups(status []byte) []group {
	var groups []group
	g, last := group{}, ""
	flush := func() {
		if g.told() {
			groups = append(groups, g)
		}
		g, last = group{}, ""
	}
	for line := range strings.Lines(string(status)) {
		line = strings.TrimRight(line, "\r\n")
		name, value, ok := field(line)
		switch {
		case strings.TrimSpace(line) == "":
			last = ""
			if g.told() && g.addressed() {
				flush()
			}
		case last != "" && (line[0] == ' ' || line[0] == '\t'):
			g[last] = unfold(g[last], strings.TrimSpace(line))
		case ok && slices.Contains(groupFields, name):
			if _, again := g[name]; again {
				flush()
			}
			g[name], last = value, name
		default:
			last = ""
		}
	}
	flush()
	return groups
}

// unfold joins a folded field, within a limit that keeps endless folding linear.
func unfold(value, more string) string {
	if len(value) > 4096 {
		return value
	}
	return value + " " + more
}

// field splits "Name: value"; the name comes back in lower case.
func field(line string) (name, value string, ok bool) {
	i := strings.IndexByte(line, ':')
	if i <= 0 || i > 60 {
		return "", "", false
	}
	name = strings.ToLower(strings.TrimSpace(line[:i]))
	for _, c := range []byte(name) {
		if c <= ' ' || c >= 0x7f {
			return "", "", false
		}
	}
	return name, strings.TrimSpace(line[i+1:]), name != ""
}

// told says that the group is about a recipient: one field may be chance, in a text above all.
func (g group) told() bool {
	return g["action"] != "" && (g["status"] != "" || g.addressed()) || g["status"] != "" && g.addressed() ||
		g.addressed() && g["diagnostic-code"] != ""
}

func (g group) addressed() bool {
	return g["final-recipient"] != "" || g["original-recipient"] != "" || g["x-actual-recipient"] != ""
}

// recipient is the address of the group: the one where delivery ended, else the one that the sender wrote. A final
// recipient whose domain has no dot is known to its own server only.
func (g group) recipient() string {
	fallback := ""
	for _, name := range []string{"final-recipient", "original-recipient", "x-actual-recipient"} {
		a := typedAddress(g[name])
		if plausible(a) {
			return a
		}
		if fallback == "" {
			fallback = a
		}
	}
	return fallback
}

// typedAddress reads "rfc822; <user@example.com>" (RFC 3464 2.3.1) also without its type and with display names.
func typedAddress(value string) string {
	if i := strings.IndexByte(value, ';'); i >= 0 {
		value = value[i+1:]
	}
	return addressIn(value)
}

// action is the action as the standard spells it, "" when the group has none.
func (g group) action() string {
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(g["action"])), " ")
	word = strings.Trim(word, ".,;()")
	switch {
	case strings.HasPrefix(word, "fail"), word == "error", word == "expired", word == "deleted":
		return failed
	case strings.HasPrefix(word, "delay"), word == "deferred":
		return delayed
	case strings.HasPrefix(word, "delivered"):
		return delivered
	case strings.HasPrefix(word, "relay"):
		return relayed
	case strings.HasPrefix(word, "expand"):
		return expanded
	}
	return ""
}

// choose takes the recipient that matters most: the first that failed, else the first delayed, else the first.
func choose(groups []group) group {
	for _, want := range []string{failed, "", delayed} {
		for _, g := range groups {
			if g.action() == want {
				return g
			}
		}
	}
	if len(groups) > 0 {
		return groups[0]
	}
	return group{}
}
