package demo

import (
	"context"
	"errors"
	"sync"

	"maildesk/cmd/internal/postoffice"
	"maildesk/tickets"
)

// stayUp says how to join, and tells of each mail until ctx ends. That is no error unless it was the desk that ended.
func (s *site) stayUp(ctx context.Context) error {
	var followers sync.WaitGroup
	for _, folder := range []*inbox{s.processed, s.failed} {
		told := folder.count()
		followers.Go(func() { folder.follow(ctx, told, func(l letter) { s.judged(ctx, l) }) })
	}
	s.live.Store(true)
	s.invite()
	followers.Wait()
	if cause := context.Cause(ctx); errors.Is(cause, errDeskEnded) {
		return cause
	}
	return nil
}

// invite prints what a mail client has to know.
func (s *site) invite() {
	s.tell.line(bold, "\nNow you: add an account to your mail client, and write to %s", deskAddress)
	s.tell.line("", "   IMAP   %s, no encryption", s.post.IMAP.Addr())
	s.tell.line("", "   SMTP   %s, no encryption, the same log-in", s.post.SMTP.Addr())
	s.tell.line("", "   the password is %q everywhere; the users are", postoffice.Password)
	for _, p := range cast {
		s.tell.line("", "      %-26s %s", p.Address, p.Name)
	}
	s.tell.line("", "      %-26s the desk itself: INBOX, %s, %s", deskAddress, processedFolder, failedFolder)
	user := "john.smith%40" + domain
	s.tell.line("", "   with mutt: mutt -e 'set ssl_force_tls=no from=%s smtp_url=smtp://%s@%s' -f imap://%s@%s",
		johnSmith.Address, user, s.post.SMTP.Addr(), user, s.post.IMAP.Addr())
	s.tell.line("", "   Ctrl-C ends it")
}

// hear tells of a delivered mail once the story is over; before that the story does.
func (s *site) hear(d postoffice.Delivery) {
	if !s.live.Load() {
		return
	}
	subject := "(unreadable)"
	if l, err := read(d.Raw); err == nil {
		subject = l.Subject
	}
	if tickets.SameAddress(d.To, deskAddress) {
		s.tell.mail(nameOf(d.From), subject, d.File)
		return
	}
	s.tell.answer(nameOf(d.To), subject, d.File)
}

// judged tells what the desk made of a mail that it has just put away.
func (s *site) judged(ctx context.Context, l letter) {
	f, err := lookUp(ctx, s.desk.Store, l.MessageID, 0)
	if err != nil {
		s.log.Warn("nothing to tell of a mail", "message_id", l.MessageID, "reason", err)
		return
	}
	s.tell.took(f)
}
