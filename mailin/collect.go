package mailin

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
)

// ErrNotArrived is a mail that did not come in the time that Collect was given.
var ErrNotArrived = errors.New("the mail has not arrived")

// collectMost is how many hits of one search are looked at: a server that understands the question has one or two.
const collectMost = 16

// Collect waits for a mail that was sent to the account's mailbox under this Message-ID (without angle brackets), returns
// its header as it arrived, and takes it off the server for good. It looks every so often, at least once, until patience
// is over; then the error is ErrNotArrived. It looks in Folder first and then where a daemon beside it may have moved the
// mail, so that a mail on its way between them is met. A header and an error together: it was read, but lies there still.
//
// Without UIDPLUS the mail stays, marked \Deleted: a bare EXPUNGE would also take what somebody else has marked.
func Collect(ctx context.Context, account Account, messageID string, patience, every time.Duration) ([]byte, error) {
	account = account.withDefaults()
	opt := Options{}.withDefaults()
	c, err := connect(ctx, &account, &opt)
	if err != nil {
		return nil, err
	}
	defer c.close()
	s := &session{watcher: &watcher{account: account, opt: opt}, conn: c}
	if err := c.login(ctx, &account, opt.Version); err != nil {
		return nil, err
	}
	folders, err := s.collectable(ctx)
	if err != nil {
		return nil, err
	}
	over, again := time.NewTimer(patience), time.NewTicker(every)
	defer over.Stop()
	defer again.Stop()
	for last := false; ; {
		header, err := s.collect(ctx, folders, messageID)
		switch {
		case header != nil || err != nil:
			return header, err
		case last:
			return nil, ErrNotArrived
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-over.C:
			last = true // one look more, for what came in the last pause
		case <-again.C:
		}
	}
}

// collectable are the folders in which a mail can lie, by their names on the server.
func (s *session) collectable(ctx context.Context) ([]string, error) {
	ns, err := s.conn.namespace(ctx)
	if err != nil {
		return nil, err
	}
	folders := []string{s.account.Folder}
	for _, configured := range []string{s.account.Processed, s.account.Failed} {
		if configured != "" {
			folders = append(folders, ns.name(configured))
		}
	}
	return folders, nil
}

// collect looks through the folders once and removes each copy of the mail.
func (s *session) collect(ctx context.Context, folders []string, messageID string) ([]byte, error) {
	var header []byte
	for i, folder := range folders {
		_, err := s.conn.selectFolder(ctx, folder)
		if _, no := answered(err); no && i > 0 {
			continue // a daemon has not made it yet
		}
		if err != nil {
			return header, err
		}
		found, uids, err := s.lookFor(ctx, messageID)
		if header == nil {
			header = found
		}
		if err == nil {
			err = s.remove(ctx, uids)
		}
		if err != nil {
			return header, err
		}
	}
	return header, nil
}

// lookFor finds a mail in the selected folder. It reads each hit before it believes the server, since what is found is
// removed: there are servers whose search is not exact.
func (s *session) lookFor(ctx context.Context, messageID string) (header []byte, uids []uint32, err error) {
	hits, err := s.conn.search(ctx, &imap.SearchCriteria{
		Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: messageID}},
	})
	if err != nil {
		return nil, nil, err
	}
	hits = hits[max(0, len(hits)-collectMost):]
	fetched := map[uint32]*Mail{}
	err = s.stream(ctx, hits, imap.PartSpecifierHeader, 0, func(uid uint32, literal imap.LiteralReader) error {
		return receiveHeader(fetched, &Mail{UID: uid}, literal)
	})
	for uid, m := range fetched {
		read, failed := io.ReadAll(m.Raw)
		if failed == nil && carries(read, messageID) {
			header, uids = read, append(uids, uid)
		}
	}
	return header, uids, err
}

// carries reports whether a header's own Message-ID is this one. An answer has it too, in other fields.
func carries(header []byte, messageID string) bool {
	unfolded := strings.NewReplacer("\r\n ", " ", "\r\n\t", " ").Replace(string(header))
	for line := range strings.Lines(unfolded) {
		name, value, _ := strings.Cut(line, ":")
		if strings.EqualFold(strings.TrimSpace(name), "Message-ID") && strings.TrimSpace(value) == "<"+messageID+">" {
			return true
		}
	}
	return false
}

// remove deletes mails of the selected folder, and no other that is marked there (RFC 4315 section 2.1).
func (s *session) remove(ctx context.Context, uids []uint32) error {
	if len(uids) == 0 {
		return nil
	}
	if err := s.flag(ctx, uids, imap.FlagDeleted); err != nil || !s.conn.caps.Has(imap.CapUIDPlus) {
		return err
	}
	return s.conn.do(ctx, "expunge", func() error { return s.conn.client.UIDExpunge(uidSet(uids)).Close() })
}
