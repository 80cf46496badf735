package app

import (
	"context"
	"errors"
	"path/filepath"

	"maildesk/cmd/internal/config"
	"maildesk/mailin"
	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// account is a configured mailbox as mailin takes it.
func (a *App) account(box config.Mailbox) mailin.Account {
	return mailin.Account{
		Name: accountName(box), URL: box.IMAP.URL, Username: box.Username, Password: box.Password.Read,
		Folder: box.Folder, Processed: box.Processed, Failed: box.Failed,
		Skip: box.Backlog == config.BacklogSkip, Poll: box.Poll,
		MaxSize: a.cfg.Desk.MaxSize, SpoolDir: a.spoolDir(),
	}
}

// accountName is the ledger's name of a mailbox.
func accountName(box config.Mailbox) string { return box.Username + "@" + box.IMAP.Host }

func (a *App) spoolDir() string { return filepath.Join(a.cfg.Desk.DataDir, "spool") }

// counter is where mailin meets the intake: it hands mails over and turns verdicts into what becomes of them on the
// server. It serves all mailboxes.
type counter struct {
	app   *App
	line  *intake.Line
	taken func(*intake.Mail, intake.Outcome) // hears of each mail that was committed
}

// Cursor tells how far the ledger has come in a folder.
func (c *counter) Cursor(ctx context.Context, account, folder string, uidValidity, uidNext uint32) (mailin.Cursor, error) {
	cursor, err := c.app.Store.Cursor(ctx, account, folder, uidValidity, uidNext, c.app.opt.Now())
	if err != nil {
		return mailin.Cursor{}, err
	}
	out := mailin.Cursor{SkipBelow: cursor.SkipBelow, Renumbered: cursor.Renumbered, FirstStart: cursor.FirstStart, Last: cursor.Last}
	for _, s := range cursor.Pending {
		out.Pending = append(out.Pending, mailin.Pending{UID: s.UID, Disposition: disposition(s.Verdict)})
	}
	return out, nil
}

// Seen returns the UIDs of a folder that the ledger knows.
func (c *counter) Seen(ctx context.Context, account, folder string, uidValidity uint32) (map[uint32]struct{}, error) {
	uids, err := c.app.Store.Seen(ctx, account, folder, uidValidity)
	if err != nil {
		return nil, err
	}
	seen := make(map[uint32]struct{}, len(uids))
	for _, uid := range uids {
		seen[uid] = struct{}{}
	}
	return seen, nil
}

// Take puts a batch into the line.
func (c *counter) Take(ctx context.Context, batch []*mailin.Mail) <-chan mailin.Outcome {
	mails := make([]*intake.Mail, len(batch))
	for i, m := range batch {
		mails[i] = c.mail(m)
	}
	results := c.line.Take(ctx, mails)
	out := make(chan mailin.Outcome, 1)
	go func() {
		select {
		case result := <-results:
			out <- c.outcome(mails, result)
		case <-c.line.Done():
			out <- mailin.Outcome{Err: errors.New("the desk is closed")}
		}
	}()
	return out
}

func (c *counter) outcome(mails []*intake.Mail, result intake.Result) mailin.Outcome {
	for i, outcome := range result.Outcomes {
		if !outcome.Known {
			c.taken(mails[i], outcome)
		}
	}
	if result.Err != nil {
		return mailin.Outcome{Err: result.Err}
	}
	out := mailin.Outcome{Dispositions: make([]mailin.Disposition, len(result.Outcomes))}
	for i, outcome := range result.Outcomes {
		out.Dispositions[i] = disposition(outcome.Verdict)
	}
	return out
}

// Acknowledged records what the server was told.
func (c *counter) Acknowledged(ctx context.Context, account, folder string, uidValidity uint32, uids []uint32) error {
	return c.app.Store.Acknowledge(ctx, account, folder, uidValidity, uids, c.app.opt.Now())
}

func (c *counter) mail(m *mailin.Mail) *intake.Mail {
	return &intake.Mail{
		Offered:  c.app.opt.Now(),
		Sighting: tickets.Sighting{Source: m.Account, Folder: m.Folder, UIDValidity: m.UIDValidity, UID: m.UID},
		Raw:      m.Raw, Problem: problem(m.Problem), Skipped: m.Skipped, Vanished: m.Vanished, Renumbered: m.Renumbered,
	}
}

func problem(err error) *tickets.Problem {
	var large *mailin.TooLarge
	switch {
	case err == nil:
		return nil
	case errors.As(err, &large):
		return &tickets.Problem{Kind: tickets.TooLarge, Size: large.Size, Limit: large.Limit}
	}
	return &tickets.Problem{Kind: tickets.Unfetchable, Detail: err.Error()}
}

// disposition says where a mail of that verdict goes on the server.
func disposition(v tickets.Verdict) mailin.Disposition {
	switch v {
	case tickets.VerdictFail, tickets.VerdictHold:
		return mailin.Failed
	case tickets.VerdictSkip, tickets.VerdictVanish:
		return mailin.Leave
	}
	return mailin.Processed
}
