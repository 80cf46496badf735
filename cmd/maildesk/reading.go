package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/tickets/sqlite"
)

// withStore opens the desk of a configuration for reading, beside whatever else uses it.
func withStore(ctx context.Context, desk *config.Config, f func(*sqlite.Store) error) (err error) {
	store, err := sqlite.Open(ctx, app.DatabasePath(desk), sqlite.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no desk in %s yet: start maildesk serve first", desk.Desk.DataDir)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return f(store)
}
