package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

var (
	vacuumInto   = statement("vacuum_into")
	databaseSize = statement("database_size")
)

// Backup writes a copy of the database, as of one instant, into the new file dest. It runs beside a daemon that writes.
// The file appears under its name only once it is complete, verified and on the disk. progress, which may be nil, hears
// about every 100 ms how many bytes of about how many are written.
func (s *Store) Backup(ctx context.Context, dest string, progress func(done, total int64)) (Report, error) {
	report, err := s.backup(ctx, dest, progress)
	if err != nil {
		return Report{}, fmt.Errorf("back up to %s: %w", dest, err)
	}
	return report, nil
}

func (s *Store) backup(ctx context.Context, dest string, progress func(done, total int64)) (Report, error) {
	if err := mustBeNew(dest); err != nil {
		return Report{}, err
	}
	before, total, err := s.extent(ctx)
	if err != nil {
		return Report{}, err
	}
	partial, err := partialFile(dest)
	if err != nil {
		return Report{}, err
	}
	defer os.Remove(partial)
	stop := follow(partial, total, progress)
	err = s.copyInto(ctx, partial)
	stop()
	if err != nil {
		return Report{}, err
	}
	report, err := Verify(ctx, partial)
	if err != nil {
		return Report{}, err
	}
	if report.Tickets < before.Tickets || report.Messages < before.Messages {
		return Report{}, fmt.Errorf("the copy has %d tickets and %d mails, the desk had %d and %d already",
			report.Tickets, report.Messages, before.Tickets, before.Messages)
	}
	return report, putInPlace(partial, dest)
}

// extent counts what a backup has to have at least, and its size in bytes.
func (s *Store) extent(ctx context.Context) (counts Report, size int64, err error) {
	err = s.view(ctx, func(v *access) error {
		if err := v.count(&counts); err != nil {
			return err
		}
		_, err := v.first(databaseSize, nil, &size)
		return err
	})
	return counts, size, err
}

// copyInto has SQLite write the database anew, without gaps. It reads one snapshot and keeps nobody from writing.
func (s *Store) copyInto(ctx context.Context, path string) error {
	session, err := s.readers.take(ctx)
	if err != nil {
		return err
	}
	_, err = session.exec(ctx, vacuumInto, []any{path})
	s.readers.give(session, err != nil)
	return err
}

// mustBeNew reports, as fs.ErrExist, a file that is there.
func mustBeNew(path string) error {
	switch _, err := os.Lstat(path); {
	case err == nil:
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return nil
}

// partialFile makes an empty file beside path, for its owner alone.
func partialFile(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.partial")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// follow tells progress how big a file has become, until stop is called.
func follow(path string, total int64, progress func(done, total int64)) (stop func()) {
	if progress == nil {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				if info, err := os.Stat(path); err == nil {
					progress(min(info.Size(), total), total)
				}
			case <-done:
				progress(total, total)
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

// putInPlace brings a complete file to the disk and then to its name.
func putInPlace(partial, path string) error {
	if err := syncPath(partial); err != nil {
		return err
	}
	if err := mustBeNew(path); err != nil {
		return err
	}
	if err := os.Rename(partial, path); err != nil {
		return err
	}
	return syncPath(filepath.Dir(path))
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
