package dsn

import "strings"

// notice is the text of a report: what it tells, and the mail that it returns below.
type notice struct {
	told     string
	returned string
}

// maxTold is how much of a notice is read; none has that much to say.
const maxTold = 64 << 10

// splitNotice cuts the text where the returned mail begins, at a line that announces it or where its header stands.
func splitNotice(text string) notice {
	at := 0
	for line := range strings.Lines(text) {
		if at > 0 && (announces(line) || beginsHeader(line, text[at+len(line):])) {
			return notice{told: text[:min(at, maxTold)], returned: text[at:]}
		}
		at += len(line)
	}
	return notice{told: text[:min(len(text), maxTold)]}
}

// announcements are the words with which reports announce the mail that they return. They count in a line of their
// own only: at its end, before a colon or within rules.
var announcements = []string{
	"original message", "original message headers", "original message header", "original message follows",
	"copy of the message", "copy of your message", "copy of the original message",
	"copy of the message, including all the headers",
	"message header follows", "message headers follow", "unsent message follows", "message text follows", "returned message",
	"below this line is a copy of the message", "below this line is the original bounce",
	"below is a copy of the original message",
	"the header of the original message is following", "header of the original message", "original mail follows",
	"original mail", "copy of message", "begin message", "message follows", "returned mail follows", "undelivered message",
	"this is a copy of the message, including all the headers", "this is a copy of your message, including all the headers",
	"this is a copy of the headers of the original message", "the body of the message is", "a copy of the original message",
	"received headers follow", "your original message", "text of your message", "first part of your message",
	"原始邮件", "原邮件", "原始邮件信息", "邮件原文", "原始消息头", "原始邮件头", "原文",
}

// announces says that the line announces the returned mail.
func announces(line string) bool {
	line = strings.TrimSpace(line)
	if len(line) < 5 || len(line) > 120 {
		return false
	}
	bare := strings.ToLower(strings.Trim(line, "-=_*#|>< .:：~\t"))
	for _, a := range announcements {
		if bare == a {
			return len(bare) < len(line) || strings.Contains(a, "follow")
		}
		if strings.HasPrefix(bare, a) && strings.ContainsAny(line[:1], "-=*|") {
			return true
		}
	}
	return false
}

// beginsHeader says that a mail's header begins with this line: trace fields come first in it, and another field or a
// folded line follows.
func beginsHeader(line, rest string) bool {
	name, value, ok := field(line)
	if !ok || value == "" || line[0] == ' ' || line[0] == '\t' {
		return false
	}
	switch name {
	case "received", "return-path", "x-received", "dkim-signature", "message-id", "delivered-to":
	default:
		return false
	}
	next, _, _ := strings.Cut(rest, "\n")
	if next != "" && (next[0] == ' ' || next[0] == '\t') {
		return true
	}
	_, _, ok = field(next)
	return ok
}
