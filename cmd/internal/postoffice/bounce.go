package postoffice

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"text/template"

	"maildesk/mailout/smtptest"
)

//go:embed delivery-report.eml
var deliveryReport string

var reports = template.Must(template.New("delivery-report").Parse(strings.ReplaceAll(deliveryReport, "\n", "\r\n")))

// bounce tells a sender that a mail could not be delivered (RFC 3464, RFC 6522). status is an enhanced code with its
// words.
func (p *Office) bounce(e smtptest.Envelope, to, status string) error {
	code, _, _ := strings.Cut(status, " ")
	header, _, _ := bytes.Cut(e.Raw, []byte("\r\n\r\n"))
	p.mu.Lock()
	id := fmt.Sprintf("bounce.%d@%s", len(p.delivered)+1, Exchange)
	p.mu.Unlock()
	var report bytes.Buffer
	fmt.Fprintf(&report, "Return-Path: <>\r\nDelivered-To: %s\r\n", e.From)
	err := reports.Execute(&report, map[string]any{
		"ID": id, "Date": p.date(), "Exchange": Exchange, "To": e.From,
		"Recipient": to, "Status": code, "Words": status, "Header": string(header),
	})
	if err != nil {
		return fmt.Errorf("write a delivery report: %w", err)
	}
	return p.deliver("", e.From, report.Bytes())
}
