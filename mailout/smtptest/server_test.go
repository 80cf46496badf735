package smtptest

import (
	"context"
	"errors"
	"net"
	"net/smtp"
	"strings"
	"testing"
	"time"
)

func start(t *testing.T, options Options) *Server {
	t.Helper()
	s, err := Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func send(s *Server, auth smtp.Auth, to string) error {
	conn, err := net.DialTimeout("tcp", s.Addr(), 5*time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	c, err := smtp.NewClient(conn, "127.0.0.1")
	if err != nil {
		return err
	}
	if auth != nil {
		if err := c.Auth(auth); err != nil {
			return err
		}
	}
	if err := errors.Join(c.Mail("anna@corp.example"), c.Rcpt(to)); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte("Subject: hello\r\n\r\n.dot\r\n")); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Quit()
}

func TestTakesMail(t *testing.T) {
	var told []Envelope
	s := start(t, Options{OnMail: func(e Envelope) error { told = append(told, e); return nil }})
	if err := send(s, nil, "desk@corp.example"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	mails, err := s.Wait(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	got := mails[0]
	if got.From != "anna@corp.example" || got.To[0] != "desk@corp.example" || string(got.Raw) != "Subject: hello\r\n\r\n.dot\r\n" {
		t.Errorf("got %+v with %q", got, got.Raw)
	}
	if len(told) != 1 {
		t.Errorf("OnMail heard of %d mails", len(told))
	}
}

func TestOnMailRefuses(t *testing.T) {
	s := start(t, Options{OnMail: func(Envelope) error { return errors.New("no room") }})
	if err := send(s, nil, "desk@corp.example"); err == nil || !strings.Contains(err.Error(), "4.3.0 no room") {
		t.Errorf("error %v", err)
	}
	if n := len(s.Mails()); n != 0 {
		t.Errorf("%d mails were kept", n)
	}
}

func TestLogIn(t *testing.T) {
	s := start(t, Options{Users: map[string]string{"anna": "secret"}})
	for name, c := range map[string]struct {
		auth  smtp.Auth
		fault string
	}{
		"right": {smtp.PlainAuth("", "anna", "secret", "127.0.0.1"), ""},
		"wrong": {smtp.PlainAuth("", "anna", "guess", "127.0.0.1"), "535"},
		"none":  {nil, "530"},
	} {
		t.Run(name, func(t *testing.T) {
			err := send(s, c.auth, "desk@corp.example")
			if (err == nil) != (c.fault == "") || err != nil && !strings.HasPrefix(err.Error(), c.fault) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestFaultsArePlayedInTurn(t *testing.T) {
	s := start(t, Options{})
	s.Fail(
		Fault{At: Rcpt, To: "other@corp.example", Code: 550, Text: "5.1.1 unknown"},
		Fault{At: Rcpt, Times: 1, Code: 450, Text: "greylisted"},
		Fault{At: Connect, Times: 1, Code: 421, Text: "busy"},
	)
	for i, want := range []string{"busy", "greylisted", "", ""} {
		err := send(s, nil, "desk@corp.example")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("try %d: %v, want %q", i, err, want)
		}
	}
	if err := send(s, nil, "other@corp.example"); err == nil || !strings.Contains(err.Error(), "5.1.1 unknown") {
		t.Errorf("other recipient: %v", err)
	}
	s.Mend()
	if err := send(s, nil, "other@corp.example"); err != nil {
		t.Errorf("after Mend: %v", err)
	}
}

func TestCloseEndsWhatHangs(t *testing.T) {
	s := start(t, Options{})
	s.Fail(Fault{At: Dot, Hang: true})
	done := make(chan error, 1)
	go func() { done <- send(s, nil, "desk@corp.example") }()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if _, err := s.Wait(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-done:
		if err == nil {
			t.Error("the sender heard that its mail was taken")
		}
	case <-ctx.Done():
		t.Error("the sender still waits")
	}
}

// A server that is closed before it has begun to listen is closed as well.
func TestCloseRightAfterStart(t *testing.T) {
	for range 100 {
		s, err := Start(Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSlowServerStillAnswers(t *testing.T) {
	s := start(t, Options{})
	const delay = 30 * time.Millisecond
	s.Fail(Fault{At: Rcpt, Delay: delay})
	begun := time.Now()
	if err := send(s, nil, "desk@corp.example"); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took < delay {
		t.Errorf("took %v", took)
	}
}

func TestDropEndsTheConnection(t *testing.T) {
	for _, at := range []Verb{Connect, Mail, Rcpt, Data, Dot} {
		s := start(t, Options{})
		s.Fail(Fault{At: at, Drop: true})
		if err := send(s, nil, "desk@corp.example"); err == nil {
			t.Errorf("%s: the sender heard that its mail was taken", at)
		}
		if taken := len(s.Mails()) == 1; taken != (at == Dot) {
			t.Errorf("%s: mail taken: %v", at, taken)
		}
	}
}
