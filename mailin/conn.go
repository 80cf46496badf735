package mailin

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// slowest is the rate in bytes a second below which a body is given up even though it still trickles.
const slowest = 1 << 10

// conn is one connection. The session's goroutine alone gives commands on it.
type conn struct {
	client  *imapclient.Client
	wire    *wire
	silence time.Duration
	wake    chan struct{} // the server has announced a change of the folder
	caps    imap.CapSet   // after the log-in
}

// SilentError is a server that did not answer in time.
type SilentError struct {
	Action string
	After  time.Duration
}

func (e *SilentError) Error() string {
	return fmt.Sprintf("%s: no answer for %v", e.Action, e.After)
}

// Temporary reports that a new attempt may succeed.
func (e *SilentError) Temporary() bool { return true }

// connect opens a connection up to the greeting, TLS done.
func connect(ctx context.Context, a *Account, opt *Options) (*conn, error) {
	address, sec, err := a.endpoint()
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{
		Timeout:         opt.Dial,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 30 * time.Second, Interval: 15 * time.Second, Count: 4},
	}
	tcp, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, connectError(address, sec, err)
	}
	c := &conn{wire: &wire{Conn: tcp}, silence: opt.Silence, wake: make(chan struct{}, 1)}
	err = c.do(ctx, "greet", func() error { return c.greet(a, sec) })
	if err != nil {
		c.close()
		return nil, connectError(address, sec, err)
	}
	return c, nil
}

// greet secures the connection and reads the greeting.
func (c *conn) greet(a *Account, sec security) error {
	opt := &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: c.changed}}
	switch sec {
	case startTLS:
		opt.TLSConfig = a.tlsConfig()
		client, err := imapclient.NewStartTLS(c.wire, opt)
		if err != nil {
			return fmt.Errorf("start TLS: %w", err)
		}
		c.client = client
	case implicitTLS:
		secured := tls.Client(c.wire, a.tlsConfig())
		if err := secured.Handshake(); err != nil {
			return fmt.Errorf("start TLS: %w", err)
		}
		c.client = imapclient.New(secured, opt)
	case insecure:
		c.client = imapclient.New(c.wire, opt)
	}
	if err := c.client.WaitGreeting(); err != nil {
		return err
	}
	if c.caps = c.client.Caps(); c.caps == nil {
		return errors.New("the server does not tell its capabilities")
	}
	return nil
}

// changed runs on the library's reading goroutine, which must not be held up: it only leaves a note.
func (c *conn) changed(data *imapclient.UnilateralDataMailbox) {
	if data.NumMessages == nil {
		return
	}
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// close ends the connection. The library's reading goroutine ends with it; it is not waited for, since a panic amid a
// literal leaves it waiting for a reader.
func (c *conn) close() { c.wire.Close() }

// do runs one exchange with the server. Neither the library nor its waits know a context, so the connection is closed
// when ctx ends, or when the server has been silent for too long.
func (c *conn) do(ctx context.Context, action string, exchange func() error) error {
	return c.doSized(ctx, action, 0, exchange)
}

// doSized is do for an exchange that brings about so many bytes.
func (c *conn) doSized(ctx context.Context, action string, size int64, exchange func() error) error {
	limit := 10*c.silence + time.Duration(size/slowest)*time.Second
	ctx, cancel := context.WithTimeoutCause(ctx, limit, &SilentError{action, limit})
	defer cancel()
	stop := context.AfterFunc(ctx, func() { c.wire.Close() })
	c.wire.expect(c.silence)
	err := exchange()
	silent := c.wire.rest()
	if !stop() {
		return fmt.Errorf("%s: %w", action, errors.Join(context.Cause(ctx), err))
	}
	if silent && err != nil {
		return errors.Join(&SilentError{action, c.silence}, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	return nil
}

// noop shows that the connection still works.
func (c *conn) noop(ctx context.Context) error {
	return c.do(ctx, "noop", func() error { return c.client.Noop().Wait() })
}

// answered reports whether an error is the server's word, NO or BAD, on a connection that is still good.
func answered(err error) (*imap.Error, bool) {
	var answer *imap.Error
	ok := errors.As(err, &answer) && answer.Type != imap.StatusResponseTypeBye
	return answer, ok
}

// wire is the socket under TLS and the library. It closes itself when an answer is due and no byte comes. The
// library's own read deadlines are absolute, 5 minutes for a body of any size; here they are without effect.
type wire struct {
	net.Conn
	mu      sync.Mutex
	timer   *time.Timer // runs while an answer is due
	silence time.Duration
	silent  bool // the timer has closed the connection
}

// SetReadDeadline does nothing, see wire.
func (w *wire) SetReadDeadline(time.Time) error { return nil }

// Read counts every byte as a sign of life.
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if n > 0 {
		w.mu.Lock()
		if w.timer != nil && !w.silent {
			w.timer.Reset(w.silence)
		}
		w.mu.Unlock()
	}
	return n, err
}

// expect starts the watch.
func (w *wire) expect(silence time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.silence = silence
	w.timer = time.AfterFunc(silence, w.giveUp)
}

func (w *wire) giveUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil {
		w.silent = true
		w.Conn.Close()
	}
}

// rest ends the watch and reports whether it has closed the connection.
func (w *wire) rest() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer.Stop()
	w.timer = nil
	return w.silent
}
