package app

import (
	"context"
	"fmt"
	"io"
	"os"

	"maildesk/cmd/internal/archive"
	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// Imported counts what became of old mails.
type Imported map[tickets.Verdict]int

// importBatch is how many mails are read before they are committed; big ones are committed alone.
const importBatch = 64

// Import takes the mails of an archive, known in the ledger by name, without answering them. progress hears, after each
// commit, how much of the archive is done. What was committed before an error stays; the same archive can be imported
// again and its mails are then known.
func (a *App) Import(ctx context.Context, name string, mails archive.Archive, progress func(done int64)) (Imported, error) {
	counts := Imported{}
	var batch []*intake.Mail
	var end int64
	flush := func() error {
		outcomes, err := a.desk.Take(ctx, batch)
		for _, outcome := range outcomes {
			counts[outcome.Verdict]++
		}
		batch = batch[:0]
		progress(end)
		return err
	}
	err := mails.Each(func(old archive.Mail) error {
		mail, big, err := a.old(name, old)
		if err != nil {
			return err
		}
		batch, end = append(batch, mail), old.End
		if big || len(batch) == importBatch {
			return flush()
		}
		return nil
	})
	if err == nil && len(batch) > 0 {
		err = flush()
	}
	return counts, err
}

// old makes an archived mail ready for the desk. A small one is copied, since its file is closed before the batch is
// committed; big says that this one was not, and has to be committed before the next is read.
func (a *App) old(name string, m archive.Mail) (mail *intake.Mail, big bool, err error) {
	mail = &intake.Mail{
		Sighting: tickets.Sighting{Source: tickets.SourceImport, Folder: name}, Raw: m.Raw, Quiet: true,
	}
	mail.Problem = tooLarge(m.Raw.Size(), a.cfg.Desk.MaxSize)
	if mail.Problem == nil && m.Raw.Size() > heldInMemory {
		return mail, true, nil
	}
	raw, err := io.ReadAll(io.LimitReader(m.Raw, heldInMemory))
	if err != nil {
		return nil, false, fmt.Errorf("read %s: %w", m.Name, err)
	}
	if mail.Problem != nil {
		raw = intake.Header(raw)
	}
	mail.Raw = section(raw)
	return mail, false, nil
}

// OpenArchive opens the mbox file or the Maildir, whichever path is given.
func OpenArchive(mbox, maildir string) (archive.Archive, error) {
	if mbox != "" {
		return archive.OpenMbox(mbox)
	}
	if info, err := os.Stat(maildir); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("open maildir: %s is a file; an mbox is imported with --mbox", maildir)
	}
	return archive.OpenMaildir(maildir)
}
