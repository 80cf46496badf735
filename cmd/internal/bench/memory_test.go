package bench

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"maildesk/mailout/smtptest"
)

// memory is what a `maildesk serve` process of its own holds resident, in bytes.
type memory struct {
	idle int64 // after a small mail
	peak int64 // ever, with one big mail taken
	size int   // of the big mail
}

// measureMemory builds maildesk and lets it take a big mail, from servers in this process. It knows Linux alone.
func measureMemory(t *testing.T, size int) memory {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	binary := filepath.Join(t.TempDir(), "maildesk")
	if said, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "maildesk/cmd/maildesk").CombinedOutput(); err != nil {
		t.Fatalf("build maildesk: %v\n%s", err, said)
	}
	sink, err := smtptest.Start(smtptest.Options{})
	check(t, err)
	defer sink.Close()
	const user = "helpdesk@corp.example"
	server := startIMAP(t, user)
	d := newFolder(t, mailbox{server.URL(), user}, sink.URL())
	cmd := exec.Command(binary, "serve", "-c", d.path("maildesk.toml"))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	check(t, cmd.Start())
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("maildesk serve: %v\n%s", err, &said)
		}
	}()

	m := memory{size: size}
	for n, raw := range [][]byte{mail(1), bigMail(size)} {
		check(t, server.Await(ctx, "IDLE", n+1))
		_, err := server.Append(user, "INBOX", raw, time.Now())
		check(t, err)
		if _, err := sink.Wait(ctx, n+1); err != nil {
			t.Fatalf("%v\n%s", err, &said)
		}
		check(t, server.Await(ctx, "UID MOVE", n+1))
		if n == 0 {
			m.idle = resident(t, cmd.Process.Pid, "VmRSS")
		}
	}
	m.peak = resident(t, cmd.Process.Pid, "VmHWM")
	return m
}

// bigMail is a mail with one attachment, of so many bytes in all.
func bigMail(size int) []byte {
	var b bytes.Buffer
	b.Grow(size + 1<<10)
	b.WriteString("From: John Smith <john.smith@corp.example>\r\nTo: helpdesk@corp.example\r\nSubject: Core dump\r\nMessage-ID: <big@corp.example>\r\n" +
		"Date: Wed, 15 Nov 2023 09:30:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe program crashes at every start; this is what it left.\r\n" +
		"--b\r\nContent-Type: application/octet-stream; name=core\r\nContent-Disposition: attachment; filename=core\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	lines := (size - b.Len()) / 78
	writeBase64(&b, noise(rand.New(rand.NewPCG(20231115, 25)), lines*57))
	b.WriteString("--b--\r\n")
	return b.Bytes()
}

// resident reads a line of /proc/PID/status.
func resident(t *testing.T, pid int, name string) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	check(t, err)
	for line := range strings.Lines(string(status)) {
		if value, is := strings.CutPrefix(line, name+":"); is {
			kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			check(t, err)
			return kilobytes << 10
		}
	}
	t.Fatalf("no %s in the process's status", name)
	return 0
}
