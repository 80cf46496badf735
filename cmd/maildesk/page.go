package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/dustin/go-humanize"

	"maildesk/parser"
)

// page shows a mail to a person: what was understood, then its text, part by part.
type page struct {
	coloured bool
	buffer   bytes.Buffer
}

// The colours of a page (ECMA-48 8.3.117).
const (
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	yellow = "\x1b[33m"
	red    = "\x1b[31m"
	plain  = "\x1b[0m"
)

func showPage(out io.Writer, coloured bool, file string, m *parser.Message) error {
	p := &page{coloured: coloured}
	p.paint(bold, file)
	p.people(m)
	p.findings(m)
	p.text("new text", "", m.NewText)
	p.text("quoted", dim, m.Quoted)
	p.text("signature", dim, m.Signature)
	p.buffer.WriteByte('\n')
	_, err := out.Write(p.buffer.Bytes())
	return err
}

func (p *page) people(m *parser.Message) {
	p.field("From", mailbox(m.From))
	p.field("Sender", mailbox(m.Sender))
	p.field("Reply-To", mailboxes(m.ReplyTo))
	p.field("To", mailboxes(m.To))
	p.field("Cc", mailboxes(m.Cc))
	if !m.Date.IsZero() {
		p.field("Date", m.Date.Format(time.RFC1123Z))
	}
	p.field("Subject", m.Subject)
	p.field("Message-ID", m.MessageID)
	p.field("Answers", strings.Join(m.InReplyTo, ", "))
}

func (p *page) findings(m *parser.Message) {
	p.field("Kind", fmt.Sprintf("%s: %s", m.Kind, m.Reason))
	p.field("Language", m.Language)
	for _, n := range m.Numbers {
		p.field("Number", n.Number)
	}
	for _, c := range m.Orders.Commands {
		p.field("Command", strings.TrimSpace("#"+c.Verb+" "+strings.TrimSpace(c.Number+" "+c.Args)))
	}
	for _, u := range m.Orders.Unknown {
		p.field("No command", u.Raw)
	}
	for _, c := range m.Orders.Stray {
		p.field("Too late", c.Raw)
	}
	for _, key := range slices.Sorted(maps.Keys(m.Form)) {
		p.field("Form", key+": "+m.Form[key])
	}
	if b := m.Bounce; b != nil {
		p.field("Bounce", strings.Join(strings.Fields(fmt.Sprintf("%s %s %s", b.Recipient, b.Action, b.Status)), " "))
	}
	if f := m.Forwarded; f != nil {
		p.field("Forwarded", mailbox(parser.Address{Name: f.Name, Address: f.Address}))
	}
	for _, a := range m.Attachments {
		p.field("Attachment", attachment(a))
	}
	for _, warning := range m.Warnings {
		p.paint(yellow, fmt.Sprintf("  %-11s %s", "Warning", printable(warning)))
	}
}

func attachment(a parser.Attachment) string {
	name := a.Name
	if name == "" {
		name = "(no name)"
	}
	line := fmt.Sprintf("%s, %s, %s", name, a.Type, humanize.IBytes(uint64(a.Size)))
	if a.Inline {
		line += ", in the text"
	}
	return line
}

// field prints a line of what was understood; what is empty is left out.
func (p *page) field(name, value string) {
	if value = printable(value); value != "" {
		fmt.Fprintf(&p.buffer, "  %-11s %s\n", name, strings.ReplaceAll(value, "\n", " "))
	}
}

// text prints a part of the text under its name, each line behind a bar.
func (p *page) text(name, colour, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	p.paint(bold, "\n  "+name)
	for line := range strings.Lines(printable(strings.TrimRight(text, "\n"))) {
		p.paint(colour, "  │ "+strings.TrimRight(line, "\n"))
	}
}

func (p *page) paint(colour, line string) {
	if !p.coloured || colour == "" {
		p.buffer.WriteString(line + "\n")
		return
	}
	p.buffer.WriteString(colour + line + plain + "\n")
}

// printable takes out what could drive a terminal: strangers wrote it.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) {
			return r
		}
		return -1
	}, s)
}

func mailbox(a parser.Address) string {
	switch {
	case a.Name == "":
		return a.Address
	case a.Address == "":
		return a.Name
	}
	return fmt.Sprintf("%s <%s>", a.Name, a.Address)
}

func mailboxes(list []parser.Address) string {
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = mailbox(a)
	}
	return strings.Join(names, ", ")
}
