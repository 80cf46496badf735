package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"
)

// session is one connection with its prepared statements. It is used by one goroutine at a time.
//
// It talks to the driver itself, without database/sql: a mail costs some twenty statements, and the way through a
// pool that there is no need for costs as much as a third of them.
type session struct {
	conn     driver.Conn
	prepared []prepared // by query.index
	args     []driver.NamedValue
	values   []driver.Value
}

// prepared is what the driver makes of a query.
type prepared interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// newSession connects. Several processes that make one database at the same time are in each other's way while the first
// turns its log on, for which SQLite does not wait.
func newSession(ctx context.Context, connector driver.Connector) (*session, error) {
	var conn driver.Conn
	err := whileBusy(ctx, "connect", func() (err error) {
		conn, err = connector.Connect(ctx)
		return failure("connect", err)
	})
	if err != nil {
		return nil, err
	}
	return &session{conn: conn, prepared: make([]prepared, len(used))}, nil
}

// Close closes statements and connection.
func (s *session) Close() error {
	for _, p := range s.prepared {
		if p != nil {
			_ = p.Close()
		}
	}
	return s.conn.Close()
}

func (s *session) prepare(ctx context.Context, q *query) (prepared, error) {
	if p := s.prepared[q.index]; p != nil {
		return p, nil
	}
	stmt, err := s.conn.(driver.ConnPrepareContext).PrepareContext(ctx, q.text)
	if err != nil {
		return nil, err
	}
	p, ok := stmt.(prepared)
	if !ok {
		return nil, fmt.Errorf("the driver's %T takes no context", stmt)
	}
	s.prepared[q.index] = p
	return p, nil
}

// exec runs a statement and returns the last row ID and the number of changed rows.
func (s *session) exec(ctx context.Context, q *query, args []any) (driver.Result, error) {
	stmt, err := s.prepare(ctx, q)
	if err != nil {
		return nil, failure(q.name, err)
	}
	bound, err := s.bind(args)
	if err != nil {
		return nil, failure(q.name, err)
	}
	result, err := stmt.ExecContext(ctx, bound)
	return result, failure(q.name, err)
}

// each hands every row of a result to f. f may not run the same query on the same session.
func (s *session) each(ctx context.Context, q *query, args []any, f func(row) error) (err error) {
	stmt, err := s.prepare(ctx, q)
	if err != nil {
		return failure(q.name, err)
	}
	bound, err := s.bind(args)
	if err != nil {
		return failure(q.name, err)
	}
	rows, err := stmt.QueryContext(ctx, bound)
	if err != nil {
		return failure(q.name, err)
	}
	defer func() {
		if closing := rows.Close(); err == nil {
			err = failure(q.name, closing)
		}
	}()
	values := s.take(len(rows.Columns()))
	defer clear(values) // lets go of what may be big
	for {
		switch err := rows.Next(values); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return failure(q.name, err)
		}
		if err := f(values); err != nil {
			return failure(q.name, err)
		}
	}
}

// take cuts a result row out of a block, so that results can be read within one another.
func (s *session) take(n int) []driver.Value {
	if len(s.values) < n {
		s.values = make([]driver.Value, max(n, 256))
	}
	out := s.values[:n:n]
	s.values = s.values[n:]
	return out
}

func (s *session) bind(args []any) ([]driver.NamedValue, error) {
	bound := s.args[:0]
	for i, arg := range args {
		value, err := value(arg)
		if err != nil {
			return nil, fmt.Errorf("argument %d: %w", i+1, err)
		}
		bound = append(bound, driver.NamedValue{Ordinal: i + 1, Value: value})
	}
	s.args = bound[:0]
	return bound, nil
}

// value makes a column's value of a Go value. A zero time is NULL.
func value(arg any) (driver.Value, error) {
	switch v := arg.(type) {
	case nil, int64, string, []byte:
		return v, nil
	case int:
		return int64(v), nil
	case uint32:
		return int64(v), nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case time.Time:
		if v.IsZero() {
			return nil, nil
		}
		return v.UnixMilli(), nil
	case reference:
		if v == 0 {
			return nil, nil
		}
		return int64(v), nil
	}
	return nil, fmt.Errorf("%T is not stored", arg)
}

// reference is a row's ID, NULL when it is 0.
type reference int64

// row is a row of a result, as long as the next is not read.
type row []driver.Value

// scan reads the columns. NULL is the zero value, times are UTC.
func (r row) scan(dest ...any) error {
	if len(dest) != len(r) {
		return fmt.Errorf("%d columns for %d variables", len(r), len(dest))
	}
	for i, d := range dest {
		if err := scan(r[i], d); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func scan(v driver.Value, dest any) error {
	ok := true
	switch d := dest.(type) {
	case *string:
		*d, ok = v.(string)
	case *[]byte:
		*d, ok = v.([]byte)
	default:
		var n int64
		n, ok = v.(int64)
		if number := scanNumber(n, v == nil, dest); !number {
			return fmt.Errorf("%T is not read", dest)
		}
	}
	if !ok && v != nil {
		return fmt.Errorf("%T for %T", v, dest)
	}
	return nil
}

func scanNumber(n int64, null bool, dest any) bool {
	switch d := dest.(type) {
	case *int64:
		*d = n
	case *int:
		*d = int(n)
	case *uint32:
		*d = uint32(n)
	case *bool:
		*d = n != 0
	case *time.Time:
		*d = time.Time{}
		if !null {
			*d = time.UnixMilli(n).UTC()
		}
	default:
		return false
	}
	return true
}

// script runs several statements without arguments, unprepared.
func (s *session) script(ctx context.Context, text string) error {
	_, err := s.conn.(driver.ExecerContext).ExecContext(ctx, text, nil)
	return failure("script", err)
}
