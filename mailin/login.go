package mailin

import (
	"context"
	"errors"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"
)

// login authenticates, learns the capabilities that count from then on, and says who we are.
func (c *conn) login(ctx context.Context, a *Account, version string) error {
	if c.client.State() == imap.ConnStateNotAuthenticated { // not after PREAUTH, RFC 9051 section 7.1.4
		password, err := a.Password(ctx)
		if err != nil {
			return &SetupError{StepLogin, a.Username, "make the mailbox's password_file or password_env readable", err}
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
