package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// maxPiece bounds a chunk, so that neither a row nor a buffer is ever as big as a mail.
const maxPiece = 256 << 10

// addChunks stores what r has, compressed, and returns the id of its first piece and its size.
func (tx *Tx) addChunks(r io.Reader) (first, size int64, err error) {
	w := &chunkWriter{tx: tx}
	encoder := tx.store.encoder
	encoder.Reset(w)
	size, err = io.Copy(encoder, r)
	if err != nil {
		return 0, 0, fmt.Errorf("compress: %w", err)
	}
	if err := encoder.Close(); err != nil {
		return 0, 0, err
	}
	if err := w.flush(); err != nil {
		return 0, 0, err
	}
	return w.first, size, nil
}

// addBytes stores b, compressed at once when it fits into a piece.
func (tx *Tx) addBytes(b []byte) (first int64, err error) {
	if len(b) > maxPiece {
		first, _, err = tx.addChunks(bytes.NewReader(b))
		return first, err
	}
	return tx.insert("add_chunk", nil, tx.store.encoder.EncodeAll(b, nil))
}

// chunkWriter cuts a stream into rows.
type chunkWriter struct {
	tx    *Tx
	first int64
	piece []byte
}

func (w *chunkWriter) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		n := min(len(p), maxPiece-len(w.piece))
		w.piece = append(w.piece, p[:n]...)
		p, written = p[n:], written+n
		if len(w.piece) == maxPiece {
			if err := w.flush(); err != nil {
				return written, err
			}
		}
	}
	return written, nil
}

func (w *chunkWriter) flush() error {
	if len(w.piece) == 0 && w.first != 0 {
		return nil
	}
	id, err := w.tx.insert("add_chunk", reference(w.first), w.piece)
	if w.first == 0 {
		w.first = id
	}
	w.piece = w.piece[:0]
	return err
}

// chunkReader reads the pieces of something, one row at a time.
type chunkReader struct {
	piece []byte
	rows  *sql.Rows // of the further pieces; nil until the first is used up
	more  func() (*sql.Rows, error)
}

func (r *chunkReader) Read(p []byte) (int, error) {
	for len(r.piece) == 0 {
		if r.rows == nil {
			rows, err := r.more()
			if err != nil {
				return 0, wrap("further_chunks", err)
			}
			r.rows = rows
		}
		if !r.rows.Next() {
			if err := r.rows.Err(); err != nil {
				return 0, wrap("further_chunks", err)
			}
			return 0, io.EOF
		}
		if err := r.rows.Scan(&r.piece); err != nil {
			return 0, wrap("further_chunks", err)
		}
	}
	n := copy(p, r.piece)
	r.piece = r.piece[n:]
	return n, nil
}

func (r *chunkReader) Close() error {
	if r.rows == nil {
		return nil
	}
	return r.rows.Close()
}

// openChunks reads back what addChunks stored.
func openChunks(ctx context.Context, db querier, first int64) (io.ReadCloser, error) {
	r := &chunkReader{more: func() (*sql.Rows, error) {
		return db.QueryContext(ctx, query("further_chunks"), first)
	}}
	if err := db.QueryRowContext(ctx, query("first_chunk"), first).Scan(&r.piece); err != nil {
		return nil, wrap("first_chunk", err)
	}
	decoder, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	return &opened{decoder: decoder, rows: r}, nil
}

// opened is a stream that is being read back.
type opened struct {
	decoder *zstd.Decoder
	rows    *chunkReader
}

func (o *opened) Read(p []byte) (int, error) { return o.decoder.Read(p) }

func (o *opened) Close() error {
	o.decoder.Close()
	return o.rows.Close()
}

// wholeDecoder decompresses what is read whole. It may be used by several goroutines at once.
var wholeDecoder = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
})

// readChunks reads back all of something that fits into memory: a mail of ours.
func readChunks(ctx context.Context, db querier, first int64) ([]byte, error) {
	var all []byte
	if err := db.QueryRowContext(ctx, query("first_chunk"), first).Scan(&all); err != nil {
		return nil, wrap("first_chunk", err)
	}
	rows, err := db.QueryContext(ctx, query("further_chunks"), first)
	err = scanAll("further_chunks", rows, err, func(row scanner) error {
		var piece []byte
		err := row.Scan(&piece)
		all = append(all, piece...)
		return err
	})
	if err != nil {
		return nil, err
	}
	decoder, err := wholeDecoder()
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	raw, err := decoder.DecodeAll(all, nil)
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	return raw, nil
}
