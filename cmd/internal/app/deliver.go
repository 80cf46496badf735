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
	raw, release, problem, err := a.spool(r)
	if err != nil {
		return intake.Outcome{}, err
	}
	defer release()
	mail := &intake.Mail{
		Sighting: tickets.Sighting{Source: tickets.SourceDeliver, Folder: mailbox},
		Raw:      raw, Problem: problem,
	}
	outcomes, err := a.desk.Take(ctx, []*intake.Mail{mail})
	if err != nil {
		return intake.Outcome{}, err
	}
	return outcomes[0], nil
}

// spool reads a mail whole: a small one into memory, a big one into a file. One above the limit is kept in that file,
// for no server has it, and its header alone is handed on.
func (a *App) spool(r io.Reader) (raw *io.SectionReader, release func(), problem *tickets.Problem, err error) {
	limit := a.cfg.Desk.MaxSize
	head, err := io.ReadAll(io.LimitReader(r, min(heldInMemory, limit+1)))
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read mail: %w", err)
	}
	if len(head) == 0 {
		return nil, nil, nil, errors.New("read mail: nothing came in on standard input")
	}
	if int64(len(head)) < min(heldInMemory, limit+1) {
		return section(head), func() {}, nil, nil
	}
	if err := os.MkdirAll(a.failedDir(), 0o700); err != nil {
		return nil, nil, nil, fmt.Errorf("spool mail: %w", err)
	}
	file, err := os.CreateTemp(a.failedDir(), a.opt.Now().Format("20060102-150405-")+"*.eml")
	if err != nil {
		return nil, nil, nil, fmt.Errorf("spool mail: %w", err)
	}
	release = func() { file.Close(); os.Remove(file.Name()) }
	size, err := io.Copy(file, io.MultiReader(bytes.NewReader(head), r))
	if err != nil {
		release()
		return nil, nil, nil, fmt.Errorf("spool mail: %w", err)
	}
	if size > limit {
		a.opt.Log.Warn("mail is too large and is kept as a file", "file", file.Name(), "size", size)
		return section(header(head)), func() { file.Close() }, &tickets.Problem{Kind: tickets.TooLarge, Size: size, Limit: limit}, nil
	}
	return io.NewSectionReader(file, 0, size), release, nil, nil
}

// failedDir keeps delivered mails that are too large for the desk.
func (a *App) failedDir() string { return filepath.Join(a.cfg.Desk.DataDir, "failed") }

func section(b []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))
}

// header is the mail's header with the empty line that ends it.
func header(b []byte) []byte {
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if at := bytes.Index(b, []byte(end)); at >= 0 {
			return b[:at+len(end)]
		}
	}
	return b
}
