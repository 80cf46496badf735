//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// mutt is neomutt in the hands of one of the staff.
type mutt struct {
	t      *testing.T // that uses it just now
	post   *post
	User   account
	Dir    string
	Domain string
	IMAPS  int
	SMTPS  int

	Charset string // of what it sends
	Editor  string
}

func newMutt(p *post, who account, charset string) *mutt {
	return &mutt{post: p, User: who, Dir: p.Dir, Domain: p.Domain, IMAPS: p.IMAPS, SMTPS: p.SMTPS, Charset: charset}
}

// settings writes the configuration; typed is what the person puts above the quoted text of a reply.
func (m *mutt) settings(typed string) string {
	m.t.Helper()
	name := m.post.path("mutt/" + m.User.Address)
	m.Editor = name + "-types"
	script := "#!/bin/sh\n{ cat <<'TYPED'\n" + typed + "\n\nTYPED\ncat \"$1\"; } >\"$1.typed\" && cat \"$1.typed\" >\"$1\" && rm \"$1.typed\"\n"
	check(m.t, os.WriteFile(m.Editor, []byte(script), 0o700))
	write(m.t, name+".rc", fill(m.t, "neomuttrc", m))
	return name + ".rc"
}

// send writes a new mail in batch mode.
func (m *mutt) send(ctx context.Context, subject, text string, attached ...string) {
	m.t.Helper()
	args := []string{"-F", m.settings(""), "-s", subject}
	for _, path := range attached {
		args = append(args, "-a", path)
	}
	cmd := exec.CommandContext(ctx, "neomutt", append(args, "--", desk.Address)...)
	cmd.Env, cmd.Dir = m.environment(), m.post.path("mutt")
	cmd.Stdin = strings.NewReader(text)
	if said, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("neomutt of %s: %v\n%s", m.User.Address, err, said)
	}
}

// reply opens the newest mail about a ticket in a terminal, replies to it and sends, key by key as a person would, so
// that the threading is neomutt's own.
func (m *mutt) reply(ctx context.Context, number, typed string) {
	m.t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	keys := fmt.Sprintf("<limit>~s %s<enter><last-entry><reply><send-message><quit>", number)
	line := fmt.Sprintf(`neomutt -F '%s' -e 'push "%s"'`, m.settings(typed), keys)
	cmd := exec.CommandContext(ctx, "script", "-qefc", line, os.DevNull) // gives it a terminal
	cmd.Env, cmd.Dir = append(m.environment(), "TERM=xterm"), m.post.path("mutt")
	cmd.WaitDelay = time.Second
	if said, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("neomutt of %s replies: %v\n%q", m.User.Address, err, said)
	}
}

func (m *mutt) environment() []string {
	return append(os.Environ(), "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "HOME="+m.post.path("mutt"))
}
