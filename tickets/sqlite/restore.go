package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

var (
	lastDay    = statement("last_day")
	jumpNumber = statement("jump_number")
	jumpIDs    = statement("jump_ids")
	startIDs   = statement("start_ids")
)

// How far a restored desk jumps, so that it gives nothing twice that the lost one gave after the backup.
const (
	numberJump  = 1000      // ticket numbers of a day; more than any desk opens between two backups
	idJump      = 1_000_000 // IDs of entries and messages, which are part of Message-IDs
	longestLoss = 366       // days from a backup to its restore
)

// Restore makes a database at path of a backup. There must be none, and the caller holds the daemon's lock. The backup
// is copied and verified before the copy gets its name.
//
// Ticket numbers jump by 1000 on each day from the backup's last number to the day after now, and the IDs that are
// part of Message-IDs by a million, for the desk went on after the backup and what it gave then must not be given
// twice. Mail that was queued when the backup was made stays queued: whether it left afterwards cannot be known, to
// send it again loses nothing, and it carries the same Message-ID, by which a mail server or client knows it. Mails
// taken after the backup lie in the processed folder; moved back, they are taken anew.
func Restore(ctx context.Context, from, path string, now time.Time) (Report, error) {
	report, err := restore(ctx, from, path, now)
	if err != nil {
		return Report{}, fmt.Errorf("restore %s to %s: %w", from, path, err)
	}
	return report, nil
}

func restore(ctx context.Context, from, path string, now time.Time) (Report, error) {
	for _, part := range []string{path, path + "-wal"} {
		if err := mustBeNew(part); err != nil {
			return Report{}, err
		}
	}
	partial, err := partialFile(path)
	if err != nil {
		return Report{}, err
	}
	defer func() {
		for _, part := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(partial + part)
		}
	}()
	if err := copyFile(from, partial); err != nil {
		return Report{}, err
	}
	report, err := Verify(ctx, partial)
	if err != nil {
		return Report{}, err
	}
	if err := jumpIn(ctx, partial, now); err != nil {
		return Report{}, err
	}
	return report, putInPlace(partial, path)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// jumpIn opens a copy, which brings it to the newest schema, and lets it jump. Closing it makes it one file again.
func jumpIn(ctx context.Context, path string, now time.Time) error {
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	err = s.Update(ctx, func(tx *Tx) error { return tx.jump(now) })
	return errors.Join(err, s.Close())
}

func (tx *Tx) jump(now time.Time) error {
	var last string
	if _, err := tx.first(lastDay, nil, &last); err != nil {
		return err
	}
	for _, day := range daysSince(last, now) {
		if _, err := tx.exec(jumpNumber, day, numberJump); err != nil {
			return err
		}
	}
	for _, q := range []*query{jumpIDs, startIDs} {
		if _, err := tx.exec(q, idJump); err != nil {
			return err
		}
	}
	return nil
}

// dayFormat is that of NextNumber's days.
const dayFormat = "20060102"

// daysSince are the days from last to the day after now, in whichever time zone the desk counts them; of a desk
// without numbers, or one from long ago, those of the last year.
func daysSince(last string, now time.Time) (days []string) {
	end := now.UTC().AddDate(0, 0, 1)
	if last > end.Format(dayFormat) {
		return []string{last} // a clock was wrong
	}
	for i := range longestLoss {
		day := end.AddDate(0, 0, -i).Format(dayFormat)
		if day < last {
			break
		}
		days = append(days, day)
	}
	return days
}
