package main

import (
	"context"
	"fmt"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
)

// serveCmd is "maildesk serve".
type serveCmd struct{ configFlag }

func (c *serveCmd) Run(ctx context.Context, g *globals) error {
	desk, warnings, err := config.Load(c.Config, g.env)
	if err != nil {
		return err
	}
	for _, warning := range warnings {
		g.log.Warn("configuration", "reason", warning)
	}
	return withApp(ctx, g, desk, func(a *app.App) error { return a.Serve(ctx) })
}

// withApp opens the desk of a configuration for as long as f runs.
func withApp(ctx context.Context, g *globals, desk *config.Config, f func(*app.App) error) (err error) {
	a, err := app.Open(ctx, desk, app.Options{Log: g.log, Now: g.now, Version: versionLine()})
	if err != nil {
		return err
	}
	defer func() {
		if closing := a.Close(); err == nil && closing != nil {
			err = fmt.Errorf("close the desk: %w", closing)
		}
	}()
	return f(a)
}
