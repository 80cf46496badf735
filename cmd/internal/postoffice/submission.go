package postoffice

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"maildesk/mailout"
	"maildesk/tickets"
)

// Submit hands one mail over and returns when it has been taken: logged in as user, or where devices do when that is "".
func (p *Office) Submit(ctx context.Context, user string, mail tickets.Outgoing) error {
	server := mailout.Server{
		URL: p.SMTP.URL(), Username: user,
		Password: func(context.Context) (string, error) { return Password, nil },
	}
	if user == "" {
		server = mailout.Server{URL: p.devices.URL()}
	}
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	s := &submission{mail: mail, err: errors.New("not handed over"), hangUp: hangUp}
	dispatcher, err := mailout.NewDispatcher(s, server, mailout.Options{Log: p.opt.Log})
	if err != nil {
		return err
	}
	if err := dispatcher.Run(ctx); err != nil {
		return err
	}
	if s.err != nil {
		return fmt.Errorf("%s sends a mail: %w", cmp.Or(user, "somebody"), s.err)
	}
	return nil
}

// submission is an outbox of one mail and one attempt. The dispatcher's lanes ask it from two goroutines.
type submission struct {
	mail   tickets.Outgoing
	hangUp func()

	mu    sync.Mutex
	given bool
	err   error // nil once the mail has been taken
}

// Update lets one lane at a time ask.
func (s *submission) Update(_ context.Context, fn func(mailout.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fn(s)
}

// Release has nothing to release.
func (s *submission) Release(time.Time) (int, error) { return 0, nil }

// Claim gives the mail out once.
func (s *submission) Claim(lane tickets.Lane, now time.Time, _ int) ([]tickets.OutboxItem, error) {
	if s.given || lane != s.mail.Lane {
		return nil, nil
	}
	s.given = true
	return []tickets.OutboxItem{{Outgoing: s.mail, CreatedAt: now, Due: now}}, nil
}

// NextDue says that there is nothing to wait for.
func (s *submission) NextDue(tickets.Lane) (time.Time, error) { return time.Time{}, nil }

// MarkSent ends it well.
func (s *submission) MarkSent(int64, time.Time, string) error { return s.end(nil) }

// Defer ends it: a person would see the error at once.
func (s *submission) Defer(_ int64, _ time.Time, response string) error {
	return s.end(errors.New(response))
}

// Return ends it as Defer does.
func (s *submission) Return(_ int64, _ time.Time, response string) error {
	return s.end(errors.New(response))
}

// MarkFailed ends it.
func (s *submission) MarkFailed(_ int64, _ time.Time, response string) error {
	return s.end(errors.New(response))
}

// AddEntry has no timeline to write on.
func (s *submission) AddEntry(*tickets.Entry) error { return nil }

// MarkUnreachable knows nobody whom it could mark.
func (s *submission) MarkUnreachable(string, time.Time, string) error { return nil }

// SetTimer leaves nothing to be done later.
func (s *submission) SetTimer(tickets.Timer) error { return nil }

func (s *submission) end(err error) error {
	s.err = err
	s.hangUp()
	return nil
}
