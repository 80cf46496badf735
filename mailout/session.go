package mailout

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"maildesk/tickets"
)

// Timeouts bound the waits of a dialogue; zero fields take the defaults.
type Timeouts struct {
	Connect time.Duration // dialling, TLS and greeting, each; default 30 s
	Command time.Duration // each command and each write; default 5 min (RFC 5321 4.5.3.2)
	Dot     time.Duration // the answer to the final dot; default 10 min (RFC 5321 4.5.3.2.6: less sends mail twice)
}

func (t Timeouts) orDefault() Timeouts {
	if t.Connect == 0 {
		t.Connect = 30 * time.Second
	}
	if t.Command == 0 {
		t.Command = 5 * time.Minute
	}
	if t.Dot == 0 {
		t.Dot = 10 * time.Minute
	}
	return t
}

// urgent are the bounds for alerts: to get one twice is better than to wait for it.
func (t Timeouts) urgent() Timeouts {
	return Timeouts{
		Connect: t.Connect,
		Command: min(t.Command, 30*time.Second),
		Dot:     min(t.Dot, time.Minute),
	}
}

// session is one logged-in connection. The library under it knows no context: every wait is ended by closing the
// connection.
type session struct {
	conn     net.Conn
	client   *smtp.Client
	timeouts Timeouts
	mails    int // handed over, or tried
	login    string
}

// connect dials, secures and logs in. Its errors are *Fault.
func connect(ctx context.Context, server Server, timeouts Timeouts) (*session, error) {
	e, err := server.endpoint()
	if err != nil {
		return nil, newFault(StageConnect, setupError(err.Error()))
	}
	s := &session{timeouts: timeouts}
	if s.conn, err = dial(ctx, server, e, timeouts.Connect); err != nil {
		return nil, newFault(StageConnect, err)
	}
	if err := s.open(ctx, server, e); err != nil {
		s.conn.Close()
		return nil, err
	}
	return s, nil
}

func dial(ctx context.Context, server Server, e endpoint, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if e.implicit {
		return (&tls.Dialer{Config: server.tlsConfig(e)}).DialContext(ctx, "tcp", e.address)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", e.address)
}

func (s *session) open(ctx context.Context, server Server, e endpoint) error {
	err := s.within(ctx, s.timeouts.Connect, func() (err error) {
		s.client, err = smtp.NewClient(s.conn, e.host)
		return err
	})
	if err != nil {
		return newFault(StageConnect, err)
	}
	if err := s.within(ctx, s.timeouts.Connect, func() error { return s.hello(server, e) }); err != nil {
		return newFault(StageHello, err)
	}
	if server.Username == "" {
		return nil
	}
	if err := s.logIn(ctx, server, e); err != nil {
		return newFault(StageLogin, err)
	}
	return nil
}

func (s *session) hello(server Server, e endpoint) error {
	if err := s.client.Hello(helloName()); err != nil {
		return err
	}
	if !e.starttls {
		return nil
	}
	if offered, _ := s.client.Extension("STARTTLS"); !offered {
		return setupError("the server does not offer STARTTLS, which smtp:// requires")
	}
	return s.client.StartTLS(server.tlsConfig(e))
}

// helloName is what EHLO says: this host's name where it has a full one, else an address literal (RFC 5321 4.1.4).
func helloName() string {
	name, err := os.Hostname()
	if err != nil || !strings.Contains(name, ".") || strings.ContainsAny(name, " \r\n") {
		return "[127.0.0.1]"
	}
	return name
}

func (s *session) logIn(ctx context.Context, server Server, e endpoint) error {
	password, err := s.password(ctx, server)
	if err != nil {
		return err
	}
	auth, mechanism, err := s.mechanism(server.Username, password, e)
	if err != nil {
		return err
	}
	s.login = mechanism
	return s.within(ctx, s.timeouts.Connect, func() error { return s.client.Auth(auth) })
}

// password asks for the secret. An error is taken for a fault of the setup, unless it says that it is temporary or
// the time was over: a token may come from a server of its own.
func (s *session) password(ctx context.Context, server Server) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.Connect)
	defer cancel()
	password, err := server.Password(ctx)
	if err == nil {
		return password, nil
	}
	var temporary interface{ Temporary() bool }
	if ctx.Err() != nil || errors.As(err, &temporary) && temporary.Temporary() {
		return "", fmt.Errorf("get the password: %w", err)
	}
	return "", setupError(fmt.Sprintf("get the password: %v", err))
}

// mechanism chooses how to log in. The connection is encrypted or loopback, so plain ones come first: they work
// with every password store.
func (s *session) mechanism(username, password string, e endpoint) (smtp.Auth, string, error) {
	offered, list := s.client.Extension("AUTH")
	mechanisms := strings.Fields(strings.ToUpper(list))
	switch {
	case !offered:
		return nil, "", setupError("the server offers no log-in here; use its submission port, or leave" +
			" smtp.username empty")
	case slices.Contains(mechanisms, "PLAIN"):
		return smtp.PlainAuth("", username, password, e.host, true), "PLAIN", nil
	case slices.Contains(mechanisms, "LOGIN"):
		return smtp.LoginAuth(username, password, e.host, true), "LOGIN", nil
	case slices.Contains(mechanisms, "CRAM-MD5"):
		return smtp.CRAMMD5Auth(username, password), "CRAM-MD5", nil
	}
	return nil, "", setupError("the server offers none of PLAIN, LOGIN and CRAM-MD5, only " + list)
}

// within runs a step of the dialogue. When ctx ends or the time is over the connection is closed, which ends it.
func (s *session) within(ctx context.Context, timeout time.Duration, step func() error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("no answer within %v", timeout))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { s.conn.Close() })
	err := step()
	if !stop() && err != nil {
		return fmt.Errorf("%w (%w)", context.Cause(ctx), err)
	}
	return err
}

// send hands one mail over and returns the server's last word. Its errors are *Fault; after one that has no reply
// code the session is not to be used again.
func (s *session) send(ctx context.Context, mail tickets.Outgoing) (string, *Fault) {
	fault := s.admit(mail)
	if fault != nil {
		return "", fault
	}
	reused := s.mails > 0
	s.mails++
	s.client.SkipSMTPUTF8(ascii(mail.Sender + mail.Recipient))
	if err := s.command(ctx, func() error { return s.client.Mail("<" + mail.Sender + ">") }); err != nil {
		fault := newFault(StageSender, err)
		fault.reused = reused
		return "", fault
	}
	if err := s.command(ctx, func() error { return s.client.Rcpt("<" + mail.Recipient + ">") }); err != nil {
		return "", newFault(StageRcpt, err)
	}
	response, err := s.data(ctx, mail.Raw)
	if err != nil {
		return "", newFault(StageData, err)
	}
	return response, nil
}

// admit refuses what this server cannot take, in its stead.
func (s *session) admit(mail tickets.Outgoing) *Fault {
	if _, ok := parseAddress(mail.Recipient); !ok {
		return refusal(StageRcpt, 553, "5.1.3 not sent: "+fmt.Sprintf("%q", mail.Recipient)+" is no mail address")
	}
	if ascii(mail.Sender + mail.Recipient) {
		return nil
	}
	if offered, _ := s.client.Extension("SMTPUTF8"); !offered {
		// RFC 6531 3.2: such a message must not be sent to a server without the extension.
		return refusal(StageRcpt, 553, "5.6.7 not sent: this address needs SMTPUTF8, which the server does not offer")
	}
	return nil
}

func (s *session) data(ctx context.Context, raw []byte) (string, error) {
	var data *smtp.DataCloser
	err := s.command(ctx, func() error {
		w, err := s.client.Data()
		if err == nil {
			data = w.(*smtp.DataCloser)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	if err := s.command(ctx, func() error { _, err := data.Write(raw); return err }); err != nil {
		return "", err
	}
	if err := s.within(ctx, s.timeouts.Dot, data.Close); err != nil {
		return "", err
	}
	return data.ServerResponse(), nil
}

func (s *session) command(ctx context.Context, step func() error) error {
	return s.within(ctx, s.timeouts.Command, step)
}

// reset ends a mail transaction that was refused half-way (RFC 5321 4.1.1.5).
func (s *session) reset(ctx context.Context) error { return s.command(ctx, s.client.Reset) }

// alive asks whether the connection still works.
func (s *session) alive(ctx context.Context) bool {
	return s.within(ctx, s.timeouts.Connect, s.client.Noop) == nil
}

// quit takes leave, for at most a second, and closes the connection.
func (s *session) quit(ctx context.Context) {
	_ = s.within(context.WithoutCancel(ctx), time.Second, s.client.Quit)
	s.conn.Close()
}
