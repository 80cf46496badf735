package dsn

import (
	"regexp"
	"strings"
)

// findRecipient finds the address that a report without standard fields is about: in the field that exim writes, in
// the places where notices put it, else where the returned mail was going.
func findRecipient(in Input, n notice, o original) string {
	if a := addressIn(in.first("X-Failed-Recipients")); a != "" {
		return a
	}
	own := readers(in, o)
	if a := listed(n.told, own); a != "" {
		return a
	}
	if a := labelled(n.told); a != "" {
		return a
	}
	for _, a := range addressesIn(n.told) {
		if !own[strings.ToLower(a)] && !isRobot(a) && plausible(a) {
			return a
		}
	}
	if a := notOwn(o.to, own); a != "" {
		return a
	}
	if len(o.to) > 0 {
		return o.to[0]
	}
	return ""
}

// readers are the addresses that a report names for other reasons: whom it is sent to, who wrote the returned mail,
// who reports. The recipient is one of them only when nothing else is.
func readers(in Input, o original) map[string]bool {
	own := map[string]bool{strings.ToLower(o.from): true}
	for _, f := range []string{"To", "From", "Delivered-To", "X-Original-To"} {
		for _, a := range addressesIn(in.first(f)) {
			own[strings.ToLower(a)] = true
		}
	}
	return own
}

func notOwn(addresses []string, own map[string]bool) string {
	for _, a := range addresses {
		if !own[strings.ToLower(a)] {
			return a
		}
	}
	return ""
}

// listItem is a line in which notices list a recipient: the address alone or before its reason, in brackets, quotes,
// behind a bullet or an arrow, but not inside a sentence.
var listItem = regexp.MustCompile(`(?i)^[\s*>|•·-]*(?:\[?smtp:|mailto:)?\s*(?:[<"'(\[]{0,2})(` + addressForm.String() + `)(.*)$`)

// listed is the first recipient of a notice's list; one that is also a reader's address only when there is no other.
func listed(told string, own map[string]bool) string {
	fallback := ""
	for line := range strings.Lines(told) {
		if len(line) > 1000 || !strings.ContainsRune(line, '@') {
			continue
		}
		m := listItem.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil || isRobot(clean(m[1])) && m[2] == "" || !opensReason(m[2]) {
			continue
		}
		a := clean(m[1])
		if !own[strings.ToLower(a)] {
			return a
		}
		if fallback == "" {
			fallback = a
		}
	}
	return fallback
}

// opensReason says that what follows an address ends the item or gives a reason, and does not go on with a sentence.
func opensReason(rest string) bool {
	rest = strings.TrimLeft(rest, ">\"')] \t")
	return rest == "" || strings.ContainsAny(rest[:1], ":;,(<[.-/") || reasonForm.MatchString(rest) || rest[0] >= 0x80
}

var reasonForm = regexp.MustCompile(`(?i)^(?:\d{3}\b|on |invalid|unknown|user|mailbox|no such|host|failed|was |is |does|delivery|reason|error|recipient)`)

// label is a line that names the recipient behind a word for it.
var label = regexp.MustCompile(`(?im)(?:rcpt to|recipient(?:\(s\)|s)?(?: address)?|final delivery userid|failed address(?:es)?` +
	`|returned permanent errors|delivered to|addressed to|收件人|收信人|收件地址|目的地址|宛先|to|user|mailbox)` +
	`["']?\s*[:=：]\s*["'<]{0,2}(` + addressForm.String() + `)`)

// labelled is the address behind the first such word.
func labelled(told string) string {
	for _, m := range label.FindAllStringSubmatch(told, 8) {
		if a := clean(m[1]); !isRobot(a) && plausible(a) {
			return a
		}
	}
	return ""
}

// plausible leaves out Message-IDs and host names that look like addresses: a recipient's domain has a dot.
func plausible(a string) bool {
	_, domain, _ := strings.Cut(a, "@")
	return strings.ContainsRune(domain, '.') && len(a) < 250
}
