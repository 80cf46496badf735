package parser

import (
	"fmt"
	"io"
)

// Open returns a reader of the decoded bytes of the n-th attachment, counted from 0 as Parse lists them under the
// default limits. src has to stay readable as long as the reader is used.
func Open(src *io.SectionReader, n int) (io.Reader, error) {
	var warned warnings
	source := newSource(src, src.Size())
	c := readContent(source, Options{}.limits(), &warned)
	c.text()
	if source.err != nil {
		return nil, fmt.Errorf("read mail: %w", source.err)
	}
	if n < 0 || n >= len(c.items) {
		return nil, fmt.Errorf("attachment %d: the mail has %d", n, len(c.items))
	}
	return &sourceReader{c.items[n].open(), source}, nil
}

// sourceReader gives the error of the source that its decoder could not.
type sourceReader struct {
	io.Reader
	src *source
}

func (r *sourceReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && r.src.err != nil {
		err = fmt.Errorf("read mail: %w", r.src.err)
	}
	return n, err
}
