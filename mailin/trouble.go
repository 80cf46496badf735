package mailin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/emersion/go-imap/v2"
)

const (
	// strikesOut is how often the fetch of a mail alone must fail before the mail is blamed.
	strikesOut = 2
	// strikesHeader is when its header is not asked for any more either.
	strikesHeader = strikesOut + 1
	// mostCondemned is how many mails may be blamed in a row without one that can be fetched: beyond that it is the
	// server which fails.
	mostCondemned = 3
)

// trouble remembers, across sessions, the mails whose fetch failed. A batch that fails makes suspects of all its mails
// that did not come; each is then tried alone, on a connection that has just answered, and only what fails twice that
// way is blamed. So a network that breaks, or a server that is down, costs no mail.
type trouble struct {
	validity  uint32
	suspects  map[uint32]*suspect
	condemned int // in a row, since the last mail that could be fetched
}

type suspect struct {
	strikes int
	err     error    // of the last attempt alone
	listed  sighting // as far as the server would describe it
}

// begin forgets what is no longer missing.
func (t *trouble) begin(validity uint32, missing []uint32) {
	if t.suspects == nil || t.validity != validity {
		t.validity, t.suspects = validity, make(map[uint32]*suspect)
	}
	maps.DeleteFunc(t.suspects, func(uid uint32, _ *suspect) bool { return !slices.Contains(missing, uid) })
}

func (t *trouble) has(uid uint32) bool { return t.suspects[uid] != nil }

// next returns the suspect with the fewest strikes, so that all have had their chance before one is blamed.
func (t *trouble) next() (uid uint32, ok bool) {
	uids := slices.Sorted(maps.Keys(t.suspects))
	if len(uids) == 0 {
		return 0, false
	}
	return slices.MinFunc(uids, func(a, b uint32) int {
		return cmp.Compare(t.suspects[a].strikes, t.suspects[b].strikes)
	}), true
}

// pardon takes all strikes back: it was the server.
func (t *trouble) pardon() {
	for _, one := range t.suspects {
		one.strikes = 0
	}
}

func (t *trouble) suspect(uids []uint32) {
	for _, uid := range uids {
		if !t.has(uid) {
			t.suspects[uid] = &suspect{}
		}
	}
}

// fetched says that the server does deliver mail.
func (t *trouble) fetched() { t.condemned = 0 }

var errServerFails = errors.New("the server fails to deliver one mail after the other")

// takeSuspect makes one attempt at a mail that has given trouble.
func (s *session) takeSuspect(ctx context.Context, uid uint32) error {
	if err := s.conn.noop(ctx); err != nil {
		return err
	}
	m, err := s.fetchAlone(ctx, uid)
	if errors.Is(err, errServerFails) {
		s.trouble.pardon()
		return err
	}
	if err != nil {
		return s.strike(ctx, uid, err)
	}
	if s.trouble.suspects[uid].strikes >= strikesOut {
		s.trouble.condemned++
		s.log.Warn("mail cannot be fetched", "uid", uid, "reason", m.Problem)
	}
	delete(s.trouble.suspects, uid)
	return s.hand(ctx, []*Mail{m})
}

// strike counts a failed attempt and returns the error if the session cannot go on.
func (s *session) strike(ctx context.Context, uid uint32, err error) error {
	answer, alive := answered(err)
	if ctx.Err() != nil || isLocal(err) || alive && passing(answer) {
		return err
	}
	one := s.trouble.suspects[uid]
	one.strikes++
	one.err = err
	s.log.Warn("fetch of a single mail failed", "uid", uid, "attempt", one.strikes, "reason", err)
	if !alive && !errors.Is(err, errNotDelivered) {
		return err
	}
	return nil
}

var errNotDelivered = errors.New("the server lists the mail but does not deliver it")

// fetchAlone gets as much of a mail as its strikes leave hope for: all, the header, nothing but the UID.
func (s *session) fetchAlone(ctx context.Context, uid uint32) (*Mail, error) {
	one := s.trouble.suspects[uid]
	if one.strikes < strikesOut {
		return s.fetchOne(ctx, uid)
	}
	if s.trouble.condemned >= mostCondemned {
		return nil, fmt.Errorf("fetch mail: %w: %w", errServerFails, one.err)
	}
	m := s.mail(uid)
	m.InternalDate, m.Size = one.listed.date, one.listed.size
	m.Skipped = s.isBacklog(uid, m.InternalDate)
	m.Problem = &Unfetchable{Attempts: one.strikes, Err: one.err}
	if one.strikes >= strikesHeader {
		return m, nil
	}
	fetched := make(map[uint32]*Mail)
	err := s.stream(ctx, []uint32{uid}, imap.PartSpecifierHeader, 0, func(got uint32, header imap.LiteralReader) error {
		if got != uid {
			return nil
		}
		return receiveHeader(fetched, m, header)
	})
	if err == nil && fetched[uid] == nil {
		err = errNotDelivered
	}
	return m, err
}

// fetchOne fetches a single mail from the beginning.
func (s *session) fetchOne(ctx context.Context, uid uint32) (*Mail, error) {
	sightings, err := s.describe(ctx, []uint32{uid})
	if err != nil {
		return nil, err
	}
	if len(sightings) > 0 {
		s.trouble.suspects[uid].listed = sightings[0]
		fetched, err := s.fetch(ctx, sightings[:1])
		if err != nil || fetched[uid] != nil {
			return fetched[uid], err
		}
	}
	present, err := s.conn.present(ctx, []uint32{uid})
	if err == nil && len(present) > 0 {
		err = errNotDelivered
	}
	if err != nil {
		return nil, err
	}
	return s.vanished([]uint32{uid})[0], nil
}
