package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is a maildesk of its own: this test's binary, which is the program when it is called by its name.
type process struct {
	cmd   *exec.Cmd
	ended chan error
}

// launch starts a maildesk command. It is killed with the test, if it runs so long.
func launch(t *testing.T, log *os.File, stdin []byte, args ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self)
	cmd.Args = append([]string{"maildesk"}, args...)
	cmd.Stderr = log
	cmd.Env = append(os.Environ(), "MAILDESK_TEST_PASSWORD="+password)
	if stdin != nil {
		cmd.Stdin = bytes.NewReader(stdin)
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, ended: make(chan error, 1)}
	go func() { p.ended <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return p, nil
}

// wait waits for the end and returns what Wait says of it.
func (p *process) wait(patience time.Duration) error {
	select {
	case err := <-p.ended:
		return err
	case <-time.After(patience):
		return fmt.Errorf("still runs after %v", patience)
	}
}

// kill ends the process without a warning. That it had ended before is an error.
func (p *process) kill() error {
	if err := p.cmd.Process.Kill(); err != nil {
		return fmt.Errorf("kill: %w (%w)", err, p.wait(time.Second))
	}
	return killed(p.wait(10 * time.Second))
}

// killed is nil for the end of a process that was killed.
func killed(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		return nil
	}
	return fmt.Errorf("the process was to be killed, but: %v", err)
}

// terminate asks the daemon to stop, which it has to do well.
func (p *process) terminate() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("terminate: %w", err)
	}
	return p.wait(15 * time.Second)
}

// start brings the daemon up.
func (w *town) start() *process {
	w.t.Helper()
	d, err := launch(w.t, w.log, nil, "serve", "-c", w.config)
	check(w.t, err)
	return d
}

// deliver hands a mail to maildesk deliver as a mail system does: until it is taken. At times the command is killed,
// and then the mail is offered again.
func (w *town) deliver(ctx context.Context, raw []byte, killAfter time.Duration) error {
	for ctx.Err() == nil {
		p, err := launch(w.t, w.log, raw, "deliver", "-c", w.config)
		if err != nil {
			return err
		}
		if killAfter > 0 {
			time.AfterFunc(killAfter, func() { _ = p.cmd.Process.Kill() })
			killAfter = 0
		}
		err = p.wait(30 * time.Second)
		var exit *exec.ExitError
		switch {
		case err == nil:
			return nil
		case killed(err) == nil, errors.As(err, &exit) && exit.ExitCode() == exitTryAgain:
		default:
			return fmt.Errorf("deliver: %w", err)
		}
	}
	return context.Cause(ctx)
}

// showLog tells the end of what the daemons have said, if the test has failed.
func (w *town) showLog() {
	if !w.t.Failed() {
		return
	}
	log, _ := os.ReadFile(w.log.Name())
	lines := strings.Split(string(log), "\n")
	w.t.Logf("the end of the log:\n%s", strings.Join(lines[max(0, len(lines)-80):], "\n"))
}
