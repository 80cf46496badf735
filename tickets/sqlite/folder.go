package sqlite

import (
	"context"
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	firstFolder = statement("first_folder")
	addFolder   = statement("add_folder")
	lastUID     = statement("last_uid")
	pending     = statement("pending")
	seenUIDs    = statement("seen_uids")
	acknowledge = statement("acknowledge")
)

// Cursor tells how far the ledger has come in a folder of an account. A folder that is seen for the first time under
// this UIDVALIDITY is recorded with now and uidNext before Cursor returns.
func (s *Store) Cursor(ctx context.Context, source, folder string, uidValidity, uidNext uint32, now time.Time) (c tickets.Cursor, err error) {
	err = s.Update(ctx, func(tx *Tx) error {
		c = tickets.Cursor{}
		recorded, err := tx.change(addFolder, source, folder, uidValidity, now, uidNext)
		if err != nil {
			return err
		}
		var first uint32
		if _, err := tx.first(firstFolder, []any{source, folder}, &first, &c.FirstStart, &c.SkipBelow); err != nil {
			return err
		}
		c.Renumbered = first != uidValidity
		c.First = recorded > 0 && !c.Renumbered
		if c.Renumbered {
			c.SkipBelow = 0
		}
		if _, err := tx.first(lastUID, []any{source, folder, uidValidity}, &c.Last); err != nil {
			return err
		}
		c.Pending, err = tx.pending(source, folder, uidValidity)
		return err
	})
	if err != nil {
		return tickets.Cursor{}, fmt.Errorf("cursor of %s %s: %w", source, folder, err)
	}
	return c, nil
}

// pending are the sightings about which the server has still to be told. What was skipped or has vanished is left as
// it is.
func (tx *Tx) pending(source, folder string, uidValidity uint32) (out []tickets.Sighting, err error) {
	err = tx.each(pending, []any{source, folder, uidValidity}, func(r row) error {
		s := tickets.Sighting{Source: source, Folder: folder, UIDValidity: uidValidity}
		err := r.scan(&s.ID, &s.UID, &s.Message, (*string)(&s.Verdict), &s.Reason, &s.At, &s.HeaderID, &s.From, &s.Subject)
		out = append(out, s)
		return err
	})
	return out, err
}

// Seen returns the UIDs of a folder that the ledger has under this UIDVALIDITY, whatever became of them, ascending.
func (s *Store) Seen(ctx context.Context, source, folder string, uidValidity uint32) (uids []uint32, err error) {
	err = s.view(ctx, func(v *access) error {
		return v.each(seenUIDs, []any{source, folder, uidValidity}, func(r row) error {
			var uid uint32
			err := r.scan(&uid)
			uids = append(uids, uid)
			return err
		})
	})
	return uids, err
}

// Acknowledge records, in one transaction, that the server was told about these UIDs at an instant. The first instant
// stays.
func (s *Store) Acknowledge(ctx context.Context, source, folder string, uidValidity uint32, uids []uint32, at time.Time) error {
	if len(uids) == 0 {
		return nil
	}
	return s.Update(ctx, func(tx *Tx) error {
		for _, uid := range uids {
			if _, err := tx.exec(acknowledge, at, source, folder, uidValidity, uid); err != nil {
				return fmt.Errorf("acknowledge %s %s %d: %w", source, folder, uid, err)
			}
		}
		return nil
	})
}
