package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"net/mail"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/mailin/imaptest"
	"maildesk/mailout/smtptest"
	"maildesk/tickets/sqlite"
)

// The fields that a server of the tests puts on top of what it takes.
const (
	fromOutside = "Received: from desk.corp.example (desk.corp.example [203.0.113.5]) by mx.corp.example with ESMTPSA; Wed, 15 Nov 2023 09:31:02 +0800\r\n"
	fromInside  = "Received: from desk.corp.example (desk.corp.example [10.0.0.5]) by mx.corp.example with ESMTPSA; Wed, 15 Nov 2023 09:31:02 +0800\r\n"
	genuine     = "Authentication-Results: mx.corp.example; auth=pass smtp.auth=helpdesk@corp.example;\r\n dmarc=pass header.from=corp.example\r\n"
)

var results = regexp.MustCompile(`(?m)^Authentication-Results:.*\n([ \t].*\n)*`)

// takeOut removes the first n Authentication-Results that came with a mail, all when n < 0.
func takeOut(raw []byte, n int) []byte {
	return results.ReplaceAllFunc(raw, func(field []byte) []byte {
		if n == 0 {
			return field
		}
		n--
		return nil
	})
}

// loop is a mail server that delivers what it takes into the desk's mailbox, after deliver has had it; nil loses it.
func loop(t *testing.T, opt imaptest.Options, deliver func(raw []byte) []byte) post {
	t.Helper()
	const desk = "helpdesk@corp.example"
	opt.Users = map[string]string{desk: "sesame"}
	in, err := imaptest.Start(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	out, err := smtptest.Start(smtptest.Options{OnMail: func(e smtptest.Envelope) error {
		raw := deliver(e.Raw)
		if raw == nil {
			return nil
		}
		_, err := in.Append(desk, "INBOX", raw, time.Now())
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	return post{imap: in, smtp: out, config: deskFolder(t, in.URL(), out.URL())}
}

// trusting sets trust.authserv_id, and more.
func (p post) trusting(t *testing.T, more string) {
	t.Helper()
	file, err := os.OpenFile(p.config, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString("[trust]\nauthserv_id = \"mx.corp.example\"\n" + more); err != nil {
		t.Fatal(err)
	}
}

// check runs maildesk check and returns what it says of trust.
func (p post) check(t *testing.T, args ...string) (code int, lines []string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), slices.Concat([]string{"check", "-c", p.config}, args), func(string) string { return "" }, strings.NewReader(""), &stdout, &stderr)
	for line := range strings.Lines(stdout.String()) {
		if strings.Contains(line, "  trust: ") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	t.Cleanup(func() {
		if t.Failed() {
			io.Copy(t.Output(), io.MultiReader(&stdout, &stderr))
		}
	})
	return code, lines
}

// left is how many mails lie in the desk's folders.
func (p post) left(t *testing.T) int {
	t.Helper()
	n := 0
	folders, err := p.imap.Folders("helpdesk@corp.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		mails, err := p.imap.List("helpdesk@corp.example", folder)
		if err != nil {
			t.Fatal(err)
		}
		n += len(mails)
	}
	return n
}

func TestCheckTrust(t *testing.T) {
	const (
		well   = `^ok     trust: Authentication-Results of mx\.corp\.example are believed; a forged one that the desk mailed to itself was not$`
		forged = `^error  trust: your mail server passes on .* let it take them out .*Postfix: header_checks .*/\^Authentication-Results:\[\[:space:\]\]\*mx\\\.corp\\\.example.*, or set trust\.authserv_id = ""$`
	)
	for name, test := range map[string]struct {
		deliver func(raw []byte) []byte // nil loses the mail
		code    int
		want    string
	}{
		"all are taken out": {func(raw []byte) []byte { return slices.Concat([]byte(genuine+fromInside), takeOut(raw, -1)) }, exitDone, well},
		"all are taken out, and the server adds nothing":       {func(raw []byte) []byte { return takeOut(raw, -1) }, exitDone, well},
		"kept below an entry that the desk does not read past": {func(raw []byte) []byte { return slices.Concat([]byte(genuine+fromOutside), raw) }, exitDone, well},
		"kept, though a genuine one stands above":              {func(raw []byte) []byte { return slices.Concat([]byte(genuine+fromInside), raw) }, exitFailed, forged},
		"kept, and the server adds nothing":                    {func(raw []byte) []byte { return raw }, exitFailed, forged},
		"only the first is taken out":                          {func(raw []byte) []byte { return slices.Concat([]byte(fromInside), takeOut(raw, 1)) }, exitFailed, forged},
		"the mail is lost": {func([]byte) []byte { return nil }, exitFailed,
			`^error  trust: the mail <check\.[a-z2-7]{26}@corp\.example> from helpdesk@corp\.example to itself has not come to helpdesk@corp\.example within 50ms; .*log.*--timeout$`},
	} {
		t.Run(name, func(t *testing.T) {
			p := loop(t, imaptest.Options{}, test.deliver)
			p.trusting(t, "")
			code, lines := p.check(t, "--timeout=50ms")
			if code != test.code || len(lines) != 1 || !regexp.MustCompile(test.want).MatchString(lines[0]) {
				t.Errorf("exit code %d, lines %q; want %d, %s", code, lines, test.code, test.want)
			}
			if n := p.left(t); n != 0 {
				t.Errorf("%d mails are left behind", n)
			}
		})
	}
}

// TestCheckSendsNothing where there is nothing to try, or it must not.
func TestCheckSendsNothing(t *testing.T) {
	for name, test := range map[string]struct {
		trust bool
		args  []string
		spoil func(post)
		want  string
	}{
		"no authserv-id": {want: `^ok     trust: a sender is known by the tokens .* and by nothing else`},
		"--offline":      {trust: true, args: []string{"--offline"}, want: `^warn   trust: .* was not tried \(--offline\)`},
		"--no-mail":      {trust: true, args: []string{"--no-mail"}, want: `^warn   trust: .* was not tried \(--no-mail\)`},
		"wrong password": {trust: true, spoil: func(p post) {
			p.imap.Inject(imaptest.Fault{Verb: "AUTHENTICATE", Do: imaptest.No})
		}, want: `^warn   trust: .* was not tried \(a server cannot be used, see above\)`},
	} {
		t.Run(name, func(t *testing.T) {
			p := loop(t, imaptest.Options{}, func(raw []byte) []byte { return raw })
			if test.trust {
				p.trusting(t, "")
			}
			if test.spoil != nil {
				test.spoil(p)
			}
			if _, lines := p.check(t, test.args...); len(lines) != 1 || !regexp.MustCompile(test.want).MatchString(lines[0]) {
				t.Errorf("lines %q, want %s", lines, test.want)
			}
			if sent := p.smtp.Mails(); len(sent) != 0 {
				t.Errorf("%d mails were sent", len(sent))
			}
		})
	}
}

// TestCheckCannotTidyUp says so where the server lets nothing be deleted.
func TestCheckCannotTidyUp(t *testing.T) {
	p := loop(t, imaptest.Options{}, func(raw []byte) []byte { return takeOut(raw, -1) })
	p.trusting(t, "")
	p.imap.Inject(imaptest.Fault{Verb: "UID STORE", Do: imaptest.No, Text: "[NOPERM] read only"})
	code, lines := p.check(t)
	if code != exitDone || len(lines) != 2 || !strings.HasPrefix(lines[0], "warn ") || !strings.HasSuffix(lines[0], "; delete it there") || !strings.HasPrefix(lines[1], "ok ") {
		t.Errorf("exit code %d, lines %q", code, lines)
	}
}

// TestCheckBesideADaemon: the daemon may be quicker or slower; no ticket comes of it, no answer, and nothing stays.
func TestCheckBesideADaemon(t *testing.T) {
	p := loop(t, imaptest.Options{}, func(raw []byte) []byte { return slices.Concat([]byte(genuine+fromInside), takeOut(raw, -1)) })
	p.trusting(t, "[http]\nlisten = \"\"\n")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	log, ended := &safeBuffer{}, make(chan int, 1)
	running, stop := context.WithCancel(ctx)
	go func() {
		ended <- run(running, []string{"serve", "-c", p.config}, func(string) string { return "" }, strings.NewReader(""), io.Discard, log)
	}()
	if err := p.imap.Await(ctx, "IDLE", 1); err != nil {
		t.Fatalf("%v; the daemon's log:\n%s", err, log)
	}
	for range 3 {
		if code, lines := p.check(t); code != exitDone || len(lines) != 1 {
			t.Errorf("exit code %d, lines %q", code, lines)
		}
	}
	stop()
	if code := <-ended; code != exitDone {
		t.Fatalf("the daemon ended with %d; its log:\n%s", code, log)
	}
	if n := p.left(t); n != 0 {
		t.Errorf("%d mails are left behind", n)
	}
	if sent := p.smtp.Mails(); len(sent) != 3 {
		t.Errorf("%d mails were sent, want the 3 of check", len(sent))
	}
	store, err := sqlite.Open(t.Context(), strings.TrimSuffix(p.config, "maildesk.toml")+"data/maildesk.db", sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if all, err := store.Tickets(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%d tickets, %v", len(all), err)
	}
}

// TestForgery reads the mail as a person's mail client does.
func TestForgery(t *testing.T) {
	f := forgery{desk: "helpdesk@corp.example", authservID: "mx.corp.example", token: "k7q2", at: time.Date(2023, 11, 15, 9, 30, 0, 0, time.UTC)}
	m, err := mail.ReadMessage(bytes.NewReader(f.mail()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"From": "<helpdesk@corp.example>", "To": "<helpdesk@corp.example>", "Message-Id": "<check.k7q2@corp.example>",
		"Auto-Submitted": "auto-generated", "X-Maildesk-Loop": "helpdesk@corp.example", "Date": "Wed, 15 Nov 2023 09:30:00 +0000",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for line := range strings.SplitSeq(string(f.mail()), "\r\n") {
		if len(line) > 100 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("line %q", line)
		}
	}
	if n := len(m.Header["Authentication-Results"]); n != 2 {
		t.Errorf("%d forged fields, want 2", n)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "maildesk check: a test, please ignore / 自检邮件，请忽略" {
		t.Errorf("subject %q, %v", subject, err)
	}
	text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil || !strings.Contains(string(text), "may be deleted") || !strings.Contains(string(text), "可以直接删除") {
		t.Errorf("text %q, %v", text, err)
	}
}
