package postoffice

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
)

// The people of the tests; 赵敏's mailbox is full.
const (
	desk     = "helpdesk@corp.example"
	zhangSan = "zhangsan@corp.example"
	liWei    = "liwei@corp.example"
	zhaoMin  = "zhaomin@corp.example"
)

// open starts a post office for the time of a test.
func open(t *testing.T) *Office {
	t.Helper()
	post, err := Open(Options{
		Dir: filepath.Join(t.TempDir(), "mails"), Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Accounts: []Account{{Address: desk}, {Address: zhangSan}, {Address: liWei}, {Address: zhaoMin, Full: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { post.Close() })
	return post
}

// TestPostOffice hands mails over by SMTP and looks at what lies in the INBOXes.
func TestPostOffice(t *testing.T) {
	for name, test := range map[string]struct {
		from, sender, to string
		inbox            string // where something arrives, "" for nowhere
		kind             parser.Kind
		dmarc, status    string
		device           bool // it is handed over without a log-in
	}{
		"to a colleague":            {from: zhangSan, sender: zhangSan, to: liWei, inbox: liWei, kind: parser.Human, dmarc: "pass"},
		"in another's name":         {from: liWei, sender: zhangSan, to: desk, inbox: desk, kind: parser.Human, dmarc: "fail"},
		"from a device":             {from: zhangSan, sender: zhangSan, to: liWei, inbox: liWei, kind: parser.Human, device: true},
		"to a full mailbox":         {from: zhangSan, sender: zhangSan, to: zhaoMin, inbox: zhangSan, kind: parser.Bounce, status: "5.2.2"},
		"to nobody":                 {from: zhangSan, sender: zhangSan, to: "nobody@corp.example", inbox: zhangSan, kind: parser.Bounce, status: "5.1.1"},
		"to nobody, from a machine": {from: zhangSan, sender: "", to: "nobody@corp.example"},
	} {
		t.Run(name, func(t *testing.T) {
			post := open(t)
			raw := fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nSubject: Tea\r\nMessage-ID: <tea@corp.example>\r\n\r\nThe tea is ready in the kitchen.\r\n", test.from, test.to)
			mail := tickets.Outgoing{Lane: tickets.LaneNormal, Sender: test.sender, Recipient: test.to, Raw: []byte(raw)}
			login := zhangSan
			if test.device {
				login = ""
			}
			if err := post.Submit(t.Context(), login, mail); err != nil {
				t.Fatal(err)
			}
			if test.inbox == "" {
				if all := post.All(); len(all) != 0 {
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
func inboxOf(t *testing.T, post *Office, user string) *parser.Message {
	t.Helper()
	mails, err := post.IMAP.List(user, "INBOX")
	if err != nil || len(mails) != 1 {
		t.Fatalf("%d mails in the INBOX of %s, want 1 (%v)", len(mails), user, err)
	}
	raw := mails[0].Raw
	m, err := parser.Parse(io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw))), parser.Options{AuthservID: Exchange})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSubmitIsRefused(t *testing.T) {
	post := open(t)
	mail := tickets.Outgoing{Lane: tickets.LaneNormal, Recipient: desk, Raw: []byte("Subject: x\r\n\r\nx\r\n")}
	if err := post.Submit(t.Context(), "stranger@example.net", mail); err == nil {
		t.Error("a stranger could log in")
	}
}
