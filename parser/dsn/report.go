package dsn

import (
	"slices"
	"strings"
)

// Input is what a possible report shows. Only the mail's own parts count, never those inside an attached message:
// what a person attaches is not what the mail is.
type Input struct {
	Header     func(name string) []string // values of the mail's own header, decoded, names in any case
	ReportType string                     // report-type parameter of a multipart/report (RFC 3462 2), else ""
	Status     []byte                     // the message/delivery-status part, transfer-decoded; nil when there is none
	Original   []byte                     // the message/rfc822 or text/rfc822-headers part that is returned; nil when there is none
	Text       string                     // the body as plain reading text, all its text parts one after the other
}

// Report is what a delivery report says of one recipient, the first that failed where it names several.
type Report struct {
	Recipient string // the address as the report writes it; "" when it names none
	Action    string // failed · delayed · delivered · relayed · expanded (RFC 3464 2.3.3)
	Status    string // RFC 3463, such as 5.1.1; never "" in a failed or delayed report, see Evidence where it was derived
	MessageID string // of the returned mail, without angle brackets; "" when unknown
	Evidence  string // in words: what shows that it is a report, and where the status was derived from
}

// The actions of RFC 3464 2.3.3.
const (
	failed    = "failed"
	delayed   = "delayed"
	delivered = "delivered"
	relayed   = "relayed"
	expanded  = "expanded"
)

// Read reads a delivery report. It returns false for every other mail.
func Read(in Input) (Report, bool) {
	if in.ReportType != "" && otherReports[strings.ToLower(in.ReportType)] {
		return Report{}, false
	}
	in.Status, in.Original, in.Text = head(in.Status), head(in.Original), head(in.Text)
	if r, ok := readNotification(in); ok {
		return r, true
	}
	who := senderOf(in)
	if who.strength == unknownSender {
		return Report{}, false
	}
	n := splitNotice(in.Text)
	groups := readGroups(in.Status)
	if len(groups) == 0 {
		groups = readGroups([]byte(n.told))
	}
	evidence, ok := judge(in, who, n, groups)
	if !ok {
		return Report{}, false
	}
	r := compose(in, n, groups)
	r.Evidence = evidence + r.Evidence
	return r, true
}

// otherReports are the multipart/report types that say nothing about a delivery.
var otherReports = map[string]bool{
	"feedback-report":          true, // RFC 5965, a complaint
	"disposition-notification": true, // RFC 8098, a read receipt
	"tlsrpt":                   true, // RFC 8460
	"dmarc":                    true,
}

// limit is how much of each part is looked at; reports say what they have to say long before.
const limit = 256 << 10

func head[T string | []byte](s T) T {
	return s[:min(len(s), limit)]
}

// judge decides whether the mail of a known sender is a report, and says why.
func judge(in Input, who sender, n notice, groups []group) (string, bool) {
	if who.strength == reporter || len(in.Status) > 0 && len(groups) > 0 {
		return because(who.why, groups), true
	}
	if who.strength == machine && in.isPersonal(n) {
		return "", false
	}
	if len(groups) > 0 {
		return because(who.why, groups), true
	}
	w := returnWords(in.subject(), n.told)
	if w == "" || who.strength == machine && !shows(in, n) {
		return "", false
	}
	return who.why + " says “" + w + "”", true
}

func because(why string, groups []group) string {
	if len(groups) > 0 {
		return why + " with a delivery status (RFC 3464 2)"
	}
	return why
}

// shows says that the mail shows the delivery it tells of: the returned mail, a piece of the conversation between
// the servers, or a recipient in a line of its own.
func shows(in Input, n notice) bool {
	return len(in.Original) > 0 || n.returned != "" || exchange.MatchString(n.told) || listed(n.told, nil) != "" || labelled(n.told) != ""
}

// isPersonal says that the mail passes on another, answers for a person who is away, or answers one within a thread, as
// people do, whatever the subject that it repeats tells of. Some servers answer with a report, too, and show the
// conversation that failed.
func (in Input) isPersonal(n notice) bool {
	switch subject := strings.ToLower(strings.TrimSpace(in.subject())); {
	case hasPrefix(subject, "fw:", "fwd:", "wg:", "转发", "轉寄", "转寄"):
		return true
	case hasPrefix(subject, "automatic reply", "auto-reply", "autoreply", "out of office", "自动回复", "自动答复", "自動回覆", "abwesen",
		"automatische antwort", "réponse automatique", "respuesta automática", "resposta automática", "risposta automatica", "自動応答"):
		return true
	case hasPrefix(subject, "re:", "aw:", "回复", "答复", "回覆"):
		return (in.first("In-Reply-To") != "" || in.first("References") != "") && !exchange.MatchString(n.told)
	}
	return false
}

func hasPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

func (in Input) subject() string { return in.first("Subject") }

func (in Input) first(name string) string {
	if v := in.Header(name); len(v) > 0 {
		return v[0]
	}
	return ""
}

// compose gathers what the report says, the standard fields first, then the wording, then the returned header.
func compose(in Input, n notice, groups []group) Report {
	g := choose(groups)
	original := readOriginal(in.Original)
	if original.empty() {
		original = readOriginal([]byte(n.returned))
	}
	r := Report{Recipient: g.recipient(), Action: g.action(), MessageID: original.messageID}
	if r.Recipient == "" {
		r.Recipient = findRecipient(in, n, original)
	}
	if r.Action == "" {
		r.Action = actionOf(in.subject(), n.told)
	}
	if r.MessageID == "" {
		r.MessageID = messageIDIn(n.told)
	}
	r.Status, r.Evidence = statusOf(g, n, r)
	return r
}
