package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/cmd/internal/directory"
	"maildesk/mailin"
	"maildesk/mailout"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
)

// checkCmd is "maildesk check".
type checkCmd struct {
	configFlag
	Offline bool          `help:"Do not connect to the servers."`
	NoMail  bool          `help:"Do not send the mail that puts trust.authserv_id to the test."`
	Timeout time.Duration `default:"60s" placeholder:"DURATION" help:"How long to wait for that mail (${default})."`
}

// Help is the second paragraph of the help page.
func (checkCmd) Help() string {
	return "Each line begins with ok, warn or error. The exit code is 1 if there is an error. " +
		"Run it as the user that runs the daemon: it looks at the files with that user's eyes. " +
		"Where trust.authserv_id is set, it sends a mail from the desk to the desk, with forged Authentication-Results, and " +
		"deletes it when it has arrived; a running daemon ignores it. Each SLA target is shown by an example."
}

func (c *checkCmd) Run(ctx context.Context, g *globals) error {
	list := &checklist{out: g.stdout, coloured: g.coloured()}
	desk, warnings, err := config.Load(c.Config, g.env)
	for _, w := range warnings {
		list.warn(w.String())
	}
	var problems config.Errors
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			list.fail(p.String())
		}
	case err != nil:
		return err
	default:
		list.ok(fmt.Sprintf("%s: %s", c.Config, summary(desk)))
		checkFolder(list, desk.Desk.DataDir, g.now().In(desk.Desk.Location))
		checkDesk(ctx, list, desk, g)
		checkTargets(list, desk, g.now().In(desk.Desk.Location))
		reachable := !c.Offline && checkServers(ctx, list, desk)
		switch {
		case desk.Trust.AuthservID == "":
			list.ok("trust: a sender is known by the tokens that the desk has mailed, and by nothing else (trust.authserv_id is not set)")
		case c.Offline:
			untriedTrust(list, desk, "--offline")
		case c.NoMail:
			untriedTrust(list, desk, "--no-mail")
		case !reachable:
			untriedTrust(list, desk, "a server cannot be used, see above")
		default:
			checkTrust(ctx, list, desk, ownMailbox(desk), c.Timeout, g.now().In(desk.Desk.Location))
		}
	}
	return list.result()
}

func summary(desk *config.Config) string {
	names := make([]string, len(desk.Mailboxes))
	for i, m := range desk.Mailboxes {
		names[i] = m.Username
	}
	return fmt.Sprintf("desk %s, mailboxes %s, time zone %s", desk.Desk.Address, strings.Join(names, ", "), desk.Desk.Location)
}

// checkDesk looks at what serve would open: lock, database and staff list.
func checkDesk(ctx context.Context, list *checklist, desk *config.Config, g *globals) {
	var locked *app.Locked
	switch err := app.CheckUnlocked(desk.Desk.DataDir); {
	case errors.As(err, &locked):
		list.ok(fmt.Sprintf("daemon: maildesk serve is running (%s)", locked.Owner))
	case err == nil:
		list.ok("daemon: maildesk serve is not running")
	default:
		list.failAll("daemon", err, "let the user that runs maildesk reach the data folder")
	}
	switch store, err := sqlite.Open(ctx, app.DatabasePath(desk), sqlite.Options{ReadOnly: true}); {
	case errors.Is(err, fs.ErrNotExist):
		list.ok("database: there is none yet; serve makes it")
		checkOnCall(ctx, list, desk, nil, g.now(), g.log)
	case err == nil:
		list.ok("database: " + store.Path())
		checkOnCall(ctx, list, desk, store, g.now(), g.log)
		_ = store.Close() // it was only read
	default:
		list.failAll("database", err, "restore a backup, see maildesk help restore")
	}
	if path := desk.Directory.CSV; path != "" {
		_, err := directory.Open(path, g.now, g.log)
		if !list.failAll("staff list", err, "mend that line") {
			list.ok("staff list: " + path)
		}
	}
}

// serverPatience bounds the look at one server, whatever it does.
const serverPatience = 2 * time.Minute

// checkServers reports whether the desk's own mail can be sent, and found again.
func checkServers(ctx context.Context, list *checklist, desk *config.Config) bool {
	readable := false
	own := ownMailbox(desk)
	for _, box := range desk.Mailboxes {
		found := checkMailbox(ctx, list, box)
		readable = readable || found && box.Username == own.Username && box.IMAP.URL == own.IMAP.URL
	}
	return checkSMTP(ctx, list, desk) && readable
}

// ownMailbox is where mail to desk.address arrives: the mailbox of that name, else the first.
func ownMailbox(desk *config.Config) config.Mailbox {
	for _, box := range desk.Mailboxes {
		if tickets.SameAddress(box.Username, desk.Desk.Address) {
			return box
		}
	}
	return desk.Mailboxes[0]
}

func accountOf(box config.Mailbox) mailin.Account {
	return mailin.Account{
		Name: box.Username + "@" + box.IMAP.Host, URL: box.IMAP.URL, Username: box.Username, Password: box.Password.Read,
		Folder: box.Folder, Processed: box.Processed, Failed: box.Failed,
	}
}

// checkMailbox reports whether the mailbox can be read.
func checkMailbox(ctx context.Context, list *checklist, box config.Mailbox) bool {
	ctx, cancel := context.WithTimeout(ctx, serverPatience)
	defer cancel()
	name := fmt.Sprintf("mailbox %s at %s", box.Username, box.IMAP)
	found, err := mailin.Check(ctx, accountOf(box))
	if list.failAll(name, err, "see whether host and port are right and the server can be reached from here") {
		return false
	}
	list.ok(fmt.Sprintf("%s: logged in, %d mails in %s", name, found.Mails, box.Folder))
	if !found.Idle {
		list.warn(fmt.Sprintf("%s: the server does not announce new mail (IDLE); it is found by looking, so set poll low: it is %s", name, box.Poll))
	}
	if !found.Move && !found.UIDPlus {
		list.warn(name + ": the server can neither move nor expunge single mails (MOVE, UIDPLUS); done mail is copied and stays behind marked deleted; expunge it with a mail client at times")
	}
	for _, folder := range found.Missing {
		list.ok(fmt.Sprintf("%s: folder %s does not exist yet; serve creates it", name, folder))
	}
	return true
}

// checkSMTP reports whether mail can be handed over.
func checkSMTP(ctx context.Context, list *checklist, desk *config.Config) bool {
	ctx, cancel := context.WithTimeout(ctx, serverPatience)
	defer cancel()
	name := "smtp at " + desk.SMTP.URL.String()
	found, err := mailout.Check(ctx, serverOf(desk), desk.Desk.Address)
	if list.failAll(name, err, "see whether host and port are right and the server can be reached from here") {
		return false
	}
	login, protection := cmp.Or(found.Login, "none"), cmp.Or(found.TLS, "none")
	list.ok(fmt.Sprintf("%s: takes mail from %s (log-in %s, TLS %s, %s)", name, desk.Desk.Address, login, protection, found.Took.Round(time.Millisecond)))
	return true
}

func serverOf(desk *config.Config) mailout.Server {
	return mailout.Server{URL: desk.SMTP.URL.String(), Username: desk.SMTP.Username, Password: desk.SMTP.Password.Read}
}

// checklist prints what check found, a line each, and remembers whether anything is wrong.
type checklist struct {
	out      io.Writer
	coloured bool
	wrong    bool
	err      error // of writing
}

func (l *checklist) ok(line string)   { l.print("ok", "", line) }
func (l *checklist) warn(line string) { l.print("warn", yellow, line) }

func (l *checklist) fail(line string) {
	l.wrong = true
	l.print("error", red, line)
}

// failAll prints each error that is joined in err, with fix where it does not bring its own; it reports whether there
// was one.
func (l *checklist) failAll(name string, err error, fix string) bool {
	if err == nil {
		return false
	}
	if joined, is := err.(interface{ Unwrap() []error }); is {
		for _, e := range joined.Unwrap() {
			l.failAll(name, e, fix)
		}
		return true
	}
	var mendable interface{ Fix() string }
	line := oneLine(err.Error())
	switch {
	case !errors.As(err, &mendable):
		line += "; " + fix
	case !strings.Contains(line, oneLine(mendable.Fix())):
		line += "; " + mendable.Fix()
	}
	l.fail(name + ": " + line)
	return true
}

func oneLine(s string) string { return strings.Join(strings.Fields(printable(s)), " ") }

func (l *checklist) print(verdict, colour, line string) {
	verdict = fmt.Sprintf("%-5s", verdict)
	if l.coloured && colour != "" {
		verdict = colour + verdict + plain
	}
	if _, err := fmt.Fprintf(l.out, "%s  %s\n", verdict, line); err != nil && l.err == nil {
		l.err = fmt.Errorf("write: %w", err)
	}
}

func (l *checklist) result() error {
	if l.err == nil && l.wrong {
		return errReported
	}
	return l.err
}
