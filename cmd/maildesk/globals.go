package main

import (
	"io"
	"log/slog"
	"os"
	"time"

	"golang.org/x/term"

	"maildesk/cmd/internal/config"
)

// globals is the world of a command.
type globals struct {
	env    func(string) string
	stdin  io.Reader
	stdout io.Writer // machine output
	stderr io.Writer // logs, progress, errors
	now    func() time.Time
	log    *slog.Logger
}

func newGlobals(env func(string) string, stdin io.Reader, stdout, stderr io.Writer) *globals {
	return &globals{
		env:    env,
		stdin:  stdin,
		stdout: stdout,
		stderr: stderr,
		now:    time.Now,
		log:    slog.New(slog.NewTextHandler(stderr, nil)),
	}
}

// coloured reports whether a person looks at stdout and has nothing against colours (https://no-color.org).
func (g *globals) coloured() bool {
	file, isFile := g.stdout.(*os.File)
	return isFile && term.IsTerminal(int(file.Fd())) && g.env("NO_COLOR") == "" && g.env("TERM") != "dumb"
}

// configFlag is the -c of every command that works on a desk.
type configFlag struct {
	Config string `short:"c" placeholder:"FILE" default:"maildesk.toml" complete:"file" help:"The configuration (${default})."`
}

// load reads the configuration. Its warnings are told by check and serve; the others do not repeat them.
func (f configFlag) load(g *globals) (*config.Config, error) {
	desk, _, err := config.Load(f.Config, g.env)
	return desk, err
}
