package mailin

import (
	"context"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
)

// session is the work on one connection.
type session struct {
	*watcher
	conn      *conn
	processed string // the folders' names on the server, "" = mail stays
	failed    string
	validity  uint32
	cursor    Cursor
	next      uint32       // UIDs from here on have not been listed yet
	opened    uint32       // UIDs from here on came after the folder was opened
	owed      []Pending    // acknowledgements that the server refused
	recording <-chan error // what the desk is noting, see record; nil when it is not
	reconcile time.Time    // when to compare folder and ledger again, zero = never
	fruitful  bool         // a mail was handed over, or the folder looked through
	deaf      bool         // the server refused IDLE
	broken    bool         // the connection is lost, and only what it brought is still handed over
}

// run works until the connection or ctx ends, so its error is never nil.
func (s *session) run(ctx context.Context) (err error) {
	if s.conn, err = connect(ctx, &s.account, &s.opt); err != nil {
		return err
	}
	return s.work(ctx)
}

// work begins with the log-in.
func (s *session) work(ctx context.Context) error {
	if err := s.conn.login(ctx, &s.account, s.opt.Version); err != nil {
		return err
	}
	if err := s.prepareFolders(ctx); err != nil {
		return err
	}
	s.event(Connected, 0, nil)
	if err := s.open(ctx); err != nil {
		return err
	}
	for {
		woken, err := s.rest(ctx)
		if err != nil {
			return err
		}
		if !s.reconcile.IsZero() && !s.opt.Now().Before(s.reconcile) {
			err = s.open(ctx)
		} else {
			err = s.look(ctx, woken)
		}
		if err != nil {
			return err
		}
	}
}

// prepareFolders finds the target folders' names and makes those that are missing. A server that refuses is no
// reason to leave mail unread.
func (s *session) prepareFolders(ctx context.Context) error {
	ns, err := s.conn.namespace(ctx)
	if err != nil {
		return err
	}
	if s.processed, err = s.ensure(ctx, ns, s.account.Processed); err != nil {
		return err
	}
	s.failed, err = s.ensure(ctx, ns, s.account.Failed)
	return err
}

// ensure returns a configured folder's name on the server.
func (s *session) ensure(ctx context.Context, ns namespace, configured string) (string, error) {
	if configured == "" {
		return "", nil
	}
	folder := ns.name(configured)
	there, err := s.conn.exists(ctx, folder)
	if err == nil && !there {
		err = s.conn.create(ctx, folder)
	}
	if answer, ok := answered(err); ok {
		s.log.Warn("folder is missing and cannot be created", "folder", folder, "reason", answer)
		return folder, nil
	}
	return folder, err
}

// open selects the folder, brings server and ledger together, and takes in what the ledger lacks.
func (s *session) open(ctx context.Context) error {
	folder, err := s.conn.selectFolder(ctx, s.account.Folder)
	if err != nil {
		return err
	}
	s.validity = folder.validity
	if s.opt.Reconcile != nil {
		s.reconcile = s.opt.Reconcile(s.opt.Now())
	}
	listed, err := s.conn.search(ctx, &imap.SearchCriteria{})
	if err != nil {
		return err
	}
	if err := s.readCursor(ctx, folder, listed); err != nil {
		return err
	}
	if err := s.acknowledgeAgain(ctx, s.cursor.Pending); err != nil {
		return err
	}
	missing, err := s.compare(ctx, listed)
	if err != nil {
		return err
	}
	s.trouble.begin(s.validity, missing)
	if err := s.takeIn(ctx, missing); err != nil {
		return err
	}
	s.caughtUp()
	return nil
}

// readCursor asks the desk how far it has come. Not every server tells UIDNEXT, but the UIDs that it lists do too.
func (s *session) readCursor(ctx context.Context, folder selected, listed []uint32) (err error) {
	s.next = max(folder.next, 1)
	if len(listed) > 0 {
		s.next = max(s.next, listed[len(listed)-1]+1)
	}
	s.opened = s.next
	s.cursor, err = s.desk.Cursor(ctx, s.account.Name, s.account.Folder, s.validity, s.next)
	if err == nil && s.cursor.Last >= folder.next && folder.next > 0 {
		s.log.Error("the server gives UIDs a second time, as after a restored backup without a new UIDVALIDITY: new mail may be taken for known",
			"uid", s.cursor.Last, "uid_next", folder.next)
	}
	return err
}

// compare finds the UIDs that the ledger lacks. On purpose it does not stop at the cursor: a batch that failed while
// the one behind it was committed, and then a crash, leave a gap below.
func (s *session) compare(ctx context.Context, listed []uint32) ([]uint32, error) {
	seen, err := s.desk.Seen(ctx, s.account.Name, s.account.Folder, s.validity)
	if err != nil {
		return nil, err
	}
	var missing []uint32
	for _, uid := range listed {
		if _, known := seen[uid]; !known {
			missing = append(missing, uid)
		}
	}
	s.log.Info("reconciled", "server", len(listed), "ledger", len(seen), "missing", len(missing))
	return missing, nil
}

// look takes in what has arrived since the folder was last listed.
func (s *session) look(ctx context.Context, woken bool) error {
	if !woken {
		if err := s.conn.noop(ctx); err != nil {
			return err
		}
	}
	above := imap.UIDSet{}
	above.AddRange(imap.UID(s.next), 0)
	listed, err := s.conn.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{above}})
	if err != nil {
		return err
	}
	// n:* has at least the last message in it, even below n (RFC 9051 section 9, seq-range)
	listed = slices.DeleteFunc(listed, func(uid uint32) bool { return uid < s.next })
	if len(listed) > 0 {
		s.next = listed[len(listed)-1] + 1
	}
	if err := s.takeIn(ctx, listed); err != nil {
		return err
	}
	if !woken {
		if err := s.payOwed(ctx); err != nil {
			return err
		}
	}
	s.caughtUp()
	return nil
}

func (s *session) caughtUp() {
	s.fruitful = true
	s.event(CaughtUp, 0, nil)
}

// isBacklog reports whether a mail is older than the first start and not to be answered. After a change of UIDVALIDITY
// only its date can tell, if there is one; but what comes while the folder is open has been put there now, and be it an old mail that
// somebody drags back to have it done.
func (s *session) isBacklog(uid uint32, date time.Time) bool {
	switch {
	case !s.account.Skip:
		return false
	case s.cursor.Renumbered:
		return uid < s.opened && !date.IsZero() && date.Before(s.cursor.FirstStart)
	default:
		return uid < s.cursor.SkipBelow
	}
}
