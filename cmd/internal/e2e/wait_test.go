//go:build e2e

package e2e

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// fatal is an error that waiting does not mend.
type fatal struct{ error }

// until tries again and again until what it tries succeeds; other programs' doings can only be watched from outside.
func until(ctx context.Context, patience time.Duration, try func() error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("nothing for %v", patience))
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := try()
		var end fatal
		if err == nil || errors.As(err, &end) {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%w; last: %w", context.Cause(ctx), err)
		}
	}
}
