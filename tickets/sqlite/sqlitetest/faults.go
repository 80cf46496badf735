package sqlitetest

import (
	"errors"
	"sync/atomic"

	"maildesk/tickets/sqlite"
)

// ErrInjected is the cause of the errors that the faults make.
var ErrInjected = errors.New("injected")

// FailStatement are options by which the n-th run of a statement, or of any with "", fails with SQLite's extended result
// code, such as 13 for a full disk. The runs before and after it work.
func FailStatement(name string, n int64, code int) sqlite.Options {
	var runs atomic.Int64
	return sqlite.Options{BeforeStatement: func(statement string) error {
		if name != "" && statement != name || runs.Add(1) != n {
			return nil
		}
		return &sqlite.Error{Statement: statement, Code: code, Err: ErrInjected}
	}}
}

// FailCommit are options by which the n-th transaction is undone at its commit, with SQLite's extended result code.
func FailCommit(n int64, code int) sqlite.Options {
	var commits atomic.Int64
	return sqlite.Options{BeforeCommit: func() error {
		if commits.Add(1) != n {
			return nil
		}
		return &sqlite.Error{Statement: "commit", Code: code, Err: ErrInjected}
	}}
}
