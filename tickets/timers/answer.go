package timers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"maildesk/tickets"
)

// Reader finds what answers are made of, beside the writer, whom it does not hold up. Of groups for which sees is false nothing is
// found, told or counted.
type Reader interface {
	// Search finds the newest tickets on which all words stand, outside of private entries.
	Search(ctx context.Context, words []string, sees func(group string) bool, limit int) ([]tickets.Hit, error)
	// Why is the ledger's account of what a question is about.
	Why(ctx context.Context, q tickets.Question, sees func(group string) bool) (tickets.LedgerAccount, error)
	// Figures counts a period, whose end is not included, and what is open now.
	Figures(ctx context.Context, from, until time.Time, sees func(group string) bool) (tickets.Figures, error)
}

const (
	maxTries   = 3                // answers that fail so often are given up, and their askers told
	answerWait = time.Minute      // until an answer that failed, or was cut off by the end of the process, is begun again
	answerTime = 30 * time.Second // an answer may take
	answerIDs  = 1 << 50          // in the Message-ID of an answer to no ticket, beyond the ledger's messages and the digests
)

// claim begins answers: each is put off, and counted, before it is looked for outside of the transaction. So neither a failure
// nor the end of the process loses one, and what cannot be answered ends.
func (s *Sweeper) claim(tx Tx, due []tickets.Timer, now time.Time) error {
	for _, t := range due {
		q, err := inquiry(t)
		if err != nil {
			return err
		}
		if q.Tries >= maxTries {
			return s.reply(tx, t, q, []string{answersIn(q.To.Language).failed}, now)
		}
		q.Tries++
		data, err := json.Marshal(q)
		if err != nil {
			return fmt.Errorf("put an answer off: %w", err)
		}
		t.Data, t.Due = string(data), now.Add(answerWait)
		if err := tx.SetTimer(t); err != nil {
			return err
		}
	}
	return nil
}

// answer finds what an inquiry asks for that was claimed, and sends it. t is the timer as it was before. What fails is logged, and
// begun again when the timer is due once more; an error is the environment's.
func (s *Sweeper) answer(ctx context.Context, t tickets.Timer, now time.Time) error {
	q, err := inquiry(t)
	if err != nil || q.Tries >= maxTries {
		return err // given up when it was claimed
	}
	lines, err := s.find(ctx, q)
	if err == nil {
		err = s.Update(ctx, func(tx Tx) error { return s.reply(tx, t, q, lines, now) })
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	s.Log.ErrorContext(ctx, "answer failed and is put off", "timer", t.Kind, "subject", t.Subject, "until", now.Add(answerWait), "reason", err)
	return nil
}

func inquiry(t tickets.Timer) (q tickets.Inquiry, err error) {
	if err := json.Unmarshal([]byte(t.Data), &q); err != nil {
		return q, fmt.Errorf("read the inquiry %s: %w", t.Subject, err)
	}
	return q, nil
}

// reply sends an answer and ends its timer. The timer's ID is its own until then: nothing else drops what belongs to no ticket.
func (s *Sweeper) reply(tx Tx, t tickets.Timer, q tickets.Inquiry, lines []string, now time.Time) error {
	n := tickets.Notice{Kind: tickets.NoticeAnswer, To: q.To, Staff: true, Auto: tickets.AutoReplied, Lines: lines, References: q.References,
		Entry: tickets.Entry{At: now, Message: answerIDs + q.Message}}
	if q.Ticket != 0 {
		ticket, err := tx.TicketByID(q.Ticket)
		if err != nil {
			return err
		}
		if ticket != nil {
			n.Ticket, n.Entry = ticket, tickets.Entry{ID: q.Entry, Ticket: q.Ticket, At: now}
			if n.References, err = tx.HeaderIDsHadBy(q.Ticket, q.To.Address, had); err != nil {
				return err
			}
		}
	}
	if err := tx.AddOutgoing(s.Composer.Compose(n), now); err != nil {
		return err
	}
	return tx.DropTimer(t.ID)
}

// find looks for all that an inquiry asks; a panic is an error.
func (s *Sweeper) find(ctx context.Context, q tickets.Inquiry) (lines []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if s.Reader == nil || s.Policy.Sees == nil {
		return nil, errors.New("there is nobody to look it up")
	}
	ctx, stop := context.WithTimeout(ctx, answerTime)
	defer stop()
	lines = q.Lines
	for _, question := range q.Questions {
		if len(q.Lines) > 0 || len(q.Questions) > 1 {
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, question.Asked)
		}
		found, err := s.lookUp(ctx, question, q.To)
		if err != nil {
			return nil, err
		}
		lines = append(lines, found...)
	}
	return lines, nil
}

// lookUp is the answer to one question, in lines. Somebody is told of tickets that they may see, and of no others.
func (s *Sweeper) lookUp(ctx context.Context, q tickets.Question, to tickets.Person) ([]string, error) {
	sees := func(group string) bool { return s.Policy.Sees(to.Address, group) }
	switch q.Verb {
	case "search":
		hits, err := s.Reader.Search(ctx, q.Words, sees, maxHits)
		return s.Policy.hits(hits, q, to.Language), err
	case "why":
		account, err := s.Reader.Why(ctx, q, sees)
		return s.Policy.account(account, q, to), err
	case "report":
		figures, err := s.Reader.Figures(ctx, q.From, q.Until, sees)
		return s.Policy.figures(figures, to.Language), err
	}
	return nil, fmt.Errorf("nobody knows how to answer %q", q.Verb)
}
