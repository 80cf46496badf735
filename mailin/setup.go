package mailin

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/emersion/go-imap/v2"
)

// Step is a part of a session's beginning that can fail until a person mends something.
type Step string

// The steps.
const (
	StepConnect Step = "connect"
	StepLogin   Step = "log in"
	StepFolder  Step = "open folder"
)

// SetupError is why a session cannot begin, and what is likely to help. Watch keeps trying nevertheless: servers and
// passwords are mended without telling us.
type SetupError struct {
	Step   Step
	Object string // address, username or folder
	Remedy string
	Err    error
}

func (e *SetupError) Error() string {
	return fmt.Sprintf("%s %s: %v; %s", e.Step, e.Object, e.Err, e.Remedy)
}

func (e *SetupError) Unwrap() error { return e.Err }

// Fix says what to look at.
func (e *SetupError) Fix() string { return e.Remedy }

func connectError(address string, sec security, err error) error {
	var (
		invalid  x509.CertificateInvalidError
		hostname x509.HostnameError
		unknown  x509.UnknownAuthorityError
		record   tls.RecordHeaderError
	)
	remedy := "check host and port, and that no firewall is between"
	var answer *imap.Error
	refused := errors.As(err, &answer)
	switch {
	case errors.As(err, &hostname):
		remedy = "write the host name that stands in the server's certificate"
	case errors.As(err, &unknown):
		remedy = "let the server send its whole certificate chain, or add its CA to this system's roots"
	case errors.As(err, &invalid):
		remedy = "renew the server's certificate, or set the clock"
	case errors.As(err, &record):
		remedy = "this port does not begin with TLS: use imap:// (STARTTLS) or the imaps port, 993"
	case refused && answer.Type == imap.StatusResponseTypeBye:
		remedy = "the server has turned away the connection; it may allow fewer at a time, or be down for maintenance"
	case refused && sec == startTLS:
		remedy = "the server does not offer STARTTLS: use imaps://"
	}
	return &SetupError{StepConnect, address, remedy, err}
}

var errLoginDisabled = errors.New("the server takes no password on this connection")

// loginError tells refusals, which need a person, from troubles that pass.
func loginError(username string, err error) error {
	remedy := "check username and password; many providers want IMAP switched on and an app password or authorization code"
	answer, isAnswer := answered(err)
	switch {
	case errors.Is(err, errLoginDisabled):
		remedy = "use imaps://, or imap:// with STARTTLS; if that is so already, the provider may allow OAuth only: ask for an app password"
	case !isAnswer || passing(answer):
		return err
	case answer.Code == imap.ResponseCodeExpired:
		remedy = "the password has expired: set a new one and write it to the password file"
	case answer.Code == imap.ResponseCodePrivacyRequired:
		remedy = "use imaps://, or imap:// with STARTTLS"
	}
	return &SetupError{StepLogin, username, remedy, err}
}

func folderError(folder string, err error) error {
	if answer, ok := answered(err); !ok || passing(answer) {
		return err
	}
	return &SetupError{StepFolder, folder, "write a folder that exists and that this user may change", err}
}

// passing reports whether a refusal is about the server's state and not about the request (RFC 5530 section 3).
func passing(answer *imap.Error) bool {
	switch answer.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
		return true
	}
	return false
}
