package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"maildesk/cmd/internal/config"
	"maildesk/tickets/thread"
)

// initCmd is "maildesk init".
type initCmd struct {
	Dir string `arg:"" optional:"" default:"." complete:"file" help:"The folder to write into (${default}); it is made where it is missing."`
}

func (c *initCmd) Run(g *globals) error {
	if err := c.refuseExisting(); err != nil {
		return err
	}
	key, err := thread.NewKey("1")
	if err != nil {
		return err
	}
	secret := "# Signs what maildesk sends: without it, answers to mails that are out no longer count as proof.\n" +
		"# Keep a copy, but not beside the backups of the data.\n" + key.Line() + "\n"

	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.Mkdir(c.path("data"), 0o700); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	if err := writeNew(c.path("maildesk.secret"), []byte(secret), 0o600); err != nil {
		return err
	}
	if err := writeNew(c.path("maildesk.toml"), config.Sample(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(g.stderr, "wrote %s, %s and the folder %s\n", c.path("maildesk.toml"), c.path("maildesk.secret"), c.path("data"))
	fmt.Fprintf(g.stderr, "next: edit %s, put the passwords into files of mode 0600, then: maildesk check -c %s\n", c.path("maildesk.toml"), c.path("maildesk.toml"))
	return nil
}

func (c *initCmd) path(name string) string { return filepath.Join(c.Dir, name) }

// refuseExisting names everything that init would have to overwrite, before anything is written.
func (c *initCmd) refuseExisting() error {
	var there []string
	for _, name := range []string{"maildesk.toml", "maildesk.secret", "data"} {
		if _, err := os.Lstat(c.path(name)); !errors.Is(err, fs.ErrNotExist) {
			there = append(there, c.path(name))
		}
	}
	if len(there) > 0 {
		return fmt.Errorf("nothing written, for init never overwrites: %s exists already; name another folder", strings.Join(there, ", "))
	}
	return nil
}

// writeNew writes a file that does not exist yet, whatever happened since it was looked for.
func writeNew(path string, content []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("write new file: %w", err)
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
