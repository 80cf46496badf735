package demo

import (
	"bytes"
	"fmt"
	"strings"

	"maildesk/mailout/smtptest"
)

// bounce tells a sender that a mail could not be delivered (RFC 3464, RFC 6522). status is an enhanced code with its
// words.
func (p *postOffice) bounce(e smtptest.Envelope, to, status string) error {
	code, _, _ := strings.Cut(status, " ")
	header, _, _ := bytes.Cut(e.Raw, []byte("\r\n\r\n"))
	p.mu.Lock()
	id := fmt.Sprintf("bounce.%d@%s", len(p.delivered)+1, exchange)
	p.mu.Unlock()
	report, err := render("delivery-report", map[string]any{
		"ID": id, "Date": p.date(), "Exchange": exchange, "To": e.From,
		"Recipient": to, "Status": code, "Words": status, "Header": string(header),
	})
	if err != nil {
		return err
	}
	trace := fmt.Sprintf("Return-Path: <>\r\nDelivered-To: %s\r\n", e.From)
	return p.deliver("", e.From, append([]byte(trace), report...))
}
