package mailin

import (
	"log/slog"
	"time"
)

// Options are how Watch goes about it. The zero value is right for a daemon that keeps no health state.
type Options struct {
	Log       *slog.Logger                  // nil = slog.Default()
	Now       func() time.Time              // nil = time.Now
	Observe   func(Event)                   // hears of every change, on the watcher's goroutine; nil = nobody
	Reconcile func(now time.Time) time.Time // when, after now, to compare folder and ledger next; nil = at session starts only
	Version   string                        // told to servers that ask for an ID

	// Bounds, 0 = the default.
	Dial      time.Duration // for the TCP connection; 30 s
	Silence   time.Duration // without a byte while an answer is due; 60 s
	IdleCycle time.Duration // one IDLE; 5 min
	RetryMin  time.Duration // the first pause before a new session, or before handing a batch over again; 1 s
	RetryMax  time.Duration // the longest such pause; 2 min
	LoginMin  time.Duration // the first pause after a refused log-in; 1 min
	LoginMax  time.Duration // the longest such pause; 15 min
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Observe == nil {
		o.Observe = func(Event) {}
	}
	for value, standard := range map[*time.Duration]time.Duration{
		&o.Dial:      30 * time.Second,
		&o.Silence:   time.Minute,
		&o.IdleCycle: 5 * time.Minute,
		&o.RetryMin:  time.Second,
		&o.RetryMax:  2 * time.Minute,
		&o.LoginMin:  time.Minute,
		&o.LoginMax:  15 * time.Minute,
	} {
		if *value <= 0 {
			*value = standard
		}
	}
	return o
}

// Event is a change in the state of an account.
type Event struct {
	Account string
	At      time.Time
	Kind    EventKind
	Mails   int   // for Taken: how many mails were committed
	Err     error // for Lost, Refused and Panicked: why
}

// EventKind says what an Event is about.
type EventKind string

// The kinds of events.
const (
	Connected EventKind = "connected" // logged in
	CaughtUp  EventKind = "caught_up" // the folder was looked through and nothing is left to take
	Taken     EventKind = "taken"     // the desk committed a batch
	Refused   EventKind = "refused"   // the desk did not take a batch; it is handed over again
	Lost      EventKind = "lost"      // the session ended; a new one follows
	Panicked  EventKind = "panicked"  // the session ended by a panic; a new one follows
)
