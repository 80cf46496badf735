package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/dustin/go-humanize"

	"maildesk/cmd/internal/app"
)

// Free space of the data folder: a full disk stops the desk, for nothing is done that is not stored first.
const (
	lowSpace   = 1 << 30
	spaceToRun = 100 << 20
)

// checkFolder looks at the data folder, its disk, whether a daemon uses it, and at the clock by what is stored there.
func checkFolder(list *checklist, dir string, now time.Time) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		list.fail(fmt.Sprintf("data folder %s: does not exist; make it for the user that runs maildesk: install -d -m 700 %s", dir, dir))
		return
	case err != nil:
		list.fail(fmt.Sprintf("data folder %s: %v; let the user that runs maildesk reach it", dir, withoutPath(err)))
		return
	}
	checkWritable(list, dir, info.Mode())
	checkSpace(list, dir)
	checkLock(list, dir)
	checkClock(list, dir, now)
}

func checkWritable(list *checklist, dir string, mode fs.FileMode) {
	probe, err := os.CreateTemp(dir, "check-")
	if err != nil {
		list.fail(fmt.Sprintf("data folder %s: cannot be written to: %v; chown it to the user that runs maildesk", dir, withoutPath(err)))
		return
	}
	probe.Close()
	os.Remove(probe.Name())
	if mode.Perm()&0o007 != 0 {
		list.warn(fmt.Sprintf("data folder %s: is open to everyone on this machine (mode %04o), with all mail in it; chmod 700 %s", dir, mode.Perm(), dir))
		return
	}
	list.ok(fmt.Sprintf("data folder %s: can be written to", dir))
}

func checkSpace(list *checklist, dir string) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		list.warn(fmt.Sprintf("disk of %s: its free space is not known: %v; look at it with df", dir, err))
		return
	}
	free := uint64(disk.Bavail) * uint64(disk.Bsize)
	line := fmt.Sprintf("disk of %s: %s free", dir, humanize.IBytes(free))
	switch {
	case free < spaceToRun:
		list.fail(line + "; make room, or mail will stay on the server")
	case free < lowSpace:
		list.warn(line + "; make room soon")
	default:
		list.ok(line)
	}
}

func checkLock(list *checklist, dir string) {
	var locked *app.Locked
	switch err := app.CheckUnlocked(dir); {
	case errors.As(err, &locked):
		list.ok(fmt.Sprintf("daemon: runs on this folder (%s)", locked.Owner))
	case err != nil:
		list.fail(fmt.Sprintf("daemon: %v; chown the data folder to the user that runs maildesk", err))
	default:
		list.ok("daemon: none runs on this folder")
	}
}

// clockTolerance is what two clocks may differ without anybody noticing.
const clockTolerance = 2 * time.Minute

// checkClock finds a clock that was set back by what was stored under a later one. Numbers carry the date.
func checkClock(list *checklist, dir string, now time.Time) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		list.fail(fmt.Sprintf("data folder %s: %v; chown it to the user that runs maildesk", dir, withoutPath(err)))
		return
	}
	latest := time.Time{}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.ModTime().After(latest) {
			latest = info.ModTime()
		}
	}
	if ahead := latest.Sub(now); ahead > clockTolerance {
		list.fail(fmt.Sprintf("clock: it is %s, but the data folder was written to at %s; set the clock (timedatectl set-ntp true)",
			now.Format(time.RFC3339), latest.In(now.Location()).Format(time.RFC3339)))
		return
	}
	list.ok("clock: " + now.Format(time.RFC3339))
}
