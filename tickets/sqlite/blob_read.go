package sqlite

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

var (
	blobByID  = statement("blob_by_id")
	blobChunk = statement("blob_chunk")
)

// decompressor reads frames that lie in memory, several at once if need be.
var decompressor = sync.OnceValue(func() *zstd.Decoder { return mustDecoder(nil) })

// mustDecoder makes a decoder of one frame at a time; what is stored here needs no more memory than its window.
func mustDecoder(r io.Reader) *zstd.Decoder {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		panic(err) // the options contradict each other
	}
	return d
}

// blobBytes reads a blob whole, for what is known to be small: outgoing mail, or what RawOf has measured.
func (a *access) blobBytes(id int64) ([]byte, error) {
	size, data, err := a.blobHead(id)
	if err != nil {
		return nil, err
	}
	if len(data) < chunkSize {
		out, err := decompressor().DecodeAll(data, make([]byte, 0, size))
		if err != nil {
			return nil, fmt.Errorf("blob %d: %w", id, err)
		}
		return out, nil
	}
	decoder := mustDecoder(&chunks{blob: id, next: data, chunk: a.blobChunk})
	defer decoder.Close()
	out := bytes.NewBuffer(make([]byte, 0, size))
	if _, err := io.Copy(out, decoder); err != nil {
		return nil, fmt.Errorf("blob %d: %w", id, err)
	}
	return out.Bytes(), nil
}

func (a *access) blobHead(id int64) (size int64, data []byte, err error) {
	found, err := a.first(blobByID, []any{id}, &size, &data)
	if err == nil && !found {
		err = fmt.Errorf("blob %d is not there", id)
	}
	return size, data, err
}

// blobChunk reads a further piece of a blob's frame, nil after the last.
func (a *access) blobChunk(id int64, seq int) (data []byte, err error) {
	_, err = a.first(blobChunk, []any{id, seq}, &data)
	return data, err
}

// chunks reads a blob's frame piece by piece.
type chunks struct {
	blob  int64
	next  []byte // what is left of the current piece
	seq   int    // of the current piece, 0 for the one in blob itself
	chunk func(id int64, seq int) ([]byte, error)
}

// Read reads compressed bytes.
func (c *chunks) Read(p []byte) (int, error) {
	if len(c.next) == 0 {
		c.seq++
		data, err := c.chunk(c.blob, c.seq)
		if err != nil {
			return 0, err
		}
		if len(data) == 0 {
			return 0, io.EOF
		}
		c.next = data
	}
	n := copy(p, c.next)
	c.next = c.next[n:]
	return n, nil
}
