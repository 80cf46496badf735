package parser

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"sync"
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

var copyBuffers = sync.Pool{New: func() any { b := make([]byte, chunkSize); return &b }}

// describe reads every attachment once, for its size and digest.
func (c *content) describe() []Attachment {
	list := make([]Attachment, 0, len(c.items))
	for i := range c.items {
		it := &c.items[i]
		if it.key == nil {
			it.measure(it.open())
		}
		list = append(list, it.Attachment)
	}
	return list
}

// measure reads the bytes of an attachment to their end; an error of theirs is kept by the source.
func (it *item) measure(r io.Reader) {
	d := digest{sum: sha256.New()}
	if it.text {
		d.lines = sha256.New()
	}
	buf := copyBuffers.Get().(*[]byte)
	_, _ = io.CopyBuffer(&d, r, *buf)
	copyBuffers.Put(buf)
	it.Size, it.SHA256, it.key = d.size, hex.EncodeToString(d.sum.Sum(nil)), d.key()
}

// digest is the hash of an attachment as it is, and for one whose line ends the way of the mail may have changed the
// hash without CR as well.
type digest struct {
	sum, lines hash.Hash
	size       int64
}

func (d *digest) Write(p []byte) (int, error) {
	d.sum.Write(p)
	d.size += int64(len(p))
	if d.lines != nil {
		writeWithoutCR(d.lines, p)
	}
	return len(p), nil
}

func (d *digest) key() []byte {
	if d.lines != nil {
		return d.lines.Sum(nil)
	}
	return d.sum.Sum(nil)
}
