package app

import (
	"context"
	"time"
)

// Sweep does what is due at an instant, as the running desk does when its time has come.
func (a *App) Sweep(ctx context.Context, now time.Time) error {
	_, err := a.sweeper.Sweep(ctx, now)
	return err
}
