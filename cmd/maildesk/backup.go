package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/dustin/go-humanize"

	"maildesk/cmd/internal/app"
	"maildesk/tickets/sqlite"
)

// backupCmd is "maildesk backup".
type backupCmd struct {
	configFlag
	Dest string `arg:"" complete:"file" help:"The new file to write; never overwritten."`
}

func (c *backupCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	return withStore(ctx, desk, func(store *sqlite.Store) error {
		bar := progress(g.stderr, "backup", -1)
		report, err := store.Backup(ctx, c.Dest, func(done, total int64) {
			bar.ChangeMax64(max(done, total))
			_ = bar.Set64(done)
		})
		_ = bar.Exit()
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%w; name a new file", err)
		}
		if err != nil {
			return err
		}
		printReport(g, "backed up to "+c.Dest, report)
		return nil
	})
}

// restoreCmd is "maildesk restore".
type restoreCmd struct {
	configFlag
	From string `arg:"" complete:"file" help:"A file that maildesk backup wrote."`
}

func (c *restoreCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	report, err := app.Restore(ctx, desk, c.From, g.now())
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w; move the present database away first, with its -wal and -shm files", err)
	}
	if err != nil {
		return err
	}
	printReport(g, "restored to "+app.DatabasePath(desk), report)
	return nil
}

func printReport(g *globals, done string, r sqlite.Report) {
	fmt.Fprintf(g.stderr, "%s, verified: %d tickets, %d entries, %d mails, %d outgoing, %s\n",
		done, r.Tickets, r.Entries, r.Messages, r.Outbox, humanize.IBytes(uint64(r.Bytes)))
}
