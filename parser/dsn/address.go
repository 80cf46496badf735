package dsn

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mention is an address in running text and where it stands.
type mention struct {
	address    string
	start, end int // of the address in the text, without what surrounds it
}

// The longest parts that are taken for an address; RFC 5321 4.5.3.1 allows less.
const (
	maxLocal  = 128
	maxDomain = 255
)

// mentions finds the addresses in a text, at each @ that has a local part before and a domain behind. Outside angle
// brackets both are ASCII, for Chinese and Japanese put no space around an address.
func mentions(s string) iter.Seq[mention] {
	return func(yield func(mention) bool) {
		for at, next := 0, 0; ; at = next {
			i := strings.IndexByte(s[at:], '@')
			if i < 0 {
				return
			}
			i += at
			next = i + 1
			m := mention{start: localStart(s[at:i]) + at, end: domainEnd(s[next:]) + next}
			if m.start > 0 && s[m.start-1] >= utf8.RuneSelf || m.end < len(s) && s[m.end] >= utf8.RuneSelf {
				m.start, m.end = widen(s, i, m)
			}
			if m.start == i || m.end == next || i-m.start > maxLocal || m.end-next > maxDomain {
				continue
			}
			m.address = clean(s[m.start:m.end])
			if strings.IndexByte(m.address, '@') > 0 && !yield(m) {
				return
			}
		}
	}
}

// localStart is where the local part begins that ends with s: a quoted string, which holds no control characters, or the
// characters of an atom (RFC 5322 3.2.3, 3.2.4).
func localStart(s string) int {
	if strings.HasSuffix(s, `"`) && len(s) > 1 {
		if i := strings.LastIndexByte(s[:len(s)-1], '"'); i >= 0 && len(s)-i < maxLocal && !strings.ContainsFunc(s[i:], unicode.IsControl) {
			return i
		}
		return len(s)
	}
	i := len(s)
	for i > 0 && isAtom(s[i-1]) {
		i--
	}
	return i
}

func isAtom(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(".!#$%&'*+/=?^_{|}~-", c) >= 0
}

// domainEnd is where the domain ends with which s begins: at its last letter or digit.
func domainEnd(s string) int {
	i := 0
	for i < len(s) && (s[i] < utf8.RuneSelf && (unicode.IsLetter(rune(s[i])) || unicode.IsDigit(rune(s[i]))) || s[i] == '.' || s[i] == '-') {
		i++
	}
	for i > 0 && (s[i-1] == '.' || s[i-1] == '-') {
		i--
	}
	if i > 0 && (s[0] == '.' || s[0] == '-') {
		return 0
	}
	return i
}

// widen takes an internationalised address (RFC 6531 3.3) whole where angle brackets around the @ at i show its ends.
func widen(s string, i int, m mention) (start, end int) {
	from, to := max(0, i-maxLocal), min(len(s), i+maxDomain)
	start, end = strings.LastIndexByte(s[from:i], '<')+from+1, strings.IndexByte(s[i:to], '>')+i
	if start == from || end < i {
		return m.start, m.end
	}
	inside := s[start:end]
	if !utf8.ValidString(inside) || strings.ContainsFunc(inside, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`<>,;:"`, r)
	}) {
		return m.start, m.end
	}
	return start, end
}

// addressIn is the first address in s, "" when there is none.
func addressIn(s string) string {
	for m := range mentions(s) {
		return m.address
	}
	return ""
}

// addressesIn are the first twenty addresses in s.
func addressesIn(s string) []string {
	var found []string
	for m := range mentions(s) {
		if found = append(found, m.address); len(found) == 20 {
			break
		}
	}
	return found
}

// clean takes off what wording leaves at an address: quotes, bullets, a type.
func clean(a string) string {
	a = strings.TrimLeft(a, ".'=*|/")
	for _, p := range []string{"rfc822=", "smtp=", "mailto="} {
		if len(a) > len(p) && strings.EqualFold(a[:len(p)], p) {
			a = a[len(p):]
		}
	}
	return a
}

// isRobot says that the address is the mail system's own, never the recipient a report is about.
func isRobot(a string) bool {
	local, _, _ := strings.Cut(strings.ToLower(a), "@")
	switch strings.NewReplacer("-", "", "_", "", ".", "").Replace(local) {
	case "mailerdaemon", "postmaster", "maildaemon", "support", "abuse", "helpdesk", "noreply", "donotreply":
		return true
	}
	return false
}

// plausible leaves out Message-IDs and host names that look like addresses: a recipient's domain has a dot.
func plausible(a string) bool {
	_, domain, _ := strings.Cut(a, "@")
	return strings.ContainsRune(domain, '.') && len(a) < 250
}
