package parser

import (
	"bytes"
	"crypto/sha256"
	"io"
	"strconv"
	"strings"
)

// contentKey identifies a mail by what its author sent: From, Date, Subject, Message-ID, the decoded texts of the body
// and the attachments. What servers add on the way (Received, Return-Path, Delivered-To, Resent-*,
// Authentication-Results, DKIM-*) and how they re-encode line ends and trailing blanks does not count.
func contentKey(m *Message, c *content) [32]byte {
	h := sha256.New()
	window := windows.Get().(*[windowSize]byte)
	defer windows.Put(window)
	line := window[:0]
	entry := func(name, value string) {
		line = append(append(line[:0], name...), ' ')
		line = append(strconv.AppendInt(line, int64(len(value)), 10), '\n')
		line = append(line, value...)
		h.Write(line)
	}
	entry("from", strings.ToLower(m.From.Address))
	entry("date", strconv.FormatInt(m.Date.Unix(), 10))
	entry("subject", strings.Join(strings.Fields(m.Subject), " "))
	entry("message-id", m.MessageID)
	if m.MessageID == "" && m.Date.IsZero() {
		// Nothing tells such a mail from the same few words of another day, so the way that it came has to.
		for _, received := range c.root.header.all("Received") {
			entry("received", received)
		}
	}
	for _, source := range c.sources {
		entry("text", strings.Trim(source, " \t\n"))
	}
	for _, it := range c.items {
		entry("attachment", it.Name)
		h.Write(it.key)
	}
	return [32]byte(h.Sum(nil))
}

// writeWithoutCR writes p without its carriage returns.
func writeWithoutCR(w io.Writer, p []byte) {
	for len(p) > 0 {
		at := bytes.IndexByte(p, '\r')
		if at < 0 {
			_, _ = w.Write(p)
			return
		}
		_, _ = w.Write(p[:at])
		p = p[at+1:]
	}
}
