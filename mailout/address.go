package mailout

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"

	"maildesk/templates"
)

// maxName is how many runes of a display name are written.
const maxName = 128

// parseAddress reads a bare address such as zhang@corp.example. A domain beyond ASCII becomes its A-label (RFC 5890
// 2.3.2.1), so that only a local part beyond ASCII needs SMTPUTF8.
func parseAddress(address string) (string, bool) {
	at := strings.LastIndexByte(address, '@')
	if at < 0 || strings.ContainsAny(address, "<>\"()\\,;: \t\r\n\x00") {
		return address, false
	}
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil {
		return address, false
	}
	address = address[:at+1] + domain
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return address, false
	}
	return address, true
}

// mailbox is an address with its name, safe for a header.
func mailbox(name, address string) *mail.Address {
	return &mail.Address{Name: headerText(name, maxName), Address: address}
}

// headerText makes text safe for a header field: one clean line of at most limit runes, which no reader takes for an
// encoded word (RFC 2047 2) that we did not write.
func headerText(text string, limit int) string {
	text = strings.ReplaceAll(templates.Line(text), "=?", "= ?")
	if len(text) <= limit {
		return text
	}
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return strings.TrimRight(string(runes[:limit-1]), " ") + "…"
}

// ascii reports whether text is 7-bit.
func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
