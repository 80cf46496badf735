package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"mime"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"maildesk/cmd/internal/postoffice"
	"maildesk/templates"
	"maildesk/tickets"
)

// posting is how a mail is written and handed over.
type posting struct {
	to, cc, login, client string
	subject               string
	device, null, gb      bool
	first                 bool
	header, attach        texts
}

// texts is a flag that may be repeated.
type texts []string

func (t *texts) String() string     { return strings.Join(*t, ", ") }
func (t *texts) Set(s string) error { *t = append(*t, s); return nil }

// flags reads the flags of a command that hands mail over, and n arguments behind them.
func (s *stage) flags(command string, args []string, n int) (posting, []string) {
	var p posting
	f := flag.NewFlagSet(command, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&p.to, "to", s.desks[0], "addresses in To; those of the desk get it")
	f.StringVar(&p.cc, "cc", "", "addresses in Cc")
	f.StringVar(&p.login, "login", "", "who really hands it over: DMARC fails")
	f.StringVar(&p.subject, "subject", "", "another subject than the one of an answer")
	f.StringVar(&p.client, "client", "", "the mail program that answers")
	f.BoolVar(&p.device, "device", false, "hand it over where nothing is checked")
	f.BoolVar(&p.first, "first", false, "answer the first mail of its kind, not the newest")
	f.BoolVar(&p.null, "null", false, "with the null reverse-path, as machines do")
	f.BoolVar(&p.gb, "gb", false, "in raw GB18030, header too")
	f.Var(&p.header, "h", "a further header field")
	f.Var(&p.attach, "attach", "a file of the script, or NAME:BYTES")
	if err := f.Parse(args); err != nil || f.NArg() != n {
		s.Fatalf("usage of %s: %d arguments, not %q (%v)", command, n, f.Args(), err)
	}
	return p, f.Args()
}

// mail hands a mail of the script over. What its header does not say is filled in.
func (s *stage) mail(args []string) {
	p, rest := s.flags("mail", args, 2)
	from := s.person(rest[0])
	header, body, _ := strings.Cut(s.text(rest[1]), "\n\n")
	s.hand(p, from, strings.Split(header, "\n"), body)
}

// reply answers a mail of the desk as mail programs do.
func (s *stage) reply(args []string) {
	p, rest := s.flags("reply", args, 3)
	from := s.person(rest[0])
	re := s.newest(from, rest[1])
	if p.first {
		re = s.foremost(from, rest[1], s.outbox(context.Background()))
	}
	text := s.text(rest[2])
	program := clients[p.client]
	if program == nil {
		s.Fatalf("there is no client %q", p.client)
	}
	mail := program(from, re, strings.TrimRight(text, "\n"))
	header := []string{"Subject: " + cmp.Or(p.subject, mail.subject)}
	if !mail.forgets {
		header = append(header, "In-Reply-To: <"+re.MessageID+">", "References: <"+strings.Join(append(re.References, re.MessageID), "> <")+">")
	}
	s.hand(p, from, header, mail.text)
}

// press sends what a button prepares, as a new mail.
func (s *stage) press(args []string) {
	p, rest := s.flags("press", args, 3)
	from := s.person(rest[0])
	re := s.newest(from, rest[1])
	label := templates.Label(language(re), rest[2])
	made, err := postoffice.Press(re.raw, label)
	s.Check(err)
	p.to = made.To
	s.hand(p, from, []string{"Subject: " + made.Subject}, made.Text)
}

// language is that of a mail of the desk, by the desk's name in it.
func language(l received) tickets.Language {
	if strings.Contains(l.From.Name, "Service Desk") {
		return tickets.English
	}
	return tickets.Chinese
}

var ticketName = regexp.MustCompile(`\$T\d+`)

// text is a file of the script, or the words themselves with \n for a new line; $T1 is the first ticket's number.
func (s *stage) text(arg string) string {
	text := strings.ReplaceAll(arg, `\n`, "\n")
	if raw, err := os.ReadFile(s.MkAbs(arg)); err == nil {
		text = string(raw)
	}
	return ticketName.ReplaceAllStringFunc(text, func(name string) string { return s.Getenv(name[1:]) })
}

// hand completes a mail, hands it over and waits for what comes of it.
func (s *stage) hand(p posting, from person, header []string, body string) {
	raw := s.complete(p, from, header, body)
	s.act(from.address, func(ctx context.Context) error { return s.submit(ctx, p, from, raw) })
}

// complete adds the fields that a mail has not yet, and encodes it.
func (s *stage) complete(p posting, from person, header []string, body string) []byte {
	s.mails++
	header = append(header, p.header...)
	has := func(name string) bool {
		for _, line := range header {
			if len(line) > len(name) && strings.EqualFold(line[:len(name)+1], name+":") {
				return true
			}
		}
		return false
	}
	add := func(name, value string) {
		if !has(name) && value != "" {
			header = append(header, name+": "+value)
		}
	}
	add("From", strings.TrimSpace(from.name+" <"+from.address+">"))
	add("To", addresses(p.to))
	add("Cc", addresses(p.cc))
	add("Date", time.Now().Format(time.RFC1123Z))
	add("Message-ID", fmt.Sprintf("<m%d.%s>", s.mails, from.address))
	if !has("Content-Type") {
		header, body = s.parts(p, header, body)
	}
	raw := strings.Join(header, "\n") + "\n\n" + body
	if p.gb {
		encoded, err := simplifiedchinese.GB18030.NewEncoder().String(raw)
		s.Check(err)
		raw = encoded
	} else {
		raw = encodeHeader(raw)
	}
	return []byte(strings.ReplaceAll(raw, "\n", "\r\n"))
}

// submit hands over finished bytes, once for each of the desk's mailboxes that they are addressed to.
func (s *stage) submit(ctx context.Context, p posting, from person, raw []byte) error {
	login, sender := from.address, from.address
	if p.login != "" {
		login = s.person(p.login).address
	}
	if p.device {
		login = ""
	}
	if p.null {
		sender = ""
	}
	for box := range strings.SplitSeq(p.to+","+p.cc, ",") {
		if box = address(box); !s.isDesk(box) {
			continue
		}
		mail := tickets.Outgoing{Lane: tickets.LaneNormal, Sender: sender, Recipient: box, Raw: raw}
		if err := s.post.Submit(ctx, login, mail); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) isDesk(address string) bool {
	for _, box := range s.desks {
		if tickets.SameAddress(box, address) {
			return true
		}
	}
	return false
}

// address completes what the stories call somebody.
func address(name string) string {
	name = strings.TrimSpace(name)
	if name != "" && !strings.Contains(name, "@") {
		name += "@" + domain
	}
	return name
}

func addresses(list string) string {
	if list == "" {
		return ""
	}
	var all []string
	for name := range strings.SplitSeq(list, ",") {
		all = append(all, address(name))
	}
	return strings.Join(all, ", ")
}

// parts writes the body as one part, or as several when files go along.
func (s *stage) parts(p posting, header []string, body string) ([]string, string) {
	header = append(header, "MIME-Version: 1.0")
	if len(p.attach) == 0 {
		if p.gb {
			return append(header, "Content-Type: text/plain; charset=gb2312", "Content-Transfer-Encoding: 8bit"), body
		}
		return append(header, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"), base64Lines([]byte(body))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "--part\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n%s", base64Lines([]byte(body)))
	for _, attach := range p.attach {
		name, size, sized := strings.Cut(attach, ":")
		data := []byte(nil)
		if n, err := strconv.Atoi(size); sized {
			s.Check(err)
			data = bytes.Repeat([]byte("0123456789abcde\n"), n/16)
		} else {
			data = []byte(s.ReadFile(name))
		}
		fmt.Fprintf(&b, "--part\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=%q\nContent-Transfer-Encoding: base64\n\n%s", name, base64Lines(data))
	}
	b.WriteString("--part--\n")
	return append(header, "Content-Type: multipart/mixed; boundary=part"), b.String()
}

// base64Lines is base64 in lines of 76 (RFC 2045 6.8); text has the line ends of mail.
func base64Lines(data []byte) string {
	const line = 76
	encoded := base64.StdEncoding.EncodeToString(data)
	var b strings.Builder
	for len(encoded) > line {
		b.WriteString(encoded[:line] + "\n")
		encoded = encoded[line:]
	}
	return b.String() + encoded + "\n"
}

var foreign = regexp.MustCompile(`[^\x00-\x7f]+( +[^\x00-\x7f]+)*`)

// encodeHeader writes what is not ASCII in a header as encoded words (RFC 2047), for which the body has no need.
func encodeHeader(raw string) string {
	header, body, _ := strings.Cut(raw, "\n\n")
	return foreign.ReplaceAllStringFunc(header, func(text string) string { return mime.BEncoding.Encode("utf-8", text) }) + "\n\n" + body
}
