package parser

import (
	"strings"
	"unicode"

	"maildesk/parser/charset"
)

const (
	maxAddresses = 1000 // of one field; a mail with more is no letter to anyone
	maxWord      = 1000 // bytes of an encoded word; RFC 2047 2 allows 75
)

// parseAddresses reads an address list as it is found in mail, not only as RFC 5322 3.4 writes it: groups (also
// those without colon or semicolon), names with raw commas or at signs in quotes, "addr (Name)", encoded words
// anywhere, missing brackets.
func parseAddresses(value string) []Address {
	var list []Address
	for _, item := range splitAddresses(value) {
		if len(list) == maxAddresses {
			break
		}
		a, ok := parseAddress(item)
		if !ok {
			continue
		}
		// A name without an address before one with an address was cut at its own comma: Doe, John <john@…>.
		if last := len(list) - 1; last >= 0 && list[last].isLone() && a.Name != "" {
			list[last] = Address{Name: list[last].Name + list[last].Address + ", " + a.Name, Address: a.Address}
			continue
		}
		list = append(list, a)
	}
	if list == nil && strings.Contains(value, "=?") {
		// The whole field went into an encoded word, brackets and all.
		if decoded := charset.Header(value); decoded != value {
			return parseAddresses(decoded)
		}
	}
	return list
}

// isLone reports a single word or name in the place of a mailbox.
func (a Address) isLone() bool {
	return a.Address == "" || a.Name == "" && !strings.Contains(a.Address, "@")
}

// splitAddresses cuts a list at its commas, semicolons and group names outside quotes, comments and brackets.
func splitAddresses(value string) []string {
	var items []string
	start, depth := 0, 0
	quoted, angle := false, false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && (quoted || depth > 0):
			i++
		case c == '"' && depth == 0:
			quoted = !quoted && strings.Contains(value[i+1:], `"`)
		case quoted:
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '=' && strings.HasPrefix(value[i:], "=?"):
			i += wordLength(value[i:]) - 1
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case angle && c != ',':
		case c == ',' || c == ';':
			items = append(items, value[start:i])
			start, angle = i+1, false
		case c == ':' && !strings.Contains(value[start:i], "@") && !strings.Contains(value[start:i], "=?"):
			start = i + 1 // the name of a group
		}
	}
	return append(items, value[min(start, len(value)):])
}

// wordLength is the length of the encoded word at the start of s, in which no sign separates addresses; 1 when there is
// none.
func wordLength(s string) int {
	marks := 0
	for i := 0; i < min(len(s), maxWord); i++ {
		switch s[i] {
		case ' ', '\t', '<', '>':
			return 1
		case '?':
			if marks++; marks > 3 && strings.HasPrefix(s[i:], "?=") {
				return i + 2
			}
		}
	}
	return 1
}

// parseAddress reads one mailbox; ok is false when there is neither address nor name.
func parseAddress(item string) (a Address, ok bool) {
	item = strings.TrimSpace(item)
	if !strings.Contains(item, "@") && strings.Contains(item, "=?") {
		// Name and address went into an encoded word together.
		if decoded := charset.Header(item); strings.Contains(decoded, "@") {
			item = strings.ReplaceAll(decoded, "=?", "")
		}
	}
	name, spec, bracketed := cutAngle(item)
	if !bracketed {
		name, spec = cutComment(item)
		if before, last, bare := cutBare(spec); bare {
			name, spec = first(name, before), last
		}
	}
	spec = cleanSpec(spec)
	if !bracketed && !strings.Contains(spec, "@") && strings.Contains(spec, " ") {
		name, spec = item, "" // a lone name
	}
	a = Address{Name: cleanName(name), Address: lowerDomain(spec)}
	return a, a.Address != "" || a.Name != ""
}

// cutBare splits "name user@host" that lacks its brackets.
func cutBare(spec string) (name, last string, ok bool) {
	words := strings.Fields(spec)
	if len(words) < 2 || strings.Contains(spec, `"`) {
		return "", spec, false
	}
	last = words[len(words)-1]
	local, domain, ok := strings.Cut(last, "@")
	if !ok || local == "" || domain == "" || strings.Count(spec, "@") > 1 {
		return "", spec, false
	}
	return strings.Join(words[:len(words)-1], " "), last, true
}

// cutAngle splits "name <spec>" at the last pair of brackets.
func cutAngle(item string) (name, spec string, ok bool) {
	open := strings.LastIndexByte(item, '<')
	if open < 0 {
		return "", "", false
	}
	spec, tail, _ := strings.Cut(item[open+1:], ">")
	name = item[:open]
	if strings.TrimSpace(strings.Trim(name, "<")) == "" {
		name = strings.Trim(strings.TrimSpace(tail), "()<>")
	}
	return strings.TrimRight(name, "< \t"), spec, true
}

// cutComment splits the old form "spec (name)".
func cutComment(item string) (name, spec string) {
	spec = dropComments(item)
	if len(spec) == len(item) {
		return "", item
	}
	open := strings.IndexByte(item, '(')
	if !strings.Contains(item[:open], "@") {
		open = strings.LastIndexByte(item, '(') // the ones before it stand inside the address
	}
	return strings.TrimSuffix(strings.TrimSpace(item[open+1:]), ")"), spec
}

// cleanSpec drops what does not belong to an address: blanks, "mailto:", a source route (RFC 5322 4.4), quotes round
// the whole.
func cleanSpec(spec string) string {
	spec = strings.TrimSpace(spec)
	if strings.Contains(spec, "=?") {
		spec = charset.Header(spec)
	}
	if !strings.HasPrefix(spec, `"`) {
		spec = dropComments(spec)
	}
	spec = strings.Trim(spec, " \t\r\n<>'")
	if len(spec) > 7 && strings.EqualFold(spec[:7], "mailto:") {
		spec = spec[7:]
	}
	if strings.HasPrefix(spec, "@") {
		if _, after, ok := strings.Cut(spec, ":"); ok {
			spec = after
		}
	}
	if len(spec) > 2 && spec[0] == '"' && spec[len(spec)-1] == '"' {
		spec = spec[1 : len(spec)-1]
	}
	return joinAround(spec)
}

// joinAround drops blanks round the dots and the at sign, which RFC 5322 4.4 once allowed.
func joinAround(spec string) string {
	if !strings.ContainsAny(spec, " \t") || strings.HasPrefix(spec, `"`) {
		return spec
	}
	for _, sign := range []string{".", "@"} {
		parts := strings.Split(spec, sign)
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		spec = strings.Join(parts, sign)
	}
	return spec
}

// lowerDomain returns the address with its domain in lower case; a local part is its owner's business.
func lowerDomain(spec string) string {
	at := strings.LastIndexByte(spec, '@')
	if at < 0 {
		return spec
	}
	return spec[:at] + strings.TrimSuffix(strings.ToLower(spec[at:]), ".")
}

// cleanName decodes a display name and takes off its quotes.
func cleanName(name string) string {
	name = strings.TrimSpace(name)
	name = strings.TrimSpace(charset.Header(unquoteName(name)))
	for len(name) > 1 && (name[0] == '"' || name[0] == '\'') && name[len(name)-1] == name[0] {
		name = strings.TrimSpace(name[1 : len(name)-1])
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, name)
	return strings.Join(strings.Fields(name), " ")
}

// unquoteName takes quotes and escapes out of a phrase: "Doe, \"Jo\" John" and mixed ones as well.
func unquoteName(name string) string {
	if !strings.ContainsAny(name, `"\`) {
		return name
	}
	var out strings.Builder
	quoted := false
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '\\' && quoted && i+1 < len(name):
			i++
			out.WriteByte(name[i])
		case c == '"':
			quoted = !quoted
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

// dropComments takes the comments (RFC 5322 3.2.2) out of a structured value.
func dropComments(value string) string {
	if !strings.Contains(value, "(") {
		return value
	}
	var out strings.Builder
	depth := 0
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && depth > 0:
			i++
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteByte(c)
		}
	}
	return out.String()
}
