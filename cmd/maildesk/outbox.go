package main

import (
	"context"
	"errors"
	"fmt"

	"maildesk/cmd/internal/app"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
)

// outboxCmd is "maildesk outbox".
type outboxCmd struct {
	List   outboxListCmd   `cmd:"" help:"List mail that is queued or failed."`
	Retry  outboxRetryCmd  `cmd:"" help:"Send failed mail again."`
	Cancel outboxCancelCmd `cmd:"" help:"Withdraw mail that is queued or failed."`
}

// outboxListCmd is "maildesk outbox list".
type outboxListCmd struct {
	configFlag
	All  bool `help:"Also what was sent and what was cancelled."`
	JSON bool `help:"Print one JSON array."`
}

// outboxJSON is an outgoing mail as other programs read it.
type outboxJSON struct {
	ID        int64   `json:"id"`
	Number    string  `json:"number"`
	Kind      string  `json:"kind"`
	Recipient string  `json:"recipient"`
	MessageID string  `json:"message_id"`
	State     string  `json:"state"`
	Attempts  int     `json:"attempts"`
	CreatedAt *string `json:"created_at"`
	Due       *string `json:"due"`
	SentAt    *string `json:"sent_at"`
	Response  string  `json:"response"`
}

func (c *outboxListCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	return withStore(ctx, desk, func(store *sqlite.Store) error {
		items, err := store.Outbox(ctx, "")
		if err != nil {
			return err
		}
		out := []outboxJSON{}
		for _, o := range items {
			if !c.All && (o.State == tickets.Sent || o.State == tickets.Withdrawn) {
				continue
			}
			zone := desk.Desk.Location
			out = append(out, outboxJSON{
				ID: o.ID, Number: o.Number, Kind: string(o.Kind), Recipient: o.Recipient, MessageID: o.MessageID,
				State: string(o.State), Attempts: o.Attempts, CreatedAt: jsonInstant(o.CreatedAt, zone),
				Due: jsonInstant(o.Due, zone), SentAt: jsonInstant(o.SentAt, zone), Response: o.Response,
			})
			if !c.JSON {
				fmt.Fprintf(g.stdout, "%6d  %-9s %-15s %-14s %s  %s  %s\n", o.ID, o.State, o.Number, o.Kind,
					stamp(o.CreatedAt, zone), o.Recipient, printable(o.Response))
			}
		}
		if c.JSON {
			return printJSON(g.stdout, out)
		}
		return nil
	})
}

// outboxRetryCmd is "maildesk outbox retry".
type outboxRetryCmd struct {
	configFlag
	IDs []int64 `arg:"" optional:"" name:"id" help:"As outbox list shows them; all that failed unless given."`
}

func (c *outboxRetryCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	return withApp(ctx, g, desk, func(a *app.App) error {
		n, err := a.Store.RetryOutbox(ctx, c.IDs, g.now())
		return changed(g, n, len(c.IDs), "queued again", err)
	})
}

// outboxCancelCmd is "maildesk outbox cancel".
type outboxCancelCmd struct {
	configFlag
	IDs []int64 `arg:"" name:"id" help:"As outbox list shows them."`
}

func (c *outboxCancelCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	return withApp(ctx, g, desk, func(a *app.App) error {
		n, err := a.Store.CancelOutbox(ctx, c.IDs)
		return changed(g, n, len(c.IDs), "cancelled", err)
	})
}

// changed tells how many mails a command has changed; fewer than were named is a failure.
func changed(g *globals, n, named int, done string, err error) error {
	if err != nil {
		return err
	}
	fmt.Fprintf(g.stderr, "%s: %d\n", done, n)
	if n < named {
		return errors.New("the others are sent, being sent, or unknown; see maildesk outbox list --all")
	}
	return nil
}
