package demo

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
)

// TestPostOffice hands mails over by SMTP and looks at what lies in the INBOXes.
func TestPostOffice(t *testing.T) {
	for name, test := range map[string]struct {
		from, sender, to string
		inbox            string // where something arrives, "" for nowhere
		kind             parser.Kind
		dmarc, status    string
		device           bool // it is handed over without a log-in
	}{
		"to a colleague":            {from: zhangSan.Address, sender: zhangSan.Address, to: liWei.Address, inbox: liWei.Address, kind: parser.Human, dmarc: "pass"},
		"in another's name":         {from: liWei.Address, sender: zhangSan.Address, to: deskAddress, inbox: deskAddress, kind: parser.Human, dmarc: "fail"},
		"from a device":             {from: zhangSan.Address, sender: zhangSan.Address, to: liWei.Address, inbox: liWei.Address, kind: parser.Human, device: true},
		"to a full mailbox":         {from: zhangSan.Address, sender: zhangSan.Address, to: zhaoMin.Address, inbox: zhangSan.Address, kind: parser.Bounce, status: "5.2.2"},
		"to nobody":                 {from: zhangSan.Address, sender: zhangSan.Address, to: "nobody@corp.example", inbox: zhangSan.Address, kind: parser.Bounce, status: "5.1.1"},
		"to nobody, from a machine": {from: zhangSan.Address, sender: "", to: "nobody@corp.example"},
	} {
		t.Run(name, func(t *testing.T) {
			post, err := openPostOffice(postOfficeOptions{
				dir: filepath.Join(t.TempDir(), "mails"), people: cast, now: time.Now,
				log: slog.New(slog.DiscardHandler), hear: func(delivery) {},
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { post.Close() })
			raw := fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nSubject: Tea\r\nMessage-ID: <tea@corp.example>\r\n\r\nThe tea is ready in the kitchen.\r\n", test.from, test.to)
			mail := tickets.Outgoing{Lane: tickets.LaneNormal, Sender: test.sender, Recipient: test.to, Raw: []byte(raw)}
			login := zhangSan.Address
			if test.device {
				login = ""
			}
			if err := submit(t.Context(), post, login, mail, slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
			if test.inbox == "" {
				if all := post.all(); len(all) != 0 {
					t.Errorf("%d mails were delivered, want none", len(all))
				}
				return
			}
			got := inboxOf(t, post, test.inbox)
			if got.Kind != test.kind || got.Proof.DMARC != test.dmarc {
				t.Errorf("kind %q, DMARC %q; want %q, %q", got.Kind, got.Proof.DMARC, test.kind, test.dmarc)
			}
			if got.Bounce != nil && (got.Bounce.Status != test.status || got.Bounce.Recipient != test.to || got.Bounce.MessageID != "tea@corp.example") {
				t.Errorf("report %+v, want status %s of %s", got.Bounce, test.status, test.to)
			}
		})
	}
}

// inboxOf reads the only mail of an INBOX.
func inboxOf(t *testing.T, post *postOffice, user string) letter {
	t.Helper()
	mails, err := post.imap.List(user, "INBOX")
	if err != nil || len(mails) != 1 {
		t.Fatalf("%d mails in the INBOX of %s, want 1 (%v)", len(mails), user, err)
	}
	l, err := read(mails[0].Raw)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestSubmitIsRefused(t *testing.T) {
	post, err := openPostOffice(postOfficeOptions{
		dir: filepath.Join(t.TempDir(), "mails"), people: cast, now: time.Now,
		log: slog.New(slog.DiscardHandler), hear: func(delivery) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { post.Close() })
	mail := tickets.Outgoing{Lane: tickets.LaneNormal, Recipient: deskAddress, Raw: []byte("Subject: x\r\n\r\nx\r\n")}
	if err := submit(t.Context(), post, "stranger@example.net", mail, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a stranger could log in")
	}
}
