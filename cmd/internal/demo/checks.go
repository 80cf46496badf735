package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"maildesk/tickets"
)

// reads expects words in the newest entry of a ticket.
func (s *story) reads(ticket string, words ...string) {
	s.step(func(ctx context.Context) error {
		_, entry, err := s.newestEntry(ctx, ticket)
		if err != nil {
			return err
		}
		for _, w := range words {
			if !strings.Contains(entry.Text, w) {
				return fmt.Errorf("%q is not in what was read: %q", w, entry.Text)
			}
		}
		s.tell.checked("text    %s", strings.Join(words, " … "))
		return nil
	})
}

// omits expects words not to be in the newest entry of a ticket.
func (s *story) omits(ticket, words string) {
	s.step(func(ctx context.Context) error {
		_, entry, err := s.newestEntry(ctx, ticket)
		return firstOf(err, want(!strings.Contains(entry.Text, words), "%q was taken for new: %q", words, entry.Text))
	})
}

// keeps expects a file on the newest entry of a ticket.
func (s *story) keeps(ticket, name, mediaType string) {
	s.step(func(ctx context.Context) error {
		_, entry, err := s.newestEntry(ctx, ticket)
		if err != nil {
			return err
		}
		var names []string
		for _, file := range entry.Attachments {
			if file.Name == name && file.Type == mediaType && file.Size > 0 {
				s.tell.checked("file    %s, %s, %d bytes", file.Name, file.Type, file.Size)
				return nil
			}
			names = append(names, file.Name+" ("+file.Type+")")
		}
		return fmt.Errorf("%s (%s) is not among the files: %s", name, mediaType, strings.Join(names, ", "))
	})
}

// isRequester expects a person to be a ticket's requester, by address and name.
func (s *story) isRequester(ticket string, p person) {
	s.step(func(ctx context.Context) error {
		t, _, err := s.newestEntry(ctx, ticket)
		if err != nil {
			return err
		}
		s.tell.checked("from    %s <%s>", t.Requester.Name, t.Requester.Address)
		return want(t.Requester.Mailbox() == tickets.Address{Name: p.Name, Address: p.Address},
			"the requester is %q <%s>, want %q <%s>", t.Requester.Name, t.Requester.Address, p.Name, p.Address)
	})
}

// newestEntry is the newest mail on a ticket.
func (s *story) newestEntry(ctx context.Context, number string) (*tickets.Ticket, tickets.Entry, error) {
	t, err := s.desk.Store.TicketByNumber(ctx, number)
	if err != nil {
		return nil, tickets.Entry{}, err
	}
	if t == nil {
		return nil, tickets.Entry{}, fmt.Errorf("there is no ticket %q", number)
	}
	entries, err := s.desk.Store.Entries(ctx, t.ID)
	if err != nil {
		return nil, tickets.Entry{}, err
	}
	for _, e := range slices.Backward(entries) {
		if e.Kind != tickets.EntryChange {
			return t, e, nil
		}
	}
	return nil, tickets.Entry{}, errors.New(number + " has no mail")
}

// isAccountedFor expects, at the end, that the desk's INBOX is empty, that all mail to it lies in its other folders,
// and that it wrote no mail that the story does not tell of.
func (s *story) isAccountedFor() {
	s.step(func(ctx context.Context) error {
		left, err := s.post.IMAP.List(deskAddress, "INBOX")
		if err != nil {
			return err
		}
		written, err := s.desk.Store.Outbox(ctx, "")
		if err != nil {
			return err
		}
		got := len(s.post.To(deskAddress))
		processed, failed := s.processed.count(), s.failed.count()
		return firstOf(
			want(len(left) == 0, "%d mails are left in the desk's INBOX", len(left)),
			want(processed+failed == got, "of %d mails, %d lie in %s and %d in %s", got, processed, processedFolder, failed, failedFolder),
			want(len(written) == s.answered, "the desk wrote %d mails, the story tells of %d", len(written), s.answered),
		)
	})
}

// want is nil, or the error that says what is not as it should be.
func want(so bool, format string, args ...any) error {
	if so {
		return nil
	}
	return fmt.Errorf(format, args...)
}

func wantVerdict(f fate, verdict tickets.Verdict) error {
	return want(f.verdict == verdict, "the verdict is %q, want %q", f.verdict, verdict)
}

func wantNumber(f fate, number string) error {
	return want(f.number == number, "it went to %q, want %q", f.number, number)
}

func wantSilence(f fate) error {
	return want(len(f.answers) == 0, "it was answered, and should not have been")
}

// firstOf is the first error, for the later ones follow from it.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
