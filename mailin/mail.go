package mailin

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Mail is one sighting of a message in a folder. It belongs to mailin, which closes it after the batch's outcome.
type Mail struct {
	Account      string
	Folder       string
	UIDValidity  uint32
	UID          uint32
	InternalDate time.Time         // when the server got it, zero when it would not say
	Size         int64             // bytes: of Raw for a fetched mail, else as the server states it
	Raw          *io.SectionReader // the whole message; only its header when Problem or Skipped is set, nil when not even that could be had
	Skipped      bool              // older than the first start: list it, do not answer
	Renumbered   bool              // the folder has a new UIDVALIDITY, and had the mail when it was opened: it may be known under the old one
	Problem      error             // why it was not fetched: *TooLarge or *Unfetchable
	Vanished     bool              // gone from the server between being listed and being fetched

	spool *os.File
}

// Close gives back what the mail holds. Raw cannot be read afterwards.
func (m *Mail) Close() error {
	if m.spool == nil {
		return nil
	}
	spool := m.spool
	m.spool = nil
	err := spool.Close()
	if removed := os.Remove(spool.Name()); removed != nil && !errors.Is(removed, os.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	return err
}

// TooLarge is the Problem of a mail above the size limit.
type TooLarge struct {
	Size, Limit int64 // bytes
}

func (e *TooLarge) Error() string {
	return fmt.Sprintf("mail of %d bytes is above the limit of %d", e.Size, e.Limit)
}

// Unfetchable is the Problem of a mail that the server cannot deliver, though it delivers others.
type Unfetchable struct {
	Attempts int
	Err      error // of the last attempt
}

func (e *Unfetchable) Error() string {
	return fmt.Sprintf("mail could not be fetched in %d attempts: %v", e.Attempts, e.Err)
}

func (e *Unfetchable) Unwrap() error { return e.Err }

// hold keeps the mail's bytes in memory.
func (m *Mail) hold(raw []byte) {
	m.Raw = io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw)))
}
