package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"maildesk/mailin/imaptest"
	"maildesk/tickets/sqlite"
)

// TestCrash kills the real daemon again and again while mail streams into two mailboxes and into maildesk deliver
// beside it, and then calls everybody to account: each mail has one ticket or one entry, no confirmation was composed
// twice, and the sink heard at most four mails a second time for each kill, byte for byte as the first.
//
// MAILDESK_CRASH_KILLS is how often, MAILDESK_CRASH_SEED makes a run's choices those of another one.
func TestCrash(t *testing.T) {
	kills := fromEnv(t, "MAILDESK_CRASH_KILLS", 20)
	seed := fromEnv(t, "MAILDESK_CRASH_SEED", int(time.Now().UnixNano()%1_000_000))
	t.Logf("%d kills, MAILDESK_CRASH_SEED=%d", kills, seed)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute+time.Duration(kills)*3*time.Second)
	defer cancel()

	town := newTown(t, uint64(seed))
	d := town.start()
	check(t, town.imap.Await(ctx, "IDLE", len(town.mailboxes))) // what comes from here on is no backlog
	stop := town.stream(ctx)
	check(t, d.kill())
	random := rand.New(rand.NewPCG(uint64(seed), 1))
	for n := range kills {
		b := blows[n%len(blows)]
		if err := town.strike(ctx, b, random); err != nil {
			t.Fatalf("kill %d, %s: %v", n+1, b.name, err)
		}
	}
	d = town.start()
	stop()
	town.settle(ctx)
	check(t, d.terminate())
	town.account(ctx)
}

// blow is a moment at which the daemon is killed. prepare runs while it is down and returns what waits, in its next
// life, for that moment.
type blow struct {
	name    string
	prepare func(*town, *rand.Rand) (await func(context.Context) error, err error)
}

var blows = []blow{
	{"at a random instant", atAnyTime},
	{"after COMMIT, before the server is told", afterCommit},
	{"at a random instant", atAnyTime},
	{"before MOVE is carried out", beforeMove},
	{"at a random command", atAnyCommand},
	{"while MOVE is carried out", duringMove},
	{"after the final dot, before the reply to it", afterDot},
}

// strike gives the daemon one life and ends it.
func (w *town) strike(ctx context.Context, b blow, random *rand.Rand) error {
	ctx, cancel := context.WithTimeoutCause(ctx, time.Minute, errors.New("the moment did not come"))
	defer cancel()
	w.life.Add(1)
	await, err := b.prepare(w, random)
	if err != nil {
		return err
	}
	d := w.start()
	err = errors.Join(await(ctx), d.kill())
	w.imap.Heal()
	w.sink.disarm()
	return err
}

func atAnyTime(_ *town, random *rand.Rand) (func(context.Context) error, error) {
	instant := time.Duration(random.IntN(400)) * time.Millisecond
	return func(ctx context.Context) error {
		select {
		case <-time.After(instant):
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}, nil
}

// atAnyCommand strikes at one of the commands by which two sessions come up and a letter is taken.
func atAnyCommand(w *town, random *rand.Rand) (func(context.Context) error, error) {
	if _, _, err := w.people.probe(); err != nil {
		return nil, err
	}
	reached := w.commands.set(1 + random.IntN(16))
	return func(ctx context.Context) error { return awaitClosed(ctx, reached) }, nil
}

// afterCommit lets the ledger have a mail and keeps the daemon from telling the server.
func afterCommit(w *town, _ *rand.Rand) (func(context.Context) error, error) {
	mail, uid, err := w.people.probe()
	if err != nil {
		return nil, err
	}
	w.imap.Inject(imaptest.Fault{Verb: "UID STORE", UID: uid, Do: imaptest.Hang})
	store, err := sqlite.Open(w.t.Context(), w.database(), sqlite.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) (err error) {
		defer func() { err = errors.Join(err, store.Close()) }()
		look := time.NewTicker(2 * time.Millisecond)
		defer look.Stop()
		for {
			account, err := store.WhyMessageID(ctx, mail.id)
			if err != nil || len(account.Messages) > 0 {
				return err
			}
			select {
			case <-look.C:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
	}, nil
}

// beforeMove lets the daemon ask for a MOVE that never happens.
func beforeMove(w *town, _ *rand.Rand) (func(context.Context) error, error) {
	w.imap.Inject(imaptest.Fault{Verb: "UID MOVE", Do: imaptest.Hang})
	return duringMove(w, nil)
}

// duringMove strikes when the daemon asks for a MOVE; whether it still hears of its end is chance.
func duringMove(w *town, _ *rand.Rand) (func(context.Context) error, error) {
	if _, _, err := w.people.probe(); err != nil {
		return nil, err
	}
	before := w.imap.Count("UID MOVE")
	return func(ctx context.Context) error { return w.imap.Await(ctx, "UID MOVE", before+1) }, nil
}

// afterDot lets the sink take a mail, and keeps its word from the daemon.
func afterDot(w *town, random *rand.Rand) (func(context.Context) error, error) {
	reached := w.sink.arm(1 + random.IntN(6))
	return func(ctx context.Context) error { return awaitClosed(ctx, reached) }, nil
}

func awaitClosed(ctx context.Context, c <-chan struct{}) error {
	select {
	case <-c:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func fromEnv(t *testing.T, name string, standard int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return standard
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", name, err))
	}
	return n
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
