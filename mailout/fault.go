package mailout

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/textproto"
	"strings"

	"maildesk/templates"
)

// Stage is how far a dialogue with the server had come.
type Stage string

// The stages, in order.
const (
	StageConnect Stage = "connect" // dialling, TLS, greeting
	StageHello   Stage = "EHLO"    // and STARTTLS
	StageLogin   Stage = "AUTH"
	StageSender  Stage = "MAIL FROM"
	StageRcpt    Stage = "RCPT TO"
	StageData    Stage = "DATA" // until the final dot is answered
)

// Fault is why a mail, or any mail, could not be handed over.
type Fault struct {
	Stage  Stage
	Code   int    // reply code (RFC 5321 4.2), 0 when the server said nothing
	Status string // enhanced status code (RFC 3463), "" when there was none
	Err    error
	reused bool // the connection had served before
}

// Error is the stage and the server's reply, or what happened in place of one.
func (f *Fault) Error() string { return string(f.Stage) + ": " + f.response() }

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// response is the server's reply, or what happened in place of one, in one line.
func (f *Fault) response() string {
	var reply *textproto.Error
	if errors.As(f.Err, &reply) {
		return templates.Line(fmt.Sprintf("%d %s", reply.Code, reply.Msg))
	}
	return templates.Line(f.Err.Error())
}

// newFault describes err as it happened at a stage.
func newFault(stage Stage, err error) *Fault {
	f := &Fault{Stage: stage, Err: err}
	var reply *textproto.Error
	if errors.As(err, &reply) {
		f.Code, f.Status = reply.Code, enhanced(reply.Msg)
	}
	return f
}

// refusal is a refusal of our own, in the server's terms, for what it would not take anyway.
func refusal(stage Stage, code int, text string) *Fault {
	return newFault(stage, &textproto.Error{Code: code, Msg: text})
}

// enhanced returns the enhanced status code that a reply begins with (RFC 2034 4).
func enhanced(text string) string {
	first, _, _ := strings.Cut(text, " ")
	parts := strings.Split(first, ".")
	if len(parts) != 3 || parts[0] != "2" && parts[0] != "4" && parts[0] != "5" {
		return ""
	}
	for _, part := range parts {
		if part == "" || len(part) > 3 || strings.Trim(part, "0123456789") != "" {
			return ""
		}
	}
	return first
}

// setupError is a fault that lies in the configuration, on this side or that.
type setupError string

func (e setupError) Error() string { return string(e) }

func (f *Fault) misconfigured() bool {
	var setup setupError
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError // plain text where TLS was to be
	return errors.As(f.Err, &setup) || errors.As(f.Err, &certificate) || errors.As(f.Err, &plain)
}

// verdict is what a fault means for the mail in hand and for those behind it.
type verdict int

const (
	deferMail verdict = iota // this mail, later
	failMail                 // this mail, never
	redial                   // no mail's fault: at once over a new connection
	reconnect                // no mail's fault: later, over a new connection
	stopQueue                // no mail's fault, and time alone will not mend it
)

// judge says what a fault means. A reply to one recipient or one text concerns that mail; the connection, the log-in
// and the sender are common to all mails. Without a reply after the sender was taken nobody knows whose fault it is;
// that mail may even have arrived, and is sent again with the same bytes (RFC 5321 4.2.5 and 6.1).
func (f *Fault) judge() verdict {
	refused := f.Code >= 500
	switch {
	case f.misconfigured(), f.ofAccount():
		return stopQueue
	case f.reused && f.Stage == StageSender && (f.Code == 0 || f.Code == 421):
		return redial // the server had closed an idle connection, or has had enough of this one
	case f.Stage == StageRcpt || f.Stage == StageData:
		if refused {
			return failMail
		}
		return deferMail
	case refused:
		return stopQueue
	case f.Stage == StageSender:
		return deferMail
	}
	return reconnect
}

// accountCodes are replies about the desk's own account, at whatever stage they come: not logged in (RFC 4954 6) …
var accountCodes = map[int]bool{530: true, 534: true, 535: true, 538: true}

// … and by enhanced status, the same for 4.x and 5.x: how providers say that a quota of the sender is used up, or
// that this account may not send.
var accountStatus = map[string]bool{
	"4.5":   true, // Gmail: daily sending quota exceeded
	"1.90":  true, // Exchange Online: recipient rate limit
	"7.8":   true, // credentials invalid (RFC 4954 6)
	"7.9":   true, // mechanism too weak (RFC 4954 6)
	"7.57":  true, // Exchange Online: client was not authenticated
	"7.60":  true, // Exchange: no permission to send as this sender
	"2.252": true, // Exchange Online: SendAsDenied
	"7.232": true, // Exchange Online: tenant's rate limit
	"7.233": true, // Exchange Online: tenant's limit of outside recipients
	"7.708": true, // Exchange Online: traffic from this address not accepted
}

func (f *Fault) ofAccount() bool {
	_, subject, _ := strings.Cut(f.Status, ".")
	return accountCodes[f.Code] || accountStatus[subject]
}

// Fix says what an operator can do about a fault that stops the queue.
func (f *Fault) Fix() string {
	_, subject, _ := strings.Cut(f.Status, ".")
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	switch {
	case errors.As(f.Err, &certificate):
		return "use the host name of the server's certificate in smtp.url, or add its issuer to the system's roots"
	case subject == "4.5" || subject == "1.90" || strings.HasPrefix(subject, "7.23"):
		return "the account's sending quota is used up: wait, or ask the provider for a higher one"
	case subject == "7.60" || subject == "2.252":
		return "allow smtp.username to send as desk.address, or use the account of that address"
	case f.Stage == StageLogin || accountCodes[f.Code] || subject == "7.57":
		return "check smtp.username and smtp.password_file, and that the account may send by SMTP"
	case f.Stage == StageSender:
		return "check that the server lets this account send as desk.address"
	case f.Stage == StageHello, errors.As(f.Err, &plain):
		return "check the scheme and port of smtp.url: smtps:// for TLS from the start, smtp:// for STARTTLS"
	}
	return "check smtp.url, and that the server accepts connections from this host"
}
