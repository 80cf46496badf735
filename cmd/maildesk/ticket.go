package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"maildesk/cmd/internal/config"
	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/thread"
)

// ticketCmd is "maildesk ticket".
type ticketCmd struct {
	List   ticketListCmd   `cmd:"" help:"List all tickets, the oldest first."`
	Show   ticketShowCmd   `cmd:"" help:"Print one ticket with its whole timeline."`
	Export ticketExportCmd `cmd:"" help:"Print tickets with their timelines, or write them, their mails and attachments into a folder."`
}

// ticketListCmd is "maildesk ticket list".
type ticketListCmd struct {
	configFlag
	JSON bool `help:"Print one JSON array."`
}

func (c *ticketListCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	return withStore(ctx, desk, func(store *sqlite.Store) error {
		all, err := store.Tickets(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			out := make([]ticketJSON, len(all))
			for i := range all {
				out[i] = jsonOfTicket(&all[i], desk.Desk.Location)
			}
			return printJSON(g.stdout, out)
		}
		for i := range all {
			printTicketLine(g.stdout, &all[i], desk.Desk.Location)
		}
		return nil
	})
}

func printTicketLine(w io.Writer, t *tickets.Ticket, zone *time.Location) {
	fmt.Fprintf(w, "%-15s  %s  %-16s  %s  %s\n", t.Number, t.CreatedAt.In(zone).Format("2006-01-02 15:04"), t.Status,
		runewidth.FillRight(runewidth.Truncate(who(t.Requester.Mailbox()), 36, "…"), 36),
		runewidth.Truncate(t.Subject, 100, "…"))
}

// ticketShowCmd is "maildesk ticket show".
type ticketShowCmd struct {
	configFlag
	Number string `arg:"" help:"Such as IT20231115001."`
	JSON   bool   `help:"Print one JSON object."`
}

func (c *ticketShowCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	return withStore(ctx, desk, func(store *sqlite.Store) error {
		ticket, entries, err := readTicket(ctx, store, desk, c.Number)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(g.stdout, jsonWithEntries(ticket, entries, desk.Desk.Location))
		}
		return showTicket(ctx, g.stdout, store, ticket, entries, desk.Desk.Location)
	})
}

// readTicket reads a ticket that has to be there. Its number may be written as people do.
func readTicket(ctx context.Context, store *sqlite.Store, desk *config.Config, number string) (*tickets.Ticket, []tickets.Entry, error) {
	if found := thread.FindNumbers(desk.Desk.Prefix, number); len(found) == 1 {
		number = found[0]
	}
	ticket, err := store.TicketByNumber(ctx, number)
	if err != nil {
		return nil, nil, err
	}
	if ticket == nil {
		return nil, nil, fmt.Errorf("there is no ticket %s; maildesk ticket list shows all", number)
	}
	entries, err := store.Entries(ctx, ticket.ID)
	return ticket, entries, err
}

// showTicket prints a ticket, with a word on whether mail to its requester comes back.
func showTicket(ctx context.Context, w io.Writer, store *sqlite.Store, t *tickets.Ticket, entries []tickets.Entry, zone *time.Location) error {
	why, since, err := store.Unreachable(ctx, t.Requester.Address)
	if err != nil {
		return err
	}
	lost := ""
	if !since.IsZero() {
		lost = stamp(since, zone) + "  " + why
	}
	printTicket(w, t, lost, entries, zone)
	return nil
}

// printTicket shows a ticket; lost says since when mail to its requester comes back, and why.
func printTicket(w io.Writer, t *tickets.Ticket, lost string, entries []tickets.Entry, zone *time.Location) {
	fmt.Fprintf(w, "%s  %s\n", t.Number, t.Subject)
	for _, line := range []struct{ label, value string }{
		{"status", string(t.Status)},
		{"attention", t.Attention},
		{"requester", who(t.Requester.Mailbox())},
		{"unreached", lost},
		{"watchers", everybody(t.Watchers)},
		{"assignee", assignee(t)},
		{"group", t.Group},
		{"category", string(t.Category)},
		{"priority", string(t.Priority)},
		{"severity", string(t.Severity)},
		{"impact", t.Impact},
		{"created", stamp(t.CreatedAt, zone)},
		{"updated", stamp(t.UpdatedAt, zone)},
		{"resolved", stamp(t.ResolvedAt, zone)},
		{"closed", stamp(t.ClosedAt, zone)},
		{"answer", firstAnswer(t, zone)},
		{"due", due(t, zone)},
		{"diagnosis", t.Diagnosis},
		{"workaround", t.Workaround},
		{"fix", t.Fix},
		{"prevention", t.Prevention},
		{"verified", t.Verification},
		{"time", spent(t.Minutes)},
		{"rating", rating(t.Satisfaction)},
		{"merged", t.MergedInto},
		{"related", strings.Join(t.Links, ", ")},
	} {
		if line.value != "" {
			fmt.Fprintf(w, "  %-10s %s\n", line.label, strings.ReplaceAll(line.value, "\n", "\n             "))
		}
	}
	for i, e := range entries {
		printEntry(w, i+1, e, zone)
	}
}

func everybody(people []tickets.Address) string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = who(p)
	}
	return strings.Join(names, ", ")
}

func assignee(t *tickets.Ticket) string {
	if t.Assignee == nil {
		return ""
	}
	return who(*t.Assignee)
}

// firstAnswer says when the first answer is due, and when it was given.
func firstAnswer(t *tickets.Ticket, zone *time.Location) string {
	var parts []string
	if !t.ResponseDue.IsZero() {
		parts = append(parts, "due "+stamp(t.ResponseDue, zone))
	}
	if !t.Course.AnsweredAt.IsZero() {
		parts = append(parts, "given "+stamp(t.Course.AnsweredAt, zone))
	}
	return strings.Join(parts, ", ")
}

// due says when the ticket is to be solved. While the requester is waited for, each hour of work moves that on.
func due(t *tickets.Ticket, zone *time.Location) string {
	since := t.Course.Paused()
	if t.ResolveDue.IsZero() || since.IsZero() || t.Status != tickets.Waiting {
		return stamp(t.ResolveDue, zone)
	}
	return stamp(t.ResolveDue, zone) + ", stands still since " + stamp(since, zone)
}

func spent(minutes int) string {
	if minutes == 0 {
		return ""
	}
	return fmt.Sprintf("%d minutes", minutes)
}

func rating(s *tickets.Satisfaction) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%d of 5  %s", s.Score, s.Comment))
}

// printEntry shows an entry under the number that #split takes.
func printEntry(w io.Writer, number int, e tickets.Entry, zone *time.Location) {
	proof := ""
	switch {
	case e.Actor.Address == "": // the desk itself
	case e.Verified:
		proof = ", verified"
	default:
		proof = ", unverified"
	}
	fmt.Fprintf(w, "\n#%d  %s  %s  %s, %s%s\n", number, stamp(e.At, zone), who(e.Actor), e.Kind, e.Visibility, proof)
	for line := range strings.Lines(strings.TrimRight(e.Text, "\n") + "\n") {
		fmt.Fprint(w, "    ", line)
	}
	for _, a := range e.Attachments {
		fmt.Fprintf(w, "    [%s]\n", attachment(parser.Attachment{Name: a.Name, Type: a.Type, Size: a.Size, Inline: a.Inline}))
	}
}

// who is a person as the page of explain shows one; the desk has no address.
func who(a tickets.Address) string {
	if a.Address == "" {
		return "the desk"
	}
	return mailbox(parser.Address(a))
}

func stamp(t time.Time, zone *time.Location) string { return tickets.Stamp(t, zone) }

func printJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	return nil
}
