package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
)

// Mbox is a file of mails, each after a line "From address date" (RFC 4155 appendix A).
type Mbox struct {
	file *os.File
	size int64
}

// OpenMbox opens an mbox file. A file that does not begin with a "From " line is refused.
func OpenMbox(path string) (*Mbox, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open mbox: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("open mbox: %w", err)
	}
	first := make([]byte, len(fromLine))
	if n, _ := f.ReadAt(first, 0); info.Size() > 0 && string(first[:n]) != fromLine {
		f.Close()
		return nil, fmt.Errorf("open mbox: %s does not begin with a \"From \" line; a folder of single mails is imported with --maildir", path)
	}
	return &Mbox{file: f, size: info.Size()}, nil
}

const fromLine = "From "

// Total is the file's size in bytes.
func (m *Mbox) Total() int64 { return m.size }

// Close closes the file.
func (m *Mbox) Close() error { return m.file.Close() }

// Each finds the mails in one pass. A "From " line begins a mail only after an empty line, or at the start.
func (m *Mbox) Each(f func(Mail) error) error {
	lines := bufio.NewReaderSize(io.NewSectionReader(m.file, 0, m.size), 64<<10)
	var offset, start int64 // start: where the mail's header begins, 0 before the first
	empty := true
	for {
		line, n, err := readLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read mbox: %w", err)
		}
		ended := n == 0 && err != nil
		if ended || empty && bytes.HasPrefix(line, []byte(fromLine)) {
			if start > 0 {
				if err := m.hand(start, offset, f); err != nil {
					return err
				}
			}
			start = offset + n
		}
		if ended {
			return nil
		}
		empty = len(bytes.TrimRight(line, "\r\n")) == 0
		offset += n
	}
}

// readLine returns the beginning of the next line and the length of the whole.
func readLine(r *bufio.Reader) (line []byte, n int64, err error) {
	line, err = r.ReadSlice('\n')
	line, n = bytes.Clone(line), int64(len(line))
	for errors.Is(err, bufio.ErrBufferFull) {
		var rest []byte
		rest, err = r.ReadSlice('\n')
		n += int64(len(rest))
	}
	return line, n, err
}

var quotedFrom = regexp.MustCompile(`(?m)^>(>*From )`)

// hand calls f for the mail in [start, end). What the mbox's writer quoted (">From ") is given back.
func (m *Mbox) hand(start, end int64, f func(Mail) error) error {
	mail := Mail{Name: fmt.Sprintf("%s at byte %d", m.file.Name(), start), End: end}
	mail.Raw = io.NewSectionReader(m.file, start, end-start)
	quoted, err := contains(mail.Raw, []byte("\n>"+fromLine))
	if err != nil {
		return err
	}
	if quoted {
		raw, err := io.ReadAll(mail.Raw)
		if err != nil {
			return fmt.Errorf("read %s: %w", mail.Name, err)
		}
		raw = quotedFrom.ReplaceAll(raw, []byte("$1"))
		mail.Raw = io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw)))
	}
	_, err = mail.Raw.Seek(0, io.SeekStart)
	if err != nil {
		return fmt.Errorf("read %s: %w", mail.Name, err)
	}
	return f(mail)
}

// contains reports whether needle occurs in r, without holding more than a window of it; r is left at its start.
func contains(r *io.SectionReader, needle []byte) (bool, error) {
	window := make([]byte, 0, 64<<10)
	for {
		n, err := io.ReadFull(r, window[len(window):cap(window)])
		window = window[:len(window)+n]
		if bytes.Contains(window, needle) {
			_, err = r.Seek(0, io.SeekStart)
			return true, err
		}
		if err != nil {
			_, seek := r.Seek(0, io.SeekStart)
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return false, seek
			}
			return false, fmt.Errorf("read mbox: %w", err)
		}
		keep := copy(window[:cap(window)], window[len(window)-len(needle)+1:])
		window = window[:keep]
	}
}
