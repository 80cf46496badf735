package sqlite

import (
	"errors"
	"fmt"
	"io"

	"maildesk/tickets"
)

var (
	addMessage           = statement("add_message")
	setMessage           = statement("set_message")
	messageIDByContent   = statement("message_id_by_content")
	messageByID          = statement("message_by_id")
	messageIDsByHeaderID = statement("message_ids_by_header_id")
	nextUID              = statement("next_uid")
	addSighting          = statement("add_sighting")
	sightingVerdict      = statement("sighting_verdict")
	skippedHeaderID      = statement("skipped_header_id")
)

// MessageByContent finds a mail that was taken before by its content key, nil when there is none.
func (tx *Tx) MessageByContent(key [32]byte) (*tickets.LedgerMessage, error) {
	var id int64
	found, err := tx.first(messageIDByContent, []any{key[:]}, &id)
	if err != nil || !found {
		return nil, err
	}
	return tx.message(id)
}

// MessagesByHeaderID finds the mails with that Message-ID, oldest first; none for "".
func (tx *Tx) MessagesByHeaderID(id string) ([]tickets.LedgerMessage, error) {
	ids, err := tx.ids(messageIDsByHeaderID, id)
	if err != nil {
		return nil, err
	}
	return tx.messages(ids)
}

// MessageByID reads a mail of the ledger, nil when it is not there.
func (tx *Tx) MessageByID(id int64) (*tickets.LedgerMessage, error) {
	m, err := tx.message(id)
	if errors.Is(err, errNoMessage) {
		return nil, nil
	}
	return m, err
}

// HeldMessage reads a mail that waits for a proof of its sender, nil when it is not there or waits no longer.
func (tx *Tx) HeldMessage(id int64) (*tickets.LedgerMessage, error) {
	m, err := tx.MessageByID(id)
	if err != nil || m == nil || m.Verdict != tickets.VerdictHold {
		return nil, err
	}
	return m, nil
}

// ids reads a result of one column.
func (a *access) ids(q *query, args ...any) (out []int64, err error) {
	err = a.each(q, args, func(r row) error {
		var id int64
		err := r.scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

func (a *access) messages(ids []int64) ([]tickets.LedgerMessage, error) {
	var out []tickets.LedgerMessage
	for _, id := range ids {
		m, err := a.message(id)
		if err != nil {
			return nil, err
		}
		out = append(out, *m)
	}
	return out, nil
}

var errNoMessage = errors.New("it is not there")

func (a *access) message(id int64) (*tickets.LedgerMessage, error) {
	m := &tickets.LedgerMessage{}
	var key []byte
	var decision, known string
	found, err := a.first(messageByID, []any{id}, &m.ID, &key, &m.HeaderID, &m.From.Address, &m.From.Name, &m.Subject,
		&m.Size, (*string)(&m.Verdict), &m.Reason, &m.Evidence, &m.Ticket, &m.Number, &m.Entry, &m.RulesVersion,
		&m.Now, &decision, &known)
	if err == nil && !found {
		err = fmt.Errorf("message %d: %w", id, errNoMessage)
	}
	if err != nil {
		return nil, err
	}
	copy(m.ContentKey[:], key)
	m.Decision, m.Known = []byte(decision), []byte(known)
	return m, nil
}

// AddMessage stores a mail and its raw bytes, and sets its ID and Size. An error of raw is Temporary.
func (tx *Tx) AddMessage(m *tickets.LedgerMessage, raw io.Reader) error {
	blob, size, err := tx.addBlob(raw)
	if err != nil {
		return fmt.Errorf("store mail: %w", err)
	}
	m.Size = size
	m.ID, err = tx.insert(addMessage, m.ContentKey[:], m.HeaderID, tickets.AddressKey(m.From.Address), m.From.Address,
		m.From.Name, m.Subject, m.Size, string(m.Verdict), m.Reason, m.Evidence, reference(m.Ticket), reference(m.Entry),
		blob, m.RulesVersion, m.Now, string(m.Decision), string(m.Known))
	if err != nil {
		return fmt.Errorf("store mail: %w", err)
	}
	return nil
}

// SetMessage stores a new verdict, reason, evidence, ticket, entry, decision, known, rules version and instant.
func (tx *Tx) SetMessage(m *tickets.LedgerMessage) error {
	n, err := tx.change(setMessage, string(m.Verdict), m.Reason, m.Evidence, reference(m.Ticket), reference(m.Entry),
		m.RulesVersion, m.Now, string(m.Decision), string(m.Known), m.ID)
	if err == nil && n == 0 {
		err = fmt.Errorf("message %d is not there", m.ID)
	}
	return err
}

// AddSighting records an appearance of a mail and sets its ID; false when that very sighting is in the ledger already.
// With UID 0, which no server gives (RFC 9051 2.3.1.1), the next of the folder is given and set.
func (tx *Tx) AddSighting(s *tickets.Sighting) (bool, error) {
	if s.UID == 0 {
		if _, err := tx.first(nextUID, []any{s.Source, s.Folder, s.UIDValidity}, &s.UID); err != nil {
			return false, err
		}
	}
	result, err := tx.exec(addSighting, s.Source, s.Folder, s.UIDValidity, s.UID, reference(s.Message), string(s.Verdict),
		s.Reason, s.At, s.Acknowledged, s.HeaderID, s.From, s.Subject)
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	s.ID, err = result.LastInsertId()
	return true, err
}

// SightingVerdict is the verdict of a sighting that is in the ledger already, "" of one that is not.
func (tx *Tx) SightingVerdict(source, folder string, uidValidity, uid uint32) (verdict tickets.Verdict, err error) {
	_, err = tx.first(sightingVerdict, []any{source, folder, uidValidity, uid}, (*string)(&verdict))
	return verdict, err
}

// SkippedHeaderID reports whether a mail with that Message-ID was skipped in this folder before.
func (tx *Tx) SkippedHeaderID(source, folder, id string) (bool, error) {
	var one int
	return tx.first(skippedHeaderID, []any{id, source, folder}, &one)
}
