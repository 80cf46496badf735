package app

import (
	"context"
	"fmt"
	"os"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/tickets/sqlite"
)

// Restore puts a verified copy of a backup in the place of the desk's database. It refuses where a database is or a
// daemon runs.
func Restore(ctx context.Context, cfg *config.Config, from string, now time.Time) (sqlite.Report, error) {
	if err := os.MkdirAll(cfg.Desk.DataDir, 0o700); err != nil {
		return sqlite.Report{}, fmt.Errorf("data folder: %w", err)
	}
	release, err := lock(cfg.Desk.DataDir)
	if err != nil {
		return sqlite.Report{}, err
	}
	defer release()
	return sqlite.Restore(ctx, from, DatabasePath(cfg), now)
}
