package mailout

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"maildesk/templates"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// Identity is the desk as its mails show it.
type Identity struct {
	Name     string           // in English, such as IT Service Desk
	NameZH   string           // in Chinese; "" takes Name
	Address  string           // From, Reply-To and reverse-path of all mail
	Language tickets.Language // for people whose language is not known
	Zone     *time.Location   // of the Date field; nil leaves it as the notice has it
}

// name is the desk's name in a language.
func (id Identity) name(lang tickets.Language) string {
	if lang == tickets.Chinese && id.NameZH != "" || id.Name == "" {
		return id.NameZH
	}
	return id.Name
}

// Composer writes mails; it implements tickets.Composer. It may be used by several goroutines.
type Composer struct {
	id     Identity
	domain string // of Message-IDs
	keys   thread.Keys
	set    *templates.Set
	log    *slog.Logger
}

// NewComposer returns a composer for a desk. keys sign the Message-IDs, set has the words, log hears of templates
// that failed.
func NewComposer(id Identity, keys thread.Keys, set *templates.Set, log *slog.Logger) (*Composer, error) {
	address, ok := parseAddress(id.Address)
	if !ok || !ascii(address) {
		return nil, fmt.Errorf("compose: %q is no address that a desk can send from", id.Address)
	}
	if len(keys) == 0 {
		return nil, errors.New("compose: no key to sign Message-IDs with")
	}
	id.Address = address
	return &Composer{id: id, domain: address[strings.LastIndexByte(address, '@')+1:], keys: keys, set: set, log: log}, nil
}

// Compose makes the complete mail of a notice. It does not fail, whatever the notice holds: text is cleaned, names
// and subjects are cut, a broken template falls back to the built-in one and then to bare text. The same notice
// gives the same bytes. Its date is that of the entry, else of the ticket.
func (c *Composer) Compose(n tickets.Notice) tickets.Outgoing {
	number, entry := binding(n)
	out := tickets.Outgoing{Entry: n.Entry.ID, Kind: n.Kind, Lane: tickets.LaneNormal, Sender: c.id.Address}
	if n.Ticket != nil {
		out.Ticket = n.Ticket.ID
	}
	recipient, valid := parseAddress(strings.TrimSpace(n.To.Address))
	out.Recipient = recipient
	out.MessageID = c.keys.MessageID(number, entry, recipient, c.domain)

	lang := n.To.Language
	if lang == "" {
		lang = c.id.Language
	}
	content, err := c.set.Render(n.Kind, lang, c.data(n, lang))
	if err != nil && c.log != nil {
		c.log.Error("mail template failed, sending a simpler mail", "message_id", out.MessageID, "reason", err)
	}
	msg := newMsg(out.MessageID, content)
	c.setAddresses(msg, n, lang, recipient, valid)
	c.setFields(msg, n, content.Subject)
	out.Raw = attach(c.write(msg, out.MessageID), boundary(out.MessageID), files(n, lang))
	return out
}

// maxReferences is how many Message-IDs References has; RFC 5322 sets no limit, but some servers refuse long headers.
const maxReferences = 20

// newMsg starts a message with its content. One level of multipart makes a fixed boundary safe, and the token in it
// is nothing that a sender could have guessed and put into the text.
func newMsg(messageID string, content templates.Rendered) *mail.Msg {
	encoding := mail.EncodingQP
	if !ascii(content.Subject) {
		encoding = mail.EncodingB64
	}
	msg := mail.NewMsg(mail.WithBoundary(boundary(messageID)), mail.WithNoDefaultUserAgent(), mail.WithEncoding(encoding))
	addPart(msg, mail.TypeTextPlain, content.Text)
	if content.HTML != "" {
		addPart(msg, mail.TypeTextHTML, content.HTML)
	}
	msg.SetMessageIDWithValue(messageID)
	return msg
}

// boundary separates the parts of a message: the token of its Message-ID.
func boundary(messageID string) string {
	local, _, _ := strings.Cut(messageID, "@")
	return "maildesk-" + local[strings.LastIndexByte(local, '.')+1:]
}

// addPart adds a text in the encoding that is shorter for it; both keep the bytes 7-bit and the lines short.
func addPart(msg *mail.Msg, kind mail.ContentType, content string) {
	encoding := mail.EncodingQP
	if wide := strings.Count(content, "=") + len(content) - asciiBytes(content); wide*6 > len(content) {
		encoding = mail.EncodingB64
	}
	octets := crlf(content)
	msg.AddAlternativeWriter(kind, func(w io.Writer) (int64, error) {
		n, err := w.Write(octets)
		return int64(n), err
	}, mail.WithPartEncoding(encoding))
}

// crlf ends the lines as mail does: text in base64 has CRLF in it like any other (RFC 2045 6.8).
func crlf(content string) []byte {
	out := make([]byte, 0, len(content)+strings.Count(content, "\n"))
	for line := range strings.SplitAfterSeq(content, "\n") {
		if body, ended := strings.CutSuffix(line, "\n"); ended {
			out = append(append(out, body...), "\r\n"...)
		} else {
			out = append(out, line...)
		}
	}
	return out
}

func asciiBytes(text string) int {
	n := 0
	for i := range len(text) {
		if text[i] < 0x80 {
			n++
		}
	}
	return n
}

func (c *Composer) setAddresses(msg *mail.Msg, n tickets.Notice, lang tickets.Language, recipient string, valid bool) {
	desk := mailbox(c.id.name(lang), c.id.Address)
	msg.ReplyToMailAddress(desk)
	if author := headerText(n.Author, maxName/2); author != "" && n.Signed {
		desk = mailbox(author+" ("+c.id.name(lang)+")", c.id.Address)
	}
	msg.FromMailAddress(desk)
	if valid {
		msg.ToMailAddress(mailbox(n.To.Name, recipient))
		return
	}
	// The dispatcher will refuse to send it and say why; until then it is a valid mail (RFC 5322 3.4, group).
	msg.SetGenHeader("To", "undisclosed-recipients:;")
}

func (c *Composer) setFields(msg *mail.Msg, n tickets.Notice, subject string) {
	msg.Subject(headerText(subject, maxSubject+maxSubjectLabel))
	if date := c.date(n); !date.IsZero() {
		msg.SetDateWithValue(date)
	}
	if n.Auto != tickets.ByPerson {
		msg.SetGenHeader("Auto-Submitted", string(n.Auto)) // RFC 3834 5
	}
	// Exchange heeds this one instead (MS-OXCMAIL 2.2.3.2.14); never NDR or All, for we want the bounce.
	suppress := "DR, RN, NRN, AutoReply"
	if !n.Staff {
		suppress += ", OOF" // of staff it says that somebody else has to do the work
	}
	msg.SetGenHeader("X-Auto-Response-Suppress", suppress)
	msg.SetGenHeader(thread.HeaderLoop, c.id.Address)
	if n.Ticket != nil {
		msg.SetGenHeader(thread.HeaderTicket, templates.Line(n.Ticket.Number))
	}
	if ids := references(n.References); len(ids) > 0 {
		msg.SetGenHeader(mail.HeaderInReplyTo, ids[len(ids)-1])
		msg.SetGenHeader(mail.HeaderReferences, strings.Join(ids, " "))
	}
}

// maxSubjectLabel is the room for the number and a label before the root subject.
const maxSubjectLabel = 60

func (c *Composer) date(n tickets.Notice) time.Time {
	date := n.Entry.At
	if date.IsZero() && n.Ticket != nil {
		date = n.Ticket.UpdatedAt
	}
	if c.id.Zone != nil && !date.IsZero() {
		date = date.In(c.id.Zone)
	}
	return date
}

// references writes Message-IDs for In-Reply-To and References (RFC 5322 3.6.4): the first, which holds the thread
// together, and the newest. What would break a header is left out; it only costs threading.
func references(ids []string) []string {
	var written []string
	for _, id := range ids {
		if id != "" && len(id) <= 900 && strings.IndexFunc(id, notInMessageID) < 0 {
			written = append(written, "<"+id+">")
		}
	}
	if extra := len(written) - maxReferences; extra > 0 {
		written = append(written[:1], written[1+extra:]...)
	}
	return written
}

func notInMessageID(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' }

func (c *Composer) write(msg *mail.Msg, messageID string) []byte {
	var raw bytes.Buffer
	raw.Grow(10 << 10)
	// Memory takes every write and the boundary is valid, so this error is a bug of ours: tell of it, and send what
	// there is.
	if _, err := msg.WriteTo(&raw); err != nil && c.log != nil {
		c.log.Error("mail could not be written in full", "message_id", messageID, "reason", err)
	}
	return raw.Bytes()
}
