package mailin

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/emersion/go-imap/v2"
)

// acknowledge tells the server what became of mails, and then the desk that it has been told. What the server refuses is
// owed until later; an error means that the session is over.
func (s *session) acknowledge(ctx context.Context, marks []Pending) error {
	var told []uint32
	var over error
	for _, d := range []Disposition{Processed, Failed, Leave} {
		var uids []uint32
		for _, mark := range marks {
			if mark.Disposition == d {
				uids = append(uids, mark.UID)
			}
		}
		if len(uids) == 0 {
			continue
		}
		err := s.tell(ctx, d, uids)
		if answer, ok := answered(err); ok {
			s.log.Warn("server refuses the acknowledgement", "disposition", d, "mails", len(uids), "uid", uids[0], "reason", answer)
			s.owe(d, uids)
			continue
		}
		if err != nil {
			over = err
			break
		}
		told = append(told, uids...)
	}
	return errors.Join(s.record(ctx, told), over)
}

// record has the desk note what the server has been told, beside the session's further work: the desk commits it behind
// the batch that it is busy with, and meanwhile the next can be fetched. The error is that of the record before.
func (s *session) record(ctx context.Context, told []uint32) error {
	if err := s.recorded(); err != nil || len(told) == 0 {
		return err
	}
	noted := make(chan error, 1)
	s.recording = noted
	go func() {
		defer func() {
			if v := recover(); v != nil {
				s.log.Error("desk panicked", "reason", v, "stack", string(debug.Stack()))
				noted <- fmt.Errorf("panic in the desk: %v", v)
			}
		}()
		noted <- s.desk.Acknowledged(ctx, s.account.Name, s.account.Folder, s.validity, told)
	}()
	return nil
}

// recorded waits for what record has begun.
func (s *session) recorded() error {
	if s.recording == nil {
		return nil
	}
	err := <-s.recording
	s.recording = nil
	return err
}

func (s *session) owe(d Disposition, uids []uint32) {
	for _, uid := range uids {
		s.owed = append(s.owed, Pending{uid, d})
	}
}

// payOwed tries again at each poll, mail by mail since one may be to blame, what the server refused. It ends at the
// first new refusal, and that mail goes to the end of the queue.
func (s *session) payOwed(ctx context.Context) error {
	for range len(s.owed) {
		mark, left := s.owed[0], len(s.owed)
		s.owed = s.owed[1:]
		if err := s.acknowledge(ctx, []Pending{mark}); err != nil {
			return err
		}
		if len(s.owed) == left {
			return nil
		}
	}
	return nil
}

// acknowledgeAgain makes good for a session that ended between commit and acknowledgement. What is not in the folder any
// more has been moved then.
func (s *session) acknowledgeAgain(ctx context.Context, pending []Pending) error {
	s.owed = nil
	for part := range slices.Chunk(pending, batchMails) {
		uids := make([]uint32, len(part))
		for i, p := range part {
			uids[i] = p.UID
		}
		present, err := s.conn.present(ctx, uids)
		if err != nil {
			return err
		}
		done := slices.DeleteFunc(uids, func(uid uint32) bool { return slices.Contains(present, uid) })
		if len(done) > 0 {
			if err := s.desk.Acknowledged(ctx, s.account.Name, s.account.Folder, s.validity, done); err != nil {
				return err
			}
		}
		left := slices.DeleteFunc(slices.Clone(part), func(p Pending) bool { return !slices.Contains(present, p.UID) })
		if err := s.acknowledge(ctx, left); err != nil {
			return err
		}
	}
	return nil
}

// tell carries out one disposition for several mails.
func (s *session) tell(ctx context.Context, d Disposition, uids []uint32) error {
	target := ""
	switch d {
	case Processed:
		target = s.processed
	case Failed:
		target = s.failed
	case Leave:
		return nil
	}
	if err := s.flag(ctx, uids, imap.FlagSeen); err != nil || target == "" {
		return err
	}
	err := s.move(ctx, uids, target)
	if answer, ok := answered(err); ok && answer.Code == imap.ResponseCodeTryCreate { // RFC 9051 section 7.1
		if err := s.conn.create(ctx, target); err != nil {
			return err
		}
		err = s.move(ctx, uids, target)
	}
	return err
}

// move moves mails by MOVE, else step by step, each only after the one before has succeeded; the library's own
// substitute sends all steps at once and so deletes what could not be copied. Without UIDPLUS the originals stay, marked
// \Deleted: a bare EXPUNGE would also take mails that somebody else has marked.
func (s *session) move(ctx context.Context, uids []uint32, target string) error {
	if s.conn.caps.Has(imap.CapMove) {
		return s.conn.do(ctx, "move to "+target, func() error {
			_, err := s.conn.client.Move(uidSet(uids), target).Wait()
			return err
		})
	}
	uncopied, err := s.conn.search(ctx, &imap.SearchCriteria{
		UID: []imap.UIDSet{uidSet(uids)}, NotFlag: []imap.Flag{imap.FlagDeleted},
	})
	if err != nil {
		return err
	}
	if len(uncopied) > 0 { // what is marked \Deleted already was copied before a session ended
		err := s.conn.do(ctx, "copy to "+target, func() error {
			_, err := s.conn.client.Copy(uidSet(uncopied), target).Wait()
			return err
		})
		if err != nil {
			return err
		}
		if err := s.flag(ctx, uncopied, imap.FlagDeleted); err != nil {
			return err
		}
	}
	if !s.conn.caps.Has(imap.CapUIDPlus) {
		return nil
	}
	return s.conn.do(ctx, "expunge", func() error { return s.conn.client.UIDExpunge(uidSet(uids)).Close() })
}

func (s *session) flag(ctx context.Context, uids []uint32, flag imap.Flag) error {
	return s.conn.do(ctx, "flag", func() error {
		add := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{flag}}
		return s.conn.client.Store(uidSet(uids), add, nil).Close()
	})
}
