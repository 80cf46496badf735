package smtptest

import (
	"crypto/subtle"
	"io"
	"slices"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// session is one connection's dialogue.
type session struct {
	server *Server
	conn   *smtp.Conn
	mail   Envelope
	user   string
}

func (s *Server) newSession(conn *smtp.Conn) (smtp.Session, error) {
	session := &session{server: s, conn: conn}
	if err := session.play(Ehlo, ""); err != nil {
		return nil, err
	}
	return session, nil
}

// play plays the fault that is due, if any. A connection that was dropped, or hung until Close, answers nothing more.
func (s *session) play(at Verb, recipient string) error {
	fault := s.server.next(at, recipient)
	if fault == nil {
		return nil
	}
	s.server.wait(fault)
	if fault.Drop || fault.Hang {
		s.conn.Conn().Close()
		return &smtp.SMTPError{Code: 421, Message: "closing"} // nobody hears it; it ends the step
	}
	return fault.reply()
}

func (s *session) AuthMechanisms() []string {
	if s.server.options.Users == nil {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(mech string) (sasl.Server, error) {
	if err := s.play(Auth, ""); err != nil {
		return nil, err
	}
	if mech != sasl.Plain || s.server.options.Users == nil {
		return nil, smtp.ErrAuthUnknownMechanism
	}
	return sasl.NewPlainServer(func(_, username, password string) error {
		want, known := s.server.options.Users[username]
		if !known || subtle.ConstantTimeCompare([]byte(want), []byte(password)) == 0 {
			return smtp.ErrAuthFailed
		}
		s.user = username
		return nil
	}), nil
}

func (s *session) Mail(from string, options *smtp.MailOptions) error {
	if err := s.play(Mail, ""); err != nil {
		return err
	}
	if s.server.options.Users != nil && s.user == "" {
		// RFC 4954 6
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	s.mail = Envelope{From: from, User: s.user, UTF8: options.UTF8}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.play(Rcpt, to); err != nil {
		return err
	}
	s.mail.To = append(s.mail.To, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range s.mail.To {
		if err := s.play(Data, to); err != nil {
			return err
		}
	}
	mail := s.mail
	mail.Raw, mail.To = raw, slices.Clone(mail.To)
	if err := s.server.take(mail); err != nil {
		return err
	}
	for _, to := range s.mail.To {
		if err := s.play(Dot, to); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) Reset()        { s.mail = Envelope{} }
func (s *session) Logout() error { return nil }
