package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// The statements that steer transactions.
var (
	begin       = literal("begin", "BEGIN IMMEDIATE")
	beginRead   = literal("begin_read", "BEGIN")
	commit      = literal("commit", "COMMIT")
	rollback    = literal("rollback", "ROLLBACK")
	savepoint   = literal("savepoint", "SAVEPOINT part")
	release     = literal("release", "RELEASE part")
	rollbackTo  = literal("rollback_to", "ROLLBACK TO part")
	errReadOnly = errors.New("the database is open for reading only")
)

// Tx is a transaction that writes. It is used by the function that Update calls, on its goroutine, until it returns.
type Tx struct {
	access
}

// Update runs f in one transaction, waiting for the writers of this and of other processes, and commits when f returns
// nil. An error or a panic of f rolls everything back and is passed on. f has no effect beside its Tx, may not call
// Update, and may be run again by a caller that got a Temporary error.
//
// The transaction ends with ctx, at its next statement. Changed hears of it if it changed anything. Errors of the
// database are *Error.
func (s *Store) Update(ctx context.Context, f func(*Tx) error) (err error) {
	if s.opt.ReadOnly {
		return errReadOnly
	}
	session, err := s.writer.take(ctx)
	if err != nil {
		return err
	}
	broken := false
	s.turns.leaveGap()
	defer func() {
		s.turns.ended = time.Now()
		s.writer.give(session, broken)
	}()
	if err := session.beginWriting(ctx); err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			broken = !undo(session)
		}
	}()
	// A single statement is too short to be worth a goroutine that would interrupt it.
	tx := &Tx{access{session: session, ctx: ctx, within: context.Background(), before: s.opt.BeforeStatement}}
	if err := f(tx); err != nil {
		return err
	}
	if err := s.commit(tx); err != nil {
		return err
	}
	committed = true
	if tx.wrote {
		s.announce()
	}
	return s.afterCommit()
}

func (s *Store) commit(tx *Tx) error {
	if tx.failed != nil {
		return tx.failed
	}
	if err := tx.ctx.Err(); err != nil {
		return failure(commit.name, err)
	}
	if s.opt.BeforeCommit != nil {
		if err := s.opt.BeforeCommit(); err != nil {
			return failure(commit.name, err)
		}
	}
	_, err := tx.session.exec(tx.within, commit, nil)
	return err
}

func (s *Store) afterCommit() error {
	if s.opt.AfterCommit == nil {
		return nil
	}
	return failure("after_commit", s.opt.AfterCommit())
}

// undo ends a transaction and reports whether the session can be used again. SQLite undoes a transaction by itself
// after some errors of the disk and then says, with SQLITE_ERROR, that there is none.
func undo(s *session) bool {
	_, err := s.exec(context.Background(), rollback, nil)
	return err == nil || code(err) == sqlite3.SQLITE_ERROR
}

// Savepoint runs f and undoes what it wrote when it returns an error or panics, which Savepoint passes on. Savepoints
// can stand within one another.
func (tx *Tx) Savepoint(f func() error) (err error) {
	if _, err := tx.exec(savepoint); err != nil {
		return err
	}
	kept := false
	defer func() {
		if !kept {
			tx.undoPart()
		}
	}()
	if err := f(); err != nil {
		return err
	}
	if _, err := tx.exec(release); err != nil {
		return err
	}
	kept = true
	return nil
}

// undoPart goes back to the savepoint, whatever has happened. If that fails the whole transaction is lost, and
// failed sees to it that it is not committed.
func (tx *Tx) undoPart() {
	for _, q := range []*query{rollbackTo, release} {
		if _, err := tx.session.exec(tx.within, q, nil); err != nil && tx.failed == nil {
			tx.failed = &Error{Statement: q.name, Code: sqlite3.SQLITE_ABORT_ROLLBACK, Err: err}
		}
	}
}

// view runs f in a transaction that reads, beside the writer: all its answers are of one instant.
func (s *Store) view(ctx context.Context, f func(*access) error) error {
	session, err := s.readers.take(ctx)
	if err != nil {
		return err
	}
	broken := false
	defer func() { s.readers.give(session, broken) }()
	if _, err := session.exec(ctx, beginRead, nil); err != nil {
		return err
	}
	defer func() { broken = !undo(session) }()
	if err := f(&access{session: session, ctx: ctx, within: ctx}); err != nil {
		return fmt.Errorf("read the desk: %w", err)
	}
	return nil
}
