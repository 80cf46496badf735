package mailin

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"time"
)

// Account is one mailbox of the configuration.
type Account struct {
	Name      string   // its key in the ledger, "username@host"
	URL       *url.URL // imaps:// is TLS, imap:// STARTTLS, imap+insecure:// neither and for loopback only
	Username  string
	Password  func(context.Context) (string, error) // asked at each log-in, so that a changed secret is picked up
	TLS       *tls.Config                           // nil = the system's roots
	Folder    string                                // "" = INBOX
	Processed string                                // where done mail goes; "" leaves it in place, marked \Seen
	Failed    string                                // where quarantined mail goes; "" likewise
	Skip      bool                                  // mail older than the first start is listed, not answered
	Poll      time.Duration                         // the folder is looked at this often, also while IDLE works; 0 = 1 minute
	MaxSize   int64                                 // bytes; bigger mails are not fetched; 0 = no limit
	SpoolDir  string                                // for mails above 1 MiB while they are taken, created when missing; "" = the system's
}

// security is how a connection is protected.
type security int

const (
	implicitTLS security = iota
	startTLS
	insecure
)

// ConfigError is an account that cannot work as it is configured; trying again is of no use.
type ConfigError struct {
	Account string
	Problem string
	Remedy  string // what to change
}

func (e *ConfigError) Error() string {
	return fmt.Sprintf("mailbox %s: %s; %s", e.Account, e.Problem, e.Remedy)
}

// Fix says what to change.
func (e *ConfigError) Fix() string { return e.Remedy }

// endpoint reads address and security from the URL.
func (a *Account) endpoint() (address string, sec security, err error) {
	if a.URL == nil || a.URL.Hostname() == "" {
		return "", 0, a.wrong("has no host", "write imap = \"imaps://HOST\"")
	}
	port := "143"
	switch a.URL.Scheme {
	case "imaps":
		sec, port = implicitTLS, "993"
	case "imap":
		sec = startTLS
	case "imap+insecure":
		if sec = insecure; !isLoopback(a.URL.Hostname()) {
			return "", 0, a.wrong("imap+insecure:// would send the password in clear to "+a.URL.Hostname(),
				"use imaps:// or imap:// (STARTTLS); imap+insecure:// is for loopback only")
		}
	default:
		return "", 0, a.wrong("scheme "+a.URL.Scheme+":// is not known", "use imaps://, imap:// or imap+insecure://")
	}
	if p := a.URL.Port(); p != "" {
		port = p
	}
	return net.JoinHostPort(a.URL.Hostname(), port), sec, nil
}

func (a *Account) wrong(problem, remedy string) error {
	return &ConfigError{Account: a.Name, Problem: problem, Remedy: remedy}
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// tlsConfig is the account's, with the host to verify and TLS 1.2 at least (RFC 8314 section 4.1).
func (a *Account) tlsConfig() *tls.Config {
	config := &tls.Config{}
	if a.TLS != nil {
		config = a.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = a.URL.Hostname()
	}
	config.MinVersion = max(config.MinVersion, tls.VersionTLS12)
	return config
}

func (a *Account) withDefaults() Account {
	b := *a
	if b.Folder == "" {
		b.Folder = "INBOX"
	}
	if b.Poll <= 0 {
		b.Poll = time.Minute
	}
	return b
}
