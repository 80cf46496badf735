package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"maildesk/cmd/internal/config"
	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
)

// ticketExportCmd is "maildesk ticket export".
type ticketExportCmd struct {
	configFlag
	To      string   `placeholder:"DIR" complete:"file" help:"Write ticket.json, mails and attachments into a folder for each ticket in this one, which is made where it is missing; else the timelines are printed."`
	Numbers []string `arg:"" optional:"" name:"number" help:"The tickets; all unless given."`
	JSON    bool     `help:"Print one JSON array; with --to, write ticket.json alone."`
}

func (c *ticketExportCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	return withStore(ctx, desk, func(store *sqlite.Store) error {
		numbers, err := c.numbers(ctx, store)
		if err != nil {
			return err
		}
		printed := []fullTicketJSON{}
		for _, number := range numbers {
			ticket, entries, err := readTicket(ctx, store, desk, number)
			switch {
			case err != nil:
			case c.To != "":
				err = c.write(ctx, store, desk, ticket, entries)
			case c.JSON:
				printed = append(printed, jsonWithEntries(ticket, entries, desk.Desk.Location))
			default:
				err = showTicket(ctx, g.stdout, store, ticket, entries, desk.Desk.Location)
				fmt.Fprintln(g.stdout)
			}
			if err != nil {
				return fmt.Errorf("export %s: %w", number, err)
			}
		}
		if c.To != "" {
			fmt.Fprintf(g.stderr, "%d tickets written to %s\n", len(numbers), c.To)
		} else if c.JSON {
			return printJSON(g.stdout, printed)
		}
		return nil
	})
}

// numbers are those of the command line, else all, the oldest first.
func (c *ticketExportCmd) numbers(ctx context.Context, store *sqlite.Store) ([]string, error) {
	if len(c.Numbers) > 0 {
		return c.Numbers, nil
	}
	all, err := store.Tickets(ctx)
	numbers := make([]string, len(all))
	for i, t := range all {
		numbers[i] = t.Number
	}
	return numbers, err
}

// write puts one ticket into its folder: ticket.json, each mail as it came, and its attachments.
func (c *ticketExportCmd) write(ctx context.Context, store *sqlite.Store, desk *config.Config, ticket *tickets.Ticket, entries []tickets.Entry) error {
	dir := filepath.Join(c.To, ticket.Number)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	text, err := json.MarshalIndent(jsonWithEntries(ticket, entries, desk.Desk.Location), "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "ticket.json"), append(text, '\n'), 0o600); err != nil {
		return err
	}
	if c.JSON {
		return nil
	}
	for i, entry := range entries {
		if entry.Message == 0 {
			continue
		}
		if err := exportMail(ctx, store, entry, filepath.Join(dir, fmt.Sprintf("%03d", i+1))); err != nil {
			return err
		}
	}
	return nil
}

// exportMail writes an entry's mail as PATH.eml and its attachments as PATH-POSITION-NAME, without the name where they
// have none.
func exportMail(ctx context.Context, store *sqlite.Store, entry tickets.Entry, path string) (err error) {
	raw, err := store.RawMessage(ctx, entry.Message)
	if errors.Is(err, sqlite.ErrNoBytes) {
		return nil // expired; what it said is in ticket.json
	}
	if err != nil {
		return err
	}
	defer raw.Close()
	mail, err := os.OpenFile(path+".eml", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, mail.Close()) }()
	size, err := io.Copy(mail, raw)
	if err != nil {
		return err
	}
	for _, a := range entry.Attachments {
		if err := exportAttachment(io.NewSectionReader(mail, 0, size), a, path); err != nil {
			return fmt.Errorf("attachment %s: %w", a.Name, err)
		}
	}
	return nil
}

func exportAttachment(mail *io.SectionReader, a tickets.Attachment, path string) (err error) {
	content, err := parser.Open(mail, a.Position)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%d", path, a.Position+1)
	if a.Name != "" {
		name += "-" + filepath.Base("/"+a.Name)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}
