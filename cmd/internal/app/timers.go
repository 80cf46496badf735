package app

import (
	"cmp"
	"context"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/timers"
)

// sweepEvery is how long the due work sleeps at most, so that a clock which was set does not keep it asleep.
const sweepEvery = 30 * time.Second

// alarm carries out due work when its time has come.
type alarm struct {
	app     *App
	sweeper *timers.Sweeper
	set     chan struct{} // something was committed, perhaps a timer
}

func (a *App) alarm() *alarm {
	return &alarm{app: a, sweeper: a.sweeper, set: make(chan struct{}, 1)}
}

// wake makes the alarm look at the timers again.
func (al *alarm) wake() {
	select {
	case al.set <- struct{}{}:
	default: // it is about to look
	}
}

// run sweeps whenever a timer is due, until ctx ends. An error is the store's; what is due then is tried again.
func (al *alarm) run(ctx context.Context) error {
	for {
		wait := al.look(ctx)
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-al.set:
		case <-ctx.Done():
			timer.Stop()
			return context.Cause(ctx)
		}
		timer.Stop()
	}
}

// look does what is due and says how long there is nothing to do.
func (al *alarm) look(ctx context.Context) time.Duration {
	now := al.app.opt.Now()
	due, found, err := al.app.Store.NextTimer(ctx)
	if err == nil && found && !due.After(now) {
		if _, err = al.sweeper.Sweep(ctx, now); err == nil {
			due, found, err = al.app.Store.NextTimer(ctx)
		}
	}
	switch {
	case err != nil && ctx.Err() == nil:
		al.app.opt.Log.ErrorContext(ctx, "due work has to wait", "reason", err)
		return time.Second
	case err != nil || !found:
		return sweepEvery
	}
	return min(sweepEvery, max(due.Sub(al.app.opt.Now()), time.Millisecond))
}

// sweeper is the due work of a desk with these rules.
func sweeper(cfg *config.Config, rules intake.Policy, ladder timers.Ladder, composer tickets.Composer, store *sqlite.Store, opt Options) *timers.Sweeper {
	p := timers.Policy{Remind: cfg.Survey.Remind, Hours: cfg.Office.Hours, Zone: cfg.Desk.Location, Language: cfg.Desk.Language, Stated: stated(rules),
		Sees: rules.Sees, Confidential: rules.Confidential, Group: rules.Group, Ladder: ladder, SLA: rules.SLA}
	for _, t := range rules.Technicians {
		if t.Manager {
			p.Managers = append(p.Managers, t.Mailbox())
		}
	}
	return &timers.Sweeper{
		Update: func(ctx context.Context, f func(timers.Tx) error) error {
			return store.Update(ctx, func(tx *sqlite.Tx) error { return f(tx) })
		},
		Reader: store, Policy: p, Composer: composer, Log: opt.Log,
	}
}

// stated is what the directory and the configuration say of somebody, and whether they work in IT.
func stated(rules intake.Policy) func(address string) (tickets.Person, bool) {
	return func(address string) (known tickets.Person, staff bool) {
		if rules.Directory != nil {
			known, _ = rules.Directory(address)
		}
		for _, t := range rules.Technicians {
			for _, own := range append([]string{t.Address}, t.Aliases...) {
				if tickets.SameAddress(own, address) {
					known.Name, known.Language = cmp.Or(known.Name, t.Name), cmp.Or(t.Language, known.Language)
					return known, true
				}
			}
		}
		return known, false
	}
}
