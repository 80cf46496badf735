package sqlite_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"maildesk/mailout"
	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

// What the users of the store ask for.
type deskTx interface {
	intake.Tx
	mailout.Tx
	conversationTx
}

// conversationTx is what a conversation and its timers ask for.
type conversationTx interface {
	SetTicket(t *tickets.Ticket) error
	OpenLoad() (map[string]int, error)
	LastAssignee(group string) (string, error)
	TicketsOf(address string, limit int) ([]tickets.Ticket, error)
	TicketsWith(f tickets.Filter, limit int) ([]tickets.Ticket, error)

	HeaderIDsHadBy(ticket int64, address string, limit int) ([]string, error)
	OutgoingTo(ticket int64, recipient string, limit int) ([]tickets.OutboxItem, error)
	AddTokenUse(outbox int64, from string, shared bool, at time.Time) error
	TokenSpoilt(outbox int64, from string) (bool, error)
	MessageByID(id int64) (*tickets.LedgerMessage, error)
	HeldMessage(id int64) (*tickets.LedgerMessage, error)
	RawOf(message int64) ([]byte, error)

	AddChange(c *tickets.Change) error
	LastChange(ticket int64, actor string, since time.Time) (*tickets.Change, error)
	ChangesAfter(ticket, id int64) (int, error)
	SetChangeUndone(id int64, at time.Time) error

	SetTimer(t tickets.Timer) error
	DropTimers(ticket int64, kinds ...tickets.TimerKind) error
	DropTimer(id int64) error
	DueTimers(now time.Time, limit int) ([]tickets.Timer, error)
	TimersOf(ticket int64) ([]tickets.Timer, error)

	MoveEntries(from, to int64, entries []int64) error

	SetAway(address string, from, until time.Time, source string) error
	AwayAt(at time.Time) (map[string]time.Time, error)
	MarkUnreachable(address string, at time.Time, why string) error
	Unreachable(address string) (why string, at time.Time, err error)
	ClearUnreachable(address string) error
}

var _ deskTx = (*sqlite.Tx)(nil)

// store is any store. The tests in contract_*_test.go know no more of it, so that a second one can be put through
// them: newStore is all there is to change.
type store interface {
	update(ctx context.Context, f func(deskTx) error) error

	NextTimer(ctx context.Context) (time.Time, bool, error)
	Search(ctx context.Context, words []string, sees func(group string) bool, limit int) ([]tickets.Hit, error)
	Why(ctx context.Context, q tickets.Question, sees func(group string) bool) (tickets.LedgerAccount, error)
	Figures(ctx context.Context, from, until time.Time, sees func(group string) bool) (tickets.Figures, error)
	Entries(ctx context.Context, ticket int64) ([]tickets.Entry, error)
	TicketsOf(ctx context.Context, address string, limit int) ([]tickets.Ticket, error)
	TicketsWith(ctx context.Context, f tickets.Filter, limit int) ([]tickets.Ticket, error)
}

func newStore(t *testing.T) store { return sqliteStore{sqlitetest.New(t)} }

type sqliteStore struct{ *sqlite.Store }

func (s sqliteStore) update(ctx context.Context, f func(deskTx) error) error {
	return s.Update(ctx, func(tx *sqlite.Tx) error { return f(tx) })
}

// do runs f in a transaction that has to succeed.
func do(t *testing.T, s store, f func(tx deskTx) error) {
	t.Helper()
	if err := s.update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// must returns v, and ends the test on an error, which rolls the transaction back that it happened in.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// clock is the morning on which all this happens, 09:30 in Shanghai.
var clock = time.Date(2023, 11, 15, 1, 30, 0, 0, time.UTC)

var (
	zhang = tickets.Address{Name: "张三", Address: "ZhangSan@corp.example"}
	liwei = tickets.Address{Name: "李伟", Address: "liwei@corp.example"}
)

// open opens a ticket of 张三 with that number.
func open(t *testing.T, tx deskTx, number string) *tickets.Ticket {
	t.Helper()
	ticket := &tickets.Ticket{
		Number: number, Subject: "登录ERP系统时提示密码错误", Status: tickets.New,
		Requester: tickets.Person{Name: zhang.Name, Address: zhang.Address}, CreatedAt: clock, UpdatedAt: clock,
	}
	if err := tx.AddTicket(ticket); err != nil {
		t.Fatal(err)
	}
	return ticket
}

var errChanged = errors.New("changed its mind")
