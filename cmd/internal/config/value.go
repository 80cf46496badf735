package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"maildesk/tickets/calendar"
)

// TimeOfDay is a time on the clock of the desk's zone.
type TimeOfDay struct {
	Hour   int
	Minute int
}

// String is the 24-hour form, 03:00.
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", t.Hour, t.Minute) }

func parseTimeOfDay(s string) (TimeOfDay, error) {
	at, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return TimeOfDay{}, fmt.Errorf("%q is no time of day", s)
	}
	return TimeOfDay{Hour: at.Hour(), Minute: at.Minute()}, nil
}

// sinceMidnight is t as the calendar counts it.
func (t TimeOfDay) sinceMidnight() time.Duration {
	return time.Duration(t.Hour)*time.Hour + time.Duration(t.Minute)*time.Minute
}

// parseClosing also reads 24:00, the end of a day.
func parseClosing(s string) (TimeOfDay, error) {
	if s == "24:00" {
		return TimeOfDay{Hour: 24}, nil
	}
	return parseTimeOfDay(s)
}

// parseDates reads a date, or two with both ends included; they are midnights in UTC.
func parseDates(s string) (calendar.Dates, error) {
	first, last, isRange := strings.Cut(s, "..")
	if !isRange {
		last = first
	}
	from, err := time.Parse(time.DateOnly, first)
	if err != nil {
		return calendar.Dates{}, fmt.Errorf("%q is no date", first)
	}
	to, err := time.Parse(time.DateOnly, last)
	if err != nil {
		return calendar.Dates{}, fmt.Errorf("%q is no date", last)
	}
	if to.Before(from) {
		return calendar.Dates{}, fmt.Errorf("%s ends before it begins", s)
	}
	return calendar.Dates{From: from, To: to}, nil
}

var days = regexp.MustCompile(`^([0-9]{1,5})d`)

// parseDuration reads a duration of Go's form, which may begin with days of 24 hours: 90s, 36h, 7d, 1d12h. The
// shortest is one second.
func parseDuration(s string) (time.Duration, error) { return parseDurationOf(s, 24*time.Hour) }

// parseDurationOf is parseDuration with days of another length.
func parseDurationOf(s string, day time.Duration) (time.Duration, error) {
	var total time.Duration
	rest := s
	if m := days.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1])
		total, rest = time.Duration(n)*day, s[len(m[0]):]
	}
	if rest != "" || s == "" {
		d, err := time.ParseDuration(rest)
		if err != nil {
			return 0, fmt.Errorf("%q is no duration", s)
		}
		total += d
	}
	if total < time.Second {
		return 0, fmt.Errorf("%s is shorter than one second", s)
	}
	return total, nil
}

// parseSize reads a size in bytes: 40MiB counts by 1024, 50MB by 1000.
func parseSize(s string) (int64, error) {
	n, err := humanize.ParseBytes(s)
	if err != nil || n > 1<<50 {
		return 0, fmt.Errorf("%q is no size", s)
	}
	return int64(n), nil
}

// parseAddress reads a bare address. It returns it with its domain in lower case.
func parseAddress(s string) (string, error) {
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Name != "" || parsed.Address != s {
		return "", fmt.Errorf("%q is no mail address", s)
	}
	at := strings.LastIndexByte(s, '@')
	name, err := parseDomain(s[at+1:])
	if err != nil {
		return "", err
	}
	return s[:at+1] + name, nil
}

var domainName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)

func parseDomain(s string) (string, error) {
	lower := strings.ToLower(s)
	if len(lower) > 253 || !domainName.MatchString(lower) {
		return "", fmt.Errorf("%q is no domain", s)
	}
	return lower, nil
}

// protocol is what the schemes of a URL mean.
type protocol map[string]struct {
	security Security
	port     int
}

var (
	imapSchemes = protocol{"imaps": {TLS, 993}, "imap": {StartTLS, 143}, "imap+insecure": {Plaintext, 143}}
	smtpSchemes = protocol{"smtps": {TLS, 465}, "smtp": {StartTLS, 587}, "smtp+insecure": {Plaintext, 25}}
)

// parseEndpoint reads the URL of a server: scheme, host and perhaps a port.
func parseEndpoint(s string, schemes protocol) (Endpoint, error) {
	u, err := url.Parse(s)
	if err != nil {
		return Endpoint{}, errors.New("this is no URL") // unquoted: it may hold a password
	}
	scheme, known := schemes[u.Scheme]
	switch {
	case u.User != nil:
		return Endpoint{}, errors.New("a user name does not belong in the URL")
	case !known:
		return Endpoint{}, fmt.Errorf("%q has no scheme that is known here", s)
	case u.Hostname() == "":
		return Endpoint{}, fmt.Errorf("%q names no host", s)
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "":
		return Endpoint{}, fmt.Errorf("%q has more than scheme, host and port", s)
	case scheme.security == Plaintext && !isLoopback(u.Hostname()):
		return Endpoint{}, fmt.Errorf("%s:// would send the password in clear to another machine", u.Scheme)
	}
	port := scheme.port
	if u.Port() != "" {
		if port, err = parsePort(u.Port()); err != nil {
			return Endpoint{}, err
		}
	}
	return Endpoint{URL: u, Host: u.Hostname(), Port: port, Security: scheme.security}, nil
}

func parsePort(s string) (int, error) {
	port, err := strconv.Atoi(s)
	if err != nil || port < 1 || port > 65535 {
		return 0, fmt.Errorf("%q is no port", s)
	}
	return port, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
