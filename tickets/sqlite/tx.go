package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Tx is a transaction of the writer. It satisfies what intake and mailout ask of theirs.
type Tx struct {
	store     *Store
	ctx       context.Context
	cancelled func() error
	depth     int // of savepoints
}

// Savepoint runs f and undoes what it wrote when it returns an error or panics.
func (tx *Tx) Savepoint(f func() error) error {
	if err := tx.cancelled(); err != nil {
		return wrap("savepoint", err)
	}
	tx.depth++
	name := fmt.Sprintf("s%d", tx.depth)
	defer func() { tx.depth-- }()
	if err := tx.control("SAVEPOINT " + name); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			tx.undo(name)
		}
	}()
	if err := f(); err != nil {
		return err
	}
	if err := tx.control("RELEASE " + name); err != nil {
		return err
	}
	done = true
	return nil
}

// undo goes back to a savepoint. It fails only when SQLite has rolled the whole transaction back, whose cause f has
// returned.
func (tx *Tx) undo(name string) {
	_ = tx.control("ROLLBACK TO " + name)
	_ = tx.control("RELEASE " + name)
}

// stmt is the prepared statement for a text, made at its first use.
func (tx *Tx) stmt(action, text string) (*sql.Stmt, error) {
	if stmt, ok := tx.store.stmts[text]; ok {
		return stmt, nil
	}
	stmt, err := tx.store.conn.PrepareContext(tx.ctx, text)
	if err != nil {
		return nil, wrap("prepare "+action, err)
	}
	tx.store.stmts[text] = stmt
	return stmt, nil
}

// control runs a statement that begins or ends something.
func (tx *Tx) control(text string) error {
	stmt, err := tx.stmt(text, text)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(tx.ctx)
	return wrap(text, err)
}

// exec runs a named query and returns how many rows it changed.
func (tx *Tx) exec(name string, args ...any) (int64, error) {
	stmt, err := tx.stmt(name, query(name))
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, wrap(name, err)
	}
	n, err := result.RowsAffected()
	return n, wrap(name, err)
}

// insert runs a named query and returns the new row's id.
func (tx *Tx) insert(name string, args ...any) (int64, error) {
	stmt, err := tx.stmt(name, query(name))
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, wrap(name, err)
	}
	id, err := result.LastInsertId()
	return id, wrap(name, err)
}

// scanner is a row that can be read.
type scanner interface{ Scan(...any) error }

// one reads the only row of a named query; false when there is none.
func (tx *Tx) one(name string, scan func(scanner) error, args ...any) (bool, error) {
	stmt, err := tx.stmt(name, query(name))
	if err != nil {
		return false, err
	}
	err = scan(stmt.QueryRowContext(tx.ctx, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, wrap(name, err)
}

// each reads all rows of a named query.
func (tx *Tx) each(name string, scan func(scanner) error, args ...any) error {
	stmt, err := tx.stmt(name, query(name))
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(tx.ctx, args...)
	return scanAll(name, rows, err, scan)
}

func scanAll(name string, rows *sql.Rows, err error, scan func(scanner) error) error {
	if err != nil {
		return wrap(name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return wrap(name, err)
		}
	}
	return wrap(name, rows.Err())
}

// read runs a named query on the readers.
func (s *Store) read(ctx context.Context, name string, scan func(scanner) error, args ...any) error {
	rows, err := s.readers.QueryContext(ctx, query(name), args...)
	return scanAll(name, rows, err, scan)
}

// millis is how an instant is stored.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant reads a stored instant, in UTC.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// reference is how the id of another row is stored, which may be none.
func reference(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}
