package postoffice

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"maildesk/mailin/imaptest"
	"maildesk/mailout/smtptest"
	"maildesk/parser"
	"maildesk/tickets"
)

// Exchange is the post office's own name, and its authserv-id (RFC 8601 2.5). Password is that of all its accounts: it can
// be reached from this machine alone.
const (
	Exchange = "mx.corp.example"
	Password = "demo"
)

// Office is a running post office. Each delivered mail is left as a file, too.
type Office struct {
	IMAP    *imaptest.Server
	SMTP    *smtptest.Server // for people, who log in
	devices *smtptest.Server // for the copiers and other devices of the house, which cannot
	opt     Options

	mu        sync.Mutex
	delivered []Delivery
}

// Options are what Open takes.
type Options struct {
	IMAPAddr string // wished for; any free port when it is taken, or ""
	SMTPAddr string // likewise
	Dir      string // for the .eml files; "" leaves none
	Accounts []Account
	Now      func() time.Time
	Log      *slog.Logger
	Hear     func(Delivery) // of each delivered mail, from several goroutines; nil = nobody
}

// Account is an address that can log in and be written to.
type Account struct {
	Address string
	Full    bool // the mailbox takes no more mail
}

// Delivery is a mail in an INBOX.
type Delivery struct {
	File string // the .eml, in the folder of mails
	From string // whose log-in handed it over, else its reverse-path; "" for the post office itself
	To   string
	Raw  []byte // with the trace fields
}

// Open starts the servers, which Close ends.
func Open(opt Options) (*Office, error) {
	if opt.Dir != "" {
		if err := os.MkdirAll(opt.Dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of mails: %w", err)
		}
	}
	users := map[string]string{}
	for _, a := range opt.Accounts {
		users[a.Address] = Password
	}
	p := &Office{opt: opt}
	var err error
	p.IMAP, err = startAt(opt.IMAPAddr, func(address string) (*imaptest.Server, error) {
		return imaptest.Start(imaptest.Options{Users: users, Addr: address, Log: opt.Log})
	})
	if err != nil {
		return nil, err
	}
	p.SMTP, err = startAt(opt.SMTPAddr, func(address string) (*smtptest.Server, error) {
		return smtptest.Start(smtptest.Options{Users: users, Addr: address, Discard: true, OnMail: p.take, Log: opt.Log})
	})
	if err != nil {
		return nil, errors.Join(err, p.IMAP.Close())
	}
	p.devices, err = smtptest.Start(smtptest.Options{Discard: true, OnMail: p.take, Log: opt.Log})
	if err != nil {
		return nil, errors.Join(err, p.SMTP.Close(), p.IMAP.Close())
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
func (p *Office) Close() error {
	return errors.Join(p.devices.Close(), p.SMTP.Close(), p.IMAP.Close())
}

// take delivers a mail to each of its recipients, or reports to its sender why not. Its error refuses the mail for now.
func (p *Office) take(e smtptest.Envelope) error {
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
func (p *Office) accepts(address string) (status string, ok bool) {
	for _, a := range p.opt.Accounts {
		if tickets.SameAddress(a.Address, address) {
			return "5.2.2 mailbox full", !a.Full
		}
	}
	return "5.1.1 no such user here", false
}

// deliver appends a mail to an INBOX and leaves it as a file, which is there before anybody can hear of the mail.
func (p *Office) deliver(from, to string, raw []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	sender := "mailer-daemon"
	if from != "" {
		sender = localPart(from)
	}
	d := Delivery{From: from, To: to, Raw: raw}
	d.File = fmt.Sprintf("%03d-%s-to-%s.eml", len(p.delivered)+1, sender, localPart(to))
	if p.opt.Dir != "" {
		if err := os.WriteFile(filepath.Join(p.opt.Dir, d.File), raw, 0o600); err != nil {
			return fmt.Errorf("leave the mail as a file: %w", err)
		}
	}
	if _, err := p.IMAP.Append(tickets.AddressKey(to), "INBOX", raw, p.opt.Now()); err != nil {
		return err
	}
	p.delivered = append(p.delivered, d)
	if p.opt.Hear != nil {
		p.opt.Hear(d)
	}
	return nil
}

// To returns the mails that were delivered to an address, in order.
func (p *Office) To(address string) []Delivery {
	return slices.DeleteFunc(p.All(), func(d Delivery) bool { return !tickets.SameAddress(d.To, address) })
}

// All returns the mails that were delivered, in order.
func (p *Office) All() []Delivery {
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
func (p *Office) traced(e smtptest.Envelope, to string) []byte {
	results, protocol := " none", "ESMTP" // RFC 3848
	if e.User != "" {
		verdict, from := "fail", author(e.Raw)
		if tickets.SameAddress(from, e.User) {
			verdict = "pass"
		}
		_, domain, _ := strings.Cut(from, "@")
		results = fmt.Sprintf("\r\n auth=pass smtp.auth=%s;\r\n dmarc=%s header.from=%s", e.User, verdict, domain)
		protocol = "ESMTPA"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <%s>\r\n", e.From)
	fmt.Fprintf(&b, "Delivered-To: %s\r\n", to)
	fmt.Fprintf(&b, "Authentication-Results: %s;%s\r\n", Exchange, results)
	fmt.Fprintf(&b, "Received: from [127.0.0.1] by %s with %s for <%s>;\r\n %s\r\n", Exchange, protocol, to, p.date())
	b.Write(withoutForged(e.Raw))
	return b.Bytes()
}

// withoutForged drops the Authentication-Results that a mail brings in the name of this post office (RFC 8601 5).
func withoutForged(raw []byte) []byte {
	var kept []byte
	dropping := false
	for len(raw) > 0 {
		end := bytes.IndexByte(raw, '\n') + 1
		if end == 0 {
			end = len(raw)
		}
		line := raw[:end]
		if len(bytes.TrimSpace(line)) == 0 {
			break // the header ends
		}
		if line[0] != ' ' && line[0] != '\t' {
			name, value, _ := bytes.Cut(line, []byte(":"))
			dropping = strings.EqualFold(string(bytes.TrimSpace(name)), "Authentication-Results") &&
				strings.HasPrefix(strings.ToLower(string(bytes.TrimSpace(value))), Exchange)
		}
		if !dropping {
			kept = append(kept, line...)
		}
		raw = raw[end:]
	}
	return append(kept, raw...)
}

// author is the address in From, "" when none can be read.
func author(raw []byte) string {
	m, err := parser.Parse(io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw))), parser.Options{})
	if err != nil {
		return ""
	}
	return m.From.Address
}

func (p *Office) date() string { return p.opt.Now().Format(time.RFC1123Z) }
