package demo

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"maildesk/cmd/internal/postoffice"
	"maildesk/mailin"
)

// inbox is a folder as its owner's mail program sees it: it stays connected, and hears of each mail at once (IDLE). It
// changes nothing in the folder.
type inbox struct {
	user, folder string
	clock        func() time.Time

	mu      sync.Mutex
	letters []letter
	uids    map[uint32]struct{}
	arrived chan struct{} // closed and replaced when a mail arrives
}

func newInbox(user, folder string, clock func() time.Time) *inbox {
	return &inbox{user: user, folder: folder, clock: clock, uids: map[uint32]struct{}{}, arrived: make(chan struct{})}
}

// watch keeps the connection until ctx ends.
func (b *inbox) watch(ctx context.Context, post *postoffice.Office, log *slog.Logger) {
	account := mailin.Account{
		Name: b.user + "/" + b.folder, URL: post.IMAP.URL(), Username: b.user, Folder: b.folder,
		Password: func(context.Context) (string, error) { return postoffice.Password, nil },
	}
	err := mailin.Watch(ctx, account, b, mailin.Options{Log: log, Now: b.clock})
	if ctx.Err() == nil {
		log.Error("mail client ended", "account", account.Name, "reason", err)
	}
}

// Cursor says that all mail of the folder is wanted.
func (b *inbox) Cursor(context.Context, string, string, uint32, uint32) (mailin.Cursor, error) {
	return mailin.Cursor{}, nil
}

// Seen are the UIDs that were read.
func (b *inbox) Seen(context.Context, string, string, uint32) (map[uint32]struct{}, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	seen := make(map[uint32]struct{}, len(b.uids))
	for uid := range b.uids {
		seen[uid] = struct{}{}
	}
	return seen, nil
}

// Take reads mails and leaves them where they are.
func (b *inbox) Take(_ context.Context, batch []*mailin.Mail) <-chan mailin.Outcome {
	out := make(chan mailin.Outcome, 1)
	outcome := mailin.Outcome{Dispositions: make([]mailin.Disposition, len(batch))}
	for i, mail := range batch {
		outcome.Dispositions[i] = mailin.Leave
		if err := b.take(mail); err != nil {
			outcome = mailin.Outcome{Err: err}
			break
		}
	}
	out <- outcome
	return out
}

// take reads one mail; what came before in a batch that failed is not read twice.
func (b *inbox) take(mail *mailin.Mail) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, known := b.uids[mail.UID]; known || mail.Raw == nil {
		return nil
	}
	raw, err := io.ReadAll(mail.Raw)
	if err != nil {
		return fmt.Errorf("fetch a mail: %w", err)
	}
	l, err := read(raw)
	if err != nil {
		return err
	}
	l.at = b.clock()
	b.uids[mail.UID] = struct{}{}
	b.letters = append(b.letters, l)
	close(b.arrived)
	b.arrived = make(chan struct{})
	return nil
}

// Acknowledged has nothing to do: nothing was changed.
func (b *inbox) Acknowledged(context.Context, string, string, uint32, []uint32) error { return nil }

// mails returns what has arrived, and a channel that is closed when more does.
func (b *inbox) mails() ([]letter, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.letters[:len(b.letters):len(b.letters)], b.arrived
}

// count is how many mails have arrived.
func (b *inbox) count() int {
	letters, _ := b.mails()
	return len(letters)
}

// await waits for the n-th mail that fits.
func (b *inbox) await(ctx context.Context, n int, fits func(letter) bool) (letter, error) {
	for {
		letters, arrived := b.mails()
		found := 0
		for _, l := range letters {
			if fits(l) {
				if found++; found == n {
					return l, nil
				}
			}
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return letter{}, context.Cause(ctx)
		}
	}
}

// follow tells of each mail behind the first n, until ctx ends.
func (b *inbox) follow(ctx context.Context, n int, tell func(letter)) {
	for {
		letters, arrived := b.mails()
		for _, l := range letters[n:] {
			tell(l)
		}
		n = len(letters)
		select {
		case <-arrived:
		case <-ctx.Done():
			return
		}
	}
}
