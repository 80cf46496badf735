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
	"maildesk/tickets/sqlite"
)

// checkCmd is "maildesk check".
type checkCmd struct {
	configFlag
	Offline bool `help:"Do not connect to the servers."`
}

// Help is the second paragraph of the help page.
func (checkCmd) Help() string {
	return "Each line begins with ok, warn or error. The exit code is 1 if there is an error. " +
		"Run it as the user that runs the daemon: it looks at the files with that user's eyes."
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
		if !c.Offline {
			checkServers(ctx, list, desk)
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

// checkDesk looks at what serve would open: lock, database, staff list, and at what is believed of a sender.
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
	case err == nil:
		list.ok("database: " + store.Path())
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
	if id := desk.Trust.AuthservID; id == "" {
		list.ok("trust: a sender is known by the tokens that the desk has mailed (trust.authserv_id is not set)")
	} else {
		list.warn("trust: Authentication-Results of " + id + " are believed; see that your mail server takes out those that come in under this name (RFC 8601 5)")
	}
}

// serverPatience bounds the look at one server, whatever it does.
const serverPatience = 2 * time.Minute

func checkServers(ctx context.Context, list *checklist, desk *config.Config) {
	for _, box := range desk.Mailboxes {
		checkMailbox(ctx, list, box)
	}
	checkSMTP(ctx, list, desk)
}

func checkMailbox(ctx context.Context, list *checklist, box config.Mailbox) {
	ctx, cancel := context.WithTimeout(ctx, serverPatience)
	defer cancel()
	name := fmt.Sprintf("mailbox %s at %s", box.Username, box.IMAP)
	found, err := mailin.Check(ctx, mailin.Account{
		Name: box.Username + "@" + box.IMAP.Host, URL: box.IMAP.URL, Username: box.Username, Password: box.Password.Read,
		Folder: box.Folder, Processed: box.Processed, Failed: box.Failed,
	})
	if list.failAll(name, err, "see whether host and port are right and the server can be reached from here") {
		return
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
}

func checkSMTP(ctx context.Context, list *checklist, desk *config.Config) {
	ctx, cancel := context.WithTimeout(ctx, serverPatience)
	defer cancel()
	name := "smtp at " + desk.SMTP.URL.String()
	server := mailout.Server{URL: desk.SMTP.URL.String(), Username: desk.SMTP.Username, Password: desk.SMTP.Password.Read}
	found, err := mailout.Check(ctx, server, desk.Desk.Address)
	if list.failAll(name, err, "see whether host and port are right and the server can be reached from here") {
		return
	}
	login, protection := cmp.Or(found.Login, "none"), cmp.Or(found.TLS, "none")
	list.ok(fmt.Sprintf("%s: takes mail from %s (log-in %s, TLS %s, %s)", name, desk.Desk.Address, login, protection, found.Took.Round(time.Millisecond)))
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
