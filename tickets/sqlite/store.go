package sqlite

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
)

// Options are what Open takes beside the path. The zero value is good.
type Options struct {
	Log      *slog.Logger // nil: no log
	ReadOnly bool         // the file is neither made nor migrated; Update is refused

	// The hooks are for tests of what happens when a disk fails or the process dies. They run on the writer alone and
	// within its transaction; an error of theirs counts as the database's own, see Error. Open's own work passes them by.
	BeforeStatement func(name string) error // before each statement but BEGIN, COMMIT and ROLLBACK
	BeforeCommit    func() error            // an error undoes the transaction
	AfterCommit     func() error            // Update returns its error although it has committed
}

const (
	busyTimeout = 5 * time.Second // for another process that writes
	readers     = 4
)

// Store is an open desk.
type Store struct {
	path    string
	opt     Options
	log     *slog.Logger
	writer  *pool
	turns   turns // of whoever has the writer's session
	readers *pool
	changed chan struct{}
}

// Open opens the database at path. It makes and migrates it where need be, and refuses one with a newer schema than it
// knows (*SchemaError).
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	s := &Store{path: path, opt: Options{ReadOnly: opt.ReadOnly}, log: opt.Log, changed: make(chan struct{}, 1)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.connect(); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	if err := s.prepareFile(ctx); err != nil {
		_ = s.Close()
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	s.opt = opt
	return s, nil
}

func (s *Store) connect() error {
	// fdatasync makes a commit just as durable as fsync and spares it the journal write for the file's times. Where the
	// system has none, fsync it is.
	if _, err := sqlite.Fdatasync(true); err != nil && !errors.Is(err, sqlite.ErrFdatasyncUnavailable) {
		return err
	}
	writer, err := sqlite.NewConnector(dsn(s.path, "rw"))
	if err != nil {
		return err
	}
	reader, err := sqlite.NewConnector(dsn(s.path, "ro"))
	if err != nil {
		return err
	}
	s.writer, s.readers = newPool(writer, 1, noBusyTimeout), newPool(reader, readers)
	return nil
}

// dsn opens path as it is wanted everywhere: waiting for others, durable, checked. Savepoints are undone from memory.
// Four times the usual 4 MB of log are let grow before they go into the database, since the pages of the indexes are
// written again and again in the meantime.
func dsn(path, mode string) string {
	q := url.Values{"mode": {mode}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-2048)",
	}}
	if mode == "rw" {
		q["_pragma"] = append(q["_pragma"], "journal_mode(WAL)", "cache_size(-8192)", "wal_autocheckpoint(4000)",
			"journal_size_limit(16777216)")
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String()
}

// prepareFile makes the file, for its owner alone, and brings it to the schema of this version.
func (s *Store) prepareFile(ctx context.Context) error {
	if s.opt.ReadOnly {
		if _, err := os.Stat(s.path); err != nil {
			return err
		}
		return s.view(ctx, func(v *access) error { return checkSchema(v) })
	}
	f, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return s.migrate(ctx)
}

// Close waits for what is under way and closes the database.
func (s *Store) Close() error { return errors.Join(s.readers.close(), s.writer.close()) }

// Path is the absolute path of the database.
func (s *Store) Path() string { return s.path }

// Changed is told of every commit: at once of those of this Store, and while Watch runs of other processes' too. It
// has room for one word, so a slow listener hears once of many commits. There can be one listener.
func (s *Store) Changed() <-chan struct{} { return s.changed }

func (s *Store) announce() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}
