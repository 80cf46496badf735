package dsn

import (
	"regexp"
	"strings"
)

// How sure the header makes it that a mail system wrote the mail.
const (
	unknownSender = iota
	machine       // something automatic: its words must say the rest
	daemon        // a mail system
	reporter      // a mail system that reports a delivery
)

// sender is what the header shows of who wrote the mail.
type sender struct {
	strength int
	why      string // in words, with the section that gives the field its meaning
}

// senderOf weighs the header's evidence, the strongest first.
func senderOf(in Input) sender {
	for _, f := range reporterFields {
		if len(in.Header(f)) > 0 {
			return sender{reporter, "a mail with " + f}
		}
	}
	if strings.EqualFold(in.ReportType, "delivery-status") {
		return sender{reporter, "multipart/report; report-type=delivery-status (RFC 3462 2)"}
	}
	from := strings.ToLower(in.first("From"))
	if m := daemonForm.FindString(from); m != "" {
		return sender{daemon, "a mail from " + strings.Trim(m, ` <"'(@.`)}
	}
	if rp := strings.ToLower(strings.TrimSpace(in.first("Return-Path"))); rp != "" && (emptyPath(rp) || daemonForm.MatchString(rp)) {
		return sender{machine, "a mail with the return path " + head(rp) + " (RFC 5321 4.5.5)"}
	}
	for _, f := range machineFields {
		if v := in.first(f.name); v != "" && f.counts(strings.ToLower(v)) {
			return sender{machine, "a mail with " + f.name}
		}
	}
	if from == "" {
		return sender{machine, "a mail without From"}
	}
	if robotForm.MatchString(from) {
		return sender{machine, "a mail from a robot’s address"}
	}
	return sender{}
}

func emptyPath(path string) bool { return strings.Trim(path, "<> \t") == "" }

// reporterFields are written into delivery reports and nothing else.
var reporterFields = []string{
	"X-Failed-Recipients",          // exim and those who do as it does
	"X-MS-Exchange-Message-Is-Ndr", // Exchange Online
	"X-MS-Embedded-Report",         // Exchange 5.5
	"X-AHMAILID",                   // Active! hunter
	"X-QQ-Bounce",
}

// machineField is a field that shows a machine, where its value does not deny it.
type machineField struct {
	name   string
	counts func(value string) bool
}

var machineFields = []machineField{
	{"Auto-Submitted", func(v string) bool { return !strings.HasPrefix(v, "no") }},
	{"X-Auto-Response-Suppress", func(string) bool { return true }},
	{"X-MLServer", func(string) bool { return true }},
	{"X-Loop", func(v string) bool { return daemonForm.MatchString(v) }},
	{"Sender", func(v string) bool { return daemonForm.MatchString(v) }},
	{"Precedence", func(v string) bool { return v == "junk" || v == "bulk" || v == "auto_reply" }},
	{"X-Mailer", func(v string) bool { return strings.Contains(v, "smtp") || strings.Contains(v, "mail delivery") }},
}

// daemonForm is the name or address under which mail systems write: mailer-daemon and postmaster in all spellings
// (RFC 2142 5), Exchange's own mailbox, and the display names of the great ones.
var daemonForm = regexp.MustCompile(`(?:^|[<\s"'(:.])(?:mailer[-_ .]?daemon|mail[-_.]daemon|post[-_.]?master|microsoftexchange[0-9a-f]{32})(?:$|[@>\s"')(\-+])` +
	`|mail delivery (?:sub)?system|mail[._-]delivery[._-](?:sub)?system|mail system administrator|mail administrator|system administrator|e-?mail delivery|` +
	`delivery notification|mmsc ndr|microsoft outlook|mail server|internet mail delivery|系统管理员|邮件系统|系统退信|邮件投递|邮局管理员|システム管理者|systemadministrator|administrateur syst`)

// robotForm is an address nobody reads.
var robotForm = regexp.MustCompile(`(?:^|[<\s"'])(?:[a-z0-9_.-]*no-?_?reply|do[-_.]?not[-_.]?reply|bounces?|[a-z0-9.]+-(?:admin|owner|request|bounces)|owner-[a-z0-9.-]+|majordomo|listserv|mdaemon|sysadmin)(?:[-+_.][a-z0-9.=_+-]*)?@`)
