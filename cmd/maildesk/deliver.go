package main

import (
	"context"

	"maildesk/cmd/internal/app"
)

// deliverCmd is "maildesk deliver".
type deliverCmd struct {
	configFlag
	Mailbox string `placeholder:"ADDRESS" help:"The address of the desk that the mail was sent to; desk.address unless given."`
}

// Run takes the mail on standard input. Whatever keeps the desk from taking it may be mended, so the mail system is
// asked to come back.
func (c *deliverCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return &exitError{exitTryAgain, err}
	}
	mailbox := c.Mailbox
	if mailbox == "" {
		mailbox = desk.Desk.Address
	}
	err = withApp(ctx, g, desk, func(a *app.App) error {
		_, err := a.Deliver(ctx, g.stdin, mailbox) // what became of it is in the log
		return err
	})
	if err != nil {
		return &exitError{exitTryAgain, err}
	}
	return nil
}
