package bench

import (
	"bytes"
	"embed"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"text/template"
	"time"

	"maildesk/mailin"
)

//go:embed testdata/dovecot.conf
var dovecotConf embed.FS

const password = "desk"

// inboxes is an IMAP server on loopback that can be given mailboxes full of mail.
type inboxes interface {
	// fill makes a mailbox whose INBOX has the mails 0 to n-1, and which the server has looked at before.
	fill(t *testing.T, n int) mailbox
	name() string
}

// mailbox is where the mails of one measurement lie.
type mailbox struct {
	url  *url.URL
	user string
}

// account is the mailbox as mailin takes it; nothing is moved.
func (m mailbox) account() mailin.Account {
	return mailin.Account{Name: m.user, URL: m.url, Username: m.user, Password: passwordOf}
}

// dovecot is a server of its own: a process, in a folder of its own.
type dovecot struct {
	Dir, User, Group, Password string
	Port                       int

	filled int
}

// startDovecot brings Dovecot up and has it stopped with the test. As root it runs as the user mail, else as whoever
// runs the benchmark.
func startDovecot(t *testing.T) *dovecot {
	t.Helper()
	dir, err := os.MkdirTemp("", "maildesk-bench-") // not t.TempDir: the server's own user has to get in
	check(t, err)
	t.Cleanup(func() { check(t, os.RemoveAll(dir)) })
	d := &dovecot{Dir: dir, Password: password, Port: freePort(t)}
	credential := d.actor(t)
	for _, folder := range []string{"run", "state", "mail"} {
		check(t, os.Mkdir(filepath.Join(dir, folder), 0o755))
	}
	d.own(t, dir)
	var conf bytes.Buffer
	text, err := template.ParseFS(dovecotConf, "testdata/dovecot.conf")
	check(t, err)
	check(t, text.Execute(&conf, d))
	file := filepath.Join(dir, "dovecot.conf")
	check(t, os.WriteFile(file, conf.Bytes(), 0o644))

	var said bytes.Buffer
	cmd := exec.Command("dovecot", "-F", "-c", file)
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
	check(t, cmd.Start())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			_ = cmd.Process.Kill()
			t.Error("dovecot did not stop and was killed")
		}
	})
	d.awaitLogin(t, ended, &said)
	return d
}

func (d *dovecot) actor(t *testing.T) *syscall.Credential {
	t.Helper()
	who, err := user.Current()
	if os.Geteuid() == 0 {
		who, err = user.Lookup("mail")
	}
	check(t, err)
	group, err := user.LookupGroupId(who.Gid)
	check(t, err)
	d.User, d.Group = who.Username, group.Name
	if os.Geteuid() != 0 {
		return nil
	}
	uid, gid := d.ids(t)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func (d *dovecot) ids(t *testing.T) (uid, gid int) {
	t.Helper()
	who, err := user.Lookup(d.User)
	check(t, err)
	uid, err = strconv.Atoi(who.Uid)
	check(t, err)
	gid, err = strconv.Atoi(who.Gid)
	check(t, err)
	return uid, gid
}

// own gives all below a folder to the server's user.
func (d *dovecot) own(t *testing.T, dir string) {
	t.Helper()
	uid, gid := d.ids(t)
	check(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, uid, gid)
	}))
}

// awaitLogin waits until a log-in works: an open port is too early.
func (d *dovecot) awaitLogin(t *testing.T, ended <-chan struct{}, said *bytes.Buffer) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		_, err := mailin.Check(t.Context(), d.mailbox("nobody").account())
		if err == nil {
			return
		}
		select {
		case <-ended:
			t.Fatalf("dovecot ended: %s", said)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("dovecot is not up: %v", err)
		}
	}
}

func (d *dovecot) name() string { return "Dovecot" }

func (d *dovecot) mailbox(user string) mailbox {
	return mailbox{&url.URL{Scheme: "imap+insecure", Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(d.Port))}, user}
}

// fill writes a Maildir as a delivery does, sizes in the names, and has Dovecot index it: that, too, a delivery does.
func (d *dovecot) fill(t *testing.T, n int) mailbox {
	t.Helper()
	d.filled++
	box := d.mailbox(fmt.Sprintf("helpdesk%d@corp.example", d.filled))
	maildir := filepath.Join(d.Dir, "mail", box.user, "Maildir")
	for _, folder := range []string{"cur", "new", "tmp"} {
		check(t, os.MkdirAll(filepath.Join(maildir, folder), 0o755))
	}
	for i := range n {
		raw := mail(i)
		name := fmt.Sprintf("%d.M%06dP1.mx,S=%d,W=%d", 1700000000+i, i, len(raw), len(raw))
		check(t, os.WriteFile(filepath.Join(maildir, "new", name), raw, 0o644))
	}
	d.own(t, filepath.Join(d.Dir, "mail", box.user))
	report, err := mailin.Check(t.Context(), box.account())
	check(t, err)
	if int(report.Mails) != n {
		t.Fatalf("dovecot sees %d of %d mails", report.Mails, n)
	}
	return box
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
