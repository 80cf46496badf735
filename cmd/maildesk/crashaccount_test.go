package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/thread"
)

// resendsAKill is what the contract allows: three mails claimed in the normal lane and one alert.
const resendsAKill = 4

// account compares what people wrote, what the desk has on record and what the sink got.
func (w *town) account(ctx context.Context) {
	w.t.Helper()
	store, err := sqlite.Open(ctx, w.database(), sqlite.Options{ReadOnly: true})
	check(w.t, err)
	defer store.Close()
	all, err := store.Tickets(ctx)
	check(w.t, err)
	w.accountLetters(ctx, store, all)
	w.accountNumbers(all)
	w.accountConfirmations(ctx, store, all)
	w.accountFolders()
	w.t.Logf("%d letters on %d tickets, %d mails to the sink, %d of them again", len(w.people.letters), len(all),
		len(w.sink.taken()), len(w.sink.taken())-len(all))
}

// onRecord is where a letter stands.
type onRecord struct {
	number string
	kind   tickets.EntryKind
}

// accountLetters finds each letter once: a problem as the report of a ticket, a reply on the ticket that it answers;
// and each of its appearances in the ledger.
func (w *town) accountLetters(ctx context.Context, store *sqlite.Store, all []tickets.Ticket) {
	found := map[string][]onRecord{}
	for _, ticket := range all {
		entries, err := store.Entries(ctx, ticket.ID)
		check(w.t, err)
		for _, e := range entries {
			found[e.HeaderID] = append(found[e.HeaderID], onRecord{ticket.Number, e.Kind})
		}
	}
	problems := 0
	for _, l := range w.people.letters {
		at := found[l.id]
		delete(found, l.id)
		switch {
		case len(at) != 1:
			w.t.Errorf("letter %s stands on record %d times: %v", l.id, len(at), at)
		case l.answers == "" && at[0].kind != tickets.EntryReport:
			w.t.Errorf("letter %s, a new problem, is a %s of %s", l.id, at[0].kind, at[0].number)
		case l.answers != "" && at[0] != onRecord{l.answers, tickets.EntryReply}:
			w.t.Errorf("letter %s, a reply on %s, is a %s of %s", l.id, l.answers, at[0].kind, at[0].number)
		}
		if l.answers == "" {
			problems++
		}
		w.accountSightings(ctx, store, l)
	}
	for id, at := range found {
		w.t.Errorf("mail %q, which nobody wrote, stands on record: %v", id, at)
	}
	if len(all) != problems {
		w.t.Errorf("%d tickets for %d problems", len(all), problems)
	}
}

// accountSightings finds each appearance of a letter in a mailbox once. One in the pipe may be there twice: deliver
// was killed when it had committed.
func (w *town) accountSightings(ctx context.Context, store *sqlite.Store, l *letter) {
	account, err := store.WhyMessageID(ctx, l.id)
	check(w.t, err)
	if len(account.Messages) != 1 {
		w.t.Errorf("letter %s is %d mails of the ledger", l.id, len(account.Messages))
		return
	}
	boxes, piped := 0, 0
	for _, s := range account.Messages[0].Sightings {
		if s.Source == tickets.SourceDeliver {
			piped++
		} else {
			boxes++
		}
	}
	if boxes != len(l.boxes) || (piped > 0) != l.piped || piped > 2 {
		w.t.Errorf("letter %s lay in %d mailboxes (piped: %v), was seen in %d and %d times in the pipe", l.id, len(l.boxes), l.piped, boxes, piped)
	}
}

// accountNumbers checks that no number was lost and none given twice.
func (w *town) accountNumbers(all []tickets.Ticket) {
	days := map[string][]int{}
	for _, ticket := range all {
		day, seq, ok := thread.ParseNumber("IT", ticket.Number)
		if !ok {
			w.t.Errorf("%q is no number", ticket.Number)
		}
		days[day] = append(days[day], seq)
	}
	for day, given := range days {
		slices.Sort(given)
		for i, seq := range given {
			if seq != i+1 {
				w.t.Errorf("the numbers of %s are not 1 to %d: at %d stands %d", day, len(given), i+1, seq)
				break
			}
		}
	}
}

// accountConfirmations checks that each ticket has one confirmation, that it has left, and what the sink got of it.
func (w *town) accountConfirmations(ctx context.Context, store *sqlite.Store, all []tickets.Ticket) {
	outbox, err := store.Outbox(ctx, "")
	check(w.t, err)
	composed := map[string]int{} // confirmations by ticket
	got := w.sink.byMessageID()
	for _, o := range outbox {
		composed[o.Number]++
		if o.Kind != tickets.NoticeConfirmation || o.State != tickets.Sent {
			w.t.Errorf("outgoing mail %d is a %s that is %s", o.ID, o.Kind, o.State)
		}
		raw, err := store.OutboxRaw(ctx, o.ID)
		check(w.t, err)
		w.accountReceipts(o.MessageID, raw, got[o.MessageID])
		delete(got, o.MessageID)
	}
	for _, ticket := range all {
		if composed[ticket.Number] != 1 {
			w.t.Errorf("%s has %d confirmations", ticket.Number, composed[ticket.Number])
		}
	}
	for id := range got {
		w.t.Errorf("the sink got %s, which is not in the outbox", id)
	}
	w.accountResends()
}

func (w *town) accountReceipts(id string, raw []byte, got []receipt) {
	if len(got) == 0 {
		w.t.Errorf("the sink never got %s, which counts as sent", id)
	}
	for _, r := range got {
		if !bytes.Equal(r.raw, raw) {
			w.t.Errorf("the sink got %s with other bytes than the outbox has", id)
		}
	}
}

// accountResends charges each mail that came again to the life whose end made the desk forget that it had left.
func (w *town) accountResends() {
	charged := map[int32][]string{}
	for id, got := range w.sink.byMessageID() {
		for i, r := range got[1:] {
			charged[got[i].life] = append(charged[got[i].life], fmt.Sprintf("%s in life %d", id, r.life))
		}
	}
	for life, again := range charged {
		if len(again) > resendsAKill {
			w.t.Errorf("the end of life %d made %d mails leave again: %v", life, len(again), again)
		}
	}
}

func (s *sink) byMessageID() map[string][]receipt {
	got := map[string][]receipt{}
	for _, r := range s.taken() {
		got[r.messageID] = append(got[r.messageID], r)
	}
	return got
}

// accountFolders finds every letter in the processed folder of its mailbox, and nothing else anywhere.
func (w *town) accountFolders() {
	for _, box := range w.mailboxes {
		want := 0
		for _, l := range w.people.letters {
			if slices.Contains(l.boxes, box) {
				want++
			}
		}
		for folder, want := range map[string]int{"INBOX": 0, "Processed": want, "Failed": 0} {
			mails, err := w.imap.List(box, folder)
			check(w.t, err)
			if len(mails) != want {
				w.t.Errorf("%s of %s holds %d mails, want %d", folder, box, len(mails), want)
			}
		}
	}
}
