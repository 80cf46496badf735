package sqlite

import (
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	setAway  = statement("set_away")
	dropAway = statement("drop_away")
	awayAt   = statement("away_at")
)

// SetAway records that a person is absent from an instant until another, according to a source, whose earlier word on
// that person it replaces. An absence that ends no later than it begins, such as that of two zero times, only removes it.
func (tx *Tx) SetAway(address string, from, until time.Time, source string) error {
	key := tickets.AddressKey(address)
	if key == "" {
		return fmt.Errorf("set absence by %s: no address", source)
	}
	q, args := setAway, []any{key, source, from, until}
	if !until.After(from) {
		q, args = dropAway, []any{key, source}
	}
	if _, err := tx.exec(q, args...); err != nil {
		return fmt.Errorf("set absence of %s: %w", key, err)
	}
	return nil
}

// AwayAt tells who is absent at an instant, by AddressKey, and until when by the source that says the longest.
func (tx *Tx) AwayAt(at time.Time) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	err := tx.each(awayAt, []any{at, at}, func(r row) error {
		var key string
		var until time.Time
		err := r.scan(&key, &until)
		out[key] = until
		return err
	})
	return out, err
}
