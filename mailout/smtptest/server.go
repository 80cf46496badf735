package smtptest

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Envelope is a mail that the server took.
type Envelope struct {
	From string   // reverse-path, without angle brackets
	To   []string // forward-paths, without angle brackets
	User string   // who had logged in, "" when nobody
	UTF8 bool     // the sender asked for SMTPUTF8
	Raw  []byte
}

// Options are what a server is started with.
type Options struct {
	Users    map[string]string    // passwords by username; nil neither asks for a log-in nor offers one
	Addr     string               // "" = 127.0.0.1 and any free port
	TLS      *tls.Config          // nil speaks plain text alone
	Implicit bool                 // TLS from the first byte; else by STARTTLS
	SMTPUTF8 bool                 // offer it
	MaxBytes int64                // of a mail; 0 is unlimited
	Discard  bool                 // keep no mail for Mails: it is OnMail's
	OnMail   func(Envelope) error // called for each mail before it is acknowledged; an error refuses it for now
	Log      *slog.Logger         // nil is silent
}

// Server is a running server.
type Server struct {
	options  Options
	address  string
	smtp     *smtp.Server
	listener net.Listener
	served   chan struct{} // closed when the accept loop has ended
	closed   chan struct{} // closed by Close, so that what hangs goes on

	mu      sync.Mutex
	mails   []Envelope
	arrived chan struct{} // closed and replaced when a mail arrives
	faults  []*Fault
	conns   map[net.Conn]struct{}
	dialled int
}

// Start listens on Options.Addr.
func Start(options Options) (*Server, error) {
	listener, err := net.Listen("tcp", cmp.Or(options.Addr, "127.0.0.1:0"))
	if err != nil {
		return nil, fmt.Errorf("smtp server: %w", err)
	}
	s := &Server{
		options: options,
		address: listener.Addr().String(),
		served:  make(chan struct{}),
		closed:  make(chan struct{}),
		arrived: make(chan struct{}),
		conns:   map[net.Conn]struct{}{},
	}
	s.listener = listener
	s.smtp = s.newSMTP()
	var l net.Listener = &gate{Listener: listener, server: s}
	if options.TLS != nil && options.Implicit {
		l = tls.NewListener(l, options.TLS)
	}
	go func() {
		defer close(s.served)
		if err := s.smtp.Serve(l); err != nil && !errors.Is(err, net.ErrClosed) {
			s.logger().Error("smtp server ended", "reason", err)
		}
	}()
	return s, nil
}

func (s *Server) newSMTP() *smtp.Server {
	srv := smtp.NewServer(smtp.BackendFunc(s.newSession))
	srv.Domain = "mx.corp.example"
	srv.AllowInsecureAuth = s.options.TLS == nil
	srv.EnableSMTPUTF8 = s.options.SMTPUTF8
	srv.MaxMessageBytes = s.options.MaxBytes
	srv.ReadTimeout = 5 * time.Minute // RFC 5321 4.5.3.2.7
	srv.WriteTimeout = time.Minute
	srv.ErrorLog = slog.NewLogLogger(s.logger().Handler(), slog.LevelWarn)
	if !s.options.Implicit {
		srv.TLSConfig = s.options.TLS
	}
	return srv
}

func (s *Server) logger() *slog.Logger {
	if s.options.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return s.options.Log
}

// Addr is the host and port it listens on.
func (s *Server) Addr() string { return s.address }

// URL is the address in the form of the configuration's smtp.url.
func (s *Server) URL() string {
	switch {
	case s.options.TLS == nil:
		return "smtp+insecure://" + s.address
	case s.options.Implicit:
		return "smtps://" + s.address
	}
	return "smtp://" + s.address
}

// Close ends the server and all its connections.
func (s *Server) Close() error {
	select {
	case <-s.closed:
		return nil
	default:
		close(s.closed)
	}
	err := s.smtp.Close()
	s.listener.Close() // smtp knows it only once Serve runs
	s.DropConnections()
	<-s.served
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Mails are the mails taken so far, in order.
func (s *Server) Mails() []Envelope {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

// Wait waits until at least n mails were taken, and returns all that were.
func (s *Server) Wait(ctx context.Context, n int) ([]Envelope, error) {
	for {
		s.mu.Lock()
		mails, arrived := slices.Clone(s.mails), s.arrived
		s.mu.Unlock()
		if len(mails) >= n {
			return mails, nil
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return mails, fmt.Errorf("wait for %d mails, have %d: %w", n, len(mails), context.Cause(ctx))
		}
	}
}

// Connections says how many connections were accepted since the start.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dialled
}

// DropConnections cuts all connections, as a restarting server or a firewall does.
func (s *Server) DropConnections() {
	s.mu.Lock()
	conns := slices.Collect(maps.Keys(s.conns))
	s.mu.Unlock()
	for _, conn := range conns {
		conn.Close()
	}
}

func (s *Server) take(e Envelope) error {
	if s.options.OnMail != nil {
		if err := s.options.OnMail(e); err != nil {
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: err.Error()}
		}
	}
	if s.options.Discard {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, e)
	close(s.arrived)
	s.arrived = make(chan struct{})
	return nil
}

// gate is the listener: it knows all connections, and plays the faults that come before the greeting.
type gate struct {
	net.Listener
	server *Server
}

func (g *gate) Accept() (net.Conn, error) {
	for {
		conn, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		tracked := &tracked{Conn: conn, server: g.server}
		g.server.mu.Lock()
		g.server.conns[tracked] = struct{}{}
		g.server.dialled++
		g.server.mu.Unlock()
		fault := g.server.next(Connect, "")
		if fault == nil {
			return tracked, nil
		}
		go g.server.refuse(tracked, fault)
	}
}

// refuse plays a fault in place of the greeting.
func (s *Server) refuse(conn net.Conn, fault *Fault) {
	defer conn.Close()
	s.wait(fault)
	if fault.Code != 0 {
		fmt.Fprintf(conn, "%d %s\r\n", fault.Code, fault.Text)
		// The client may be about to say something; closing at once could discard our reply (RFC 9293 3.6.1).
		_ = conn.SetReadDeadline(time.Now().Add(time.Second))
		_, _ = io.Copy(io.Discard, conn)
	}
}

type tracked struct {
	net.Conn
	server *Server
}

func (t *tracked) Close() error {
	t.server.mu.Lock()
	delete(t.server.conns, t)
	t.server.mu.Unlock()
	return t.Conn.Close()
}
