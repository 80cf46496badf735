package sqlite

import "fmt"

var nextNumber = statement("next_number")

// NextNumber counts a day (20231115) up by one and returns the new sequence, from 1.
func (tx *Tx) NextNumber(day string) (int, error) {
	last := 0
	if _, err := tx.first(nextNumber, []any{day}, &last); err != nil {
		return 0, fmt.Errorf("next number of %s: %w", day, err)
	}
	return last, nil
}
