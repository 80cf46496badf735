package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"regexp"
	"slices"
	"strings"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/mailin"
	"maildesk/mailout"
	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// lookEvery is how often the mailbox is looked at while the forged mail is on its way.
const lookEvery = time.Second

// checkTrust tries what trust.authserv_id stands for: that nobody but our own mail server can write
// Authentication-Results that count (RFC 8601 5). The desk mails itself a forged one and reads what arrives as the
// intake would. box has been seen to work, as has the SMTP server.
func checkTrust(ctx context.Context, list *checklist, desk *config.Config, box config.Mailbox, patience time.Duration, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, patience+serverPatience)
	defer cancel()
	f := forgery{desk: desk.Desk.Address, authservID: desk.Trust.AuthservID, token: strings.ToLower(rand.Text()), at: now}
	err := mailout.Submit(ctx, serverOf(desk), tickets.Outgoing{
		Lane: tickets.LaneNormal, Sender: f.desk, Recipient: f.desk, MessageID: f.messageID(), Raw: f.mail(),
	})
	if list.failAll("trust: mail to "+f.desk, err, "see whether host and port are right and the server can be reached from here") {
		return
	}
	header, err := mailin.Collect(ctx, accountOf(box), f.messageID(), patience, lookEvery)
	switch {
	case errors.Is(err, mailin.ErrNotArrived):
		list.fail(fmt.Sprintf("trust: the mail <%s> from %s to itself has not come to %s within %s; look for it in the log and the queue of the mail server and among the junk, "+
			"see whether mail to that address is delivered into this mailbox and keeps its Message-ID, and give a slow server more --timeout",
			f.messageID(), f.desk, box.Username, patience))
		return
	case header == nil:
		list.failAll("trust: mailbox "+box.Username, err, "run check again")
		return
	case err != nil:
		list.warn(fmt.Sprintf("trust: the mail <%s> that check sent cannot be taken out of mailbox %s again: %s; delete it there", f.messageID(), box.Username, oneLine(err.Error())))
	}
	survived, err := f.survivedIn(header)
	switch {
	case list.failAll("trust: the mail that came back", err, "look at it with maildesk explain"):
	case survived:
		list.fail("trust: your mail server passes on Authentication-Results that somebody else wrote in its name: a forged dmarc=pass came through and would have been believed; " + mendTrust(f.authservID))
	default:
		list.ok("trust: Authentication-Results of " + f.authservID + " are believed; a forged one that the desk mailed to itself was not")
	}
}

// mendTrust says how a mail server is made to take forged fields out.
func mendTrust(authservID string) string {
	return fmt.Sprintf("let it take them out of all mail that comes in (Postfix: header_checks = regexp:/etc/postfix/header_checks with the line /^Authentication-Results:[[:space:]]*%s[[:space:];]/ IGNORE; "+
		"OpenDKIM: RemoveARFrom %s; Exchange: at the gateway before it that writes the field), or set trust.authserv_id = \"\"", regexp.QuoteMeta(authservID), authservID)
}

// untriedTrust is the line for a setting that is not put to the test.
func untriedTrust(list *checklist, desk *config.Config, why string) {
	list.warn("trust: Authentication-Results of " + desk.Trust.AuthservID + " are believed, but whether a forged one is too was not tried (" + why + "); " +
		"see that your mail server takes out those that come in under this name (RFC 8601 5)")
}

// forgery is a mail from the desk to itself in which somebody vouches for it in the name of our mail server.
type forgery struct {
	desk       string // address
	authservID string
	token      string // unguessable; it marks the mail, and the forged fields among those that the server writes
	at         time.Time
}

func (f forgery) domain() string    { return f.desk[strings.LastIndexByte(f.desk, '@')+1:] }
func (f forgery) messageID() string { return "check." + f.token + "@" + f.domain() }

const forgeryText = "This mail was sent by \"maildesk check\" to see whether a forged Authentication-Results field gets through. It is\r\n" +
	"deleted as soon as it has been read. If you see it, it may be deleted.\r\n\r\n" +
	"这封邮件由 maildesk check 发出，用来检查伪造的 Authentication-Results 能否通过。读取后即删除；如果您看到它，可以直接删除。\r\n"

// mail writes it as an attacker would, who has the whole header but what the servers put on top of it. The forged field
// stands at the top, where a server that writes no Received leaves it in the trusted block, and once more below a
// Received that claims to be of an inner hop of ours, where a server that takes out only what it meets first overlooks it.
// A running desk ignores the mail by its X-Maildesk-Loop.
func (f forgery) mail() []byte {
	forged := fmt.Sprintf("Authentication-Results: %s;\r\n dmarc=pass (%s) header.from=%s\r\n", f.authservID, f.token, f.domain())
	date := f.at.Format(time.RFC1123Z)
	var b bytes.Buffer
	b.WriteString(forged)
	fmt.Fprintf(&b, "Received: from localhost (localhost [127.0.0.1]) by %s with LMTP id %s;\r\n %s\r\n", f.authservID, f.token, date)
	b.WriteString(forged)
	fmt.Fprintf(&b, "Date: %s\r\nFrom: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s>\r\n", date, f.desk, f.desk, f.messageID())
	subject := mime.BEncoding.Encode("utf-8", "maildesk check: a test, please ignore / 自检邮件，请忽略")
	fmt.Fprintf(&b, "Subject: %s\r\n", strings.ReplaceAll(subject, " ", "\r\n "))        // RFC 2047 2: no line of encoded words above 76
	b.WriteString("Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n") // nobody waits for a bounce: Collect says that it did not come
	fmt.Fprintf(&b, "%s: %s\r\n", thread.HeaderLoop, f.desk)
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString([]byte(forgeryText))), 76) { // RFC 2045 6.8
		b.Write(append(slices.Clone(line), "\r\n"...))
	}
	return b.Bytes()
}

// survivedIn reports whether a forged field of this mail would be believed. What the server itself found out is left out
// before: it would be believed rightly, and hide the forged one.
func (f forgery) survivedIn(header []byte) (bool, error) {
	var left bytes.Buffer
	for field := range fields(header) {
		name, _, _ := bytes.Cut(field, []byte(":"))
		if strings.EqualFold(string(bytes.TrimSpace(name)), "Authentication-Results") && !bytes.Contains(field, []byte(f.token)) {
			continue
		}
		left.Write(field)
	}
	m, err := parser.Parse(io.NewSectionReader(bytes.NewReader(left.Bytes()), 0, int64(left.Len())), parser.Options{AuthservID: f.authservID})
	if err != nil {
		return false, fmt.Errorf("read the header: %w", err)
	}
	return m.Proof.DMARC == "pass", nil
}

// fields are the fields of a header as they stand there, each with its folded lines, and the empty line at the end.
func fields(header []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(header) > 0 {
			end := 0
			for {
				n := bytes.IndexByte(header[end:], '\n')
				if n < 0 {
					end = len(header)
					break
				}
				end += n + 1
				if end == len(header) || header[end] != ' ' && header[end] != '\t' {
					break
				}
			}
			if !yield(header[:end]) {
				return
			}
			header = header[end:]
		}
	}
}
