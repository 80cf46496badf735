package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"maildesk/cmd/internal/config"
	"maildesk/mailin"
	"maildesk/mailout"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

// drainTime is how long the whole shutdown may take; the outbox has most of it.
const drainTime = 10 * time.Second

// Serve is the daemon: it takes mail from all mailboxes and sends the outbox until ctx ends, then drains. It returns
// nil after a wanted shutdown, and an error when a part of it cannot go on.
func (a *App) Serve(ctx context.Context) error {
	release, err := lock(a.cfg.Desk.DataDir)
	if err != nil {
		return err
	}
	defer release()
	calmCollector()
	if err := a.clearSpool(); err != nil {
		return err
	}
	parts, err := a.parts()
	if err != nil {
		return err
	}
	if err := a.health.open(); err != nil {
		return err
	}
	_, _ = daemon.SdNotify(false, daemon.SdNotifyReady) // an error means that nobody listens
	a.opt.Log.Info("maildesk is up", "version", a.opt.Version, "address", a.cfg.Desk.Address, "mailboxes", len(a.cfg.Mailboxes))
	err = a.run(ctx, parts)
	a.opt.Log.Info("maildesk is down", "reason", reasonOf(err, ctx))
	return err
}

func reasonOf(err error, ctx context.Context) error {
	if err != nil {
		return err
	}
	return context.Cause(ctx)
}

// clearSpool removes what a killed daemon left of mails in flight; the server has them still.
func (a *App) clearSpool() error {
	if err := os.RemoveAll(a.spoolDir()); err != nil {
		return fmt.Errorf("clear spool: %w", err)
	}
	if err := os.MkdirAll(a.spoolDir(), 0o700); err != nil {
		return fmt.Errorf("make spool: %w", err)
	}
	return nil
}

// part is something that runs until its context ends.
type part struct {
	name string
	run  func(context.Context) error
}

// parts are the daemon's parts in stages. A stage is stopped when the one before it has ended, so that what it took
// in can still flow out.
func (a *App) parts() ([][]part, error) {
	line := intake.NewLine(a.desk)
	counter := &counter{app: a, line: line, taken: a.health.taken}
	dispatcher, err := a.dispatcher()
	if err != nil {
		return nil, err
	}
	alarm := a.alarm()
	var mailboxes []part
	for _, box := range a.cfg.Mailboxes {
		account := a.account(box)
		mailboxes = append(mailboxes, part{"mailbox " + account.Name, func(ctx context.Context) error {
			return mailin.Watch(ctx, account, counter, a.watching())
		}})
	}
	return [][]part{
		mailboxes,
		{{"intake", line.Run}, {"timers", alarm.run}},
		{{"outbox", dispatcher.Run}},
		{
			{"store", a.Store.Watch}, {"wake", a.wakes(dispatcher.Wake, alarm.wake)},
			{"health", a.health.watch}, {"health page", a.health.close},
		},
	}, nil
}

func (a *App) watching() mailin.Options {
	return mailin.Options{
		Log: a.opt.Log, Now: a.opt.Now, Version: a.opt.Version, Observe: a.health.mailbox,
		Reconcile: func(now time.Time) time.Time { return nextAt(now.In(a.cfg.Desk.Location), a.cfg.Desk.ReconcileAt) },
	}
}

// nextAt is the first instant after now at a time of day, in now's zone.
func nextAt(now time.Time, at config.TimeOfDay) time.Time {
	next := time.Date(now.Year(), now.Month(), now.Day(), at.Hour, at.Minute, 0, 0, now.Location())
	if !next.After(now) {
		next = time.Date(now.Year(), now.Month(), now.Day()+1, at.Hour, at.Minute, 0, 0, now.Location())
	}
	return next
}

func (a *App) dispatcher() (*mailout.Dispatcher, error) {
	server := mailout.Server{
		URL: a.cfg.SMTP.URL.String(), Username: a.cfg.SMTP.Username, Password: a.cfg.SMTP.Password.Read,
	}
	options := mailout.Options{Log: a.opt.Log, Now: a.opt.Now, Observe: a.health.sending}
	return mailout.NewDispatcher(outbox{a.Store}, server, options)
}

// outbox is the store as the dispatcher sees it.
type outbox struct{ store *sqlite.Store }

// Update runs f in a transaction.
func (o outbox) Update(ctx context.Context, f func(mailout.Tx) error) error {
	return o.store.Update(ctx, func(tx *sqlite.Tx) error { return f(tx) })
}

// wakes tells the outbox and the due work of every commit, of this process and of the commands beside it.
func (a *App) wakes(parts ...func()) func(context.Context) error {
	return func(ctx context.Context) error {
		for {
			select {
			case <-a.Store.Changed():
				for _, wake := range parts {
					wake()
				}
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
	}
}

// run starts all parts and stops them stage by stage, when ctx ends or a part fails.
func (a *App) run(ctx context.Context, stages [][]part) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	var failed error
	var once sync.Once
	stops := make([]context.CancelFunc, len(stages))
	ended := make([]sync.WaitGroup, len(stages))
	for i, stage := range stages {
		stageCtx, stop := context.WithCancel(context.WithoutCancel(ctx))
		stops[i] = stop
		for _, p := range stage {
			ended[i].Go(func() {
				if err := supervise(stageCtx, p); err != nil {
					once.Do(func() { failed = err })
					fail(err)
				}
			})
		}
	}
	<-ctx.Done()
	deadline := time.AfterFunc(drainTime, func() {
		for _, stop := range stops {
			stop()
		}
	})
	defer deadline.Stop()
	_, _ = daemon.SdNotify(false, daemon.SdNotifyStopping)
	for i := range stages {
		stops[i]()
		ended[i].Wait()
	}
	return failed
}

// supervise runs a part. Its end before its context's is an error, as is a panic: the daemon then stops as a whole,
// for a desk that answers half of its mail is worse than one that the service manager starts anew.
func supervise(ctx context.Context, p part) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%s: panic: %v\n%s", p.name, v, debug.Stack())
		}
	}()
	err = p.run(ctx)
	switch {
	case ctx.Err() != nil:
		return nil
	case err == nil:
		err = errors.New("ended by itself")
	}
	return fmt.Errorf("%s: %w", p.name, err)
}
