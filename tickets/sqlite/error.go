package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Error is what SQLite, or the disk below it, said to a statement.
type Error struct {
	Statement string // its name in queries/*.sql
	Code      int    // SQLite's extended result code, 0 when the error is not SQLite's
	Err       error
}

// Error names the statement and the cause.
func (e *Error) Error() string { return fmt.Sprintf("%s: %v", e.Statement, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Temporary reports whether the error is the environment's (disk full, I/O, memory, locked, damaged, cancelled) and
// says nothing about the data that was to be written. It is false for a constraint, a wrong type, a value too big
// and a wrong statement.
func (e *Error) Temporary() bool {
	switch e.Code & 0xff {
	case sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_RANGE,
		sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_AUTH:
		return false
	case 0:
		return errors.Is(e.Err, context.Canceled) || errors.Is(e.Err, context.DeadlineExceeded) ||
			errors.Is(e.Err, driver.ErrBadConn) || errors.Is(e.Err, errClosed)
	}
	return true
}

var errClosed = errors.New("the store is closed")

// failure wraps what a driver call returned, nil for nil.
func failure(statement string, err error) error {
	if err == nil {
		return nil
	}
	var earlier *Error
	if errors.As(err, &earlier) {
		return err
	}
	e := &Error{Statement: statement, Err: err}
	var theirs *sqlite.Error
	if errors.As(err, &theirs) {
		e.Code = theirs.Code()
	}
	return e
}

// temporary reports whether an error is the environment's.
func temporary(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Temporary()
}

// code is an error's extended result code, 0 when it has none.
func code(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

// readError is a failure to read what was to be stored: none of the mail's.
type readError struct{ error }

// Temporary is true: the same bytes may be there at the next try.
func (readError) Temporary() bool { return true }

// Unwrap returns the cause.
func (e readError) Unwrap() error { return e.error }
