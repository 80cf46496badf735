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
		if len(account.Messages)+len(account.Unread)+len(account.Outgoing) == 0 {
			return fmt.Errorf("the ledger knows of no mail by %s: it has not reached the desk", c.About)
		}
		printAccount(g.stdout, account, desk.Desk.Location)
		return nil
	})
}

// ask takes the argument for what it looks like. An address and a Message-ID look alike, so both are tried.
func (c *whyCmd) ask(ctx context.Context, store *sqlite.Store, desk *config.Config) (sqlite.Account, error) {
	about := strings.Trim(strings.TrimSpace(c.About), "<>")
	if numbers := thread.FindNumbers(desk.Desk.Prefix, about); len(numbers) == 1 && !strings.Contains(about, "@") {
		return store.WhyNumber(ctx, numbers[0])
	}
	account, err := store.WhyMessageID(ctx, about)
	if err != nil || len(account.Messages)+len(account.Unread)+len(account.Outgoing) > 0 {
		return account, err
	}
	return store.WhyAddress(ctx, about)
}

func printAccount(w io.Writer, account sqlite.Account, zone *time.Location) {
	for _, m := range account.Messages {
		fmt.Fprintf(w, "%s  mail %d from %s: %s\n", stamp(m.Now, zone), m.ID, m.From.Address, m.Subject)
		printFacts(w, [][2]string{
			{"Message-ID", bracketed(m.HeaderID)}, {"verdict", string(m.Verdict)}, {"ticket", m.Number},
			{"reason", m.Reason}, {"matched by", m.Evidence}, {"known", string(m.Known)},
		})
		for _, s := range m.Sightings {
			printSighting(w, s, zone)
		}
	}
	for _, s := range account.Unread {
		fmt.Fprintf(w, "%s  mail from %s, not read: %s\n", stamp(s.At, zone), s.From, s.Subject)
		printFacts(w, [][2]string{{"Message-ID", bracketed(s.HeaderID)}, {"verdict", string(s.Verdict)}, {"reason", s.Reason}})
		printSighting(w, s, zone)
	}
	for _, o := range account.Outgoing {
		fmt.Fprintf(w, "%s  we wrote to %s: %s\n", stamp(o.CreatedAt, zone), o.Recipient, o.Kind)
		printFacts(w, [][2]string{
			{"Message-ID", bracketed(o.MessageID)}, {"ticket", o.Number}, {"state", string(o.State)},
			{"sent", stamp(o.SentAt, zone)}, {"server said", o.Response},
		})
	}
}

func printSighting(w io.Writer, s tickets.Sighting, zone *time.Location) {
	where := s.Source + " " + s.Folder
	if s.UIDValidity != 0 {
		where = fmt.Sprintf("%s, UID %d (UIDVALIDITY %d)", where, s.UID, s.UIDValidity)
	}
	told := "the server has not been told yet"
	if !s.Acknowledged.IsZero() {
		told = "done with at " + stamp(s.Acknowledged, zone)
	}
	fmt.Fprintf(w, "  %-11s %s: %s, %s; %s\n", "seen", where, s.Verdict, stamp(s.At, zone), told)
}

func printFacts(w io.Writer, facts [][2]string) {
	for _, fact := range facts {
		if fact[1] != "" {
			fmt.Fprintf(w, "  %-11s %s\n", fact[0], strings.ReplaceAll(fact[1], "\n", " "))
		}
	}
}

func bracketed(id string) string {
	if id == "" {
		return ""
	}
	return "<" + id + ">"
}
