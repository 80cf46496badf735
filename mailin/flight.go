package mailin

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// mostInFlight is how many batches the desk may have before the oldest must be committed.
const mostInFlight = 2

// drainTime is how long Watch, when it ends, waits for the outcome of what it has handed over.
const drainTime = 5 * time.Second

// flight is a batch that was handed over.
type flight struct {
	mails   []*Mail
	landing <-chan Outcome
	outcome *Outcome
}

// handOver gives a batch to the desk. The caller has made room.
func (w *watcher) handOver(ctx context.Context, mails []*Mail) {
	w.flights = append(w.flights, &flight{mails: mails, landing: w.desk.Take(ctx, mails)})
}

// landed reports whether the oldest batch has its outcome, without waiting.
func (w *watcher) landed() bool {
	if len(w.flights) == 0 {
		return false
	}
	f := w.flights[0]
	select {
	case outcome := <-f.landing:
		f.outcome = &outcome
	default:
	}
	return f.outcome != nil
}

// land waits until the oldest batch is committed, however often it must be handed over, and returns what the server is
// to be told.
func (w *watcher) land(ctx context.Context) ([]Pending, error) {
	f := w.flights[0]
	for failures := 1; ; failures++ {
		if err := w.await(ctx, f); err != nil {
			return nil, err
		}
		if f.outcome.Err == nil {
			break
		}
		if err := w.retake(ctx, failures); err != nil {
			return nil, err
		}
	}
	w.flights = w.flights[1:]
	w.release(f)
	w.event(Taken, len(f.mails), nil)
	return f.marks()
}

func (w *watcher) await(ctx context.Context, f *flight) error {
	if f.outcome != nil {
		return nil
	}
	select {
	case outcome := <-f.landing:
		f.outcome = &outcome
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// retake hands over again, after a pause, what the desk did not take: first it hears the outcome of all that is
// underway, so that the order is kept.
func (w *watcher) retake(ctx context.Context, failures int) error {
	for _, f := range w.flights {
		if err := w.await(ctx, f); err != nil {
			return err
		}
	}
	reason := w.flights[0].outcome.Err
	pause := backoff(failures, w.opt.RetryMin, w.opt.RetryMax, rand.Float64())
	w.log.Error("batch not taken", "mails", len(w.flights[0].mails), "reason", reason, "again_in", pause.Round(time.Millisecond))
	w.event(Refused, 0, reason)
	if err := sleep(ctx, pause); err != nil {
		return err
	}
	for _, f := range w.flights {
		if f.outcome.Err != nil {
			f.landing, f.outcome = w.desk.Take(ctx, f.mails), nil
		}
	}
	return nil
}

func (w *watcher) release(f *flight) {
	for _, m := range f.mails {
		if err := m.Close(); err != nil {
			w.log.Warn("spool file left", "uid", m.UID, "reason", err)
		}
	}
}

// marks pairs the mails with their dispositions.
func (f *flight) marks() ([]Pending, error) {
	if len(f.outcome.Dispositions) != len(f.mails) {
		return nil, fmt.Errorf("desk gave %d dispositions for %d mails", len(f.outcome.Dispositions), len(f.mails))
	}
	marks := make([]Pending, len(f.mails))
	for i, m := range f.mails {
		marks[i] = Pending{m.UID, f.outcome.Dispositions[i]}
	}
	return marks, nil
}

// abandon sees off what is in flight when a session has ended: the next one must find in the ledger whatever will be
// there, and the desk must not read mails that are closed. What was committed will be found pending. When ctx has
// ended the desk has drainTime to say so.
func (w *watcher) abandon(ctx context.Context) {
	if ctx.Err() == nil {
		for len(w.flights) > 0 {
			if _, err := w.land(ctx); err != nil && ctx.Err() != nil {
				break
			}
		}
	}
	last, cancel := context.WithTimeoutCause(context.WithoutCancel(ctx), drainTime, errors.New("no outcome in time"))
	defer cancel()
	for _, f := range w.flights {
		if err := w.await(last, f); err != nil {
			w.log.Error("batch left behind", "mails", len(f.mails), "reason", err)
			continue
		}
		w.release(f)
	}
	w.flights = nil
}
