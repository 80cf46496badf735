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
	for m := range mentions(n.told) {
		if !own[strings.ToLower(m.address)] && !isRobot(m.address) && plausible(m.address) {
			return m.address
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

// itemOpening is what may stand before an address that is an item of a notice's list: a bullet, an arrow, brackets, a
// type, but no word of a sentence.
var itemOpening = regexp.MustCompile(`(?i)^[\s*>|•·-]*(?:\[?smtp:|mailto:)?\s*[<"'(\[]{0,2}$`)

// listed is the first recipient of a notice's list; one that is also a reader's address only when there is no other.
func listed(told string, own map[string]bool) string {
	fallback := ""
	for line := range strings.Lines(told) {
		for m := range mentions(line) {
			before, after := line[:m.start], line[m.end:]
			if len(before) > 40 || !itemOpening.MatchString(before) || !opensReason(after) {
				break
			}
			if isRobot(m.address) && strings.TrimSpace(after) == "" {
				break
			}
			if !own[strings.ToLower(m.address)] {
				return m.address
			}
			if fallback == "" {
				fallback = m.address
			}
			break
		}
	}
	return fallback
}

// opensReason says that what follows an address ends the item or gives a reason, and does not go on with a sentence.
func opensReason(rest string) bool {
	rest = strings.TrimLeft(rest, ">\"')] \t")
	rest = strings.TrimRight(rest, "\r\n")
	return rest == "" || strings.ContainsAny(rest[:1], ":;,(<[.-/") || rest[0] >= 0x80 || reasonForm.MatchString(rest)
}

var reasonForm = regexp.MustCompile(`(?i)^(?:\d{3}\b|on |invalid|unknown|user|mailbox|no such|host|failed|was |is |does|delivery|reason|error|recipient)`)

// label is a word for the recipient that stands right before an address.
var label = regexp.MustCompile(`(?i)(?:(?:rcpt to|recipient(?:\(s\)|s)?(?: address)?|final delivery userid|failed address(?:es)?` +
	`|returned permanent errors|delivered to|addressed to|收件人|收信人|收件地址|目的地址|宛先|\bto|user|mailbox)["']?\s*[:=：]` +
	`|(?:发送|投递|传递|送达)(?:到|至|给)|wasn['’]t delivered to|couldn['’]t be delivered to)` +
	`\s*["'<(（]{0,2}$`)

// labelled is the first address behind such a word.
func labelled(told string) string {
	for m := range mentions(told) {
		before := told[max(0, m.start-48):m.start]
		if endsLabel(before) && !isRobot(m.address) && plausible(m.address) && label.MatchString(before) {
			return m.address
		}
	}
	return ""
}

// endsLabel is quick to say that no label stands before an address, which is so before most.
func endsLabel(before string) bool {
	before = strings.TrimRight(before, " \t\r\n\"'<(（")
	for _, end := range []string{":", "=", "：", "到", "至", "给", "to"} {
		if strings.HasSuffix(before, end) {
			return true
		}
	}
	return false
}
