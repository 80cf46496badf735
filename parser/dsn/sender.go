package dsn

import (
	"strings"

	"maildesk/parser/phrase"
)

// How sure the header makes it that a mail system wrote the mail.
const (
	unknownSender = iota
	machine       // something automatic, or a role that people have too: the mail must say the rest and show it
	daemon        // a mail system: the mail must say the rest
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
		return sender{daemon, "a mail from " + bare(m)}
	}
	if m := roleForm.FindString(from); m != "" {
		return sender{machine, "a mail from " + bare(m)}
	}
	if v := in.Header("Return-Path"); len(v) > 0 && (emptyPath(v[0]) || daemonForm.MatchString(strings.ToLower(v[0]))) {
		return sender{machine, "a mail whose return path takes no answer (RFC 5321 4.5.5)"}
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

// bare takes the surroundings off an address or name found in a field.
func bare(m string) string { return strings.Trim(m, ` <"'(@.:)`) }

func emptyPath(path string) bool { return strings.Trim(path, "<> \t") == "" }

// reporterFields are written into delivery reports and nothing else.
var reporterFields = []string{
	"X-Failed-Recipients",          // exim and those who do as it does
	"X-MS-Exchange-Message-Is-Ndr", // Exchange Online
	"X-MS-Embedded-Report",         // Exchange 5.5
	"X-AHMAILID",                   // Active! hunter
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

// daemonForm is the address under which mail systems alone write: mailer-daemon in all spellings, and the mailbox from
// which Exchange reports.
var daemonForm = phrase.MustForm(`(?:^|[<\s"'(:.])(?:mailer[-_ .]?daemon|mail[-_.]daemon|microsoftexchange[0-9a-f]{32})(?:$|[@>\s"')(\-+])`,
	"daemon", "microsoftexchange")

// roleForm is what mail systems call themselves beside it: the role of RFC 2142 5, behind which people sit too, and
// display names.
var roleForm = phrase.MustForm(`(?:^|[<\s"'(:.])post[-_.]?master(?:$|[@>\s"')(\-+])`+
	`|mail deliver(?:y|er)? (?:(?:sub)?system|service)|mail[._-]delivery[._-](?:sub)?system|e-?mail delivery|internet mail delivery`+
	`|mail (?:system )?administrator|system ?administrator|mail server|delivery notification|mmsc ndr|microsoft outlook|interscan`+
	`|系统管理员|邮件系统|系统退信|邮件投递|邮局管理员|システム管理者|administrateur syst`,
	"master", "deliver", "administrat", "mail server", "mmsc ndr", "microsoft outlook", "interscan",
	"系统管理员", "邮件系统", "系统退信", "邮件投递", "邮局管理员", "システム管理者")

// robotForm is an address nobody reads.
var robotForm = phrase.MustForm(`(?:^|[<\s"'])`+
	`(?:[a-z0-9_.-]*no-?_?reply|do[-_.]?not[-_.]?reply|bounces?|[a-z0-9.]+-(?:admin|owner|request|bounces)|owner-[a-z0-9.-]+`+
	`|majordomo|listserv|mdaemon|sysadmin)(?:[-+_.][a-z0-9.=_+-]*)?@`,
	"reply", "bounce", "-admin", "-owner", "-request", "owner-", "majordomo", "listserv", "mdaemon", "sysadmin")
