package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
)

// patience is how long a step may take. It takes some milliseconds.
const patience = 10 * time.Second

// story is a story under way. A step that goes wrong ends it: the steps after it do nothing.
type story struct {
	*site
	ctx      context.Context
	err      error
	answered int // mails of the desk that were told of
}

// dispatch is a mail of the story on its way to the desk.
type dispatch struct {
	from    person
	sender  string // reverse-path
	id      string
	subject string
	raw     []byte
	begun   time.Time // of handing it over
	times   int       // that it was handed over
}

// step runs f unless the story has ended.
func (s *story) step(f func(ctx context.Context) error) {
	if s.err != nil {
		return
	}
	ctx, cancel := context.WithTimeoutCause(s.ctx, patience, fmt.Errorf("nothing within %v", patience))
	defer cancel()
	if s.err = f(ctx); s.err != nil {
		s.tell.wrong(s.err)
	}
}

// note says what happens next.
func (s *story) note(format string, args ...any) {
	if s.err == nil {
		s.tell.line("", "   "+format, args...)
	}
}

// sends lets a person write to the desk.
func (s *story) sends(from person, mail string) *dispatch {
	return s.send(from, from.Address, mail, letter{}, person{})
}

// replies lets a person answer a mail of the desk.
func (s *story) replies(from person, mail string, to letter) *dispatch {
	return s.send(from, from.Address, mail, to, person{})
}

// repliesByMachine lets a person's server answer, with the null reverse-path (RFC 3834 3.3).
func (s *story) repliesByMachine(from person, mail string, to letter) *dispatch {
	return s.send(from, "", mail, to, person{})
}

// passesOn lets a person forward what another wrote to them.
func (s *story) passesOn(from person, mail string, of person) *dispatch {
	return s.send(from, from.Address, mail, letter{}, of)
}

func (s *story) send(from person, sender, name string, re letter, of person) *dispatch {
	d := &dispatch{from: from, sender: sender}
	s.step(func(ctx context.Context) (err error) {
		if d.id, d.raw, err = write(name, from, re, of, s.now()); err != nil {
			return err
		}
		written, err := read(d.raw)
		if err != nil {
			return err
		}
		d.subject = written.Subject
		return s.handOver(ctx, d)
	})
	return d
}

// sendsAgain hands over the same bytes once more.
func (s *story) sendsAgain(d *dispatch) *dispatch {
	s.step(func(ctx context.Context) error { return s.handOver(ctx, d) })
	return d
}

func (s *story) handOver(ctx context.Context, d *dispatch) error {
	d.begun, d.times = s.now(), d.times+1
	mail := tickets.Outgoing{
		Lane: tickets.LaneNormal, Sender: d.sender, Recipient: deskAddress, MessageID: d.id, Raw: d.raw,
	}
	if err := submit(ctx, s.post, d.from.Address, mail, s.log); err != nil {
		return err
	}
	s.tell.mail(d.from.Name, d.subject, s.newestToDesk())
	return nil
}

func (s *story) newestToDesk() string {
	got := s.post.to(deskAddress)
	return got[len(got)-1].file
}

// opens expects that a mail opened a ticket, and returns its number.
func (s *story) opens(d *dispatch) (number string) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.processed)
		number = f.number
		if err == nil && d.from.Address != liWei.Address {
			err = s.hears(f, liWei, tickets.NoticeAssigned)
		}
		return firstOf(err, wantVerdict(f, tickets.VerdictOpen), want(number != "", "a ticket was to be opened, and has no number"))
	})
	return number
}

// hears expects that a mail made the desk write to a person, once, and says so.
func (s *story) hears(f fate, to person, kind tickets.NoticeKind) error {
	written := f.written(to)
	s.answered += len(written)
	if len(written) != 1 || written[0].Kind != kind {
		return fmt.Errorf("the desk wrote %d mails to %s, want one %s", len(written), to.Name, kind)
	}
	s.tell.checked("%s  to %s", kind, to.Name)
	return nil
}

// appends expects that a mail went onto a ticket, by that evidence, and to the technician, without an answer to its writer.
func (s *story) appends(d *dispatch, ticket, evidence string) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.processed)
		return firstOf(err, wantVerdict(f, tickets.VerdictAppend), wantNumber(f, ticket),
			want(f.evidence == evidence, "it was matched by %s, want %s", f.evidence, evidence),
			want(len(f.written(d.from)) == 0, "its writer was answered, and should not have been"), s.hears(f, liWei, tickets.NoticeMessage))
	})
}

// files expects that a machine's mail went onto a ticket, as an entry of that kind, without an answer.
func (s *story) files(d *dispatch, ticket string, kind tickets.EntryKind) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.processed)
		if err := firstOf(err, wantVerdict(f, tickets.VerdictAppend), wantNumber(f, ticket), wantSilence(f)); err != nil {
			return err
		}
		_, entry, err := s.newestEntry(ctx, ticket)
		return firstOf(err, want(entry.Kind == kind, "it stands on %s as %q, want %q", ticket, entry.Kind, kind))
	})
}

// isDuplicate expects that the last appearance of a mail changed nothing.
func (s *story) isDuplicate(d *dispatch) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.processed)
		return firstOf(err, wantVerdict(f, tickets.VerdictDuplicate))
	})
}

// quarantines expects that a mail could not be read, and was put aside with a ticket all the same.
func (s *story) quarantines(d *dispatch) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.failed)
		if err == nil {
			err = s.hears(f, liWei, tickets.NoticeAssigned)
		}
		return firstOf(err, wantVerdict(f, tickets.VerdictFail), want(f.number != "", "there is no ticket for it"))
	})
}

// isReturned expects that the confirmation of a mail came back, and that the report stands on its ticket.
func (s *story) isReturned(d *dispatch, to person, ticket string) {
	s.step(func(ctx context.Context) error {
		report, err := s.processed.await(ctx, 1, func(l letter) bool {
			return l.Kind == parser.Bounce && l.Bounce != nil && tickets.SameAddress(l.Bounce.Recipient, to.Address)
		})
		if err != nil {
			return fmt.Errorf("wait for the report that %s was not reached: %w", to.Name, err)
		}
		s.answered++
		s.tell.mail(nameOf(""), report.Subject, s.newestToDesk())
		f, err := lookUp(ctx, s.desk.Store, report.MessageID, 1)
		if err != nil {
			return err
		}
		s.tell.took(f)
		return firstOf(wantVerdict(f, tickets.VerdictBounce), wantNumber(f, ticket), s.hears(f, liWei, tickets.NoticeUnreached))
	})
}

// answers expects that the desk answered a mail to its writer, in its thread.
func (s *story) answers(d *dispatch, kind tickets.NoticeKind) (answer letter) {
	answer = s.informs(d.from, d, kind)
	s.step(func(context.Context) error {
		return want(slices.Contains(answer.InReplyTo, d.id) && slices.Contains(answer.References, d.id), "it does not refer to <%s>", d.id)
	})
	return answer
}

// informs expects that a mail made the desk write to a person, once, with the number and in the language of that
// person. What it wrote is read from their INBOX.
func (s *story) informs(to person, d *dispatch, kind tickets.NoticeKind) (notice letter) {
	s.step(func(ctx context.Context) error {
		f, err := lookUp(ctx, s.desk.Store, d.id, 1)
		if err != nil {
			return err
		}
		written := f.written(to)
		if len(written) != 1 || written[0].Kind != kind {
			return fmt.Errorf("<%s> made the desk write %d mails to %s, want one %s", d.id, len(written), to.Name, kind)
		}
		s.answered++
		notice, err = s.inboxes[to.Address].await(ctx, 1, withID(written[0].MessageID))
		if err != nil {
			return fmt.Errorf("wait for the %s in the INBOX of %s: %w", kind, to.Name, err)
		}
		s.tell.answer(to.Name, notice.Subject, fmt.Sprintf("%s, after %d ms", notice.Language, notice.at.Sub(d.begun).Milliseconds()))
		return firstOf(
			want(notice.Language == string(to.Language), "it is in language %q, want %q", notice.Language, to.Language),
			want(strings.HasPrefix(notice.Subject, "["+f.number+"] "), "its subject does not begin with [%s]", f.number),
			want(notice.Kind != parser.Human, "nothing in it says that a machine wrote it"),
		)
	})
	return notice
}

// taken waits until a mail lies in a folder of the desk, and tells what the ledger says of its last appearance.
func (s *story) taken(ctx context.Context, d *dispatch, folder *inbox) (fate, error) {
	if _, err := folder.await(ctx, d.times, withID(d.id)); err != nil {
		return fate{}, fmt.Errorf("wait for <%s> in %s: %w", d.id, folder.folder, err)
	}
	f, err := lookUp(ctx, s.desk.Store, d.id, d.times)
	if err == nil {
		s.tell.took(f)
	}
	return f, err
}

func withID(id string) func(letter) bool {
	return func(l letter) bool { return l.MessageID == id }
}
