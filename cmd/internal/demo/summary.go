package demo

import (
	"context"
	"strconv"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// summarize prints all tickets and all mails.
func (s *site) summarize(ctx context.Context) error {
	all, err := s.desk.Store.Tickets(ctx)
	if err != nil {
		return err
	}
	list := [][]string{{"ticket", "status", "requester", "entries", "subject"}}
	for _, t := range all {
		entries, err := s.desk.Store.Entries(ctx, t.ID)
		if err != nil {
			return err
		}
		list = append(list, []string{t.Number, string(t.Status), t.Requester.Name, strconv.Itoa(len(entries)), t.Subject})
	}
	mails := [][]string{{"mail", "from", "to", "subject"}}
	for _, d := range s.post.All() {
		l, err := read(d.Raw)
		if err != nil {
			return err
		}
		mails = append(mails, []string{d.File[:3], nameOf(d.From), nameOf(d.To), l.Subject})
	}
	for _, rows := range [][][]string{list, mails} {
		text, err := table(rows)
		if err != nil {
			return err
		}
		s.tell.line("", "\n%s", text)
	}
	s.tell.line(green, "\nThe story went as told: %d mails, %d tickets, nothing left in the desk's INBOX.", len(mails)-1, len(all))
	return nil
}

// table lays rows out in columns, however wide their signs are; the first row is the heading.
func table(rows [][]string) (string, error) {
	var b strings.Builder
	t := tablewriter.NewTable(&b,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone, Settings: tw.Settings{Lines: tw.LinesNone, Separators: tw.SeparatorsNone},
		})),
		tablewriter.WithPadding(tw.Padding{Left: "", Right: "   ", Overwrite: true}),
		tablewriter.WithHeaderAutoFormat(tw.Off), tablewriter.WithHeaderAlignment(tw.AlignLeft),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone), tablewriter.WithRowAutoWrap(tw.WrapNone),
	)
	t.Header(rows[0])
	if err := t.Bulk(rows[1:]); err != nil {
		return "", err
	}
	if err := t.Render(); err != nil {
		return "", err
	}
	lines := strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
	for i, line := range lines {
		lines[i] = "   " + strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n"), nil
}
