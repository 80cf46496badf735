package intake_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

// tb hears what is wrong with a desk: a test, or a check of which rapid makes many in one test.
type tb interface {
	rapid.TB
	Context() context.Context
}

// trial is a desk whose mails are all taken within one transaction that is undone in the end. Nothing is written to a
// disk, so that thousands of mails can be tried, and what was tried can be taken back.
type trial struct {
	*desk
	tx   *sqlite.Tx
	sent []tickets.Outgoing // what went out, oldest first
	raw  map[string]string  // what came in, by Message-ID
}

var errTried = errors.New("tried enough")

// onTrial runs f on a desk with a technician and a manager.
func onTrial(t *testing.T, f func(*trial)) {
	t.Helper()
	d := staffed(t)
	err := d.store.Update(t.Context(), func(tx *sqlite.Tx) error {
		tr := &trial{desk: d, tx: tx, raw: map[string]string{}}
		d.Update = func(_ context.Context, g func(intake.Tx) error) error {
			return tx.Savepoint(func() error { return g(tx) })
		}
		compose := d.Composer
		d.Composer = composerFunc(func(n tickets.Notice) tickets.Outgoing {
			o := compose.Compose(n)
			tr.sent = append(tr.sent, o)
			return o
		})
		f(tr)
		return errTried
	})
	if !errors.Is(err, errTried) {
		t.Fatal(err)
	}
}

// try runs f and takes back everything that it did, even where f panics, as a check that fails does.
func (d *trial) try(f func()) {
	d.t.Helper()
	sent, now, uid, policy, t := len(d.sent), d.now, d.uid, d.Policy, d.t
	defer func() { d.sent, d.now, d.uid, d.Policy, d.t = d.sent[:sent:sent], now, uid, policy, t }()
	err := d.tx.Savepoint(func() error {
		f()
		return errTried
	})
	if !errors.Is(err, errTried) {
		d.t.Fatal(err)
	}
}

// tried is what became of a mail.
type tried struct {
	intake.Outcome
	id  string // its Message-ID
	out []tickets.Outgoing
}

// post takes a mail, of which the header and after an empty line the body are given, a minute after the one before.
func (d *trial) post(lines ...string) tried {
	d.t.Helper()
	d.now = d.now.Add(time.Minute)
	id := fmt.Sprintf("t%d@corp.example", d.uid+1)
	header := []string{"Message-ID: <" + id + ">", "To: helpdesk@corp.example"}
	if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, "Content-Type:") }) {
		header = append(header, "Content-Type: text/plain; charset=utf-8")
	}
	raw := mail(append(header, lines...)...)
	return d.postRaw(id, raw)
}

func (d *trial) postRaw(id, raw string) tried {
	d.t.Helper()
	before := len(d.sent)
	got := tried{Outcome: d.take(raw), id: id}
	d.raw[id] = raw
	d.lookUp()
	got.out = d.sent[before:]
	if got.Verdict == tickets.VerdictFail {
		d.t.Errorf("quarantined: %s\n%s", got.Reason, raw)
	}
	return got
}

// lookUp answers what is asked, in the place of the timers, without a word.
func (d *trial) lookUp() {
	d.t.Helper()
	due, err := d.tx.DueTimers(d.now, 1000)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, timer := range due {
		var q tickets.Inquiry
		if timer.Kind != tickets.TimerAnswer {
			continue
		}
		if err := errors.Join(json.Unmarshal([]byte(timer.Data), &q), d.tx.DropTimer(timer.ID)); err != nil {
			d.t.Fatal(err)
		}
		d.sent = append(d.sent, tickets.Outgoing{Kind: tickets.NoticeAnswer, Recipient: q.To.Address})
	}
}

// find reads a ticket by its number.
func (d *trial) find(number string) tickets.Ticket {
	d.t.Helper()
	lead, err := d.tx.LeadByNumber(number, "")
	if err != nil || lead == nil {
		d.t.Fatalf("ticket %s: %v", number, err)
	}
	t, err := d.tx.TicketByID(lead.Ticket)
	if err != nil {
		d.t.Fatal(err)
	}
	return *t
}

// entriesFrom reads all entries of the desk with that ID or a later one.
func (d *trial) entriesFrom(id int64) []tickets.Entry {
	d.t.Helper()
	var out []tickets.Entry
	for ; ; id++ {
		e, err := d.tx.EntryByID(id)
		if err != nil {
			d.t.Fatal(err)
		}
		if e == nil {
			return out
		}
		out = append(out, *e)
	}
}

// ledger is the row of a mail that was posted.
func (d *trial) ledger(id string) tickets.LedgerMessage {
	d.t.Helper()
	rows, err := d.tx.MessagesByHeaderID(id)
	if err != nil || len(rows) != 1 {
		d.t.Fatalf("%d rows of %s in the ledger: %v", len(rows), id, err)
	}
	return rows[0]
}

// newest is our newest mail to somebody about a ticket.
func (d *trial) newest(number, to string) tickets.Outgoing {
	d.t.Helper()
	for i := len(d.sent) - 1; i >= 0; i-- {
		if o := d.sent[i]; o.Recipient == to && strings.HasPrefix(o.MessageID, number+".") {
			return o
		}
	}
	d.t.Fatalf("nothing about %s went to %s", number, to)
	return tickets.Outgoing{}
}

func (d *trial) read(raw []byte) *parser.Message {
	d.t.Helper()
	m, err := parser.Parse(io.NewSectionReader(strings.NewReader(string(raw)), 0, int64(len(raw))), parser.Options{Prefix: "IT"})
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

// recipients are "kind recipient" of mails.
func recipients(out []tickets.Outgoing) []string {
	var all []string
	for _, o := range out {
		all = append(all, fmt.Sprintf("%s %s", o.Kind, o.Recipient))
	}
	return all
}
