package mailin

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Report is what Check found of a mailbox.
type Report struct {
	Capabilities []string // after the log-in, in alphabetical order
	Idle         bool     // new mail is announced; else it is found by polling
	Move         bool     // mail is moved in one step; else it is copied, marked and expunged
	UIDPlus      bool     // without Move: copied mail can be expunged; else it stays, marked \Deleted
	Mails        uint32   // in the folder
	Missing      []string // target folders that Watch will have to create
}

// Check logs in and looks around without changing anything. Its error has all that is wrong, joined; each part that
// a person can mend has Fix() string.
func Check(ctx context.Context, account Account) (Report, error) {
	account = account.withDefaults()
	opt := Options{}.withDefaults()
	c, err := connect(ctx, &account, &opt)
	if err != nil {
		return Report{}, err
	}
	defer c.close()
	if err := c.login(ctx, &account, opt.Version); err != nil {
		return Report{}, err
	}
	r := Report{
		Idle: c.caps.Has(imap.CapIdle), Move: c.caps.Has(imap.CapMove), UIDPlus: c.caps.Has(imap.CapUIDPlus),
	}
	for capability := range maps.Keys(c.caps) {
		r.Capabilities = append(r.Capabilities, string(capability))
	}
	slices.Sort(r.Capabilities)
	return r, errors.Join(r.lookForTargets(ctx, c, &account), r.lookAtFolder(ctx, c, account.Folder))
}

func (r *Report) lookForTargets(ctx context.Context, c *conn, a *Account) error {
	ns, err := c.namespace(ctx)
	if err != nil {
		return err
	}
	for _, configured := range []string{a.Processed, a.Failed} {
		if configured == "" {
			continue
		}
		there, err := c.exists(ctx, ns.name(configured))
		if err != nil {
			return err
		}
		if !there {
			r.Missing = append(r.Missing, ns.name(configured))
		}
	}
	return nil
}

// lookAtFolder opens the folder; if that fails it says which there are.
func (r *Report) lookAtFolder(ctx context.Context, c *conn, folder string) error {
	opened, err := c.selectFolder(ctx, folder)
	r.Mails = opened.mails
	var wrong *SetupError
	if !errors.As(err, &wrong) {
		return err
	}
	var names []string
	err = c.do(ctx, "list folders", func() error {
		listed, err := c.client.List("", "*", nil).Collect()
		for _, l := range listed {
			names = append(names, l.Mailbox)
		}
		return err
	})
	if err == nil {
		wrong.Remedy += fmt.Sprintf(" (there are %s)", strings.Join(names, ", "))
	}
	return errors.Join(wrong, err)
}
