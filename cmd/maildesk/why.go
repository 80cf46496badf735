package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/thread"
)

// whyCmd is "maildesk why".
type whyCmd struct {
	configFlag
	Known bool   `help:"Print also what each decision knew, as JSON."`
	About string `arg:"" name:"number|message-id|address" help:"A ticket's number, a Message-ID, or the address of a person."`
}

func (c *whyCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	return withStore(ctx, desk, func(store *sqlite.Store) error {
		account, err := c.ask(ctx, store, desk)
		if err != nil {
			return err
		}
		if account.Empty() {
			return fmt.Errorf("the ledger knows of no mail by %s: it has not reached the desk", c.About)
		}
		printAccount(g.stdout, account, c.Known, desk.Desk.Location)
		return nil
	})
}

// ask takes the argument for what it looks like. An address and a Message-ID look alike, so both are tried.
func (c *whyCmd) ask(ctx context.Context, store *sqlite.Store, desk *config.Config) (tickets.LedgerAccount, error) {
	about := strings.Trim(strings.TrimSpace(c.About), "<>")
	if numbers := thread.FindNumbers(desk.Desk.Prefix, about); len(numbers) == 1 && !strings.Contains(about, "@") {
		return store.WhyNumber(ctx, numbers[0])
	}
	account, err := store.WhyMessageID(ctx, about)
	if err != nil || !account.Empty() {
		return account, err
	}
	return store.WhyAddress(ctx, about)
}

// printAccount prints the words of an account and, where it is asked for, what each decision knew.
func printAccount(w io.Writer, account tickets.LedgerAccount, known bool, zone *time.Location) {
	for i, told := range account.Tell(tickets.English, zone) {
		fmt.Fprintln(w, told.Line)
		for _, fact := range told.Facts {
			fmt.Fprintf(w, "  %-11s %s\n", fact.Name, fact.Value)
		}
		if known && i < len(account.Messages) && len(account.Messages[i].Known) > 0 {
			fmt.Fprintf(w, "  %-11s %s\n", "known", account.Messages[i].Known)
		}
	}
}
