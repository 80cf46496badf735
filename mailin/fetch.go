package mailin

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

const (
	// spoolAbove is the size in bytes above which a mail goes to a file while it is fetched.
	spoolAbove = 1 << 20
	// headerLimit is how much is kept of the header of a mail that is not fetched whole.
	headerLimit = 256 << 10
)

// localError is a failure of this machine while a mail was fetched, no fault of the mail or the server.
type localError struct{ err error }

func (e *localError) Error() string { return e.err.Error() }
func (e *localError) Unwrap() error { return e.err }

func isLocal(err error) bool {
	var local *localError
	return errors.As(err, &local)
}

// describe asks for size and date. ENVELOPE and BODYSTRUCTURE are never asked for: servers send broken ones.
func (s *session) describe(ctx context.Context, uids []uint32) ([]sighting, error) {
	var found []sighting
	err := s.conn.do(ctx, "fetch sizes", func() error {
		cmd := s.conn.client.Fetch(uidSet(uids), &imap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true})
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			if one := readSighting(msg); one.uid != 0 {
				found = append(found, one)
			}
		}
		return cmd.Close()
	})
	if _, alive := answered(err); err != nil && !alive {
		return nil, err // the answer that ended the connection may be one of those that were read
	}
	slices.SortFunc(found, func(a, b sighting) int { return cmp.Compare(a.uid, b.uid) })
	return found, err
}

func readSighting(msg *imapclient.FetchMessageData) sighting {
	var found sighting
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			found.uid = uint32(item.UID)
		case imapclient.FetchItemDataInternalDate:
			found.date = item.Time
		case imapclient.FetchItemDataRFC822Size:
			found.size = item.Size
		}
	}
	return found
}

// fetch gets the mails of a batch: whole, or only the header of those that are too large or backlog. What came is
// returned even with an error.
func (s *session) fetch(ctx context.Context, batch []sighting) (map[uint32]*Mail, error) {
	wanted := make(map[uint32]*Mail, len(batch))
	var whole, headers []uint32
	var size int64
	for _, sighting := range batch {
		m := s.mail(sighting.uid)
		m.InternalDate, m.Size = sighting.date, sighting.size
		m.Skipped = s.isBacklog(m.UID, m.InternalDate)
		m.Problem = s.tooLarge(m.Size)
		wanted[m.UID] = m
		if m.Skipped || m.Problem != nil {
			headers = append(headers, m.UID)
		} else {
			whole, size = append(whole, m.UID), size+m.Size
		}
	}
	fetched := make(map[uint32]*Mail, len(batch))
	err := s.stream(ctx, whole, imap.PartSpecifierNone, size, func(uid uint32, body imap.LiteralReader) error {
		return s.receive(fetched, wanted[uid], body)
	})
	if err == nil {
		err = s.stream(ctx, headers, imap.PartSpecifierHeader, 0, func(uid uint32, header imap.LiteralReader) error {
			return receiveHeader(fetched, wanted[uid], header)
		})
	}
	if len(fetched) > 0 {
		s.trouble.fetched()
	}
	return fetched, err
}

func (s *session) tooLarge(size int64) error {
	if s.account.MaxSize > 0 && size > s.account.MaxSize {
		return &TooLarge{size, s.account.MaxSize}
	}
	return nil
}

// stream fetches a section of each mail, the whole or the header, and gives it to receive while it arrives. It peeks, so
// that \Seen stays what the acknowledgement makes of it.
func (s *session) stream(ctx context.Context, uids []uint32, part imap.PartSpecifier, size int64,
	receive func(uint32, imap.LiteralReader) error) error {
	if len(uids) == 0 {
		return nil
	}
	return s.conn.doSized(ctx, "fetch mail", size, func() error {
		section := &imap.FetchItemBodySection{Specifier: part, Peek: true}
		cmd := s.conn.client.Fetch(uidSet(uids), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		var failed error
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			err := eachSection(msg, receive)
			if errors.Is(err, errBrokenOff) {
				return err // the connection has ended; to drain the command now would race with the library's reader
			}
			failed = errors.Join(failed, err)
		}
		return errors.Join(failed, cmd.Close())
	})
}

func eachSection(msg *imapclient.FetchMessageData, receive func(uint32, imap.LiteralReader) error) (failed error) {
	var uid uint32
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = uint32(item.UID)
		case imapclient.FetchItemDataBodySection:
			if item.Literal != nil && uid != 0 {
				err := receive(uid, item.Literal)
				if errors.Is(err, errBrokenOff) {
					return err
				}
				failed = errors.Join(failed, err)
			}
		}
	}
	return failed
}

// receive reads a whole mail. Its size is the literal's: RFC822.SIZE is an estimate on some servers.
func (s *session) receive(fetched map[uint32]*Mail, m *Mail, body imap.LiteralReader) error {
	if m == nil || fetched[m.UID] != nil {
		return nil // not asked for; the library drains it
	}
	m.Size = body.Size()
	if m.Problem = s.tooLarge(m.Size); m.Problem != nil {
		return receiveHeader(fetched, m, body)
	}
	receive := receiveInMemory
	if m.Size > spoolAbove {
		receive = s.receiveInFile
	}
	if err := receive(m, body); err != nil {
		return err
	}
	fetched[m.UID] = m
	return nil
}

func receiveInMemory(m *Mail, body imap.LiteralReader) error {
	raw := make([]byte, body.Size())
	if _, err := io.ReadFull(body, raw); err != nil { // a connection that ends is EOF here, not an error of its own
		return brokenOff(m, err)
	}
	m.hold(raw)
	return nil
}

func (s *session) receiveInFile(m *Mail, body imap.LiteralReader) error {
	file, err := s.spoolFile()
	if err != nil {
		return &localError{fmt.Errorf("spool mail: %w", err)}
	}
	m.spool = file
	n, err := io.Copy(file, body)
	var onDisk *os.PathError
	switch {
	case errors.As(err, &onDisk):
		err = &localError{fmt.Errorf("spool mail: %w", err)}
	case err != nil || n < body.Size():
		err = brokenOff(m, err)
	default:
		m.Raw = io.NewSectionReader(file, 0, n)
		return nil
	}
	return errors.Join(err, m.Close())
}

// spoolFile is a file without a name, so that nothing is left after a crash. Where an open file cannot be removed,
// Mail.Close does it.
func (s *session) spoolFile() (*os.File, error) {
	if s.account.SpoolDir != "" {
		if err := os.MkdirAll(s.account.SpoolDir, 0o700); err != nil {
			return nil, err
		}
	}
	file, err := os.CreateTemp(s.account.SpoolDir, "mail-*.eml")
	if err == nil {
		os.Remove(file.Name())
	}
	return file, err
}

// errBrokenOff is a literal that ended with the connection.
var errBrokenOff = errors.New("mail broke off")

func brokenOff(m *Mail, err error) error {
	return fmt.Errorf("%w, of %d bytes: %w", errBrokenOff, m.Size, cmp.Or(err, io.ErrUnexpectedEOF))
}

// receiveHeader keeps the header out of a literal, the beginning of a very long one, and drains the rest.
func receiveHeader(fetched map[uint32]*Mail, m *Mail, literal imap.LiteralReader) error {
	if m == nil || fetched[m.UID] != nil {
		return nil
	}
	var kept bytes.Buffer
	n, err := io.Copy(&kept, io.LimitReader(literal, headerLimit))
	if err == nil {
		var rest int64
		rest, err = io.Copy(io.Discard, literal)
		n += rest
	}
	if err != nil || n < literal.Size() {
		return brokenOff(m, err)
	}
	header := kept.Bytes()
	if end := bytes.Index(header, []byte("\r\n\r\n")); end >= 0 {
		header = header[:end+4]
	}
	m.hold(header)
	fetched[m.UID] = m
	return nil
}
