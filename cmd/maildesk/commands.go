package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/alecthomas/kong"
)

// commands is the command line, in the order of the help page.
type commands struct {
	Demo    demoCmd    `cmd:"" help:"Show a desk at work: play a story with real mails on this machine, then let you join."`
	Init    initCmd    `cmd:"" help:"Write a commented configuration, the data folder and the secret file."`
	Check   checkCmd   `cmd:"" help:"Look at the configuration and the servers; say everything that is wrong, and how to mend it."`
	Serve   serveCmd   `cmd:"" help:"Run the desk: take mail in, answer it, until stopped."`
	Deliver deliverCmd `cmd:"" help:"Take one mail on standard input; exit 75 when it should be offered again."`
	Import  importCmd  `cmd:"" help:"Take old mail without answering it."`
	Explain explainCmd `cmd:"" help:"Show how each mail would be read; no desk is needed."`

	Ticket ticketCmd `cmd:"" help:"Read tickets."`
	Why    whyCmd    `cmd:"" help:"Tell what was done with a mail, and why."`
	Outbox outboxCmd `cmd:"" help:"Look after mail that is queued or failed."`

	Backup  backupCmd  `cmd:"" help:"Write a verified copy of the desk into one file, beside the running daemon."`
	Restore restoreCmd `cmd:"" help:"Put a verified copy of a backup in place, while no daemon runs."`

	Version    versionCmd    `cmd:"" help:"Print the version."`
	Help       helpCmd       `cmd:"" help:"Explain the commands, or one."`
	Completion completionCmd `cmd:"" help:"Print a completion script for a shell."`
}

// call parses args and runs the command that they name.
func call(ctx context.Context, args []string, g *globals) error {
	parser, helped, err := newParser(g)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if *helped {
		return nil
	}
	if err != nil {
		return &exitError{exitUsage, usageError(err)}
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(g)
}

// newParser builds the command line. helped becomes true when a help page was printed, after which nothing may run.
func newParser(g *globals) (parser *kong.Kong, helped *bool, err error) {
	helped = new(bool)
	parser, err = kong.New(&commands{},
		kong.Name("maildesk"),
		kong.Description("An IT help desk that lives in the mailbox."),
		kong.Writers(g.stdout, g.stderr),
		kong.Exit(func(int) { *helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
	)
	if err != nil {
		return nil, nil, fmt.Errorf("build command line: %w", err)
	}
	return parser, helped, nil
}

// usageError adds where to read on.
func usageError(err error) error {
	page := "maildesk help"
	var at *kong.ParseError
	if errors.As(err, &at) && at.Context.Command() != "" {
		page += " " + at.Context.Selected().Path()
	}
	return fmt.Errorf("%w; see %q", err, page)
}
