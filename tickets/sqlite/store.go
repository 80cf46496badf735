package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite" // the driver "sqlite": no cgo, so that one static binary is the whole program
)

// Options are what Open takes beside the path. The zero value is right for a daemon.
type Options struct {
	Log *slog.Logger // nil is silent
	// BeforeCommit and AfterCommit are called round each COMMIT; crash tests end the process there, and fault tests
	// let a commit fail by BeforeCommit's error. Nil in production.
	BeforeCommit func() error
	AfterCommit  func()
}

// watchEvery is how often Watch looks whether another process has written.
const watchEvery = 300 * time.Millisecond

// Store is an open database: one writer and a pool of readers.
type Store struct {
	path    string
	opt     Options
	writing chan struct{} // holds one token while nobody writes
	writer  *sql.DB
	conn    *sql.Conn // the writer's only connection
	stmts   map[string]*sql.Stmt
	readers *sql.DB
	encoder *zstd.Encoder // the writer's
	changed chan struct{}
	closing sync.Once
}

// dsn is the driver's name of the file, with the pragmas that every connection needs.
func dsn(path string, extra ...string) string {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": append([]string{
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
	}, extra...)}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// Open opens the database, creates it if it is not there, and brings it to the newest schema. A *NewerSchema is
// returned for a file that a later version has written.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(maxPiece))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	s := &Store{
		path: path, opt: opt, writing: make(chan struct{}, 1), stmts: map[string]*sql.Stmt{},
		encoder: encoder, changed: make(chan struct{}, 1),
	}
	if err := s.open(ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	s.writing <- struct{}{}
	return s, nil
}

func (s *Store) open(ctx context.Context) (err error) {
	// The page cache stays small: a desk's working set is its newest rows.
	if s.writer, err = sql.Open("sqlite", dsn(s.path, "cache_size(-4096)", "temp_store(MEMORY)")); err != nil {
		return wrap("open", err)
	}
	s.writer.SetMaxOpenConns(1)
	if s.conn, err = s.writer.Conn(ctx); err != nil {
		return wrap("connect", err)
	}
	if err := migrate(ctx, s.conn, s.path); err != nil {
		return err
	}
	if s.readers, err = sql.Open("sqlite", dsn(s.path, "query_only(1)", "cache_size(-2048)")); err != nil {
		return wrap("open", err)
	}
	s.readers.SetMaxOpenConns(4)
	return nil
}

// Close ends the store. Nothing may use it afterwards.
func (s *Store) Close() error {
	var err error
	s.closing.Do(func() {
		for _, stmt := range s.stmts {
			err = errors.Join(err, stmt.Close())
		}
		if s.readers != nil {
			err = errors.Join(err, s.readers.Close())
		}
		if s.conn != nil {
			err = errors.Join(err, s.conn.Close())
		}
		if s.writer != nil {
			err = errors.Join(err, s.writer.Close())
		}
	})
	return err
}

// Path is the database's file.
func (s *Store) Path() string { return s.path }

// Update runs f in a transaction and commits it; an error or panic of f rolls everything back. Writers of this process
// wait for one another, those of other processes for five seconds. f may be run again by the caller after an error, so
// it has no effect beside its Tx.
func (s *Store) Update(ctx context.Context, f func(*Tx) error) (err error) {
	select {
	case <-s.writing:
		defer func() { s.writing <- struct{}{} }()
	case <-ctx.Done():
		return wrap("wait to write", context.Cause(ctx))
	}
	// A statement is not interrupted in its middle: a transaction is short, and watching the context costs more than
	// most statements do.
	tx := &Tx{store: s, ctx: context.WithoutCancel(ctx), cancelled: ctx.Err}
	if err := tx.control("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			_ = tx.control("ROLLBACK") // fails when SQLite has rolled back already
		}
	}()
	if err := f(tx); err != nil {
		return err
	}
	if err := s.beforeCommit(ctx); err != nil {
		return err
	}
	if err := tx.control("COMMIT"); err != nil {
		return err
	}
	committed = true
	if s.opt.AfterCommit != nil {
		s.opt.AfterCommit()
	}
	s.notify()
	return nil
}

func (s *Store) beforeCommit(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return wrap("commit", context.Cause(ctx))
	}
	if s.opt.BeforeCommit == nil {
		return nil
	}
	return wrap("commit", s.opt.BeforeCommit())
}

func (s *Store) notify() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// Changed receives after commits of this process and, while Watch runs, of others; several may be told as one.
func (s *Store) Changed() <-chan struct{} { return s.changed }

// Watch looks for commits of other processes until ctx ends, and returns its cause.
func (s *Store) Watch(ctx context.Context) error {
	conn, err := s.readers.Conn(ctx)
	if err != nil {
		return wrap("watch", err)
	}
	defer conn.Close()
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	// data_version changes, as one connection sees it, with each commit of another one (sqlite.org/pragma.html).
	last := int64(-1)
	for {
		var version int64
		if err := conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil && ctx.Err() == nil {
			return wrap("watch", err)
		}
		if last >= 0 && version != last {
			s.notify()
		}
		last = version
		select {
		case <-tick.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
