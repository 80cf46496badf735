package imaptest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// Security is how the server's connections are protected.
type Security int

// Plain is for clients that allow it on loopback; StartTLS refuses log-ins before STARTTLS; TLS is for imaps.
const (
	Plain Security = iota
	StartTLS
	TLS
)

// Options say what the server is like; the zero value has no users and offers all it can.
type Options struct {
	Users    map[string]string // password by user name; each user starts with an empty INBOX
	Security Security
	Without  []string          // capabilities not to offer, whose commands are then refused: MOVE, UIDPLUS, IDLE, NAMESPACE …; not with StartTLS
	With     []string          // capabilities to claim beside its own; ID is answered, others are words only; not with StartTLS
	Addr     string            // "" = 127.0.0.1 and any free port
	Trace    func(line string) // gets each command line as it arrives, without credentials; nil = nobody
	Log      *slog.Logger      // complaints of the IMAP library; nil = nowhere
}

// Server is a running IMAP server. Its methods may be called from several goroutines.
type Server struct {
	opt    Options
	store  *imapmemserver.Server
	users  map[string]*imapmemserver.User
	front  *imapserver.Server // what clients reach, faults and all
	back   *imapserver.Server // the same store without faults, for List
	pipe   *pipeListener
	ln     net.Listener
	tls    *tls.Config
	rate   atomic.Int64 // bytes a second to the client, 0 = unlimited
	done   chan struct{}
	served sync.WaitGroup

	closing  sync.Once
	closeErr error

	mu      sync.Mutex
	conns   map[*conn]struct{}
	faults  []*Fault
	counts  map[string]int
	counted chan struct{} // closed and replaced whenever a count changes
}

// Message is a mail as it lies in a folder.
type Message struct {
	UID   uint32
	Flags []string
	Time  time.Time // INTERNALDATE
	Raw   []byte
}

// Start brings up a server. It runs until Close.
func Start(opt Options) (*Server, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Addr == "" {
		opt.Addr = "127.0.0.1:0"
	}
	s := &Server{
		opt: opt, store: imapmemserver.New(), users: make(map[string]*imapmemserver.User), pipe: newPipeListener(),
		done: make(chan struct{}), conns: make(map[*conn]struct{}), counts: make(map[string]int), counted: make(chan struct{}),
	}
	for name, password := range opt.Users {
		if err := s.addUser(name, password); err != nil {
			return nil, err
		}
	}
	if opt.Security != Plain {
		config, err := selfSigned(time.Now())
		if err != nil {
			return nil, fmt.Errorf("make a certificate: %w", err)
		}
		s.tls = config
	}
	return s, s.serve()
}

func (s *Server) addUser(name, password string) error {
	user := imapmemserver.NewUser(name, password)
	if err := user.Create("INBOX", nil); err != nil {
		return fmt.Errorf("create INBOX of %s: %w", name, err)
	}
	s.store.AddUser(user)
	s.users[name] = user
	return nil
}

func (s *Server) serve() error {
	ln, err := net.Listen("tcp", s.opt.Addr)
	if err != nil {
		return fmt.Errorf("listen for IMAP: %w", err)
	}
	s.ln = ln
	front := ln
	if s.opt.Security == TLS {
		front = tls.NewListener(ln, s.tls)
	}
	s.front = s.library(s.opt.Security != StartTLS)
	s.back = s.library(true)
	s.served.Go(func() { s.complain(s.front.Serve(faultListener{front, s})) })
	s.served.Go(func() { s.complain(s.back.Serve(s.pipe)) })
	return nil
}

// library sets up go-imap's server. It offers IMAP4rev1 only: rev2 would imply MOVE and UIDPLUS, which could then not
// be hidden from a client.
func (s *Server) library(insecure bool) *imapserver.Server {
	opt := &imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return session{s.store.NewSession().(imapserver.SessionIMAP4rev2)}, nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapESearch: {}, imap.CapMove: {},
			imap.CapListExtended: {}, imap.CapListStatus: {}, imap.CapStatusSize: {},
		},
		Logger:       logger{s.opt.Log},
		InsecureAuth: insecure,
	}
	if s.opt.Security == StartTLS {
		opt.TLSConfig = s.tls
	}
	return imapserver.New(opt)
}

// session mends an omission of the library: its Idle does not look at what was queued between the last command and the
// beginning of IDLE, which would stay unannounced.
type session struct{ imapserver.SessionIMAP4rev2 }

func (s session) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				done <- fmt.Errorf("panic in IDLE: %v", v)
			}
		}()
		done <- s.SessionIMAP4rev2.Idle(w, stop)
	}()
	for pause := time.Millisecond; pause < time.Second; pause *= 10 {
		select {
		case err := <-done:
			return err
		case <-time.After(pause):
		}
		if err := s.Poll(w, true); err != nil {
			return errors.Join(err, <-done)
		}
	}
	return <-done
}

func (s *Server) complain(err error) {
	if err != nil && !errors.Is(err, net.ErrClosed) {
		s.opt.Log.Error("imap server ended", "reason", err)
	}
}

// Addr is host and port.
func (s *Server) Addr() string { return s.ln.Addr().String() }

// URL is the server's address in the notation of maildesk's configuration.
func (s *Server) URL() *url.URL {
	scheme := map[Security]string{Plain: "imap+insecure", StartTLS: "imap", TLS: "imaps"}[s.opt.Security]
	return &url.URL{Scheme: scheme, Host: s.Addr()}
}

// ClientTLS is a TLS configuration that trusts this server, nil for a plain one.
func (s *Server) ClientTLS() *tls.Config {
	if s.tls == nil {
		return nil
	}
	return trusting(s.tls)
}

// Close ends all connections and waits for the listeners. It may be called again.
func (s *Server) Close() error {
	s.closing.Do(func() {
		close(s.done)
		// The library's Close must not meet its Serve at the beginning, so the listeners end first.
		s.closeErr = errors.Join(s.ln.Close(), s.pipe.Close())
		s.served.Wait()
		s.closeErr = errors.Join(s.closeErr, s.front.Close(), s.back.Close())
	})
	return s.closeErr
}

// Disconnect ends all connections without a word; clients may come back at once.
func (s *Server) Disconnect() {
	for _, c := range s.open() {
		c.Close()
	}
}

// Bye says BYE on all connections and ends them.
func (s *Server) Bye() {
	for _, c := range s.open() {
		c.bye()
	}
}

func (s *Server) open() []*conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*conn
	for c := range s.conns {
		all = append(all, c)
	}
	return all
}

// Throttle limits what each connection sends to its client, in bytes a second; 0 lifts the limit. While a slow FETCH
// lasts, the folder it reads takes no new mail.
func (s *Server) Throttle(bytesPerSecond int64) { s.rate.Store(bytesPerSecond) }

// Await waits until a command has arrived n times since the start: its verb in capitals, "UID FETCH" for the UID
// forms, "DONE" for the end of an IDLE.
func (s *Server) Await(ctx context.Context, verb string, n int) error {
	for {
		s.mu.Lock()
		count, counted := s.counts[verb], s.counted
		s.mu.Unlock()
		if count >= n {
			return nil
		}
		select {
		case <-counted:
		case <-ctx.Done():
			return fmt.Errorf("await %s for the %d. time, came %d times: %w", verb, n, count, context.Cause(ctx))
		}
	}
}

// Count tells how often a command has arrived since the start.
func (s *Server) Count(verb string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[verb]
}

// Append puts a mail into a folder, with at as its INTERNALDATE, and returns its UID.
func (s *Server) Append(user, folder string, raw []byte, at time.Time) (uint32, error) {
	return s.append(user, folder, raw, &imap.AppendOptions{Time: at})
}

func (s *Server) append(user, folder string, raw []byte, opt *imap.AppendOptions) (uint32, error) {
	u, ok := s.users[user]
	if !ok {
		return 0, fmt.Errorf("append to %s: no user %s", folder, user)
	}
	data, err := u.Append(folder, bytes.NewReader(raw), opt)
	if err != nil {
		return 0, fmt.Errorf("append to %s of %s: %w", folder, user, err)
	}
	return uint32(data.UID), nil
}

// Renumber gives a folder a new UIDVALIDITY and its mails new UIDs, as after a restored backup, and says BYE to
// everyone.
func (s *Server) Renumber(user, folder string) error {
	mails, err := s.List(user, folder)
	if err != nil {
		return err
	}
	u := s.users[user]
	if err := errors.Join(u.Delete(folder), u.Create(folder, nil)); err != nil {
		return fmt.Errorf("renumber %s of %s: %w", folder, user, err)
	}
	for _, m := range mails {
		opt := &imap.AppendOptions{Time: m.Time}
		for _, flag := range m.Flags {
			opt.Flags = append(opt.Flags, imap.Flag(flag))
		}
		if _, err := s.append(user, folder, m.Raw, opt); err != nil {
			return err
		}
	}
	s.Bye()
	return nil
}

// logger lends slog to go-imap.
type logger struct{ log *slog.Logger }

func (l logger) Printf(format string, args ...any) {
	l.log.Warn("imap library", "reason", fmt.Sprintf(format, args...))
}
