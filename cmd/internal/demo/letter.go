package demo

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"maildesk/cmd/internal/postoffice"
	"maildesk/parser"
)

// letter is a mail that lies in a folder, as it was read.
type letter struct {
	*parser.Message
	raw []byte
	at  time.Time // when it was read
}

// read parses a mail as the desk does.
func read(raw []byte) (letter, error) {
	m, err := parser.Parse(io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw))), parser.Options{Prefix: "IT", AuthservID: postoffice.Exchange})
	if err != nil {
		return letter{}, fmt.Errorf("read a mail: %w", err)
	}
	return letter{Message: m, raw: raw}, nil
}

// byMachine reports whether a mail says of itself that no person wrote it (RFC 3834 5).
func (l letter) byMachine() bool {
	header, _, _ := bytes.Cut(l.raw, []byte("\r\n\r\n"))
	return bytes.Contains(header, []byte("\nAuto-Submitted: auto-"))
}
