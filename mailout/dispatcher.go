package mailout

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"maildesk/tickets"
)

// Options of a dispatcher; the zero value works.
type Options struct {
	Log      *slog.Logger     // nil is silent
	Now      func() time.Time // nil is time.Now
	Observe  func(Event)      // called from both lanes' goroutines, after what it tells of is committed
	Timeouts Timeouts
	Drain    time.Duration // how long mail in flight may take at shutdown; default 8 s, so that Run ends within 10
	// Longest pauses after failures in a row, and the first one; by default 1 s to 1 min while the server cannot be
	// reached, 1 min to 30 min while the queue is stopped.
	Reconnect Pauses
	Stopped   Pauses
}

// Pauses are how long a lane rests after its first failure, and at most; the rest doubles each time.
type Pauses struct{ First, Longest time.Duration }

func (p Pauses) orDefault(first, longest time.Duration) Pauses {
	if p.First == 0 {
		return Pauses{first, longest}
	}
	return p
}

// EventKind names what happened to a mail or to a lane.
type EventKind string

// The kinds of events.
const (
	EventSent        EventKind = "sent"
	EventDeferred    EventKind = "deferred"
	EventFailed      EventKind = "failed"
	EventUnreachable EventKind = "unreachable" // the server; no mail is charged for it
	EventStopped     EventKind = "stopped"     // the queue, by a fault that needs a person: an alarm
	EventResumed     EventKind = "resumed"     // after EventUnreachable or EventStopped a mail was taken again
)

// Event tells what the dispatcher did.
type Event struct {
	Kind  EventKind
	Lane  tickets.Lane
	At    time.Time
	Item  tickets.OutboxItem // of sent, deferred, failed
	Reply string             // the server's last word, or what happened in place of one
	Fix   string             // of stopped: what an operator can do
	Until time.Time          // of deferred, unreachable, stopped: when it will be tried again
}

// Dispatcher sends the outbox.
type Dispatcher struct {
	store   Store
	server  Server
	options Options
	lanes   [2]*lane
}

// NewDispatcher returns a dispatcher for one desk. The error says what is wrong with the server's URL.
func NewDispatcher(store Store, server Server, options Options) (*Dispatcher, error) {
	if _, err := server.endpoint(); err != nil {
		return nil, err
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Observe == nil {
		options.Observe = func(Event) {}
	}
	if options.Drain == 0 {
		options.Drain = 8 * time.Second
	}
	options.Timeouts = options.Timeouts.orDefault()
	options.Reconnect = options.Reconnect.orDefault(time.Second, time.Minute)
	options.Stopped = options.Stopped.orDefault(time.Minute, 30*time.Minute)
	d := &Dispatcher{store: store, server: server, options: options}
	d.lanes = [...]*lane{newLane(d, tickets.LaneAlert), newLane(d, tickets.LaneNormal)}
	return d, nil
}

// Wake tells the dispatcher that rows were added. It never waits; a pause after a failure goes on.
func (d *Dispatcher) Wake() {
	for _, lane := range d.lanes {
		signal(lane.wake)
	}
}

// Resume ends all pauses at once: an operator has mended something.
func (d *Dispatcher) Resume() {
	for _, lane := range d.lanes {
		signal(lane.resume)
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run sends until ctx ends, then finishes the mail in flight and records what became of it, for at most
// Options.Drain and a second or two. It returns nil after such an end. Only one Run may work on an outbox, for it
// begins by releasing the rows that another had claimed.
func (d *Dispatcher) Run(ctx context.Context) error {
	if err := d.release(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	work, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() {
		time.AfterFunc(d.options.Drain, func() { cancel(errors.New("the daemon is shutting down")) })
	})()

	errs := make([]error, len(d.lanes))
	var group sync.WaitGroup
	for i, lane := range d.lanes {
		group.Go(func() {
			defer stop() // one lane's end is the other's
			errs[i] = lane.guarded(ctx, work)
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

func (d *Dispatcher) release(ctx context.Context) error {
	var released int
	err := d.store.Update(ctx, func(tx Tx) (err error) {
		released, err = tx.Release(d.options.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("release claimed mails: %w", err)
	}
	if released > 0 {
		d.options.Log.Warn("mails were in flight when the daemon died; they are sent again", "count", released)
	}
	return nil
}

// guarded makes a panic the end of Run: the rows in flight are released at the next start.
func (l *lane) guarded(ctx, work context.Context) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("outbox lane %d: panic: %v\n%s", l.lane, fault, debug.Stack())
		}
	}()
	l.run(ctx, work)
	return nil
}
