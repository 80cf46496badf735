package main

import (
	"context"
	"errors"

	"maildesk/cmd/internal/demo"
)

// exitInterrupted is how shells call a command that Ctrl-C has ended: 128 and the number of SIGINT.
const exitInterrupted = 130

// demoCmd is "maildesk demo".
type demoCmd struct {
	Once    bool   `help:"End after the story; else the desk stays up for your own mail client until Ctrl-C."`
	Dir     string `placeholder:"DIR" complete:"file" help:"Leave mails, log, configuration and data in this folder, which must be new or empty."`
	Verbose bool   `short:"v" help:"Print the log of the desk, too."`
}

func (c *demoCmd) Run(ctx context.Context, g *globals) error {
	opt := demo.Options{
		Dir: c.Dir, Once: c.Once, Out: g.stdout, Coloured: g.coloured(),
		Env: g.env, Now: g.now, Version: versionLine(),
	}
	if c.Verbose {
		opt.Log = g.stderr
	}
	err := demo.Run(ctx, opt)
	if errors.Is(err, demo.ErrStopped) { // the terminal has been told
		return &exitError{code: exitInterrupted}
	}
	return err
}
