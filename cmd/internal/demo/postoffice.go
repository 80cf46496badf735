package demo

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"maildesk/mailin/imaptest"
	"maildesk/mailout/smtptest"
	"maildesk/tickets"
)

// postOffice is the mail server of corp.example: what comes in by SMTP lies in an INBOX before its sender hears that
// it was taken. Each delivered mail is left as a file, too.
type postOffice struct {
	imap *imaptest.Server
	smtp *smtptest.Server // for people, who log in
	open *smtptest.Server // for the copiers and other devices of the house, which cannot
	opt  postOfficeOptions

	mu        sync.Mutex
	delivered []delivery
}

type postOfficeOptions struct {
	imapAddr string // wished for; any free port when it is taken, or ""
	smtpAddr string // likewise
	dir      string // for the .eml files
	people   []person
	now      func() time.Time
	log      *slog.Logger
	hear     func(delivery) // of each delivered mail; it may come from several goroutines
}

// delivery is a mail in an INBOX.
type delivery struct {
	file string // the .eml, in the folder of mails
	from string // whose log-in handed it over, else its reverse-path; "" for the post office itself
	to   string
	raw  []byte // with the trace fields
}

func openPostOffice(opt postOfficeOptions) (*postOffice, error) {
	if err := os.MkdirAll(opt.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of mails: %w", err)
	}
	users := map[string]string{deskAddress: password}
	for _, p := range opt.people {
		users[p.Address] = password
	}
	p := &postOffice{opt: opt}
	var err error
	p.imap, err = startAt(opt.imapAddr, func(address string) (*imaptest.Server, error) {
		return imaptest.Start(imaptest.Options{Users: users, Addr: address, Log: opt.log})
	})
	if err != nil {
		return nil, err
	}
	p.smtp, err = startAt(opt.smtpAddr, func(address string) (*smtptest.Server, error) {
		return smtptest.Start(smtptest.Options{Users: users, Addr: address, Discard: true, OnMail: p.take, Log: opt.log})
	})
	if err != nil {
		return nil, errors.Join(err, p.imap.Close())
	}
	p.open, err = smtptest.Start(smtptest.Options{Discard: true, OnMail: p.take, Log: opt.log})
	if err != nil {
		return nil, errors.Join(err, p.smtp.Close(), p.imap.Close())
	}
	return p, nil
}

// startAt starts a server at the wanted address, or at any free port when that is not to be had.
func startAt[S any](wanted string, start func(address string) (S, error)) (S, error) {
	server, err := start(wanted)
	if err != nil && wanted != "" {
		return start("")
	}
	return server, err
}

// Close ends all servers and with them all mailboxes.
func (p *postOffice) Close() error {
	return errors.Join(p.open.Close(), p.smtp.Close(), p.imap.Close())
}

// take delivers a mail to each of its recipients, or reports to its sender why not. Its error refuses the mail for now.
func (p *postOffice) take(e smtptest.Envelope) error {
	for _, to := range e.To {
		status, known := p.accepts(to)
		var err error
		if known {
			err = p.deliver(cmp.Or(e.User, e.From), to, p.traced(e, to))
		} else if e.From != "" { // a report is never reported (RFC 5321 4.5.5)
			err = p.bounce(e, to, status)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// accepts reports whether an address can be delivered to, else the status to report (RFC 3463 3.2, 3.3).
func (p *postOffice) accepts(address string) (status string, ok bool) {
	if tickets.SameAddress(address, deskAddress) {
		return "", true
	}
	for _, person := range p.opt.people {
		if tickets.SameAddress(person.Address, address) {
			return "5.2.2 mailbox full", !person.full
		}
	}
	return "5.1.1 no such user here", false
}

// deliver appends a mail to an INBOX and leaves it as a file, which is there before anybody can hear of the mail.
func (p *postOffice) deliver(from, to string, raw []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	sender := "mailer-daemon"
	if from != "" {
		sender = localPart(from)
	}
	d := delivery{from: from, to: to, raw: raw}
	d.file = fmt.Sprintf("%03d-%s-to-%s.eml", len(p.delivered)+1, sender, localPart(to))
	if err := os.WriteFile(filepath.Join(p.opt.dir, d.file), raw, 0o600); err != nil {
		return fmt.Errorf("leave the mail as a file: %w", err)
	}
	if _, err := p.imap.Append(tickets.AddressKey(to), "INBOX", raw, p.opt.now()); err != nil {
		return err
	}
	p.delivered = append(p.delivered, d)
	p.opt.hear(d)
	return nil
}

// to returns the mails that were delivered to an address, in order.
func (p *postOffice) to(address string) []delivery {
	return slices.DeleteFunc(p.all(), func(d delivery) bool { return !tickets.SameAddress(d.to, address) })
}

// all returns the mails that were delivered, in order.
func (p *postOffice) all() []delivery {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.delivered)
}

// localPart is an address's local part as it may stand in a file's name.
func localPart(address string) string {
	local, _, _ := strings.Cut(address, "@")
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, local)
}

// traced puts the fields of a delivering server before a mail (RFC 5321 4.4). A sender who wrote another address into
// From than the one logged in with fails DMARC, as at a provider that checks its own users. Of a device that does not log
// in nothing is checked, and that is what is recorded (RFC 8601 2.2).
func (p *postOffice) traced(e smtptest.Envelope, to string) []byte {
	results, protocol := " none", "ESMTP" // RFC 3848
	if e.User != "" {
		verdict := "fail"
		if from := author(e.Raw); tickets.SameAddress(from, e.User) {
			verdict = "pass"
		}
		results = fmt.Sprintf("\r\n auth=pass smtp.auth=%s;\r\n dmarc=%s header.from=%s", e.User, verdict, domain)
		protocol = "ESMTPA"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <%s>\r\n", e.From)
	fmt.Fprintf(&b, "Delivered-To: %s\r\n", to)
	fmt.Fprintf(&b, "Authentication-Results: %s;%s\r\n", exchange, results)
	fmt.Fprintf(&b, "Received: from [127.0.0.1] by %s with %s for <%s>;\r\n %s\r\n", exchange, protocol, to, p.date())
	b.Write(e.Raw)
	return b.Bytes()
}

func (p *postOffice) date() string { return p.opt.now().Format(time.RFC1123Z) }
