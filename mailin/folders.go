package mailin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// namespace is where a user's folders lie and how their levels are written (RFC 2342).
type namespace struct {
	prefix string
	delim  string // "" when folders have no levels
}

// namespace asks the server. A configured name is written with "/" and without prefix.
func (c *conn) namespace(ctx context.Context) (namespace, error) {
	var ns namespace
	err := c.do(ctx, "ask for the namespace", func() error {
		if c.caps.Has(imap.CapNamespace) {
			data, err := c.client.Namespace().Wait()
			if err == nil && len(data.Personal) > 0 {
				ns = namespace{data.Personal[0].Prefix, delimiter(data.Personal[0].Delim)}
			}
			return err
		}
		listed, err := c.client.List("", "", nil).Collect() // RFC 9051 section 6.3.9: an empty name asks for the delimiter
		if err == nil && len(listed) > 0 {
			ns.delim = delimiter(listed[0].Delim)
		}
		return err
	})
	if _, ok := answered(err); ok {
		return ns, nil
	}
	return ns, err
}

func delimiter(r rune) string {
	if r == 0 {
		return ""
	}
	return string(r)
}

// name turns a configured name into the server's.
func (ns namespace) name(configured string) string {
	name := configured
	if ns.delim != "" && ns.delim != "/" && !strings.Contains(name, ns.delim) {
		name = strings.ReplaceAll(name, "/", ns.delim)
	}
	if strings.EqualFold(name, "INBOX") || strings.HasPrefix(name, ns.prefix) {
		return name
	}
	return ns.prefix + name
}

// exists reports whether a folder is there and can hold mail.
func (c *conn) exists(ctx context.Context, folder string) (bool, error) {
	var listed []*imap.ListData
	err := c.do(ctx, "list "+folder, func() (err error) {
		listed, err = c.client.List("", folder, nil).Collect()
		return err
	})
	for _, l := range listed {
		unusable := slices.Contains(l.Attrs, imap.MailboxAttrNoSelect) || slices.Contains(l.Attrs, imap.MailboxAttrNonExistent)
		if l.Mailbox == folder && !unusable {
			return true, err
		}
	}
	return false, err
}

// create makes a folder and subscribes to it, so that mail clients show it.
func (c *conn) create(ctx context.Context, folder string) error {
	err := c.do(ctx, "create "+folder, func() error {
		err := c.client.Create(folder, nil).Wait()
		if answer, ok := answered(err); ok && answer.Code == imap.ResponseCodeAlreadyExists {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	err = c.do(ctx, "subscribe to "+folder, func() error { return c.client.Subscribe(folder).Wait() })
	if _, ok := answered(err); ok {
		return nil
	}
	return err
}

// selected is what SELECT says of a folder.
type selected struct {
	validity uint32
	next     uint32 // UIDNEXT, 0 when the server does not tell
	mails    uint32
}

// selectFolder opens a folder for reading and writing.
func (c *conn) selectFolder(ctx context.Context, folder string) (selected, error) {
	var data *imap.SelectData
	err := c.do(ctx, "select "+folder, func() (err error) {
		data, err = c.client.Select(folder, nil).Wait()
		return err
	})
	if err != nil {
		return selected{}, folderError(folder, err)
	}
	if data.UIDValidity == 0 { // RFC 9051 section 7.1: then UIDs do not last, and nothing could be remembered
		return selected{}, fmt.Errorf("select %s: %w", folder, errors.New("the server gives no UIDVALIDITY"))
	}
	return selected{data.UIDValidity, uint32(data.UIDNext), data.NumMessages}, nil
}

// search returns the UIDs that fit, in ascending order.
func (c *conn) search(ctx context.Context, criteria *imap.SearchCriteria) ([]uint32, error) {
	var found []uint32
	err := c.do(ctx, "search", func() error {
		data, err := c.client.UIDSearch(criteria, nil).Wait()
		if err != nil {
			return err
		}
		found, err = expand(data.All)
		return err
	})
	slices.Sort(found)
	return found, err
}

// mostMails is how many mails a folder may have. A server can name billions in a few bytes.
const mostMails = 10_000_000

// expand lists the UIDs of a set.
func expand(set imap.NumSet) ([]uint32, error) {
	ranges, _ := set.(imap.UIDSet) // nil when nothing was found
	var uids []uint32
	for _, r := range ranges {
		if r.Start == 0 || r.Stop < r.Start || uint64(len(uids))+uint64(r.Stop-r.Start) >= mostMails {
			return nil, fmt.Errorf("the server lists impossible UIDs %d:%d", r.Start, r.Stop)
		}
		for uid := r.Start; ; uid++ {
			uids = append(uids, uint32(uid))
			if uid == r.Stop {
				break
			}
		}
	}
	return uids, nil
}

// present returns those of the UIDs that are still in the folder.
func (c *conn) present(ctx context.Context, uids []uint32) ([]uint32, error) {
	return c.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{uidSet(uids)}})
}

func uidSet(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}
