package main

import (
	"context"

	"maildesk/cmd/internal/demo"
)

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
	return demo.Run(ctx, opt)
}
