package thread

import (
	"fmt"
	"regexp"
	"strings"
)

// Names of the header fields that only maildesk writes.
const (
	HeaderLoop   = "X-Maildesk-Loop"   // which desk sent this: its address
	HeaderTicket = "X-Maildesk-Ticket" // the number, for people's mail filters
)

// Subject is the subject of conversation mail: "[IT20231115001] root subject".
func Subject(number, root string) string { return fmt.Sprintf("[%s] %s", number, root) }

// Footer is the last line of each mail, by which a reply finds its ticket when a client drops everything else. Its
// form is the same in every language, so that one pattern finds it in any quote.
func Footer(number, words string) string { return fmt.Sprintf("· %s · %s", number, words) }

var footer = regexp.MustCompile(`(?m)^[ \t>|]*· ([A-Za-z]{0,10}\d{11,15}) ·`)

// FindFooters returns the numbers of the footer lines in text, quoted or not, each once, in order.
func FindFooters(text string) []string {
	var found []string
	seen := map[string]bool{}
	for _, m := range footer.FindAllStringSubmatch(text, -1) {
		if !seen[m[1]] {
			seen[m[1]] = true
			found = append(found, m[1])
		}
	}
	return found
}

// TokenLine is the line that an answer button fills in at the end of the mail it prepares.
func TokenLine(number, token string) string { return fmt.Sprintf("[%s %s]", number, token) }

var tokenLine = regexp.MustCompile(`(?m)^[ \t>]*\[([A-Za-z]{0,10}\d{11,15}) ([a-z2-7]{16})\][ \t]*$`)

// FindTokenLines returns the (number, token) pairs that stand alone on a line of text.
func FindTokenLines(text string) [][2]string {
	var found [][2]string
	for _, m := range tokenLine.FindAllStringSubmatch(strings.ReplaceAll(text, "\r", ""), -1) {
		found = append(found, [2]string{m[1], m[2]})
	}
	return found
}
