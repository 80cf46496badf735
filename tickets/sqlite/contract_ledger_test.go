package sqlite_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"maildesk/tickets"
)

// mail is a mail of the ledger with that content and Message-ID.
func mail(content byte, headerID string) *tickets.LedgerMessage {
	return &tickets.LedgerMessage{
		ContentKey: [32]byte{content}, HeaderID: headerID, From: zhang, Subject: "主题", Verdict: tickets.VerdictOpen,
		Reason: "a person wrote it", Evidence: "token", Decision: []byte(`{"d":1}`), Known: []byte(`{"k":1}`), RulesVersion: 1, Now: clock,
	}
}

func TestMessageComesBack(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		ticket := open(t, tx, "IT20231115001")
		want := mail(1, "a@mail")
		want.Ticket = ticket.ID
		if err := tx.AddMessage(want, strings.NewReader("raw bytes")); err != nil {
			return err
		}
		if want.Size != 9 {
			t.Errorf("size %d", want.Size)
		}
		want.Number = ticket.Number
		if got := must(ptr(tx.MessageByContent(want.ContentKey)))(t); !reflect.DeepEqual(got, *want) {
			t.Errorf("got  %+v\nwant %+v", got, *want)
		}

		entry := &tickets.Entry{Ticket: ticket.ID, At: clock, Message: want.ID}
		if err := tx.AddEntry(entry); err != nil {
			return err
		}
		want.Verdict, want.Reason, want.Evidence, want.Entry = tickets.VerdictAppend, "r", "number", entry.ID
		want.Decision, want.Known, want.RulesVersion, want.Now = []byte("{}"), []byte("[]"), 2, clock.Add(time.Hour)
		if err := tx.SetMessage(want); err != nil {
			return err
		}
		if got := must(ptr(tx.MessageByContent(want.ContentKey)))(t); !reflect.DeepEqual(got, *want) {
			t.Errorf("changed: got  %+v\nwant %+v", got, *want)
		}
		if err := tx.SetMessage(&tickets.LedgerMessage{ID: 99}); err == nil {
			t.Error("a message that is not there was changed")
		}
		return nil
	})
}

func TestHeldMessages(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		held := mail(1, "a@mail")
		held.Verdict = tickets.VerdictHold
		if err := tx.AddMessage(held, strings.NewReader("raw bytes")); err != nil {
			return err
		}
		if got := must(ptr(tx.HeldMessage(held.ID)))(t); !reflect.DeepEqual(got, *held) {
			t.Errorf("got  %+v\nwant %+v", got, *held)
		}
		held.Verdict = tickets.VerdictAppend
		if err := tx.SetMessage(held); err != nil {
			return err
		}
		if again := must(tx.HeldMessage(held.ID))(t); again != nil {
			t.Errorf("released, it is still held: %+v", again)
		}
		if got := must(ptr(tx.MessageByID(held.ID)))(t); !reflect.DeepEqual(got, *held) {
			t.Errorf("by ID %+v", got)
		}
		return nil
	})
}

// same reads as the same byte for ever.
type same byte

func (s same) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s)
	}
	return len(p), nil
}

func TestRawOf(t *testing.T) {
	const most = 64 << 20
	tests := map[string]struct {
		size int64
		ok   bool
	}{"nothing": {0, true}, "a small mail": {9, true}, "in several pieces": {3 << 20, true}, "the most": {most, true}, "more": {most + 1, false}}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				m := mail(1, "a@mail")
				if err := tx.AddMessage(m, io.LimitReader(same('x'), test.size)); err != nil {
					return err
				}
				raw, err := tx.RawOf(m.ID)
				if (err == nil) != test.ok || isTemporary(err) {
					t.Errorf("error %v", err)
				}
				if test.ok && (int64(len(raw)) != test.size || strings.Trim(string(raw), "x") != "") {
					t.Errorf("%d bytes, or others", len(raw))
				}
				if _, err := tx.RawOf(99); err == nil || isTemporary(err) {
					t.Errorf("of no mail: %v", err)
				}
				return nil
			})
		})
	}
}

func TestMessagesByHeaderID(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		for i, id := range []string{"a@mail", "", "b@mail", "a@mail", ""} {
			if err := tx.AddMessage(mail(byte(i), id), strings.NewReader("x")); err != nil {
				return err
			}
		}
		for id, want := range map[string][]byte{"a@mail": {0, 3}, "b@mail": {2}, "": nil, "c@mail": nil} {
			found, err := tx.MessagesByHeaderID(id)
			if err != nil {
				return err
			}
			var got []byte
			for _, m := range found {
				got = append(got, m.ContentKey[0])
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%q: got %v, want %v", id, got, want)
			}
		}
		return nil
	})
}

func TestContentIsTakenOnce(t *testing.T) {
	s := newStore(t)
	do(t, s, func(tx deskTx) error { return tx.AddMessage(mail(1, "a@mail"), strings.NewReader("x")) })
	err := s.update(t.Context(), func(tx deskTx) error { return tx.AddMessage(mail(1, "b@mail"), strings.NewReader("x")) })
	if err == nil {
		t.Fatal("the same content was stored twice")
	}
	if isTemporary(err) {
		t.Errorf("%v is the mail's own error, not the environment's", err)
	}
}

func isTemporary(err error) bool {
	var t interface{ Temporary() bool }
	return errors.As(err, &t) && t.Temporary()
}

func TestUnreadableSpoolIsTheEnvironments(t *testing.T) {
	broken := map[string]io.Reader{
		"at once":    iotest.ErrReader(errChanged),
		"far inside": io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20)), iotest.ErrReader(errChanged)),
	}
	for name, raw := range broken {
		t.Run(name, func(t *testing.T) {
			err := newStore(t).update(t.Context(), func(tx deskTx) error { return tx.AddMessage(mail(1, "a@mail"), raw) })
			if !errors.Is(err, errChanged) || !isTemporary(err) {
				t.Errorf("got %v, temporary %v", err, isTemporary(err))
			}
		})
	}
}

func TestSightings(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		tests := []struct {
			name string
			s    tickets.Sighting
			new  bool
			uid  uint32
		}{
			{"the first", tickets.Sighting{Source: "acc", Folder: "INBOX", UIDValidity: 1, UID: 7, Verdict: tickets.VerdictOpen}, true, 7},
			{"the very same", tickets.Sighting{Source: "acc", Folder: "INBOX", UIDValidity: 1, UID: 7, Verdict: tickets.VerdictFail}, false, 7},
			{"another validity", tickets.Sighting{Source: "acc", Folder: "INBOX", UIDValidity: 2, UID: 7}, true, 7},
			{"another folder", tickets.Sighting{Source: "acc", Folder: "IT", UIDValidity: 1, UID: 7}, true, 7},
			{"another account", tickets.Sighting{Source: "acc2", Folder: "INBOX", UIDValidity: 1, UID: 7}, true, 7},
			{"the highest UID", tickets.Sighting{Source: "acc2", Folder: "INBOX", UIDValidity: 4294967295, UID: 4294967295}, true, 4294967295},
			{"delivered", tickets.Sighting{Source: tickets.SourceDeliver}, true, 1},
			{"delivered again", tickets.Sighting{Source: tickets.SourceDeliver}, true, 2},
			{"imported", tickets.Sighting{Source: tickets.SourceImport, Folder: "a.mbox"}, true, 1},
		}
		for _, test := range tests {
			test.s.At = clock
			added, err := tx.AddSighting(&test.s)
			if err != nil {
				return err
			}
			if added != test.new || test.s.UID != test.uid {
				t.Errorf("%s: added %v, UID %d", test.name, added, test.s.UID)
			}
		}
		verdict, err := tx.SightingVerdict("acc", "INBOX", 1, 7)
		if verdict != tickets.VerdictOpen {
			t.Errorf("verdict %q", verdict)
		}
		return err
	})
}

func TestSkippedHeaderID(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		for i, s := range []tickets.Sighting{
			{Verdict: tickets.VerdictSkip, HeaderID: "skipped@mail"},
			{Verdict: tickets.VerdictFail, HeaderID: "failed@mail"},
			{Verdict: tickets.VerdictSkip},
		} {
			s.Source, s.Folder, s.UIDValidity, s.UID, s.At = "acc", "INBOX", 1, uint32(i+1), clock
			if _, err := tx.AddSighting(&s); err != nil {
				return err
			}
		}
		for _, test := range []struct {
			folder, id string
			want       bool
		}{{"INBOX", "skipped@mail", true}, {"INBOX", "failed@mail", false}, {"IT", "skipped@mail", false}, {"INBOX", "", false}} {
			got, err := tx.SkippedHeaderID("acc", test.folder, test.id)
			if err != nil {
				return err
			}
			if got != test.want {
				t.Errorf("%s %q: %v", test.folder, test.id, got)
			}
		}
		return nil
	})
}
