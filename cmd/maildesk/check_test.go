package main

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"maildesk/mailin/imaptest"
	"maildesk/mailout/smtptest"
	"maildesk/tickets/thread"
)

// post is a mail server for one desk, and the configuration that fits it.
type post struct {
	imap   *imaptest.Server
	smtp   *smtptest.Server
	config string
}

func newPost(t *testing.T, imap imaptest.Options) post {
	t.Helper()
	imap.Users = map[string]string{"helpdesk@corp.example": "sesame"}
	in, err := imaptest.Start(imap)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	out, err := smtptest.Start(smtptest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	return post{imap: in, smtp: out, config: deskFolder(t, in.URL(), out.URL())}
}

// deskFolder writes a configuration with its secrets and data folder.
func deskFolder(t *testing.T, imap *url.URL, smtp string) string {
	t.Helper()
	dir := t.TempDir()
	key, err := thread.NewKey("1")
	if err != nil {
		t.Fatal(err)
	}
	toml := fmt.Sprintf("[desk]\naddress = \"helpdesk@corp.example\"\n[[mailbox]]\nimap = %q\npassword_file = \"imap.password\"\n[smtp]\nurl = %q\n", imap, smtp)
	for name, content := range map[string]string{"maildesk.toml": toml, "maildesk.secret": key.Line(), "imap.password": "sesame"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "maildesk.toml")
}

// TestCheckServers runs check against servers over real sockets. want are patterns, each of which must match a line.
func TestCheckServers(t *testing.T) {
	tests := []struct {
		name string
		imap imaptest.Options
		harm func(*testing.T, post)
		code int
		want []string
	}{
		{
			name: "all is well",
			want: []string{
				`^ok     mailbox helpdesk@corp.example at imap.*: logged in, 0 mails in INBOX$`,
				`^ok     .*: folder Processed does not exist yet; serve creates it$`,
				`^ok     smtp at smtp.*: takes mail from helpdesk@corp.example`,
			},
		},
		{
			name: "a server that cannot do much",
			imap: imaptest.Options{Without: []string{"IDLE", "MOVE", "UIDPLUS"}},
			want: []string{
				`^warn   mailbox .*\(IDLE\); .*set poll low: it is 1m0s$`,
				`^warn   mailbox .*\(MOVE, UIDPLUS\)`,
			},
		},
		{
			name: "wrong password",
			harm: func(t *testing.T, p post) {
				path := filepath.Join(filepath.Dir(p.config), "imap.password")
				if err := os.WriteFile(path, []byte("guess"), 0o600); err != nil {
					t.Fatal(err)
				}
			},
			code: exitFailed,
			want: []string{`^error  mailbox helpdesk@corp.example at .*password`, `^ok     smtp at `},
		},
		{
			name: "nobody answers",
			harm: func(t *testing.T, p post) { p.imap.Close(); p.smtp.Close() },
			code: exitFailed,
			want: []string{`^error  mailbox .*refused; `, `^error  smtp at .*refused; `},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPost(t, test.imap)
			if test.harm != nil {
				test.harm(t, p)
			}
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), []string{"check", "-c", p.config}, func(string) string { return "" }, strings.NewReader(""), &stdout, &stderr)
			if code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			for _, want := range test.want {
				if !regexp.MustCompile(`(?m)` + want).Match(stdout.Bytes()) {
					t.Errorf("no line matches %s", want)
				}
			}
			if t.Failed() {
				io.Copy(t.Output(), io.MultiReader(&stdout, &stderr))
			}
			if strings.Contains(stdout.String()+stderr.String(), "sesame") {
				t.Error("the password is shown")
			}
		})
	}
}
