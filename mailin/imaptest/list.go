package imaptest

import (
	"errors"
	"fmt"
	"net"
	"sync"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// List returns the mails of a folder by UID, past all faults. A folder that does not exist is an error.
func (s *Server) List(user, folder string) ([]Message, error) {
	client, err := s.behind(user)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	selected, err := client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		return nil, fmt.Errorf("list %s of %s: %w", folder, user, err)
	}
	if selected.NumMessages == 0 {
		return nil, nil
	}
	all := imap.UIDSet{}
	all.AddRange(1, 0)
	fetched, err := client.Fetch(all, &imap.FetchOptions{
		Flags: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}},
	}).Collect()
	if err != nil {
		return nil, fmt.Errorf("list %s of %s: %w", folder, user, err)
	}
	return messages(fetched), nil
}

// Remove deletes a mail for good, as another client would.
func (s *Server) Remove(user, folder string, uid uint32) error {
	client, err := s.behind(user)
	if err != nil {
		return err
	}
	defer client.Close()
	if _, err := client.Select(folder, nil).Wait(); err != nil {
		return fmt.Errorf("remove from %s of %s: %w", folder, user, err)
	}
	uids := imap.UIDSetNum(imap.UID(uid))
	deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := errors.Join(client.Store(uids, deleted, nil).Close(), client.UIDExpunge(uids).Close()); err != nil {
		return fmt.Errorf("remove from %s of %s: %w", folder, user, err)
	}
	return nil
}

// Folders returns the names of a user's folders in alphabetical order.
func (s *Server) Folders(user string) ([]string, error) {
	client, err := s.behind(user)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	listed, err := client.List("", "*", nil).Collect()
	if err != nil {
		return nil, fmt.Errorf("list folders of %s: %w", user, err)
	}
	var names []string
	for _, l := range listed {
		names = append(names, l.Mailbox)
	}
	return names, nil
}

// behind logs in on a pipe that no fault touches.
func (s *Server) behind(user string) (*imapclient.Client, error) {
	end, err := s.pipe.dial()
	if err != nil {
		return nil, fmt.Errorf("look into the mailbox of %s: %w", user, err)
	}
	client := imapclient.New(end, nil)
	if err := client.Login(user, s.opt.Users[user]).Wait(); err != nil {
		client.Close()
		return nil, fmt.Errorf("look into the mailbox of %s: %w", user, err)
	}
	return client, nil
}

func messages(fetched []*imapclient.FetchMessageBuffer) []Message {
	var mails []Message
	for _, f := range fetched {
		m := Message{UID: uint32(f.UID), Time: f.InternalDate}
		for _, flag := range f.Flags {
			m.Flags = append(m.Flags, string(flag))
		}
		for _, section := range f.BodySection {
			m.Raw = section.Bytes
		}
		mails = append(mails, m)
	}
	return mails
}

// pipeListener accepts connections that never leave the process.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (l *pipeListener) dial() (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.conns <- theirs:
		return ours, nil
	case <-l.done:
		return nil, errors.Join(net.ErrClosed, ours.Close(), theirs.Close())
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }
