package app

import (
	"errors"
	"fmt"
	"io"
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
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
	case errors.Is(err, syscall.EWOULDBLOCK):
		owner, _ := io.ReadAll(io.LimitReader(f, 100))
		f.Close()
		return nil, &Locked{Dir: dir, Owner: strings.TrimSpace(string(owner))}
	case err != nil:
		f.Close()
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	if err := f.Truncate(0); err == nil {
		_, err = fmt.Fprintf(f, "process %d\n", os.Getpid())
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
		}
	}
	return func() { f.Close() }, nil
}

// CheckUnlocked reports, as *Locked, a daemon that uses the data folder.
func CheckUnlocked(dir string) error {
	release, err := lock(dir)
	if err == nil {
		release()
	}
	return err
}
