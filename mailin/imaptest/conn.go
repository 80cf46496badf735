package imaptest

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// faultListener gives every accepted connection an ear for faults.
type faultListener struct {
	net.Listener
	server *Server
}

func (l faultListener) Accept() (net.Conn, error) {
	nc, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: nc, server: l.server, in: bufio.NewReader(nc)}
	l.server.mu.Lock()
	defer l.server.mu.Unlock()
	l.server.conns[c] = struct{}{}
	return c, nil
}

// conn follows the lines and literals of one connection, as the server sees it. Read has one caller, the server's
// goroutine; Write is locked, since Bye comes from elsewhere.
type conn struct {
	net.Conn
	server *Server

	in      *bufio.Reader
	ready   []byte // of the client's line, not yet read by the server
	literal int64  // of the client's literal, still to come
	follows bool   // the next line continues a command after its literal

	mu       sync.Mutex
	opaque   bool    // STARTTLS was said: from here on it is all cipher
	current  command // the last command
	greeted  bool
	deaf     bool   // a Hang: nothing is answered
	partial  []byte // of the server's line
	answer   int64  // of the server's literal, still to come
	swallow  bool   // that literal and the rest of its line are not sent on
	cutAfter int64  // bytes of the literal until the connection ends, -1 = never
}

// Close ends the connection and forgets it.
func (c *conn) Close() error {
	c.server.mu.Lock()
	delete(c.server.conns, c)
	c.server.mu.Unlock()
	return c.Conn.Close()
}

// Read gives the server what the client said, a line or a piece of a literal at a time.
func (c *conn) Read(p []byte) (int, error) {
	for len(c.ready) == 0 {
		if c.isOpaque() {
			return c.in.Read(p)
		}
		if c.literal > 0 {
			n, err := c.in.Read(p[:min(int64(len(p)), c.literal)])
			c.literal -= int64(n)
			return n, err
		}
		line, err := c.in.ReadBytes('\n')
		if err != nil {
			return 0, err
		}
		if err := c.hear(line); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

func (c *conn) isOpaque() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.opaque
}

// hear decides what becomes of a client's line: it goes to the server, or a fault answers it.
func (c *conn) hear(line []byte) error {
	continued := c.follows
	c.literal, c.follows = literalSize(line)
	if continued {
		c.ready = line
		return nil
	}
	cmd := parseCommand(string(line))
	c.server.count(cmd)
	c.mu.Lock()
	if cmd.verb != "" && cmd.verb != "DONE" {
		c.current = cmd
	}
	c.opaque = cmd.verb == "STARTTLS"
	c.mu.Unlock()
	if f, ok := c.server.fault(cmd, false, 0); ok {
		return c.suffer(cmd, f)
	}
	if answer := c.server.ownAnswer(cmd); answer != "" {
		return c.say(answer)
	}
	c.ready = line
	return nil
}

// suffer lets a fault happen in place of the command.
func (c *conn) suffer(cmd command, f Fault) error {
	switch f.Do {
	case No:
		return c.say(cmd.tag + " NO " + f.Text + "\r\n")
	case Bad:
		return c.say(cmd.tag + " BAD " + f.Text + "\r\n")
	case Hang:
		io.Copy(io.Discard, c.in) // until the client gives up
	case Bye:
		c.bye()
	default:
		c.Close()
	}
	return io.EOF
}

func (c *conn) bye() {
	c.say("* BYE see you later\r\n")
	c.Close()
}

func (c *conn) say(line string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.Conn.Write([]byte(line))
	return err
}

// Write takes what the server says and sends it on, a line or a piece of a literal at a time.
func (c *conn) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.opaque {
		return len(p), c.send(p)
	}
	for rest := p; len(rest) > 0; {
		var err error
		if c.answer > 0 {
			n := min(int64(len(rest)), c.answer)
			err = c.sendLiteral(rest[:n])
			rest = rest[n:]
		} else {
			end := bytes.IndexByte(rest, '\n') + 1
			if end == 0 {
				c.partial = append(c.partial, rest...)
				break
			}
			line := append(c.partial, rest[:end]...)
			c.partial, rest = nil, rest[end:]
			err = c.tell(line)
		}
		if err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

var (
	aboutUID = regexp.MustCompile(`^\* \d+ FETCH \(UID (\d+)`)
	sizeItem = regexp.MustCompile(`RFC822\.SIZE \d+`)
	lastItem = regexp.MustCompile(`\{\d+\}\r\n$`)
)

// tell sends a line of the server on, changed where a fault or the offered capabilities say so.
func (c *conn) tell(line []byte) error {
	if !c.greeted {
		c.greeted = true
		if f, ok := c.server.fault(command{verb: Greeting}, false, 0); ok {
			return c.spoilGreeting(f)
		}
	}
	if c.deaf {
		return nil
	}
	if c.swallow { // the end of a line whose literal was taken out
		c.swallow = false
		return c.send([]byte(")\r\n"))
	}
	c.answer, _ = literalSize(line)
	c.cutAfter = -1
	if m := aboutUID.FindSubmatch(line); m != nil {
		if f, ok := c.server.fault(c.current, true, bound(string(m[1]))); ok {
			return c.spoil(line, f)
		}
	}
	return c.send(c.server.offer(line))
}

func (c *conn) spoilGreeting(f Fault) error {
	if f.Do == Hang {
		c.deaf = true
		return nil
	}
	if f.Do == Bye {
		c.send([]byte("* BYE " + f.Text + "\r\n"))
	}
	c.Close()
	return net.ErrClosed
}

// spoil lets a fault happen to the answer about a mail.
func (c *conn) spoil(line []byte, f Fault) error {
	switch f.Do {
	case CutLiteral:
		c.cutAfter = f.Bytes
	case Malform:
		line = append(bytes.TrimRight(line, "\r\n"), " ((\x01]\r\n"...)
	case Misstate:
		line = sizeItem.ReplaceAll(line, []byte("RFC822.SIZE "+strconv.FormatInt(f.Bytes, 10)))
	case LoseLiteral:
		c.swallow = true
		line = lastItem.ReplaceAll(line, []byte("NIL"))
	}
	return c.send(line)
}

func (c *conn) sendLiteral(p []byte) error {
	c.answer -= int64(len(p))
	if c.swallow {
		return nil
	}
	if c.cutAfter < 0 {
		return c.send(p)
	}
	n := min(int64(len(p)), c.cutAfter)
	c.cutAfter -= n
	if err := c.send(p[:n]); err != nil || c.cutAfter > 0 {
		return err
	}
	c.Close()
	return net.ErrClosed
}

// send writes at the line's speed.
func (c *conn) send(p []byte) error {
	for len(p) > 0 {
		rate := c.server.rate.Load()
		n := len(p)
		if rate > 0 {
			n = min(n, max(1, int(rate/50)))
			if err := c.server.pause(time.Duration(n) * time.Second / time.Duration(rate)); err != nil {
				return err
			}
		}
		if _, err := c.Conn.Write(p[:n]); err != nil {
			return err
		}
		p = p[n:]
	}
	return nil
}

func (s *Server) pause(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-s.done:
		return net.ErrClosed
	}
}

// literalSize reads the announcement of a literal at the end of a line (RFC 9051 section 4.3).
func literalSize(line []byte) (int64, bool) {
	text := strings.TrimRight(string(line), "\r\n")
	open := strings.LastIndexByte(text, '{')
	if open < 0 || !strings.HasSuffix(text, "}") {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(text[open+1:len(text)-1], "+"), 10, 64)
	return n, err == nil
}

func (s *Server) count(c command) {
	if c.verb == "" {
		return
	}
	if s.opt.Trace != nil {
		s.opt.Trace(c.shown())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[c.verb]++
	close(s.counted)
	s.counted = make(chan struct{})
}

// needs says which capability a command belongs to.
var needs = map[string]string{
	"MOVE": "MOVE", "UID MOVE": "MOVE", "UID EXPUNGE": "UIDPLUS", "IDLE": "IDLE", "NAMESPACE": "NAMESPACE",
}

// ownAnswer answers what go-imap's server cannot: ID, and commands of capabilities that are not offered.
func (s *Server) ownAnswer(c command) string {
	if c.verb == "ID" && slices.Contains(s.opt.With, "ID") {
		return "* ID (\"name\" \"imaptest\")\r\n" + c.tag + " OK ID completed\r\n"
	}
	if capability := needs[c.verb]; capability != "" && slices.Contains(s.opt.Without, capability) {
		return c.tag + " BAD unknown command\r\n"
	}
	return ""
}

var capabilities = regexp.MustCompile(`CAPABILITY [^\]\r\n]+`)

// offer changes a list of capabilities to what Options say.
func (s *Server) offer(line []byte) []byte {
	if len(s.opt.Without)+len(s.opt.With) == 0 {
		return line
	}
	return capabilities.ReplaceAllFunc(line, func(list []byte) []byte {
		words := slices.DeleteFunc(strings.Fields(string(list)), func(word string) bool {
			return slices.Contains(s.opt.Without, word)
		})
		return []byte(strings.Join(append(words, s.opt.With...), " "))
	})
}
