package mailout

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"maildesk/mailout/smtptest"
	"maildesk/tickets"
)

func TestEndpoint(t *testing.T) {
	for url, want := range map[string]struct{ address, fault string }{
		"smtps://smtp.corp.example":         {"smtp.corp.example:465", ""},
		"smtp://smtp.corp.example":          {"smtp.corp.example:587", ""},
		"smtp://smtp.corp.example:25":       {"smtp.corp.example:25", ""},
		"smtp+insecure://127.0.0.1:2525":    {"127.0.0.1:2525", ""},
		"smtp+insecure://[::1]":             {"[::1]:25", ""},
		"smtp+insecure://smtp.corp.example": {"", "loopback"},
		"http://smtp.corp.example":          {"", "smtps://"},
		"smtp.corp.example":                 {"", "smtps://"},
		"smtps://":                          {"", "a host"},
		"smtps://user:pw@smtp.corp.example": {"", "nothing else"},
		"smtps://smtp.corp.example/path":    {"", "nothing else"},
		"smtps://bad host":                  {"", "smtp.url"},
	} {
		e, err := Server{URL: url}.endpoint()
		if e.address != want.address || (err == nil) != (want.fault == "") ||
			err != nil && !strings.Contains(err.Error(), want.fault) {
			t.Errorf("%s: %q, %v", url, e.address, err)
		}
	}
}

// certificate makes one for 127.0.0.1, and the roots that trust it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mx.corp.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, BasicConstraintsValid: true, IsCA: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, roots
}

func TestCheck(t *testing.T) {
	config, roots := certificate(t)
	users := map[string]string{"desk": "secret"}
	trusting := func(s *Server) { logInAs("desk", "secret")(s); s.TLS = &tls.Config{RootCAs: roots} }
	for name, c := range map[string]struct {
		server smtptest.Options
		faults []smtptest.Fault
		change func(*Server)
		want   Report
		fault  string // "" when all is well
	}{
		"implicit TLS": {
			server: smtptest.Options{Users: users, TLS: config, Implicit: true, SMTPUTF8: true}, change: trusting,
			want: Report{TLS: "TLS 1.3", Login: "PLAIN", SMTPUTF8: true},
		},
		"STARTTLS": {
			server: smtptest.Options{Users: users, TLS: config}, change: trusting,
			want: Report{TLS: "TLS 1.3", Login: "PLAIN"},
		},
		"plain":             {change: func(*Server) {}},
		"untrusted":         {server: smtptest.Options{TLS: config, Implicit: true}, change: func(*Server) {}, fault: "roots"},
		"untrusted, later":  {server: smtptest.Options{TLS: config}, change: func(*Server) {}, fault: "roots"},
		"no STARTTLS":       {change: func(s *Server) { s.URL = strings.Replace(s.URL, "smtp+insecure", "smtp", 1) }, fault: "smtps://"},
		"TLS where none is": {change: func(s *Server) { s.URL = strings.Replace(s.URL, "smtp+insecure", "smtps", 1) }, fault: "smtp:// for STARTTLS"},
		"wrong password": {
			server: smtptest.Options{Users: users}, change: logInAs("desk", "wrong"), fault: "smtp.password_file",
		},
		"no log-in offered": {change: logInAs("desk", "secret"), fault: "leave smtp.username empty"},
		"log-in needed":     {server: smtptest.Options{Users: users}, change: func(*Server) {}, fault: "smtp.username"},
		"password unreadable": {
			server: smtptest.Options{Users: users}, fault: "smtp.password",
			change: func(s *Server) {
				s.Username = "desk"
				s.Password = func(context.Context) (string, error) { return "", context.Canceled }
			},
		},
		"sender refused": {
			faults: []smtptest.Fault{{At: smtptest.Mail, Code: 553, Text: "5.7.1 no"}}, change: func(*Server) {}, fault: "desk.address",
		},
	} {
		t.Run(name, func(t *testing.T) {
			server, err := smtptest.Start(c.server)
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			server.Fail(c.faults...)
			to := Server{URL: server.URL()}
			c.change(&to)
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			got, err := Check(ctx, to, "helpdesk@corp.example")
			if c.fault != "" {
				if err == nil || !strings.Contains(err.Error(), c.fault) || !strings.Contains(err.Error(), server.Addr()) {
					t.Errorf("error %v, want one with %q", err, c.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got.Took <= 0 || got.Address != server.Addr() {
				t.Errorf("report %+v", got)
			}
			got.Took, got.Address = 0, ""
			if got != c.want {
				t.Errorf("report %+v, want %+v", got, c.want)
			}
			if n := len(server.Mails()); n != 0 {
				t.Errorf("the check sent %d mails", n)
			}
		})
	}
}

func TestSendsOverTLS(t *testing.T) {
	config, roots := certificate(t)
	for name, implicit := range map[string]bool{"implicit": true, "STARTTLS": false} {
		t.Run(name, func(t *testing.T) {
			d := startDesk(t, newOutbox(mailsTo(5)...), setting{
				server: smtptest.Options{Users: map[string]string{"desk": "secret"}, TLS: config, Implicit: implicit},
				change: func(s *Server) {
					logInAs("desk", "secret")(s)
					s.TLS = &tls.Config{RootCAs: roots}
				},
			})
			d.outbox.untilAll(t, tickets.Sent)
			if mails := d.received(5); mails[0].User != "desk" {
				t.Errorf("sent as %q", mails[0].User)
			}
		})
	}
}
