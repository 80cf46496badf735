package sqlite

import (
	"context"
	"io"
	"time"

	"maildesk/tickets"
)

// MessageByContent finds a mail by its content key; nil when it is new.
func (tx *Tx) MessageByContent(key [32]byte) (*tickets.LedgerMessage, error) {
	var m tickets.LedgerMessage
	found, err := tx.one("message_by_content", scanMessage(&m), key[:])
	if !found {
		return nil, err
	}
	return &m, nil
}

// MessagesByHeaderID finds the mails with a Message-ID, oldest first; none for "".
func (tx *Tx) MessagesByHeaderID(id string) ([]tickets.LedgerMessage, error) {
	var all []tickets.LedgerMessage
	return all, tx.each("messages_by_header_id", appendMessage(&all), id)
}

// AddMessage stores a mail and its raw bytes and sets its ID.
func (tx *Tx) AddMessage(m *tickets.LedgerMessage, raw io.Reader) error {
	chunk, size, err := tx.addChunks(raw)
	if err != nil {
		return err
	}
	m.Size = size
	m.ID, err = tx.insert("add_message", m.ContentKey[:], m.HeaderID, m.From.Name, tickets.AddressKey(m.From.Address),
		m.Subject, m.Size, chunk, string(m.Verdict), m.Reason, m.Evidence, reference(m.Ticket), reference(m.Entry),
		string(m.Decision), string(m.Known), m.RulesVersion, millis(m.Now))
	return err
}

// SetMessage stores what was decided of a mail anew.
func (tx *Tx) SetMessage(m *tickets.LedgerMessage) error {
	_, err := tx.exec("set_message", string(m.Verdict), m.Reason, m.Evidence, reference(m.Ticket), reference(m.Entry),
		string(m.Decision), string(m.Known), m.RulesVersion, millis(m.Now), m.ID)
	return err
}

// AddSighting records an appearance of a mail; false when it is in the ledger already. A UID of 0 is given the next of
// its folder, and needs no acknowledgement: no server waits for one.
func (tx *Tx) AddSighting(s *tickets.Sighting) (bool, error) {
	folder, err := tx.folder(s)
	if err != nil {
		return false, err
	}
	acknowledged := s.Acknowledged
	if s.UID == 0 {
		if _, err := tx.one("last_uid", func(row scanner) error { return row.Scan(&s.UID) }, folder); err != nil {
			return false, err
		}
		s.UID++
		acknowledged = s.At
	}
	n, err := tx.exec("add_sighting", folder, s.UID, reference(s.Message), string(s.Verdict), s.Reason, millis(s.At),
		millis(acknowledged), s.HeaderID, tickets.AddressKey(s.From), s.Subject)
	return n > 0, err
}

// folder is the row of a sighting's folder, made when it is new.
func (tx *Tx) folder(s *tickets.Sighting) (id int64, err error) {
	scan := func(row scanner) error { return row.Scan(&id) }
	found, err := tx.one("folder_id", scan, s.Source, s.Folder, s.UIDValidity)
	if found || err != nil {
		return id, err
	}
	if _, err := tx.exec("add_folder", s.Source, s.Folder, s.UIDValidity, millis(s.At), 0); err != nil {
		return 0, err
	}
	_, err = tx.one("folder_id", scan, s.Source, s.Folder, s.UIDValidity)
	return id, err
}

// SightingVerdict is the verdict of a sighting that is in the ledger; "" when it is not.
func (tx *Tx) SightingVerdict(source, folder string, uidValidity, uid uint32) (v tickets.Verdict, err error) {
	_, err = tx.one("sighting_verdict", func(row scanner) error { return row.Scan((*string)(&v)) }, source, folder, uidValidity, uid)
	return v, err
}

// SkippedHeaderID reports whether a mail with that Message-ID was skipped in this folder, under any UIDVALIDITY.
func (tx *Tx) SkippedHeaderID(source, folder, id string) (skipped bool, err error) {
	_, err = tx.one("skipped_header_id", func(row scanner) error { return row.Scan(&skipped) }, id, source, folder)
	return skipped, err
}

// Cursor tells how far the ledger has come in a folder. A folder under a UIDVALIDITY that is new is recorded, with
// uidNext, before Cursor returns.
func (s *Store) Cursor(ctx context.Context, source, folder string, uidValidity, uidNext uint32, now time.Time) (tickets.Cursor, error) {
	var c tickets.Cursor
	err := s.Update(ctx, func(tx *Tx) error {
		c = tickets.Cursor{}
		if _, err := tx.exec("add_folder", source, folder, uidValidity, millis(now), uidNext); err != nil {
			return err
		}
		id, err := tx.firstStart(&c, source, folder, uidValidity)
		if err != nil {
			return err
		}
		if _, err := tx.one("last_uid", func(row scanner) error { return row.Scan(&c.Last) }, id); err != nil {
			return err
		}
		return tx.each("pending_sightings", func(row scanner) error {
			p := tickets.Sighting{Source: source, Folder: folder, UIDValidity: uidValidity}
			err := row.Scan(&p.UID, (*string)(&p.Verdict))
			c.Pending = append(c.Pending, p)
			return err
		}, id)
	})
	return c, err
}

// firstStart fills in what a folder's history says and returns the row of uidValidity.
func (tx *Tx) firstStart(c *tickets.Cursor, source, folder string, uidValidity uint32) (id int64, err error) {
	first := true
	err = tx.each("folders", func(row scanner) error {
		var row1, seen int64
		var validity, uidNext uint32
		if err := row.Scan(&row1, &validity, &seen, &uidNext); err != nil {
			return err
		}
		if first {
			c.FirstStart, c.Renumbered = instant(seen), validity != uidValidity
			if !c.Renumbered {
				c.SkipBelow = uidNext
			}
			first = false
		}
		if validity == uidValidity {
			id = row1
		}
		return nil
	}, source, folder)
	return id, err
}

// Seen returns the UIDs of a folder that the ledger knows, ascending.
func (s *Store) Seen(ctx context.Context, source, folder string, uidValidity uint32) ([]uint32, error) {
	var uids []uint32
	err := s.read(ctx, "seen_uids", func(row scanner) error {
		var uid uint32
		err := row.Scan(&uid)
		uids = append(uids, uid)
		return err
	}, source, folder, uidValidity)
	return uids, err
}

// Acknowledge records that the server was told about these UIDs.
func (s *Store) Acknowledge(ctx context.Context, source, folder string, uidValidity uint32, uids []uint32, at time.Time) error {
	return s.Update(ctx, func(tx *Tx) error {
		id, err := tx.folder(&tickets.Sighting{Source: source, Folder: folder, UIDValidity: uidValidity, At: at})
		if err != nil {
			return err
		}
		for _, uid := range uids {
			if _, err := tx.exec("acknowledge", millis(at), id, uid); err != nil {
				return err
			}
		}
		return nil
	})
}

func scanMessage(m *tickets.LedgerMessage) func(scanner) error {
	return func(row scanner) error {
		var key []byte
		var ticket, entry *int64
		var number *string
		var decision, known string
		var now int64
		err := row.Scan(&m.ID, &key, &m.HeaderID, &m.From.Name, &m.From.Address, &m.Subject, &m.Size, (*string)(&m.Verdict),
			&m.Reason, &m.Evidence, &ticket, &number, &entry, &decision, &known, &m.RulesVersion, &now)
		if err != nil {
			return err
		}
		copy(m.ContentKey[:], key)
		m.Ticket, m.Entry, m.Number = orZero(ticket), orZero(entry), orZero(number)
		m.Decision, m.Known, m.Now = []byte(decision), []byte(known), instant(now)
		return nil
	}
}

func appendMessage(all *[]tickets.LedgerMessage) func(scanner) error {
	return func(row scanner) error {
		var m tickets.LedgerMessage
		err := scanMessage(&m)(row)
		*all = append(*all, m)
		return err
	}
}

func scanSighting(all *[]tickets.Sighting) func(scanner) error {
	return func(row scanner) error {
		var s tickets.Sighting
		var message *int64
		var at, acknowledged int64
		err := row.Scan(&s.ID, &s.Source, &s.Folder, &s.UIDValidity, &s.UID, &message, (*string)(&s.Verdict), &s.Reason,
			&at, &acknowledged, &s.HeaderID, &s.From, &s.Subject)
		s.Message, s.At, s.Acknowledged = orZero(message), instant(at), instant(acknowledged)
		*all = append(*all, s)
		return err
	}
}

func orZero[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
