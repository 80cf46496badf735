package mailin

import (
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// rest waits until the server announces something, or it is time to look anyway. It reports whether the server did.
func (s *session) rest(ctx context.Context) (woken bool, err error) {
	select {
	case <-s.conn.wake: // while the last mail was taken
		return true, nil
	default:
	}
	if s.conn.caps.Has(imap.CapIdle) && !s.deaf {
		return s.idle(ctx, min(s.account.Poll, s.opt.IdleCycle, s.untilReconcile()))
	}
	return s.listen(ctx, min(s.account.Poll, s.untilReconcile()))
}

// untilReconcile is how long it is until the next comparison of folder and ledger.
func (s *session) untilReconcile() time.Duration {
	if s.reconcile.IsZero() {
		return s.account.Poll
	}
	return max(0, s.reconcile.Sub(s.opt.Now()))
}

// idle has the server tell what happens (RFC 2177). The library would renew an IDLE after 28 minutes only, which
// servers and NATs between do not wait for.
func (s *session) idle(ctx context.Context, d time.Duration) (bool, error) {
	var cmd *imapclient.IdleCommand
	err := s.conn.do(ctx, "idle", func() (err error) {
		cmd, err = s.conn.client.Idle()
		return err
	})
	if _, ok := answered(err); ok {
		s.log.Warn("IDLE refused, the folder is polled", "reason", err)
		s.deaf = true
		return false, nil
	}
	if err != nil {
		return false, err
	}
	woken, waitErr := s.listen(ctx, d)
	err = s.conn.do(ctx, "end idle", func() error { return errors.Join(cmd.Close(), cmd.Wait()) })
	return woken, errors.Join(waitErr, err)
}

var errClosed = errors.New("the server closed the connection")

// listen waits for the server's word, the time, the connection's end or ctx's.
func (s *session) listen(ctx context.Context, d time.Duration) (woken bool, err error) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-s.conn.wake:
		return true, nil
	case <-timer.C:
		return false, nil
	case <-s.conn.client.Closed():
		return false, errClosed
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}
