package mailout

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
)

// Server is the SMTP server that takes the desk's mail.
type Server struct {
	// URL is smtps://host[:465], TLS from the first byte (RFC 8314 3.3); smtp://host[:587], STARTTLS required; or
	// smtp+insecure://host[:25] without TLS, for a loopback host alone.
	URL      string
	Username string                                // "" does not log in
	Password func(context.Context) (string, error) // asked for at each connection
	TLS      *tls.Config                           // nil trusts the system's roots
}

// endpoint is a server's URL, understood.
type endpoint struct {
	host     string // without port; the name that the certificate must have
	address  string // host:port
	implicit bool
	starttls bool
}

func (s Server) endpoint() (endpoint, error) {
	u, err := url.Parse(s.URL)
	if err != nil {
		return endpoint{}, fmt.Errorf("smtp.url: %w", err)
	}
	e := endpoint{host: u.Hostname()}
	port := u.Port()
	switch u.Scheme {
	case "smtps":
		e.implicit, port = true, defaultPort(port, "465")
	case "smtp":
		e.starttls, port = true, defaultPort(port, "587")
	case "smtp+insecure":
		if !loopback(e.host) {
			return endpoint{}, fmt.Errorf("smtp.url %q: smtp+insecure:// sends passwords in the clear and is for a"+
				" loopback host alone; use smtps:// or smtp://", s.URL)
		}
		port = defaultPort(port, "25")
	default:
		return endpoint{}, fmt.Errorf("smtp.url %q: want smtps://HOST, smtp://HOST or smtp+insecure://127.0.0.1", s.URL)
	}
	if e.host == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.User != nil {
		return endpoint{}, fmt.Errorf("smtp.url %q: want a scheme, a host and perhaps a port, nothing else", s.URL)
	}
	e.address = net.JoinHostPort(e.host, port)
	return e, nil
}

func defaultPort(port, fallback string) string {
	if port == "" {
		return fallback
	}
	return port
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s Server) tlsConfig(e endpoint) *tls.Config {
	config := &tls.Config{}
	if s.TLS != nil {
		config = s.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = e.host
	}
	config.MinVersion = max(config.MinVersion, tls.VersionTLS12) // RFC 8997
	return config
}
