package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Options are what Run takes from its caller.
type Options struct {
	Dir      string              // everything is left here; "" makes a folder, which is removed with Once, unless something went wrong
	Once     bool                // end after the story, instead of staying up until ctx ends
	Out      io.Writer           // the terminal
	Coloured bool                // whether Out shows colours
	Log      io.Writer           // gets the log beside its file; nil = nobody
	Env      func(string) string // as os.Getenv
	Now      func() time.Time
	Version  string
}

// ErrStopped is how the demo ends when its ctx does before the story: nobody's mistake, but the story was not told.
var ErrStopped = errors.New("stopped before the end of the story")

// stopped is the error of something that ctx may have cut short: ErrStopped where somebody ended ctx.
func stopped(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil || errors.Is(err, ErrStopped) || errors.Is(context.Cause(ctx), errDeskEnded) {
		return err
	}
	return ErrStopped
}

// Run opens the post office and the desk, plays the story and, without Once, stays up until ctx ends. A step of the
// story that did not go as told is an error, which names the chapter; when ctx ends first it is ErrStopped, and the
// terminal has been told.
func Run(ctx context.Context, opt Options) error {
	dir, err := makeFolder(opt.Dir)
	if err != nil {
		return err
	}
	s := newSite(dir, opt)
	err = s.open(ctx)
	if err == nil {
		err = s.run(ctx)
	}
	if err = stopped(ctx, err); errors.Is(err, ErrStopped) {
		s.tell.line("", "\n%v", err)
	}
	err = errors.Join(err, s.close())
	if opt.Once && opt.Dir == "" && (err == nil || errors.Is(err, ErrStopped)) {
		return errors.Join(err, os.RemoveAll(dir))
	}
	s.tell.line("", "\nMails, log and data are in %s; to look at them: maildesk ticket list -c %s", dir, filepath.Join(dir, configurationFile))
	return err
}

// makeFolder makes the folder of a demo. An earlier demo's is not taken: its mailboxes are gone, its tickets are not.
func makeFolder(dir string) (string, error) {
	if dir == "" {
		made, err := os.MkdirTemp("", "maildesk-demo-")
		if err != nil {
			return "", fmt.Errorf("make a folder for the demo: %w", err)
		}
		return made, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the demo's folder: %w", err)
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("look into the demo's folder: %w", err)
	}
	if len(there) > 0 {
		return "", fmt.Errorf("%s is not empty, and the demo never overwrites: empty it or name another folder", dir)
	}
	return dir, nil
}
