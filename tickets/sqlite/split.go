package sqlite

import "fmt"

var (
	moveEntry     = statement("move_entry")
	moveMessage   = statement("move_message")
	movedHeaderID = statement("moved_header_id")
	dropHeaderID  = statement("drop_header_id")
)

// MoveEntries puts entries of a ticket onto another, with the ledger's messages that they came with and their Message-IDs, so that
// answers to those mails go there from now on. What the desk wrote because of them stays.
func (tx *Tx) MoveEntries(from, to int64, entries []int64) error {
	for _, id := range entries {
		n, err := tx.change(moveEntry, to, id, from)
		if err == nil && n == 0 {
			err = fmt.Errorf("ticket %d has no such entry", from)
		}
		if err != nil {
			return fmt.Errorf("move entry %d: %w", id, err)
		}
		if _, err := tx.exec(moveMessage, to, id, from); err != nil {
			return err
		}
	}
	for _, id := range entries { // when all have moved, for two may have one Message-ID
		var header string
		found, err := tx.first(movedHeaderID, []any{id, from}, &header)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		if _, err := tx.exec(dropHeaderID, header, from); err != nil {
			return err
		}
		if err := tx.AddHeaderIDs(to, []string{header}); err != nil {
			return err
		}
	}
	return nil
}
