package config

import (
	"fmt"
	"net"
	"os"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // the zones of the world are in the binary: a bare container has none

	"maildesk/tickets"
	"maildesk/tickets/thread"
)

func (l *loader) desk(root *table) Desk {
	t, _ := root.table("desk")
	d := Desk{
		Name:         t.text("name", "IT Service Desk"),
		NameZH:       t.text("name_zh", "IT 服务台"),
		Address:      needed(t, "address", parseAddress, `write the address that people write to, such as "helpdesk@corp.example"`),
		Prefix:       parsed(t, "prefix", "IT", parsePrefix, `write 1 to 10 capital letters, such as "IT"`),
		Location:     parsed(t, "time_zone", "Asia/Shanghai", parseZone, `write a name of the tz database, such as "Asia/Shanghai"`),
		Language:     tickets.Language(t.choice("language", "zh", "zh", "en")),
		AllowOutside: t.flag("allow_outside", false),
		Aliases:      t.addresses("aliases"),
		OwnLists:     parsedList(t, "own_lists", nil, parseListID, `write the list-id alone, such as "helpdesk.lists.corp.example"`),
		Lists:        t.addresses("lists"),
		Phone:        t.text("phone", ""),
		ReplyTo:      t.choice("reply_to", "plain", "plain", "plus"),
		MaxSize:      parsed(t, "max_size", "40MiB", parseSize, `write a size, such as "40MiB" or "50MB"`),
		ReconcileAt:  t.clock("reconcile_at", "03:00"),
		ReopenWithin: t.duration("reopen_within", "14d"),
	}
	_, domain, _ := strings.Cut(d.Address, "@")
	d.StaffDomains = parsedList(t, "staff_domains", withoutEmpty(domain), parseDomain, `write domains, such as "corp.example"`)
	d.SecretFile = l.secretFile(t)
	d.DataDir = l.dataDir(t)
	if _, set := t.values["max_size"]; set && d.MaxSize > 0 && d.MaxSize < 16<<10 {
		t.fail("max_size", "would quarantine nearly all mail", "write 16KiB or more")
	}
	return d
}

func withoutEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// prefix keeps numbers within what Message-IDs and footers can carry back (tickets/thread).
var prefix = regexp.MustCompile(`^[A-Z]{1,10}$`)

func parsePrefix(s string) (string, error) {
	if !prefix.MatchString(s) {
		return "", fmt.Errorf("%q cannot begin a ticket number", s)
	}
	return s, nil
}

// parseZone refuses "Local": a number's date may not depend on the machine it is made on. Nor is "" meant as UTC.
func parseZone(s string) (*time.Location, error) {
	zone, err := time.LoadLocation(s)
	if err != nil || s == "Local" || s == "" {
		return nil, fmt.Errorf("%q is no time zone", s)
	}
	return zone, nil
}

// parseListID reads the identifier that stands between the brackets of List-Id (RFC 2919 2).
func parseListID(s string) (string, error) {
	if s == "" || strings.ContainsAny(s, "<> \t") {
		return "", fmt.Errorf("%q is no list-id", s)
	}
	return strings.ToLower(s), nil
}

func (l *loader) secretFile(t *table) string {
	path := l.secretPath(t.text("secret_file", "maildesk.secret"))
	const missing = `restore it from your backup: mails that are out are known by it; for a new desk "maildesk init" makes one`
	if !t.guarded("secret_file", path, missing) {
		return path
	}
	if _, err := thread.LoadKeys(path); err != nil {
		t.fail("secret_file", err.Error(), "restore it from your backup")
	}
	return path
}

func (l *loader) dataDir(t *table) string {
	path := l.path(t.text("data_dir", "data"))
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		t.fail("data_dir", path+" is not a folder", "name a folder")
	}
	return path
}

func (l *loader) mailboxes(root *table, deskAddress string) []Mailbox {
	var all []Mailbox
	for _, t := range root.tables("mailbox") {
		all = append(all, readMailbox(t, deskAddress))
	}
	if _, set := root.values["mailbox"]; !set {
		root.fail("mailbox", "missing", `add a section [[mailbox]] with imap = "imaps://…" and password_file`)
	}
	return all
}

func readMailbox(t *table, deskAddress string) Mailbox {
	m := Mailbox{
		IMAP:      t.endpoint("imap", imapSchemes, `write "imaps://imap.corp.example" (TLS), "imap://…" (STARTTLS) or, on this machine alone, "imap+insecure://127.0.0.1:143"`),
		Username:  t.text("username", deskAddress),
		Password:  t.secret(true),
		Folder:    t.text("folder", "INBOX"),
		Processed: t.text("processed", "Processed"),
		Failed:    t.text("failed", "Failed"),
		Backlog:   Backlog(t.choice("backlog", string(BacklogSkip), string(BacklogSkip), string(BacklogAnswer))),
		Poll:      t.duration("poll", "60s"),
	}
	if m.Folder == "" {
		t.fail("folder", "empty", `name the folder that is watched, such as "INBOX"`)
	}
	if m.Username == "" && deskAddress != "" {
		t.fail("username", "empty", "name the user that logs in, or take the key out to use desk.address")
	}
	t.refuseWatched("processed", m.Processed, m.Folder)
	t.refuseWatched("failed", m.Failed, m.Folder)
	if _, set := t.take("oauth"); set {
		t.fail("oauth", "OAuth is not supported by this version", "use password_file with a password for this application")
	}
	return m
}

// refuseWatched refuses to move mail back into the folder that it is taken from.
func (t *table) refuseWatched(key, target, watched string) {
	if target != "" && sameFolder(target, watched) {
		t.fail(key, "is the folder that is watched, so that mail would be taken in again", `name another, or "" to leave mail in place`)
	}
}

// sameFolder compares names of folders: INBOX alone is one in any case (RFC 9051 5.1).
func sameFolder(a, b string) bool {
	return a == b || strings.EqualFold(a, "INBOX") && strings.EqualFold(b, "INBOX")
}

func (t *table) endpoint(key string, schemes protocol, fix string) Endpoint {
	parse := func(s string) (Endpoint, error) { return parseEndpoint(s, schemes) }
	return needed(t, key, parse, fix)
}

func (l *loader) smtp(root *table) SMTP {
	t, _ := root.table("smtp")
	s := SMTP{
		URL:      t.endpoint("url", smtpSchemes, `write "smtps://smtp.corp.example" (TLS), "smtp://…" (STARTTLS) or, on this machine alone, "smtp+insecure://127.0.0.1:25"`),
		Username: t.text("username", ""),
	}
	s.Password = t.secret(s.Username != "")
	if s.Username == "" && s.Password.set() {
		t.fail("username", "missing, but there is a password", "name the user, or take the password out")
	}
	return s
}

func (l *loader) trust(root *table) Trust {
	t, _ := root.table("trust")
	return Trust{
		AuthservID: strings.ToLower(t.text("authserv_id", "")),
		Require:    t.choice("require", "either", "either", "both", "dmarc"),
	}
}

func (l *loader) limits(root *table) Limits {
	t, _ := root.table("limits")
	return Limits{
		SenderTicketHour: t.count("sender_ticket_hour", 5),
		SenderHour:       t.count("sender_hour", 20),
	}
}

func (l *loader) http(root *table) HTTP {
	t, _ := root.table("http")
	listen := parsed(t, "listen", "127.0.0.1:9125", parseListen, `write address and port, such as "127.0.0.1:9125", or "" to turn it off`)
	if host, _, err := net.SplitHostPort(listen); err == nil && !isLoopback(host) {
		t.warn("listen", "can be reached from other machines and asks for no password", "put a firewall or a proxy in front of it, or listen on 127.0.0.1")
	}
	return HTTP{Listen: listen}
}

// parseListen reads host:port; the host may be left out, and port 0 takes any that is free.
func parseListen(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		return "", fmt.Errorf("%q is not address:port", s)
	}
	if port != "0" {
		if _, err := parsePort(port); err != nil {
			return "", err
		}
	}
	if host != "" && host != "localhost" && net.ParseIP(host) == nil {
		return "", fmt.Errorf("%q is no address of this machine", host)
	}
	return s, nil
}

func (l *loader) directory(root *table) Directory {
	t, _ := root.table("directory")
	return Directory{CSV: t.existing("csv")}
}

// existing is the absolute path of a file that must be there when it is named.
func (t *table) existing(key string) string {
	path := t.loader.path(t.text(key, ""))
	if path != "" && !exists(path) {
		t.fail(key, path+" does not exist", "name a file that does, or take the key out")
	}
	return path
}
