//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// letter is a mail as it lies in a mailbox.
type letter struct {
	Header  mail.Header
	Subject string // decoded
	Text    string // the decoded first text/plain part
	HTML    string // and text/html part
	Seen    bool
}

// id returns a field's Message-IDs without angle brackets, separated by blanks.
func (l letter) id(field string) string {
	return strings.NewReplacer("<", "", ">", "").Replace(strings.Join(strings.Fields(l.Header.Get(field)), " "))
}

// folder reads a folder of an account from Dovecot's files, in the order of arrival.
func (p *post) folder(t *testing.T, who account, name string) []letter {
	t.Helper()
	root := p.path("mail/" + who.Address + "/Maildir")
	if name != "INBOX" {
		root = filepath.Join(root, "."+name)
	}
	var paths []string
	for _, state := range []string{"new", "cur"} {
		found, err := filepath.Glob(filepath.Join(root, state, "*"))
		check(t, err)
		paths = append(paths, found...)
	}
	slices.SortFunc(paths, func(a, b string) int { return strings.Compare(filepath.Base(a), filepath.Base(b)) })
	var letters []letter
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			continue // it has been moved or marked meanwhile
		}
		check(t, err)
		l := readLetter(t, raw)
		_, flags, _ := strings.Cut(filepath.Base(path), ":2,")
		l.Seen = strings.Contains(flags, "S")
		letters = append(letters, l)
	}
	return letters
}

// await waits for a mail in somebody's INBOX that fits.
func (p *post) await(ctx context.Context, t *testing.T, who account, what string, fits func(letter) bool) letter {
	t.Helper()
	var found letter
	err := until(ctx, 15*time.Second, func() error {
		all := p.folder(t, who, "INBOX")
		at := slices.IndexFunc(all, fits)
		if at < 0 {
			return fmt.Errorf("%d other mails", len(all))
		}
		found = all[at]
		return nil
	})
	if err != nil {
		t.Fatalf("no %s for %s: %v", what, who.Address, err)
	}
	return found
}

func readLetter(t *testing.T, raw []byte) letter {
	t.Helper()
	read, err := mail.ReadMessage(bytes.NewReader(raw))
	check(t, err)
	words := mime.WordDecoder{CharsetReader: func(_ string, in io.Reader) (io.Reader, error) {
		return simplifiedchinese.GB18030.NewDecoder().Reader(in), nil // the one that neomutt is told to use
	}}
	subject, err := words.DecodeHeader(read.Header.Get("Subject"))
	check(t, err)
	l := letter{Header: read.Header, Subject: subject}
	check(t, l.readPart(read.Header.Get("Content-Type"), read.Header.Get("Content-Transfer-Encoding"), read.Body))
	return l
}

// readPart looks for texts in a part, and in those within it.
func (l *letter) readPart(contentType, encoding string, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		for parts := multipart.NewReader(body, params["boundary"]); ; {
			part, err := parts.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err == nil {
				err = l.readPart(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
			}
			if err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	text, err := io.ReadAll(body)
	switch {
	case kind == "text/plain" && l.Text == "":
		l.Text = string(text)
	case kind == "text/html" && l.HTML == "":
		l.HTML = string(text)
	}
	return err
}
