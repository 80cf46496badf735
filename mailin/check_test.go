package mailin

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"maildesk/mailin/imaptest"
)

func TestCheck(t *testing.T) {
	o := newOffice(t, imaptest.Options{Without: []string{"MOVE"}})
	o.post(t, "one")
	r, err := Check(t.Context(), o.account)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Idle || r.Move || !r.UIDPlus || r.Mails != 1 || !slices.Equal(r.Missing, []string{"Processed", "Failed"}) {
		t.Errorf("report %+v", r)
	}
	o.wantFolder(t, "INBOX", "one")
	if folders, err := o.server.Folders(user); err != nil || !slices.Equal(folders, []string{"INBOX"}) {
		t.Errorf("folders %v, %v", folders, err)
	}
}

// TestCheckSaysTheFix breaks one thing after the other.
func TestCheckSaysTheFix(t *testing.T) {
	for _, tt := range []struct {
		name  string
		opt   imaptest.Options
		spoil func(*office)
		step  Step
		fix   string
	}{
		{"wrong password", imaptest.Options{}, func(o *office) {
			o.account.Password = func(context.Context) (string, error) { return "wrong", nil }
		}, StepLogin, "app password"},
		{"no password to be had", imaptest.Options{}, func(o *office) {
			o.account.Password = func(context.Context) (string, error) { return "", errors.New("no such file") }
		}, StepLogin, "password_file"},
		{"password expired", imaptest.Options{}, func(o *office) {
			o.server.Inject(imaptest.Fault{Verb: "AUTHENTICATE", Do: imaptest.No, Text: "[EXPIRED] change it"})
		}, StepLogin, "expired"},
		{"no passwords taken", imaptest.Options{With: []string{"LOGINDISABLED"}, Without: []string{"AUTH=PLAIN"}}, func(*office) {}, StepLogin, "OAuth"},
		{"no such folder", imaptest.Options{}, func(o *office) { o.account.Folder = "Support" }, StepFolder, "there are INBOX"},
		{"unknown certificate", imaptest.Options{Security: imaptest.TLS}, func(o *office) { o.account.TLS = nil }, StepConnect, "certificate chain"},
		{"another host's certificate", imaptest.Options{Security: imaptest.TLS}, func(o *office) {
			o.account.TLS.ServerName = "imap.corp.example"
		}, StepConnect, "host name"},
		{"no TLS there", imaptest.Options{}, func(o *office) { o.account.URL.Scheme = "imaps" }, StepConnect, "STARTTLS"},
		{"no STARTTLS there", imaptest.Options{}, func(o *office) { o.account.URL.Scheme = "imap" }, StepConnect, "imaps://"},
		{"nobody listens", imaptest.Options{}, func(o *office) { o.server.Close() }, StepConnect, "host and port"},
		{"turned away", imaptest.Options{}, func(o *office) {
			o.server.Inject(imaptest.Fault{Verb: imaptest.Greeting, Do: imaptest.Bye, Text: "too many connections"})
		}, StepConnect, "turned away"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, tt.opt)
			tt.spoil(o)
			_, err := Check(t.Context(), o.account)
			var setup *SetupError
			if !errors.As(err, &setup) || setup.Step != tt.step || !strings.Contains(setup.Fix(), tt.fix) {
				t.Errorf("error %v, want one at %q with %q", err, tt.step, tt.fix)
			}
		})
	}
}
