package sqlite

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// How bytes are stored: one zstd frame, cut into pieces, so that neither writing nor reading a big mail holds more of
// it than this.
const (
	chunkSize  = 256 << 10 // compressed, of one row
	inMemory   = 256 << 10 // up to here a mail is compressed in one go
	windowSize = 512 << 10
)

var (
	addBlob      = statement("add_blob")
	addBlobChunk = statement("add_blob_chunk")
	setBlobSize  = statement("set_blob_size")
)

// compressor is kept from mail to mail: its tables are worth more than a small mail's compression.
type compressor struct {
	encoder *zstd.Encoder
	plain   []byte // up to inMemory
	packed  []byte
}

var compressors = sync.Pool{New: func() any {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(windowSize), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // the options contradict each other
	}
	return &compressor{encoder: encoder, plain: make([]byte, inMemory)}
}}

// Pack compresses bytes as the store keeps them, so that others than the one writer can do it; nil for more than is compressed
// in one go. It may be used by several goroutines at once.
func Pack(raw []byte) []byte {
	if len(raw) >= inMemory {
		return nil
	}
	c := compressors.Get().(*compressor)
	defer compressors.Put(c)
	c.packed = c.encoder.EncodeAll(raw, c.packed[:0])
	return bytes.Clone(c.packed)
}

// packed is a reader whose bytes Pack has packed already.
type packed interface {
	Packed() []byte // nil when not
	Size() int64
}

// addBlob stores what r yields and returns its ID and size. A failure to read is Temporary.
func (tx *Tx) addBlob(r io.Reader) (id, size int64, err error) {
	if p, ok := r.(packed); ok && p.Packed() != nil {
		id, err = tx.addPacked(p.Packed(), p.Size())
		return id, p.Size(), err
	}
	c := compressors.Get().(*compressor)
	defer compressors.Put(c)
	n, err := io.ReadFull(r, c.plain)
	switch err {
	case io.EOF, io.ErrUnexpectedEOF: // all of it
		id, err = tx.addBlobBytes(c, c.plain[:n])
		return id, int64(n), err
	case nil:
		return tx.addBlobStream(c, io.MultiReader(bytes.NewReader(c.plain), r))
	}
	return 0, 0, readError{fmt.Errorf("read mail to store: %w", err)}
}

func (tx *Tx) addBlobBytes(c *compressor, plain []byte) (int64, error) {
	c.packed = c.encoder.EncodeAll(plain, c.packed[:0])
	return tx.addPacked(c.packed, int64(len(plain)))
}

// addPacked stores a whole frame of size bytes.
func (tx *Tx) addPacked(frame []byte, size int64) (int64, error) {
	w := blobWriter{tx: tx}
	if _, err := w.Write(frame); err != nil {
		return 0, err
	}
	return w.finish(size)
}

func (tx *Tx) addBlobStream(c *compressor, r io.Reader) (id, size int64, err error) {
	w := &blobWriter{tx: tx}
	c.encoder.Reset(w)
	defer c.encoder.Reset(nil) // lets go of w
	if size, err = io.Copy(c.encoder, marking{r}); err != nil {
		return 0, 0, err
	}
	if err := c.encoder.Close(); err != nil {
		return 0, 0, err
	}
	id, err = w.finish(size)
	return id, size, err
}

// marking marks a reader's errors as none of the mail's.
type marking struct{ r io.Reader }

// Read reads.
func (m marking) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if err != nil && err != io.EOF {
		err = readError{fmt.Errorf("read mail to store: %w", err)}
	}
	return n, err
}

// blobWriter cuts what is written into rows.
type blobWriter struct {
	tx     *Tx
	id     int64 // 0 before the first row
	seq    int   // of the last blob_chunk
	buffer []byte
}

// Write takes a piece of the compressed frame.
func (w *blobWriter) Write(p []byte) (int, error) {
	w.buffer = append(w.buffer, p...)
	for len(w.buffer) > chunkSize {
		if err := w.flush(w.buffer[:chunkSize], 0); err != nil {
			return 0, err
		}
		w.buffer = append(w.buffer[:0], w.buffer[chunkSize:]...)
	}
	return len(p), nil
}

// finish writes the rest and returns the blob's ID; size is that before compression.
func (w *blobWriter) finish(size int64) (int64, error) {
	if err := w.flush(w.buffer, size); err != nil || w.seq == 0 {
		return w.id, err
	}
	_, err := w.tx.exec(setBlobSize, size, w.id)
	return w.id, err
}

func (w *blobWriter) flush(data []byte, size int64) (err error) {
	if w.id == 0 {
		if data == nil {
			data = []byte{} // an empty mail; nil would be NULL
		}
		w.id, err = w.tx.insert(addBlob, size, data)
		return err
	}
	w.seq++
	_, err = w.tx.exec(addBlobChunk, w.id, w.seq, data)
	return err
}
