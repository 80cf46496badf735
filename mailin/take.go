package mailin

import (
	"context"
	"errors"
	"slices"
	"time"
)

// A batch has at most so many mails, and so many bytes unless a single mail has more.
const (
	batchMails = 64
	batchBytes = 8 << 20
)

// sighting is a mail as the server lists it.
type sighting struct {
	uid  uint32
	size int64
	date time.Time
}

// takeIn hands all of the UIDs over, batch by batch; while the desk works on one the next is fetched, and the server is
// told of those that are committed. Mails that have given trouble come last and alone.
func (s *session) takeIn(ctx context.Context, uids []uint32) error {
	calm := slices.DeleteFunc(slices.Clone(uids), s.trouble.has)
	for window := range slices.Chunk(calm, batchMails) {
		if err := s.takeWindow(ctx, window); err != nil {
			return err
		}
	}
	for uid, ok := s.trouble.next(); ok; uid, ok = s.trouble.next() {
		if err := s.takeSuspect(ctx, uid); err != nil {
			return err
		}
	}
	for len(s.flights) > 0 {
		if err := s.landOne(ctx); err != nil {
			return err
		}
	}
	return s.recorded()
}

// takeWindow lists some UIDs and takes them.
func (s *session) takeWindow(ctx context.Context, window []uint32) error {
	sightings, err := s.describe(ctx, window)
	listed := make([]uint32, len(sightings))
	for i, sighting := range sightings {
		listed[i] = sighting.uid
	}
	gone, err := s.missing(ctx, window, listed, err)
	if err != nil {
		return err
	}
	if err := s.hand(ctx, s.vanished(gone)); err != nil {
		return err
	}
	for _, batch := range batches(sightings) {
		if err := s.takeBatch(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// batches cuts a list so that each piece is small enough to be one batch.
func batches(all []sighting) [][]sighting {
	var cut [][]sighting
	start, bytes := 0, int64(0)
	for i, m := range all {
		if i > start && (i-start == batchMails || bytes+m.size > batchBytes) {
			cut = append(cut, all[start:i])
			start, bytes = i, 0
		}
		bytes += m.size
	}
	if start < len(all) {
		cut = append(cut, all[start:])
	}
	return cut
}

// takeBatch fetches mails and hands over those that came, even if the connection was lost on the way.
func (s *session) takeBatch(ctx context.Context, batch []sighting) error {
	fetched, fetchErr := s.fetch(ctx, batch)
	var wanted, got []uint32
	var mails []*Mail
	for _, sighting := range batch {
		wanted = append(wanted, sighting.uid)
		if m := fetched[sighting.uid]; m != nil {
			got = append(got, m.UID)
			mails = append(mails, m)
		}
	}
	gone, err := s.missing(ctx, wanted, got, fetchErr)
	s.broken = err != nil
	return errors.Join(s.hand(ctx, append(mails, s.vanished(gone)...)), err)
}

// missing says what is the matter with the UIDs that were asked for and did not come. Where the exchange failed, they
// are suspects; where it succeeded, the server is asked whether they are still there: if so they are suspects too, else
// they are gone. The error is the exchange's, unless the connection has survived it.
func (s *session) missing(ctx context.Context, wanted, got []uint32, err error) (gone []uint32, _ error) {
	if isLocal(err) || ctx.Err() != nil {
		return nil, err
	}
	var absent []uint32
	for _, uid := range wanted {
		if !slices.Contains(got, uid) {
			absent = append(absent, uid)
		}
	}
	if _, alive := answered(err); err != nil && !alive {
		s.trouble.suspect(absent)
		return nil, err
	}
	if len(absent) == 0 {
		return nil, nil
	}
	present, err := s.conn.present(ctx, absent)
	if err != nil {
		return nil, err
	}
	s.trouble.suspect(present)
	return slices.DeleteFunc(absent, func(uid uint32) bool { return slices.Contains(present, uid) }), nil
}

// hand gives mails to the desk, having made room, and meanwhile tells the server of batches that are committed.
func (s *session) hand(ctx context.Context, mails []*Mail) error {
	for s.landed() || len(mails) > 0 && len(s.flights) >= mostInFlight {
		if err := s.landOne(ctx); err != nil {
			closeAll(mails)
			return err
		}
	}
	if len(mails) > 0 {
		s.handOver(ctx, mails)
		s.fruitful = true
	}
	return nil
}

func closeAll(mails []*Mail) {
	for _, m := range mails {
		m.Close()
	}
}

// landOne sees the oldest batch committed and tells the server. If that cannot be told any more, the next session finds
// it pending.
func (s *session) landOne(ctx context.Context) error {
	marks, err := s.land(ctx)
	if err != nil || s.broken {
		return err
	}
	return s.acknowledge(ctx, marks)
}

// mail begins the sighting of a UID.
func (s *session) mail(uid uint32) *Mail {
	return &Mail{
		Account: s.account.Name, Folder: s.account.Folder, UIDValidity: s.validity, UID: uid,
		Renumbered: s.cursor.Renumbered && uid < s.opened,
	}
}

func (s *session) vanished(uids []uint32) []*Mail {
	var mails []*Mail
	for _, uid := range uids {
		m := s.mail(uid)
		m.Vanished = true
		mails = append(mails, m)
	}
	return mails
}
