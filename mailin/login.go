package mailin

import (
	"context"
	"errors"
	"fmt"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"
)

// LoginError is a log-in that failed for a reason which time alone will not mend.
type LoginError struct {
	Username string
	Remedy   string // what to look at
	Err      error
}

func (e *LoginError) Error() string {
	return fmt.Sprintf("log in as %s: %v; %s", e.Username, e.Err, e.Remedy)
}

func (e *LoginError) Unwrap() error { return e.Err }

// Fix says what to look at.
func (e *LoginError) Fix() string { return e.Remedy }

// login authenticates, learns the capabilities that count from then on, and says who we are.
func (c *conn) login(ctx context.Context, a *Account, version string) error {
	if c.client.State() == imap.ConnStateNotAuthenticated { // not after PREAUTH, RFC 9051 section 7.1.4
		password, err := a.Password(ctx)
		if err != nil {
			return &LoginError{a.Username, "make the mailbox's password_file or password_env readable", err}
		}
		err = c.do(ctx, "log in", func() error { return c.authenticate(a.Username, password) })
		if err != nil {
			return loginError(a.Username, err)
		}
	}
	err := c.do(ctx, "ask for capabilities", func() error {
		if c.caps = c.client.Caps(); c.caps == nil {
			return errors.New("the server does not tell its capabilities")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.identify(ctx, version)
}

var errLoginDisabled = errors.New("the server takes no password on this connection")

// authenticate prefers PLAIN, which knows UTF-8, to LOGIN (RFC 9051 section 6.2.3).
func (c *conn) authenticate(username, password string) error {
	switch {
	case c.caps.Has(imap.AuthCap(sasl.Plain)):
		return c.client.Authenticate(sasl.NewPlainClient("", username, password))
	case c.caps.Has(imap.CapLoginDisabled):
		return errLoginDisabled
	default:
		return c.client.Login(username, password).Wait()
	}
}

// loginError tells refusals, which need a person, from troubles that pass.
func loginError(username string, err error) error {
	answer, isAnswer := answered(err)
	switch {
	case errors.Is(err, errLoginDisabled):
		return &LoginError{username, "use imaps:// (or imap:// with STARTTLS), or ask the provider for an app password: it may allow OAuth only", err}
	case !isAnswer || passing(answer):
		return err
	case answer.Code == imap.ResponseCodeExpired:
		return &LoginError{username, "the password has expired: set a new one and write it to the password file", err}
	case answer.Code == imap.ResponseCodePrivacyRequired:
		return &LoginError{username, "use imaps://, or imap:// with STARTTLS", err}
	default:
		return &LoginError{username, "check username and password; many providers want IMAP switched on and an app password or authorization code", err}
	}
}

// passing reports whether a refusal is about the server's state and not about the request (RFC 5530 section 3).
func passing(answer *imap.Error) bool {
	switch answer.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
		return true
	}
	return false
}

// identify sends ID where it is offered: NetEase's servers refuse SELECT to clients that did not.
func (c *conn) identify(ctx context.Context, version string) error {
	if !c.caps.Has(imap.CapID) {
		return nil
	}
	err := c.do(ctx, "identify", func() error {
		_, err := c.client.ID(&imap.IDData{Name: "maildesk", Version: version}).Wait()
		return err
	})
	if _, ok := answered(err); ok { // a refusal does no harm
		return nil
	}
	return err
}
