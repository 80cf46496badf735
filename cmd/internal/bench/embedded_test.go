package bench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"maildesk/mailin/imaptest"
)

// embedded is go-imap's server in this process: it takes its part of processors and memory.
type embedded struct{ started int }

func (e *embedded) name() string { return "embedded IMAP server" }

func (e *embedded) fill(t *testing.T, n int) mailbox {
	t.Helper()
	e.started++
	box := mailbox{user: fmt.Sprintf("helpdesk%d@corp.example", e.started)}
	server := startIMAP(t, box.user)
	box.url = server.URL()
	for i := range n {
		_, err := server.Append(box.user, "INBOX", mail(i), time.Now())
		check(t, err)
	}
	return box
}

func startIMAP(t *testing.T, user string) *imaptest.Server {
	t.Helper()
	server, err := imaptest.Start(imaptest.Options{Users: map[string]string{user: password}})
	check(t, err)
	t.Cleanup(func() { server.Close() })
	return server
}

func passwordOf(context.Context) (string, error) { return password, nil }
