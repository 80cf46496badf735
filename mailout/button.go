package mailout

import (
	"fmt"
	"strings"

	"maildesk/templates"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// maxButtonSubject is how many runes of the subject a button fills in: Windows cuts an address after 2083 characters,
// and each Chinese one takes nine of them.
const maxButtonSubject = 60

// buttons are a notice's answers as links that prepare a mail to the desk: the command, and the reader's token line, which
// is good for this one purpose.
func (c *Composer) buttons(n tickets.Notice, lang tickets.Language) []templates.Button {
	var list []templates.Button
	recipient, _ := parseAddress(strings.TrimSpace(n.To.Address))
	for _, b := range n.Buttons {
		command := templates.Line(b.Command)
		label := templates.Label(lang, b.Purpose)
		if label == "" {
			label = command
		}
		subject := label
		if n.Ticket != nil {
			subject = templates.Line(thread.Subject(templates.Line(n.Ticket.Number), headerText(n.Ticket.Subject, maxButtonSubject)))
		}
		body := command + "\r\n\r\n" + c.tokenLine(n, recipient, b.Purpose)
		list = append(list, templates.Button{
			Label: templates.Text(label), Command: templates.Text(command), Link: c.mailto(subject, body),
		})
	}
	return list
}

// tokenLine is the last line of the mail that a button prepares. Its token is of the same number, entry and recipient as
// the Message-ID's, with the purpose. Where the mail belongs to no ticket, the token is of the number "desk", and the
// line's number is "desk" with the ledger's message in eleven digits, for a token line needs a number (thread.FindTokenLines).
func (c *Composer) tokenLine(n tickets.Notice, recipient, purpose string) string {
	number, entry := binding(n)
	token := c.keys.Token(number, entry, recipient, purpose)
	if n.Ticket == nil {
		number = fmt.Sprintf("%s%011d", thread.NoTicket, entry)
	}
	return thread.TokenLine(number, token)
}

// binding is what the tokens of a notice are bound to, beside its recipient: the ticket's number and the entry, or
// "desk" and the ledger's message.
func binding(n tickets.Notice) (number string, entry int64) {
	if n.Ticket == nil {
		return thread.NoTicket, n.Entry.Message
	}
	return n.Ticket.Number, n.Entry.ID
}

// mailto is an address that opens a mail to the desk with subject and body (RFC 6068).
func (c *Composer) mailto(subject, body string) string {
	local := strings.TrimSuffix(c.id.Address, "@"+c.domain)
	return "mailto:" + percent(local) + "@" + c.domain + "?subject=" + percent(subject) + "&body=" + percent(body)
}

// percent encodes every byte but the unreserved ones (RFC 3986 2.3), which is safe in an address and in a parameter
// (RFC 2231 7) alike.
func percent(text string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}
