package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// heldInMemory is the size up to which a delivered mail is not spooled.
const heldInMemory = 1 << 20

// Deliver takes one mail from a pipe; mailbox names the address it was delivered to. It runs beside the daemon. An
// error means that the mail was not taken and should be offered again.
func (a *App) Deliver(ctx context.Context, r io.Reader, mailbox string) (intake.Outcome, error) {
	mail := &intake.Mail{Sighting: tickets.Sighting{Source: tickets.SourceDeliver, Folder: mailbox}}
	release, err := a.spool(r, mail)
	if err != nil {
		return intake.Outcome{}, err
	}
	outcomes, err := a.desk.Take(ctx, []*intake.Mail{mail})
	release(err == nil)
	if err != nil {
		return intake.Outcome{}, err
	}
	return outcomes[0], nil
}

// spool reads a mail whole: a small one into memory, a big one into a file. Of one above the limit the header alone is
// handed on; once it is taken its file is kept, for no server has it.
func (a *App) spool(r io.Reader, mail *intake.Mail) (release func(taken bool), err error) {
	limit := a.cfg.Desk.MaxSize
	head, err := io.ReadAll(io.LimitReader(r, min(heldInMemory, limit+1)))
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	if len(head) == 0 {
		return nil, errors.New("read mail: nothing came in on standard input")
	}
	if int64(len(head)) < min(heldInMemory, limit+1) {
		mail.Raw = section(head)
		return func(bool) {}, nil
	}
	file, size, err := a.spoolFile(io.MultiReader(bytes.NewReader(head), r))
	if err != nil {
		return nil, fmt.Errorf("spool mail: %w", err)
	}
	mail.Raw, mail.Problem = io.NewSectionReader(file, 0, size), tooLarge(size, limit)
	if mail.Problem != nil {
		mail.Raw = section(intake.Header(head))
	}
	return func(taken bool) {
		file.Close()
		if taken && mail.Problem != nil {
			a.opt.Log.Warn("mail is too large and is kept as a file", "file", file.Name(), "size", size)
			return
		}
		os.Remove(file.Name())
	}, nil
}

func (a *App) spoolFile(r io.Reader) (*os.File, int64, error) {
	if err := os.MkdirAll(a.failedDir(), 0o700); err != nil {
		return nil, 0, err
	}
	file, err := os.CreateTemp(a.failedDir(), a.opt.Now().Format("20060102-150405-")+"*.eml")
	if err != nil {
		return nil, 0, err
	}
	size, err := io.Copy(file, r)
	if err != nil {
		file.Close()
		os.Remove(file.Name())
	}
	return file, size, err
}

// tooLarge is the problem of a mail above the limit, nil below it.
func tooLarge(size, limit int64) *tickets.Problem {
	if size <= limit {
		return nil
	}
	return &tickets.Problem{Kind: tickets.TooLarge, Size: size, Limit: limit}
}

// failedDir keeps delivered mails that are too large for the desk.
func (a *App) failedDir() string { return filepath.Join(a.cfg.Desk.DataDir, "failed") }

func section(b []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))
}
