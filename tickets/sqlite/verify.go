package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
)

var (
	integrityCheck  = statement("integrity_check")
	foreignKeyCheck = statement("foreign_key_check")
	countAll        = statement("count_all")
	samples         = statement("samples")
)

// Report says what a backup holds.
type Report struct {
	Schema                             int
	Tickets, Entries, Messages, Outbox int
	Bytes                              int64 // of the file
}

// Verify reads a backup, a file that nobody writes, from end to end: its structure, its references, and the bytes of a
// few mails. An error says what is wrong with it.
func Verify(ctx context.Context, path string) (Report, error) {
	report, err := verify(ctx, path)
	if err != nil {
		return Report{}, fmt.Errorf("verify %s: %w", path, err)
	}
	return report, nil
}

func verify(ctx context.Context, path string) (report Report, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return Report{}, err
	}
	report.Bytes = info.Size()
	if path, err = filepath.Abs(path); err != nil {
		return Report{}, err
	}
	// Immutable: no locks, no further files, so a backup may lie on a medium that cannot be written.
	connector, err := sqlite.NewConnector(dsn(path, "ro") + "&immutable=1")
	if err != nil {
		return Report{}, err
	}
	session, err := newSession(ctx, connector)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	a := &access{session: session, ctx: ctx, within: ctx}
	for _, check := range []func(*Report) error{a.schema, a.intact, a.count, a.readBack} {
		if err := check(&report); err != nil {
			return Report{}, err
		}
	}
	return report, nil
}

func (a *access) schema(r *Report) (err error) {
	if r.Schema, err = schemaVersion(a); err != nil {
		return err
	}
	if r.Schema == 0 {
		return errors.New("this is not a maildesk database")
	}
	if r.Schema > len(migrations) {
		return &SchemaError{Have: r.Schema, Want: len(migrations)}
	}
	return nil
}

func (a *access) intact(*Report) error {
	err := a.each(integrityCheck, nil, func(r row) error {
		var said string
		if err := r.scan(&said); err != nil {
			return err
		}
		if said != "ok" {
			return fmt.Errorf("the database is damaged: %s", said)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.each(foreignKeyCheck, nil, func(r row) error {
		return fmt.Errorf("row %v of %v refers to a row of %v that is not there", r[1], r[0], r[2])
	})
}

func (a *access) count(r *Report) error {
	_, err := a.first(countAll, nil, &r.Tickets, &r.Entries, &r.Messages, &r.Outbox)
	return err
}

// readBack reads a few mails and compares their sizes with what was recorded.
func (a *access) readBack(*Report) error {
	type sample struct{ blob, size int64 }
	var found []sample
	err := a.each(samples, nil, func(r row) error {
		var s sample
		err := r.scan(&s.blob, &s.size)
		found = append(found, s)
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range found {
		if err := a.readBlob(s.blob, s.size); err != nil {
			return err
		}
	}
	return nil
}

func (a *access) readBlob(blob, size int64) error {
	_, head, err := a.blobHead(blob)
	if err != nil {
		return err
	}
	decoder := mustDecoder(&chunks{blob: blob, next: head, chunk: a.blobChunk})
	defer decoder.Close()
	n, err := io.Copy(io.Discard, decoder)
	if err == nil && n != size {
		err = fmt.Errorf("%d bytes for %d", n, size)
	}
	if err != nil {
		return fmt.Errorf("read mail in blob %d: %w", blob, err)
	}
	return nil
}
