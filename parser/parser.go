package parser

import (
	"fmt"
	"io"
	"strings"

	"maildesk/parser/reply"
	"maildesk/tickets/thread"
)

// Parse reads a mail. The error is only ever one of reading src; whatever is wrong with the mail itself stands in
// Message.Warnings. It does not keep src, and holds no more of the mail in memory than its headers and texts.
func Parse(src *io.SectionReader, opt Options) (*Message, error) {
	opt = opt.limits()
	var warned warnings
	source := newSource(src, src.Size())
	c := readContent(source, opt, &warned)
	m := &Message{}
	m.readHeader(c.root.header)
	m.readBody(c, opt)
	m.Proof = readProof(c.root.header, m, opt.AuthservID)
	m.ContentKey = contentKey(m, c)
	m.Warnings = warned
	if source.err != nil {
		return nil, fmt.Errorf("read mail: %w", source.err)
	}
	return m, nil
}

// readContent builds the tree of a mail and walks it.
func readContent(src *source, opt Options, warned *warnings) *content {
	root := buildTree(src, opt, 0, warned.add)
	c := &content{opt: opt, warnings: warned, left: opt.MaxText, root: root}
	c.walk(root, true)
	c.markInline()
	return c
}

func (m *Message) readHeader(h header) {
	m.MessageID = messageID(h.get("Message-ID"))
	m.InReplyTo = messageIDs(h.get("In-Reply-To"))
	m.References = messageIDs(strings.Join(h.all("References"), " "))
	m.readSenders(h)
	m.ReplyTo = addressesOf(h, "Reply-To")
	m.To = addressesOf(h, "To")
	m.Cc = addressesOf(h, "Cc")
	m.Date = parseDate(h.get("Date"))
	m.Subject = h.subject()
	m.NullSender = h.has("Return-Path") && strings.Trim(h.get("Return-Path"), " <>") == ""
	m.Loop = strings.TrimSpace(h.get(thread.HeaderLoop))
	m.Urgent = isUrgent(h)
}

// readSenders reads From and Sender. A mail without From is its Sender's, then its Return-Path's.
func (m *Message) readSenders(h header) {
	froms := addressesOf(h, "From")
	senders := addressesOf(h, "Sender")
	m.Froms = len(froms)
	switch {
	case len(froms) > 0:
		m.From = froms[0]
	case len(senders) > 0:
		m.From = senders[0]
	default:
		m.From, _ = parseAddress(h.get("Return-Path"))
	}
	if len(senders) > 0 && !strings.EqualFold(senders[0].Address, m.From.Address) {
		m.Sender = senders[0]
	}
}

func addressesOf(h header, name string) []Address {
	var list []Address
	for _, value := range h.all(name) {
		list = append(list, parseAddresses(value)...)
	}
	return list
}

// isUrgent reads the marks of urgency: X-Priority 1 or 2, Importance: high, Priority: urgent (RFC 2156 5.3.6).
func isUrgent(h header) bool {
	priority := strings.TrimSpace(h.get("X-Priority"))
	return strings.HasPrefix(priority, "1") || strings.HasPrefix(priority, "2") ||
		strings.EqualFold(strings.TrimSpace(h.get("Importance")), "high") || strings.EqualFold(strings.TrimSpace(h.get("Priority")), "urgent")
}

func (m *Message) readBody(c *content, opt Options) {
	m.Text = c.text()
	text := reply.Read(m.Text)
	m.NewText = m.Text
	if !c.invited {
		parts := text.Split()
		m.NewText, m.Quoted, m.Signature = parts.New, parts.Quoted, parts.Signature
	}
	m.readKind(c, opt)
	m.readForwarded(c, text)
	m.Attachments = c.describe()
	m.Language = m.language()
	m.findNumbers(opt.Prefix)
	m.findMarks()
	m.readOrders()
}

// numberSample is the part of a text in which numbers are looked for: each is compared with those before it, so a text
// of nothing but numbers must not be long.
func numberSample(text string) string { return text[:min(len(text), 256<<10)] }

// findMarks finds what our own mails left in the text. Few texts have the signs that those lines need.
func (m *Message) findMarks() {
	if strings.Contains(m.Text, "· ") {
		m.Footers = thread.FindFooters(numberSample(m.Text))
	}
	if !strings.Contains(m.Text, "]") {
		return
	}
	for _, pair := range thread.FindTokenLines(m.Text) {
		m.TokenLines = append(m.TokenLines, TokenLine{Number: pair[0], Token: pair[1]})
	}
}

// findNumbers looks for ticket numbers in the subject, then in the new text; each counts once.
func (m *Message) findNumbers(prefix string) {
	subject := thread.FindNumbers(prefix, m.Subject)
	seen := map[string]bool{}
	for _, n := range subject {
		seen[n] = true
		m.Numbers = append(m.Numbers, Number{Number: n, Subject: true})
	}
	for _, n := range thread.FindNumbers(prefix, numberSample(m.NewText)) {
		if !seen[n] {
			m.Numbers = append(m.Numbers, Number{Number: n})
		}
	}
}
