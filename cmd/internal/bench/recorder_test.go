package bench

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"maildesk/mailout"
	"maildesk/templates"
	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/thread"
)

// script is what an intake asked for while it took a piece of mails.
type script struct {
	notices      []tickets.Notice
	transactions [][]call
	bytes        int64 // of the mails stored, those that came in and those that go out
}

// call is one write to a store.
type call func(intake.Tx) error

func replay(tx intake.Tx, calls []call) error {
	for _, c := range calls {
		if err := c(tx); err != nil {
			return err
		}
	}
	return nil
}

// recorder is an intake that writes down what it does.
type recorder struct {
	desk  *intake.Desk
	store *sqlite.Store
	script
	composing sync.Mutex // guards notices
}

func newRecorder(t *testing.T, composer tickets.Composer) *recorder {
	t.Helper()
	r := &recorder{store: openStore(t)}
	r.desk = newDesk(t, r.update, noting{composer, r})
	return r
}

// take takes mails, the first of which is the from-th.
func (r *recorder) take(t *testing.T, from int, mails [][]byte) script {
	t.Helper()
	r.script = script{}
	_, err := r.desk.Take(t.Context(), sightings(from, mails))
	check(t, err)
	return r.script
}

func sightings(from int, mails [][]byte) []*intake.Mail {
	out := make([]*intake.Mail, len(mails))
	for i, raw := range mails {
		out[i] = &intake.Mail{
			Sighting: tickets.Sighting{Source: "helpdesk@imap.corp.example", Folder: "INBOX", UIDValidity: 1, UID: uint32(from + i + 1)},
			Raw:      section(raw),
		}
	}
	return out
}

func (r *recorder) update(ctx context.Context, f func(intake.Tx) error) error {
	recording := &recordingTx{script: &r.script}
	err := r.store.Update(ctx, func(tx *sqlite.Tx) error {
		recording.Tx = tx
		return f(recording)
	})
	r.transactions = append(r.transactions, recording.calls)
	return err
}

// noting notes each notice before it is composed. The intake composes several at a time.
type noting struct {
	tickets.Composer
	r *recorder
}

func (n noting) Compose(notice tickets.Notice) tickets.Outgoing {
	n.r.composing.Lock()
	n.r.notices = append(n.r.notices, notice)
	n.r.composing.Unlock()
	return n.Composer.Compose(notice)
}

// recordingTx keeps each write, with copies of what is written, so that it can be done again on another store.
type recordingTx struct {
	intake.Tx
	script *script
	calls  []call
}

func (r *recordingTx) keep(c call) { r.calls = append(r.calls, c) }

func (r *recordingTx) Savepoint(f func() error) error {
	outer := r.calls
	r.calls = nil
	err := r.Tx.Savepoint(f)
	inner := r.calls
	r.calls = outer
	if err == nil {
		r.keep(func(tx intake.Tx) error { return tx.Savepoint(func() error { return replay(tx, inner) }) })
	}
	return err
}

func (r *recordingTx) AddMessage(m *tickets.LedgerMessage, raw io.Reader) error {
	row := *m
	data, err := io.ReadAll(raw)
	if err != nil {
		return err
	}
	r.script.bytes += int64(len(data))
	r.keep(func(tx intake.Tx) error { again := row; return tx.AddMessage(&again, bytes.NewReader(data)) })
	return r.Tx.AddMessage(m, bytes.NewReader(data))
}

func (r *recordingTx) SetMessage(m *tickets.LedgerMessage) error {
	row := *m
	r.keep(func(tx intake.Tx) error { return tx.SetMessage(&row) })
	return r.Tx.SetMessage(m)
}

func (r *recordingTx) AddSighting(s *tickets.Sighting) (bool, error) {
	row := *s
	r.keep(func(tx intake.Tx) error { again := row; _, err := tx.AddSighting(&again); return err })
	return r.Tx.AddSighting(s)
}

func (r *recordingTx) NextNumber(day string) (int, error) {
	r.keep(func(tx intake.Tx) error { _, err := tx.NextNumber(day); return err })
	return r.Tx.NextNumber(day)
}

func (r *recordingTx) AddTicket(t *tickets.Ticket) error {
	row := *t
	r.keep(func(tx intake.Tx) error { again := row; return tx.AddTicket(&again) })
	return r.Tx.AddTicket(t)
}

func (r *recordingTx) TouchTicket(id int64, at time.Time) error {
	r.keep(func(tx intake.Tx) error { return tx.TouchTicket(id, at) })
	return r.Tx.TouchTicket(id, at)
}

func (r *recordingTx) AddEntry(e *tickets.Entry) error {
	row := *e
	r.keep(func(tx intake.Tx) error { again := row; return tx.AddEntry(&again) })
	return r.Tx.AddEntry(e)
}

func (r *recordingTx) AddHeaderIDs(ticket int64, ids []string) error {
	r.keep(func(tx intake.Tx) error { return tx.AddHeaderIDs(ticket, ids) })
	return r.Tx.AddHeaderIDs(ticket, ids)
}

func (r *recordingTx) AddParticipants(ticket int64, role string, addresses []string) error {
	r.keep(func(tx intake.Tx) error { return tx.AddParticipants(ticket, role, addresses) })
	return r.Tx.AddParticipants(ticket, role, addresses)
}

func (r *recordingTx) PutPerson(p tickets.Person) error {
	r.keep(func(tx intake.Tx) error { return tx.PutPerson(p) })
	return r.Tx.PutPerson(p)
}

func (r *recordingTx) AddOutgoing(o tickets.Outgoing, now time.Time) error {
	r.script.bytes += int64(len(o.Raw))
	r.keep(func(tx intake.Tx) error { return tx.AddOutgoing(o, now) })
	return r.Tx.AddOutgoing(o, now)
}

func openStore(t *testing.T) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "maildesk.db"), sqlite.Options{})
	check(t, err)
	t.Cleanup(func() { check(t, store.Close()) })
	return store
}

func keys(t *testing.T) thread.Keys {
	t.Helper()
	key, err := thread.NewKey("1")
	check(t, err)
	return thread.Keys{key}
}

func newComposer(t *testing.T) tickets.Composer {
	t.Helper()
	identity := mailout.Identity{Name: "IT Service Desk", NameZH: "IT 服务台", Address: "helpdesk@corp.example", Language: tickets.Chinese, Zone: time.UTC}
	composer, err := mailout.NewComposer(identity, keys(t), templates.BuiltIn(), quiet())
	check(t, err)
	return composer
}

// newDesk is an intake as app puts it together, with its store and composer to be chosen.
func newDesk(t *testing.T, update intake.Update, composer tickets.Composer) *intake.Desk {
	t.Helper()
	return &intake.Desk{
		Update: update, Keys: keys(t), Composer: composer, Now: time.Now, Log: quiet(),
		Policy: intake.Policy{
			Prefix: "IT", Zone: time.UTC, Language: tickets.Chinese, Addresses: []string{"helpdesk@corp.example"},
			StaffDomains: []string{"corp.example"}, Limits: intake.Limits{TicketHour: 5, SenderHour: 20},
		},
	}
}
