//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"embed"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/template"
	"time"
)

//go:embed testdata
var testdata embed.FS

// account is somebody with a mailbox.
type account struct{ Name, Address, Password string }

// The people of the stories. leaver has no mailbox, so that mail to him is refused at once; moved's is gone, which
// shows after mail to her has been accepted.
const (
	domain = "corp.example"
	moved  = "wangwu@" + domain
	leaver = "liang@" + domain
)

var (
	desk     = account{"IT 服务台", "helpdesk@" + domain, "desk-secret"}
	zhangsan = account{"张三", "zhangsan@" + domain, "zhang-secret"}
	john     = account{"John Smith", "john.smith@" + domain, "john-secret"}
)

// post is a running pair of Dovecot and Postfix.
type post struct {
	Dir                            string // everything of it lies here
	Domain, Moved                  string
	Users                          []account
	IMAP, IMAPS, Submission, SMTPS int
	certificates                   *x509.CertPool
}

// startPost brings the servers up and has them stopped with the test.
func startPost(ctx context.Context, t *testing.T) *post {
	t.Helper()
	dir, err := os.MkdirTemp("", "maildesk-e2e-") // not t.TempDir: the servers' own users have to get in
	check(t, err)
	t.Cleanup(func() { check(t, os.RemoveAll(dir)) })
	check(t, os.Chmod(dir, 0o755))
	p := &post{Dir: dir, Domain: domain, Moved: moved, Users: []account{desk, zhangsan, john}}
	p.lay(t)
	p.startDovecot(ctx, t)
	p.startPostfix(ctx, t)
	return p
}

// lay writes folders, certificate and configuration.
func (p *post) lay(t *testing.T) {
	t.Helper()
	ports := freePorts(t, 4)
	p.IMAP, p.IMAPS, p.Submission, p.SMTPS = ports[0], ports[1], ports[2], ports[3]
	mail, postfix := userID(t, "mail"), userID(t, "postfix")
	for _, folder := range []struct {
		name  string
		owner int
		mode  os.FileMode
	}{
		{"log", mail, 0o755}, {"mail", mail, 0o755}, {"mutt", 0, 0o700},
		{"dovecot", mail, 0o755}, {"dovecot/state", mail, 0o755},
		{"postfix", 0, 0o755}, {"postfix/etc", 0, 0o755}, {"postfix/spool", 0, 0o755}, {"postfix/data", postfix, 0o700},
	} {
		check(t, os.Mkdir(p.path(folder.name), folder.mode))
		check(t, os.Chown(p.path(folder.name), folder.owner, -1))
	}
	p.certificates = writeCertificate(t, p.path("cert.pem"), p.path("key.pem"))
	check(t, os.Chown(p.path("key.pem"), mail, -1))
	var users strings.Builder
	for _, u := range p.Users {
		fmt.Fprintf(&users, "%s:{PLAIN}%s::::::\n", u.Address, u.Password)
	}
	write(t, p.path("users"), users.String())
	write(t, p.path("dovecot.conf"), fill(t, "dovecot.conf", p))
	write(t, p.path("postfix/etc/main.cf"), fill(t, "main.cf", p))
	write(t, p.path("postfix/etc/master.cf"), fill(t, "master.cf", p))
}

func (p *post) path(name string) string { return filepath.Join(p.Dir, name) }

// startDovecot runs Dovecot in the foreground as the user mail, and waits until a log-in works: an open port is too
// early, for the log-in service may still be starting.
func (p *post) startDovecot(ctx context.Context, t *testing.T) {
	t.Helper()
	said := new(bytes.Buffer)
	cmd := exec.Command("dovecot", "-F", "-c", p.path("dovecot.conf"))
	cmd.Stdout, cmd.Stderr = said, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(userID(t, "mail")), Gid: uint32(groupID(t, "mail"))}}
	check(t, cmd.Start())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			t.Error("dovecot did not stop and is killed")
			_ = cmd.Process.Kill()
		}
		p.showLog(t, "dovecot.log")
	})
	err := until(ctx, 20*time.Second, func() error {
		select {
		case <-ended:
			return fatal{fmt.Errorf("dovecot ended: %s", said)}
		default:
			return p.logIn(desk)
		}
	})
	if err != nil {
		t.Fatalf("dovecot is not up: %v", err)
	}
}

// logIn tries an IMAP log-in over TLS.
func (p *post) logIn(who account) error {
	dialer := &net.Dialer{Timeout: 2 * time.Second}
	conn, err := tls.DialWithDialer(dialer, "tcp", local(p.IMAPS), &tls.Config{RootCAs: p.certificates})
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	fmt.Fprintf(conn, "a LOGIN %s %s\r\nb LOGOUT\r\n", who.Address, who.Password)
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		if answer, is := strings.CutPrefix(lines.Text(), "a "); is {
			if strings.HasPrefix(answer, "OK") {
				return nil
			}
			return errors.New(answer)
		}
	}
	return errors.New("the connection ended without an answer to LOGIN")
}

// startPostfix starts Postfix's master, which tells when it is ready. It goes into the background by itself; its own
// command stops it by its pid file.
func (p *post) startPostfix(ctx context.Context, t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		defer p.showLog(t, "postfix.log")
		if _, err := os.Stat(p.path("postfix/spool/pid/master.pid")); err != nil {
			return // it was not even started
		}
		stopping, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		if said, err := p.postfix(stopping, "stop").CombinedOutput(); err != nil {
			t.Errorf("stop postfix: %v\n%s", err, said)
		}
	})
	if said, err := p.postfix(ctx, "start").CombinedOutput(); err != nil {
		t.Fatalf("start postfix: %v\n%s", err, said)
	}
}

func (p *post) postfix(ctx context.Context, what string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "postfix", "-c", p.path("postfix/etc"), what)
	cmd.WaitDelay = time.Second // the master keeps what it has inherited
	return cmd
}

// showLog tells a server's log when the test has failed.
func (p *post) showLog(t *testing.T, name string) {
	if !t.Failed() {
		return
	}
	log, _ := os.ReadFile(p.path("log/" + name))
	t.Logf("%s:\n%s", name, log)
}

// submit hands a finished mail to Postfix as programs on a mail server do, with a reverse-path of its own.
func (p *post) submit(ctx context.Context, t *testing.T, from string, raw string) {
	t.Helper()
	cmd := exec.CommandContext(ctx, "sendmail", "-C", p.path("postfix/etc"), "-i", "-f", from, desk.Address)
	cmd.Stdin = strings.NewReader(raw)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("submit a mail: %v\n%s", err, said)
	}
}

func local(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// freePorts finds ports that nobody listens on now.
func freePorts(t *testing.T, n int) []int {
	t.Helper()
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		check(t, err)
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

func userID(t *testing.T, name string) int {
	t.Helper()
	u, err := user.Lookup(name)
	check(t, err)
	id, err := strconv.Atoi(u.Uid)
	check(t, err)
	return id
}

func groupID(t *testing.T, name string) int {
	t.Helper()
	g, err := user.LookupGroup(name)
	check(t, err)
	id, err := strconv.Atoi(g.Gid)
	check(t, err)
	return id
}

// fill executes a template of testdata.
func fill(t *testing.T, name string, data any) string {
	t.Helper()
	text, err := template.ParseFS(testdata, "testdata/"+name)
	check(t, err)
	var out strings.Builder
	check(t, text.Execute(&out, data))
	return out.String()
}

func write(t *testing.T, path, content string) {
	t.Helper()
	check(t, os.WriteFile(path, []byte(content), 0o644))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
