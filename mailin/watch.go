package mailin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"time"
)

// Watch keeps a session with the account until ctx ends: it connects, takes in what is new, waits for more, and comes
// back after every failure. It returns ctx's cause, or a *ConfigError, for which coming back is of no use. It runs on
// the caller's goroutine.
func Watch(ctx context.Context, account Account, desk Desk, opt Options) error {
	opt = opt.withDefaults()
	w := &watcher{
		account: account.withDefaults(), desk: desk, opt: opt,
		log: opt.Log.With("account", account.Name),
	}
	if _, _, err := w.account.endpoint(); err != nil {
		return err
	}
	for failures := 1; ; failures++ {
		fruitful, err := w.attempt(ctx)
		w.abandon(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if fruitful {
			failures = 1
		}
		pause := w.pause(failures, err)
		w.log.Warn("session lost", "reason", err, "again_in", pause.Round(time.Millisecond))
		w.event(Lost, 0, err)
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// watcher is what outlives a session.
type watcher struct {
	account Account
	desk    Desk
	opt     Options
	log     *slog.Logger

	flights []*flight // handed over, outcome still to be seen; the oldest first
	trouble trouble
}

// attempt is one session. It reports whether it was of any use.
func (w *watcher) attempt(ctx context.Context) (fruitful bool, err error) {
	s := &session{watcher: w}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic in the session: %v", v)
			w.log.Error("session panicked", "reason", v, "stack", string(debug.Stack()))
			w.event(Panicked, 0, err)
		}
		if s.conn != nil {
			s.conn.close()
		}
		err = errors.Join(err, s.recorded())
		fruitful = s.fruitful
	}()
	return false, s.run(ctx)
}

// pause is longer after a refused log-in, which nobody mends within seconds and which providers count.
func (w *watcher) pause(failures int, err error) time.Duration {
	var refused *SetupError
	if errors.As(err, &refused) && refused.Step == StepLogin {
		return backoff(failures, w.opt.LoginMin, w.opt.LoginMax, rand.Float64())
	}
	return backoff(failures, w.opt.RetryMin, w.opt.RetryMax, rand.Float64())
}

func (w *watcher) event(kind EventKind, mails int, err error) {
	w.opt.Observe(Event{Account: w.account.Name, At: w.opt.Now(), Kind: kind, Mails: mails, Err: err})
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
