package demo

import (
	"context"
	"fmt"
	"strings"

	"maildesk/cmd/internal/postoffice"
	"maildesk/templates"
	"maildesk/tickets"
)

// says lets a person answer a mail of the desk with these words, from a client that quotes it and signs.
func (s *story) says(from person, words string, re letter) *dispatch {
	mail := "answer-en"
	if from.Language == tickets.Chinese {
		mail = "answer-zh"
	}
	return s.send(from.Address, from.Address, mail, writing{person: from, Re: re, Text: words})
}

// writesAbout lets a person write a mail of its own that has a ticket's number in its subject and answers nothing.
func (s *story) writesAbout(ticket string, from person, words string) *dispatch {
	return s.send(from.Address, from.Address, "plain", writing{person: from, Subject: "[" + ticket + "]", Text: words})
}

// forges hands over what writesAbout writes, but at a device: nothing shows that it is that person.
func (s *story) forges(ticket string, from person, words string) *dispatch {
	return s.send("", from.Address, "plain", writing{person: from, Subject: "[" + ticket + "]", Text: words})
}

// presses lets a person press a button of a mail: a new mail, of which their client knows nothing but what the link says.
func (s *story) presses(who person, purpose string, in letter) *dispatch {
	label := templates.Label(who.Language, purpose)
	var mail postoffice.Prepared
	s.step(func(context.Context) (err error) {
		mail, err = postoffice.Press(in.raw, label)
		return firstOf(err, want(mail.To == deskAddress, "the button %q writes to %q", label, mail.To))
	})
	s.note("%s presses “%s”", who.Name, label)
	return s.send(who.Address, who.Address, "plain", writing{person: who, Subject: mail.Subject, Text: mail.Text})
}

// reaches expects that a mail went onto its ticket by a token of ours, and that these people heard of it and nobody else.
func (s *story) reaches(d *dispatch, ticket string, heard ...told) {
	s.appends(d, ticket, "token", heard...)
}

// holds expects that a mail is kept back whole, with the ticket unchanged, and that of all people its supposed writer hears of it.
func (s *story) holds(d *dispatch, ticket string) {
	s.step(func(ctx context.Context) error {
		f, err := s.taken(ctx, d, s.failed)
		if err := firstOf(err, wantVerdict(f, tickets.VerdictHold), wantNumber(f, ticket)); err != nil {
			return err
		}
		return s.hear(ctx, d, f, []told{to(d.from, tickets.NoticeHeld)})
	})
}

// isNow expects where a ticket stands, and with whom.
func (s *story) isNow(ticket string, status tickets.Status, technician person) {
	s.step(func(ctx context.Context) error {
		t, _, err := s.newestEntry(ctx, ticket)
		if err != nil {
			return err
		}
		s.tell.checked("status  %s, with %s", t.Status, technician.Name)
		return firstOf(
			want(t.Status == status, "%s is %s, want %s", ticket, t.Status, status),
			want(t.Assignee != nil && tickets.SameAddress(t.Assignee.Address, technician.Address), "%s is with %v, want %s", ticket, t.Assignee, technician.Name),
		)
	})
}

// hasOnRecord expects the cause and the solution that stand on a ticket, "" for none yet.
func (s *story) hasOnRecord(ticket, diagnosis, fix string) {
	s.step(func(ctx context.Context) error {
		t, _, err := s.newestEntry(ctx, ticket)
		if err != nil {
			return err
		}
		if t.Diagnosis != "" || t.Fix != "" {
			s.tell.checked("record  %s → %s", t.Diagnosis, t.Fix)
		}
		return want(t.Diagnosis == diagnosis && t.Fix == fix, "the diagnosis is %q and the fix %q, want %q and %q", t.Diagnosis, t.Fix, diagnosis, fix)
	})
}

// isRated expects a ticket's rating.
func (s *story) isRated(ticket string, score int, comment string) {
	s.step(func(ctx context.Context) error {
		t, _, err := s.newestEntry(ctx, ticket)
		if err != nil {
			return err
		}
		got := t.Satisfaction
		if got == nil || *got != (tickets.Satisfaction{Score: score, Comment: comment}) {
			return fmt.Errorf("the rating is %+v, want %d %q", got, score, comment)
		}
		s.tell.checked("rated   %d of 5 %s", score, comment)
		return nil
	})
}

// staysInside expects that the newest mail on a ticket is for IT alone, with these words.
func (s *story) staysInside(ticket, words string) {
	s.step(func(ctx context.Context) error {
		_, entry, err := s.newestEntry(ctx, ticket)
		return firstOf(err, want(entry.Visibility == tickets.Internal, "the entry is %s, want internal", entry.Visibility),
			want(entry.Text == words, "the entry says %q, want %q", entry.Text, words))
	})
}

// shows expects words in a mail that somebody got.
func (s *story) shows(l letter, words ...string) {
	s.step(func(context.Context) error {
		for _, w := range words {
			if !strings.Contains(l.Text, w) {
				return fmt.Errorf("%q is not in the mail: %q", w, l.Text)
			}
		}
		s.tell.checked("reads   %s", strings.Join(words, " … "))
		return nil
	})
}

// hides expects words not to be in a mail that somebody got.
func (s *story) hides(l letter, words ...string) {
	s.step(func(context.Context) error {
		for _, w := range words {
			if strings.Contains(l.Text, w) {
				return fmt.Errorf("%q is in the mail: %q", w, l.Text)
			}
		}
		return nil
	})
}

// ticketOf is the number of the ticket that a mail of the desk is about.
func (s *story) ticketOf(l letter) (number string) {
	s.step(func(context.Context) error {
		if len(l.Numbers) == 0 {
			return fmt.Errorf("%q names no ticket", l.Subject)
		}
		number = l.Numbers[0].Number
		return nil
	})
	return number
}
