package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
)

// access runs statements within a transaction, one that writes or one that reads.
type access struct {
	*session
	ctx    context.Context // ends the transaction
	within context.Context // under which a single statement runs
	before func(statement string) error
	wrote  bool  // a row was changed
	failed error // the environment's error, after which nothing of this transaction can be trusted
}

// ready says whether another statement may run.
func (a *access) ready(q *query) error {
	if a.failed != nil {
		return a.failed
	}
	if err := a.ctx.Err(); err != nil {
		return failure(q.name, err)
	}
	if a.before != nil {
		return a.note(failure(q.name, a.before(q.name)))
	}
	return nil
}

// note keeps an error of the environment: SQLite may have undone the transaction by then.
func (a *access) note(err error) error {
	if temporary(err) && a.failed == nil {
		a.failed = err
	}
	return err
}

func (a *access) exec(q *query, args ...any) (driver.Result, error) {
	if err := a.ready(q); err != nil {
		return nil, err
	}
	result, err := a.session.exec(a.within, q, args)
	if err != nil {
		return nil, a.note(err)
	}
	if q.write && !a.wrote {
		n, err := result.RowsAffected()
		a.wrote = err != nil || n > 0
	}
	return result, nil
}

// insert runs a statement and returns the new row's ID.
func (a *access) insert(q *query, args ...any) (int64, error) {
	result, err := a.exec(q, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// change runs a statement and returns how many rows it changed.
func (a *access) change(q *query, args ...any) (int, error) {
	result, err := a.exec(q, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

func (a *access) each(q *query, args []any, f func(row) error) error {
	if err := a.ready(q); err != nil {
		return err
	}
	a.wrote = a.wrote || q.write
	return a.note(a.session.each(a.within, q, args, f))
}

// first reads the first row into dest; false when there is none.
func (a *access) first(q *query, args []any, dest ...any) (bool, error) {
	found := false
	err := a.each(q, args, func(r row) error {
		found = true
		if err := r.scan(dest...); err != nil {
			return err
		}
		return errEnough
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return found, err
}

var errEnough = errors.New("one row is enough")
