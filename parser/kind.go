package parser

import (
	"io"
	"strings"

	"maildesk/parser/auto"
	"maildesk/parser/dsn"
	"maildesk/parser/reply"
)

// readKind says what kind of sender stands behind the mail: a delivery report first, for those look like everything
// else too.
func (m *Message) readKind(c *content, opt Options) {
	in := reportInput(c, m.Text)
	if report, ok := dsn.Read(in); ok {
		m.Kind, m.Reason = Bounce, report.Evidence
		m.Bounce = &BounceReport{
			Recipient: report.Recipient, Action: report.Action, Status: report.Status, MessageID: report.MessageID,
		}
		return
	}
	kind, reason := auto.Judge(auto.Facts{
		Header: in.Header, ReportType: in.ReportType, Method: c.method(), Text: m.NewText, OwnLists: opt.OwnLists,
	})
	m.Kind, m.Reason = Kind(kind), reason
	m.Answer = m.Kind == Calendar && c.method() == "REPLY"
}

// reportInput gathers what may make the mail a delivery report (RFC 3462).
func reportInput(c *content, text string) dsn.Input {
	in := dsn.Input{Text: text, Header: c.root.header.byName()}
	for p := range c.root.own() {
		switch p.content.value {
		case "multipart/report":
			in.ReportType = first(in.ReportType, p.content.get("report-type"))
		case "message/delivery-status", "message/global-delivery-status":
			if in.Status == nil {
				in.Status = p.head()
			}
		case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers":
			if in.Original == nil {
				in.Original = p.head()
			}
		}
	}
	return in
}

// byName returns a look-up of the values of every field of a name as people read them. It is asked for dozens of
// names, most of which the mail does not have, and for some again and again.
func (h header) byName() func(name string) []string {
	asked := map[string][]string{}
	var endings [maxFieldName + 1]uint32 // of the names of each length: a bit for each last letter, in either case
	for _, f := range h.fields {
		endings[len(f.name)] |= 1 << (f.name[len(f.name)-1] & 31)
	}
	return func(name string) []string {
		if name == "" || len(name) > maxFieldName || endings[len(name)]&(1<<(name[len(name)-1]&31)) == 0 {
			return nil
		}
		values, known := asked[name]
		if known || !h.has(name) {
			return values
		}
		values = h.readable(name)
		asked[name] = values
		return values
	}
}

// own yields p and the parts below it that are not inside an attached mail.
func (p *part) own() func(yield func(*part) bool) {
	return func(yield func(*part) bool) { p.eachOwn(yield) }
}

func (p *part) eachOwn(yield func(*part) bool) bool {
	if !yield(p) {
		return false
	}
	if p.isMessage() {
		return true
	}
	for _, child := range p.children {
		if !child.eachOwn(yield) {
			return false
		}
	}
	return true
}

const headSize = 256 << 10

// head is the beginning of a part, decoded.
func (p *part) head() []byte {
	b, _ := io.ReadAll(io.LimitReader(p.decoded(), headSize)) // its errors are kept by the source
	return b
}

// readForwarded finds the mail that this one passes on: an attached one first, else the block that its client wrote,
// which counts as passed on if the client or the subject says so.
func (m *Message) readForwarded(c *content, text reply.Text) {
	if m.Kind == Bounce {
		return
	}
	if f := c.forwardedAttachment(); f != nil {
		m.Forwarded = f
		return
	}
	found, ok := text.Forwarded()
	if !ok || !found.Explicit && !isForward(m.Subject) {
		return
	}
	m.Forwarded = &Forwarded{Name: found.Name, Address: lowerDomain(found.Address), Subject: found.Subject, Date: parseWritten(found.Date, m.Date.Location())}
}

func (c *content) forwardedAttachment() *Forwarded {
	for _, p := range c.nested {
		if len(p.children) == 0 {
			continue
		}
		h := p.children[0].header
		if from := addressesOf(h, "From"); len(from) > 0 {
			return &Forwarded{
				Name: from[0].Name, Address: from[0].Address, Subject: h.subject(), Date: parseDate(h.get("Date")),
			}
		}
	}
	return nil
}

// isForward reports whether the first mark of a subject says that the mail is passed on.
func isForward(subject string) bool {
	text := strings.Join(strings.Fields(subject), " ")
	if _, wrapped := forwardWrap(text); wrapped {
		return true
	}
	mark, _, ok := cutMark(text)
	return ok && forwardMarks[mark]
}
