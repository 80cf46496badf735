package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
)

// pool hands out sessions, each to one user at a time, and opens them when they are first wanted. The writer is a pool
// of one, which is what puts the writers of this process in order.
type pool struct {
	connector driver.Connector
	setup     []*query      // run on each new session
	slots     chan *session // nil in a slot: not opened yet, or given up
	closing   sync.Once
	closed    chan struct{}
}

func newPool(connector driver.Connector, size int, setup ...*query) *pool {
	p := &pool{connector: connector, setup: setup, slots: make(chan *session, size), closed: make(chan struct{})}
	for range size {
		p.slots <- nil
	}
	return p
}

// take waits for a session until ctx ends.
func (p *pool) take(ctx context.Context) (*session, error) {
	select {
	case <-p.closed:
		return nil, &Error{Statement: "connect", Err: errClosed}
	default:
	}
	select {
	case s := <-p.slots:
		if s != nil {
			return s, nil
		}
	case <-p.closed:
		return nil, &Error{Statement: "connect", Err: errClosed}
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for the database: %w", ctx.Err())
	}
	s, err := p.open(ctx)
	if err != nil {
		p.slots <- nil
	}
	return s, err
}

func (p *pool) open(ctx context.Context) (*session, error) {
	s, err := newSession(ctx, p.connector)
	if err != nil {
		return nil, err
	}
	for _, q := range p.setup {
		if _, err := s.exec(ctx, q, nil); err != nil {
			_ = s.Close()
			return nil, err
		}
	}
	return s, nil
}

// give returns a session; a broken one is closed and another opened in its place when it is wanted.
func (p *pool) give(s *session, broken bool) {
	if broken {
		_ = s.Close()
		s = nil
	}
	p.slots <- s
}

// close waits for the sessions that are out and closes all.
func (p *pool) close() error {
	var errs []error
	p.closing.Do(func() {
		close(p.closed)
		for range cap(p.slots) {
			if s := <-p.slots; s != nil {
				errs = append(errs, s.Close())
			}
		}
	})
	return errors.Join(errs...)
}
