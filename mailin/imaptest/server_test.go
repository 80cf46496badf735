package imaptest

import (
	"context"
	"crypto/tls"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

const user = "helpdesk@corp.example"

func start(t *testing.T, opt Options) *Server {
	t.Helper()
	opt.Users = map[string]string{user: "secret"}
	s, err := Start(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func dial(t *testing.T, s *Server) *imapclient.Client {
	t.Helper()
	opt := &imapclient.Options{TLSConfig: s.ClientTLS()}
	dialer := map[Security]func(string, *imapclient.Options) (*imapclient.Client, error){
		Plain: imapclient.DialInsecure, StartTLS: imapclient.DialStartTLS, TLS: imapclient.DialTLS,
	}[s.opt.Security]
	client, err := dialer(s.Addr(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

func TestEachSecurity(t *testing.T) {
	for _, tt := range []struct {
		name     string
		security Security
	}{{"plain", Plain}, {"STARTTLS", StartTLS}, {"TLS", TLS}} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, Options{Security: tt.security})
			if err := dial(t, s).Login(user, "secret").Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestStartTLSComesBeforeLogin(t *testing.T) {
	s := start(t, Options{Security: StartTLS})
	client, err := imapclient.DialInsecure(s.Addr(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if !client.Caps().Has(imap.CapLoginDisabled) {
		t.Error("LOGINDISABLED is not offered")
	}
	if err := client.Login(user, "secret").Wait(); err == nil {
		t.Error("the password was taken in clear")
	}
}

func TestCapabilities(t *testing.T) {
	s := start(t, Options{Without: []string{"MOVE", "IDLE"}, With: []string{"X-OWN"}})
	client := dial(t, s)
	if err := client.Login(user, "secret").Wait(); err != nil {
		t.Fatal(err)
	}
	caps := client.Caps()
	if caps.Has(imap.CapMove) || caps.Has(imap.CapIdle) || !caps.Has(imap.CapUIDPlus) || !caps.Has("X-OWN") {
		t.Errorf("capabilities %v", caps)
	}
	if _, err := client.Idle(); err == nil {
		t.Error("IDLE was accepted")
	}
}

func TestAppendListRemoveRenumber(t *testing.T) {
	s := start(t, Options{})
	at := time.Date(2023, 11, 15, 9, 30, 0, 0, time.UTC)
	for _, raw := range []string{"Subject: one\r\n\r\n", "Subject: two\r\n\r\n", "Subject: three\r\n\r\n"} {
		if _, err := s.Append(user, "INBOX", []byte(raw), at); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Remove(user, "INBOX", 2); err != nil {
		t.Fatal(err)
	}
	if err := s.Renumber(user, "INBOX"); err != nil {
		t.Fatal(err)
	}
	mails, err := s.List(user, "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	if len(mails) != 2 || mails[1].UID != 2 || string(mails[1].Raw) != "Subject: three\r\n\r\n" || !mails[1].Time.Equal(at) {
		t.Errorf("mails %+v", mails)
	}
	if folders, err := s.Folders(user); err != nil || !slices.Equal(folders, []string{"INBOX"}) {
		t.Errorf("folders %v, %v", folders, err)
	}
	for name, call := range map[string]func() error{
		"unknown user":   func() error { _, err := s.Append("nobody", "INBOX", nil, at); return err },
		"unknown folder": func() error { _, err := s.List(user, "Nowhere"); return err },
	} {
		if call() == nil {
			t.Errorf("%s is no error", name)
		}
	}
}

// TestCutLiteral speaks without a client library, to see the very bytes.
func TestCutLiteral(t *testing.T) {
	s := start(t, Options{Security: TLS})
	if _, err := s.Append(user, "INBOX", []byte("Subject: cut\r\n\r\n0123456789"), time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	s.Inject(Fault{Verb: "UID FETCH", UID: 1, Times: 1, Do: CutLiteral, Bytes: 7})
	c, err := tls.Dial("tcp", s.Addr(), s.ClientTLS())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	io.WriteString(c, "a LOGIN "+user+" secret\r\nb SELECT INBOX\r\nc UID FETCH 1 BODY.PEEK[]\r\n")
	said, _ := io.ReadAll(c)
	if !strings.HasSuffix(string(said), "* 1 FETCH (UID 1 BODY[] {26}\r\nSubject") {
		t.Errorf("the server said %q", said)
	}
}

func TestAwaitEndsWithItsContext(t *testing.T) {
	s := start(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Await(ctx, "NOOP", 1); err == nil {
		t.Error("no error")
	}
	if n := s.Count("NOOP"); n != 0 {
		t.Errorf("counted %d", n)
	}
}
