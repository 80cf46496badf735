package dsn

import (
	"encoding/json"
	"strings"
)

// notification is a bounce as Amazon SES writes it into a mail through SNS: JSON in place of a report.
type notification struct {
	Bounce struct {
		Recipients []struct {
			Address    string `json:"emailAddress"`
			Action     string `json:"action"`
			Status     string `json:"status"`
			Diagnostic string `json:"diagnosticCode"`
		} `json:"bouncedRecipients"`
	} `json:"bounce"`
	Mail struct {
		MessageID string `json:"messageId"`
		Headers   []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"headers"`
	} `json:"mail"`
}

// readNotification reads such a mail. Mail servers break its one long line with "!" at the length limit (RFC 5321
// 4.5.3.1.6), which is mended first.
func readNotification(in Input) (Report, bool) {
	text := strings.TrimSpace(in.Text)
	if !strings.HasPrefix(text, "{") || !strings.Contains(text, `"bouncedRecipients"`) {
		return Report{}, false
	}
	var n notification
	text = strings.NewReplacer("!\r\n ", "", "!\n ", "").Replace(text)
	if json.NewDecoder(strings.NewReader(text)).Decode(&n) != nil || len(n.Bounce.Recipients) == 0 {
		return Report{}, false
	}
	return n.report(), true
}

func (n notification) report() Report {
	to := n.Bounce.Recipients[0]
	g := group{"action": to.Action, "status": to.Status, "diagnostic-code": to.Diagnostic}
	r := Report{Recipient: addressIn(to.Address), Action: g.action(), MessageID: messageID(n.Mail.MessageID)}
	if r.Action == "" {
		r.Action = failed
	}
	for _, h := range n.Mail.Headers {
		if strings.EqualFold(h.Name, "Message-ID") {
			r.MessageID = messageID(h.Value)
		}
	}
	var derived string
	r.Status, derived = statusOf(g, notice{}, r)
	r.Evidence = "a bounce notification in JSON" + derived
	return r
}
