package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"maildesk/cmd/internal/app"
)

// importCmd is "maildesk import".
type importCmd struct {
	configFlag
	Mbox    string `xor:"archive" required:"" placeholder:"F" complete:"file" help:"An mbox file."`
	Maildir string `xor:"archive" required:"" placeholder:"D" complete:"file" help:"A Maildir: the folder that has cur and new."`
}

func (c *importCmd) Run(ctx context.Context, g *globals) error {
	desk, err := c.load(g)
	if err != nil {
		return err
	}
	old, err := app.OpenArchive(c.Mbox, c.Maildir)
	if err != nil {
		return err
	}
	defer old.Close()
	return withApp(ctx, g, desk, func(a *app.App) error {
		bar := progress(g.stderr, "import", old.Total())
		counts, err := a.Import(ctx, c.Mbox+c.Maildir, old, func(done int64) { _ = bar.Set64(done) })
		_ = bar.Exit()
		for _, verdict := range slices.Sorted(maps.Keys(counts)) {
			fmt.Fprintf(g.stdout, "%6d  %s\n", counts[verdict], verdict)
		}
		return err
	})
}

// progress draws a bar where a person looks on, and nothing elsewhere.
func progress(w io.Writer, what string, total int64) *progressbar.ProgressBar {
	file, isFile := w.(*os.File)
	watched := isFile && term.IsTerminal(int(file.Fd()))
	return progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionSetVisibility(watched),
		progressbar.OptionSetDescription(what), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))
}
