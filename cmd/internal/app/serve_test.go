package app_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/mailin/imaptest"
	"maildesk/mailout/smtptest"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// patience bounds every wait of a test.
const patience = 20 * time.Second

// office is a mail server and a desk that runs against it.
type office struct {
	t    *testing.T
	imap *imaptest.Server
	smtp *smtptest.Server
	cfg  *config.Config
	app  *app.App
	done chan error
	stop context.CancelFunc
}

const deskUser = "helpdesk@corp.example"

func openOffice(t *testing.T) *office {
	t.Helper()
	im, err := imaptest.Start(imaptest.Options{Users: map[string]string{deskUser: "desk"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { im.Close() })
	sm, err := smtptest.Start(smtptest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sm.Close() })
	o := &office{t: t, imap: im, smtp: sm}
	o.cfg = o.configure(t.TempDir())
	return o
}

func (o *office) configure(dir string) *config.Config {
	o.t.Helper()
	key, err := thread.NewKey("1")
	if err != nil {
		o.t.Fatal(err)
	}
	for name, text := range map[string]string{
		"maildesk.secret": key.Line() + "\n",
		"imap.password":   "desk\n",
		"maildesk.toml": fmt.Sprintf(`
[desk]
address = "%s"
[[mailbox]]
imap = "imap+insecure://%s"
password_file = "imap.password"
[smtp]
url = "smtp+insecure://%s"
[http]
listen = ""
`, deskUser, o.imap.Addr(), o.smtp.Addr()),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			o.t.Fatal(err)
		}
	}
	cfg, _, err := config.Load(filepath.Join(dir, "maildesk.toml"), os.Getenv)
	if err != nil {
		o.t.Fatal(err)
	}
	return cfg
}

// serve starts the daemon; it is stopped with the test.
func (o *office) serve() {
	o.t.Helper()
	a, err := app.Open(o.t.Context(), o.cfg, app.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		o.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	o.app, o.stop, o.done = a, stop, make(chan error, 1)
	go func() { o.done <- a.Serve(ctx) }()
	o.t.Cleanup(o.shutDown)
}

func (o *office) shutDown() {
	if o.stop == nil {
		return
	}
	o.stop()
	o.stop = nil
	select {
	case err := <-o.done:
		if err != nil {
			o.t.Errorf("serve: %v", err)
		}
	case <-time.After(patience):
		o.t.Error("serve does not end")
	}
	if err := o.app.Close(); err != nil {
		o.t.Error(err)
	}
}

func (o *office) arrives(raw string) {
	o.t.Helper()
	if _, err := o.imap.Append(deskUser, "INBOX", []byte(raw), time.Now()); err != nil {
		o.t.Fatal(err)
	}
}

// answers waits until n mails have gone out in all.
func (o *office) answers(n int) []smtptest.Envelope {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), patience)
	defer cancel()
	sent, err := o.smtp.Wait(ctx, n)
	if err != nil {
		o.t.Fatal(err)
	}
	return sent
}

// eventually asks again and again, for what tells nobody of itself.
func (o *office) eventually(what string, is func() bool) {
	o.t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			o.t.Fatalf("not in %s: %s", patience, what)
		}
	}
}

func problem(n int) string {
	return strings.ReplaceAll(fmt.Sprintf(`From: 张三 <zhangsan@corp.example>
To: helpdesk@corp.example
Subject: ERP %d
Message-ID: <erp%d@corp.example>
Date: Wed, 15 Nov 2023 09:30:00 +0800
Content-Type: text/plain; charset=utf-8

登录ERP系统时提示用户名或密码错误，但确认输入正确，已经试过 %d 次。
`, n, n, n), "\n", "\r\n")
}

func TestServeAnswersMailAndEmptiesTheInbox(t *testing.T) {
	o := openOffice(t)
	o.arrives(problem(0)) // before the first start: listed, not answered
	o.serve()
	o.eventually("the old mail is in the ledger", func() bool {
		account, err := o.app.Store.WhyAddress(t.Context(), "zhangsan@corp.example")
		return err == nil && len(account.Unread) == 1 && account.Unread[0].Verdict == tickets.VerdictSkip
	})
	o.arrives(problem(1))
	sent := o.answers(1)
	if to := sent[0].To; len(to) != 1 || to[0] != "zhangsan@corp.example" {
		t.Errorf("answered to %v", to)
	}
	o.eventually("the mail is in Processed", func() bool {
		mails, err := o.imap.List(deskUser, "Processed")
		return err == nil && len(mails) == 1
	})
	o.shutDown()

	// What came while the desk was down is taken when it is up again, once.
	o.arrives(problem(2))
	o.serve()
	o.answers(2)
	o.shutDown()
	if n := len(o.smtp.Mails()); n != 2 {
		t.Errorf("%d answers", n)
	}
}

func TestASecondDaemonIsRefused(t *testing.T) {
	o := openOffice(t)
	o.serve()
	o.arrives(problem(1))
	o.eventually("the daemon holds its lock", func() bool { return app.CheckUnlocked(o.cfg.Desk.DataDir) != nil })
	second, err := app.Open(t.Context(), o.cfg, app.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	var locked *app.Locked
	if err := second.Serve(t.Context()); !errors.As(err, &locked) || !strings.Contains(err.Error(), "process") {
		t.Errorf("error %v", err)
	}
}

// A command beside the daemon adds mail, and the daemon sends it within a second.
func TestDeliverBesideServe(t *testing.T) {
	o := openOffice(t)
	o.serve()
	beside, err := app.Open(t.Context(), o.cfg, app.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	outcome, err := beside.Deliver(t.Context(), strings.NewReader(problem(1)), deskUser)
	if err != nil || outcome.Verdict != tickets.VerdictOpen {
		t.Fatalf("outcome %+v, error %v", outcome, err)
	}
	o.answers(1)
	again, err := beside.Deliver(t.Context(), strings.NewReader(problem(1)), deskUser)
	if err != nil || again.Verdict != tickets.VerdictDuplicate {
		t.Errorf("outcome %+v, error %v", again, err)
	}
	if _, err := beside.Deliver(t.Context(), strings.NewReader(""), deskUser); err == nil {
		t.Error("an empty mail is taken")
	}
}

// A delivered mail above the limit is kept, and its sender is told.
func TestDeliverKeepsWhatIsTooLarge(t *testing.T) {
	o := openOffice(t)
	o.cfg.Desk.MaxSize = 2 << 20
	a, err := app.Open(t.Context(), o.cfg, app.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	raw := problem(1) + strings.Repeat("0123456789\r\n", 3<<20/12)
	// What the desk could not take will be offered again, and is not kept twice.
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := a.Deliver(stopped, strings.NewReader(raw), deskUser); err == nil {
		t.Error("a mail is taken after the end")
	}
	outcome, err := a.Deliver(t.Context(), strings.NewReader(raw), deskUser)
	if err != nil || outcome.Verdict != tickets.VerdictFail || outcome.Number == "" {
		t.Fatalf("outcome %+v, error %v", outcome, err)
	}
	kept, err := filepath.Glob(filepath.Join(o.cfg.Desk.DataDir, "failed", "*.eml"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %v, error %v", kept, err)
	}
	if got, err := os.ReadFile(kept[0]); err != nil || string(got) != raw {
		t.Errorf("the kept file differs, error %v", err)
	}
}

// A second desk on the same machine says which setting is in its way.
func TestHealthPortIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	o := openOffice(t)
	o.cfg.HTTP.Listen = taken.Addr().String()
	a, err := app.Open(t.Context(), o.cfg, app.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.Serve(t.Context()); err == nil || !strings.Contains(err.Error(), "http.listen") || !strings.Contains(err.Error(), "another port") {
		t.Errorf("error %v", err)
	}
}

func TestHealthPage(t *testing.T) {
	o := openOffice(t)
	o.cfg.HTTP.Listen = "127.0.0.1:0"
	o.serve()
	address := ""
	o.eventually("the page listens", func() bool { address = o.app.HealthAddress(); return address != "" })
	o.eventually("the desk is ready", func() bool {
		response, err := http.Get("http://" + address + "/readyz")
		if err != nil {
			return false
		}
		defer response.Body.Close()
		page, _ := io.ReadAll(response.Body)
		return response.StatusCode == http.StatusOK && strings.Contains(string(page), deskUser)
	})
}
