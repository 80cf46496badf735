package app

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// lockFile is held by the daemon as long as it runs; the system lets go of it when the process ends, however it ends.
const lockFile = "maildesk.lock"

// Locked says that a daemon uses the data folder.
type Locked struct {
	Dir   string
	Owner string // what the lock file says of the daemon, such as "process 4711"
}

// Error says which daemon it is and what to do.
func (e *Locked) Error() string {
	return fmt.Sprintf("another maildesk serve (%s) uses %s: stop it first, or give this one a desk.data_dir of its own", e.Owner, e.Dir)
}

// lock takes a data folder for this process; release gives it back.
func lock(dir string) (release func(), err error) {
	f, err := hold(dir, os.O_RDWR|os.O_CREATE, syscall.LOCK_EX)
	if err != nil {
		return nil, err
	}
	if err := f.Truncate(0); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	if _, err := fmt.Fprintf(f, "process %d\n", os.Getpid()); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	return func() { f.Close() }, nil
}

// CheckUnlocked reports, as *Locked, a daemon that uses the data folder. It leaves no trace there.
func CheckUnlocked(dir string) error {
	f, err := hold(dir, os.O_RDONLY, syscall.LOCK_SH)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // no daemon has ever run
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// hold opens the lock file and takes it in the given way, or says who has it.
func hold(dir string, flags, how int) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), flags, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	switch err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB); {
	case errors.Is(err, syscall.EWOULDBLOCK):
		owner, _ := io.ReadAll(io.LimitReader(f, 100))
		f.Close()
		return nil, &Locked{Dir: dir, Owner: strings.TrimSpace(string(owner))}
	case err != nil:
		f.Close()
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	return f, nil
}
