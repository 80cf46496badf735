package demo

import (
	"context"
	"errors"
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
	answered int             // mails of the desk that were told of
	written  map[string]int  // mails to it, by their template
	read     map[told]letter // the newest mail that somebody got of a kind
}

func newStory(ctx context.Context, s *site) *story {
	return &story{site: s, ctx: ctx, written: map[string]int{}, read: map[told]letter{}}
}

// dispatch is a mail of the story on its way to the desk.
type dispatch struct {
	from    person
	login   string // of who hands it over, "" for a device that has none
	sender  string // reverse-path
	id      string
	subject string
	words   string // where the story says them
	raw     []byte
	begun   time.Time // of handing it over
	times   int       // that it was handed over
}

// told is a mail that somebody gets from the desk, by its kind.
type told struct {
	to   person
	kind tickets.NoticeKind
}

func to(who person, kind tickets.NoticeKind) told { return told{who, kind} }

// step runs f unless the story has ended.
func (s *story) step(f func(ctx context.Context) error) {
	if s.err != nil {
		return
	}
	ctx, cancel := context.WithTimeoutCause(s.ctx, patience, fmt.Errorf("nothing within %v", patience))
	defer cancel()
	err := context.Cause(s.ctx)
	if err == nil {
		err = f(ctx)
	}
	if s.err = stopped(s.ctx, err); s.err != nil && !errors.Is(s.err, ErrStopped) {
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
	return s.send(from.Address, from.Address, mail, writing{person: from})
}

// replies lets a person answer a mail of the desk.
func (s *story) replies(from person, mail string, to letter) *dispatch {
	return s.send(from.Address, from.Address, mail, writing{person: from, Re: to})
}

// repliesByMachine lets a person's server answer, with the null reverse-path (RFC 3834 3.3).
func (s *story) repliesByMachine(from person, mail string, to letter) *dispatch {
	return s.send(from.Address, "", mail, writing{person: from, Re: to})
}

// passesOn lets a person forward what another wrote to them.
func (s *story) passesOn(from person, mail string, of person) *dispatch {
	return s.send(from.Address, from.Address, mail, writing{person: from, Of: of})
}

func (s *story) send(login, sender, mail string, w writing) *dispatch {
	d := &dispatch{from: w.person, login: login, sender: sender, words: w.Text}
	s.step(func(ctx context.Context) (err error) {
		s.written[mail]++
		if d.id, d.raw, err = write(mail, s.written[mail], w, s.now()); err != nil {
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
	if err := s.post.Submit(ctx, d.login, mail); err != nil {
		return err
	}
	s.tell.mail(d.from.Name, d.subject, s.newestToDesk())
	if d.words != "" {
		s.tell.checked("writes  %s", strings.Join(strings.FieldsFunc(d.words, func(r rune) bool { return r == '\n' }), " / "))
	}
	return nil
}

func (s *story) newestToDesk() string {
	got := s.post.To(deskAddress)
	return got[len(got)-1].File
}

// opens expects that a mail opened a ticket, which went to that technician, and returns its number.
func (s *story) opens(d *dispatch, technician person) (number string) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.processed)
		number = f.number
		err = firstOf(err, wantVerdict(f, tickets.VerdictOpen), want(number != "", "a ticket was to be opened, and has no number"))
		if err != nil {
			return err
		}
		return s.hears(ctx, d, f, to(technician, tickets.NoticeAssigned))
	})
	return number
}

// appends expects that a mail went onto a ticket, by that evidence, and made the desk write these mails and no other.
func (s *story) appends(d *dispatch, ticket, evidence string, heard ...told) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.processed)
		err = firstOf(err, wantVerdict(f, tickets.VerdictAppend), wantNumber(f, ticket),
			want(f.evidence == evidence, "it was matched by %s, want %s", f.evidence, evidence))
		if err != nil {
			return err
		}
		return s.hear(ctx, d, f, heard)
	})
}

// hear expects that a mail made the desk write these mails and no other.
func (s *story) hear(ctx context.Context, d *dispatch, f fate, heard []told) error {
	for _, t := range heard {
		if err := s.hears(ctx, d, f, t); err != nil {
			return err
		}
	}
	return want(len(f.answers) == len(heard), "it made the desk write %d mails, want %d", len(f.answers), len(heard))
}

// hears expects that a mail made the desk write to a person, once, with the number and in the language of that person,
// and as a machine or as somebody's own words. What it wrote is read from their INBOX.
func (s *story) hears(ctx context.Context, d *dispatch, f fate, t told) error {
	written := f.written(t.to)
	if len(written) != 1 || written[0].Kind != t.kind {
		return fmt.Errorf("<%s> made the desk write %s to %s, want one %s", d.id, kindsOf(written), t.to.Name, t.kind)
	}
	s.answered++
	notice, err := s.inboxes[t.to.Address].await(ctx, 1, withID(written[0].MessageID))
	if err != nil {
		return fmt.Errorf("wait for the %s in the INBOX of %s: %w", t.kind, t.to.Name, err)
	}
	s.read[t] = notice
	s.tell.answer(t.to.Name, notice.Subject, fmt.Sprintf("%s, %s, after %d ms", t.kind, t.to.Language, notice.at.Sub(d.begun).Milliseconds()))
	return firstOf(
		want(notice.byMachine() != spoken[t.kind], "a machine wrote the %s, by its Auto-Submitted: %v", t.kind, notice.byMachine()),
		want(strings.Contains(notice.Subject, "["+f.number+"] "), "its subject has no [%s]", f.number),
		want(strings.Contains(notice.From.Name, deskNames[t.to.Language]), "it comes from %q, want %s", notice.From.Name, deskNames[t.to.Language]),
		want(spoken[t.kind] || notice.Language == string(t.to.Language), "it is in language %q, want %q", notice.Language, t.to.Language),
	)
}

// deskNames are what the desk is called, by language.
var deskNames = map[tickets.Language]string{tickets.Chinese: "IT 服务台", tickets.English: "IT Service Desk"}

// spoken are the notices in which a person speaks to another, under the desk's address.
var spoken = map[tickets.NoticeKind]bool{
	tickets.NoticeReply: true, tickets.NoticeWaiting: true, tickets.NoticeResolved: true,
	tickets.NoticeMessage: true, tickets.NoticeUnsolved: true, tickets.NoticeNote: true, tickets.NoticeApproval: true,
}

func kindsOf(mails []tickets.OutboxItem) string {
	kinds := make([]string, len(mails))
	for i, m := range mails {
		kinds[i] = string(m.Kind)
	}
	return fmt.Sprintf("%d mails (%s)", len(mails), strings.Join(kinds, ", "))
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

// quarantines expects that a mail could not be read, and was put aside with a ticket for that technician all the same.
func (s *story) quarantines(d *dispatch, technician person) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.failed)
		err = firstOf(err, wantVerdict(f, tickets.VerdictFail), want(f.number != "", "there is no ticket for it"))
		if err != nil {
			return err
		}
		return s.hears(ctx, d, f, to(technician, tickets.NoticeAssigned))
	})
}

// isReturned expects that what the desk wrote to a person came back, that the report stands on its ticket, and that the
// technician hears of it.
func (s *story) isReturned(who person, ticket string, technician person) {
	s.step(func(ctx context.Context) error {
		report, err := s.processed.await(ctx, 1, func(l letter) bool {
			return l.Kind == parser.Bounce && l.Bounce != nil && tickets.SameAddress(l.Bounce.Recipient, who.Address)
		})
		if err != nil {
			return fmt.Errorf("wait for the report that %s was not reached: %w", who.Name, err)
		}
		s.answered++
		s.tell.mail(nameOf(""), report.Subject, s.newestToDesk())
		f, err := lookUp(ctx, s.desk.Store, report.MessageID, 1)
		if err != nil {
			return err
		}
		s.tell.took(f)
		if err := firstOf(wantVerdict(f, tickets.VerdictBounce), wantNumber(f, ticket)); err != nil {
			return err
		}
		return s.hear(ctx, &dispatch{id: report.MessageID, begun: report.at}, f, []told{to(technician, tickets.NoticeUnreached)})
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

// informs expects that a mail made the desk write to a person, once, and returns what it wrote.
func (s *story) informs(who person, d *dispatch, kind tickets.NoticeKind) letter {
	s.step(func(ctx context.Context) error {
		f, err := lookUp(ctx, s.desk.Store, d.id, 1)
		if err != nil {
			return err
		}
		return s.hears(ctx, d, f, to(who, kind))
	})
	return s.newest(who, kind)
}

// newest is the newest mail of a kind that somebody got in the story.
func (s *story) newest(who person, kind tickets.NoticeKind) letter {
	l, got := s.read[to(who, kind)]
	s.step(func(context.Context) error { return want(got, "%s got no %s", who.Name, kind) })
	return l
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
