package dsn

import (
	"regexp"
	"strings"
)

// addressForm is an address as reports print it. Local parts are read generously, domains strictly.
var addressForm = regexp.MustCompile(`(?i)(?:"[^"\s]{1,64}"|[\pL\pN.!#$%&'*+/=?^_{|}~-]{1,100})@(?:[\pL\pN](?:[\pL\pN-]{0,62})\.)*[\pL\pN][\pL\pN-]{0,62}`)

// addressIn is the first address in s without its surroundings, "" when there is none.
func addressIn(s string) string {
	return clean(addressForm.FindString(s))
}

// addressesIn are the addresses in s, in order.
func addressesIn(s string) []string {
	found := addressForm.FindAllString(s, 20)
	for i, a := range found {
		found[i] = clean(a)
	}
	return found
}

// clean takes off what wording leaves at an address: a full stop, a source route's or an apostrophe's remains, a scheme.
func clean(a string) string {
	a = strings.Trim(a, ".'=*|")
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
