package mailin

import (
	"context"
	"time"
)

// Desk is who takes the mail. Its methods are called by one goroutine for each account, Acknowledged by one beside it.
type Desk interface {
	// Cursor tells what the ledger knows of a folder, at a session's start. A folder that it does not know under any
	// UIDVALIDITY is at its first start now: that instant and uidNext, below which all UIDs of the folder lie, are
	// recorded before Cursor returns.
	Cursor(ctx context.Context, account, folder string, uidValidity, uidNext uint32) (Cursor, error)

	// Seen returns the UIDs that the ledger has under this UIDVALIDITY, whatever became of them.
	Seen(ctx context.Context, account, folder string, uidValidity uint32) (map[uint32]struct{}, error)

	// Take takes a batch over, in order, and returns at once. What became of it arrives on the channel, which has room
	// for it, when the batch is committed, or soon after ctx ends. Batches are committed in the order of the calls.
	// After an outcome with Err the batch is handed over again, after the batches behind it have had their outcome; what
	// of it was taken nevertheless the desk knows by its UID. The mails may be read until the outcome is sent.
	Take(ctx context.Context, batch []*Mail) <-chan Outcome

	// Acknowledged records that the server has been told about these UIDs.
	Acknowledged(ctx context.Context, account, folder string, uidValidity uint32, uids []uint32) error
}

// Cursor is how far the desk has come in a folder.
type Cursor struct {
	FirstStart time.Time // when the folder was first seen, under any UIDVALIDITY
	SkipBelow  uint32    // the UIDNEXT of the first start, if that was under this UIDVALIDITY, else 0
	Renumbered bool      // the first start was under another UIDVALIDITY
	Last       uint32    // the highest UID in the ledger under this UIDVALIDITY, 0 when there is none
	Pending    []Pending // committed under this UIDVALIDITY, but not acknowledged yet
}

// Pending is a mail about which the server has still to be told.
type Pending struct {
	UID         uint32
	Disposition Disposition
}

// Disposition says what becomes of a mail on the server once the desk has committed it.
type Disposition int

// The dispositions. Where the folder to move to is "", the mail is marked \Seen and stays.
const (
	Processed Disposition = iota // \Seen and into the processed folder
	Failed                       // \Seen and into the failed folder
	Leave                        // stays as it is
)

// String names the disposition for logs.
func (d Disposition) String() string {
	switch d {
	case Processed:
		return "processed"
	case Failed:
		return "failed"
	default:
		return "leave"
	}
}

// Outcome is what became of a batch.
type Outcome struct {
	Dispositions []Disposition // one for each mail of the batch, in its order
	Err          error         // the batch was not taken, or not all of it
}
