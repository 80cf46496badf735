package demo

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"text/template"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// The mails of the story: templates in UTF-8, readable as they stand. What a client would encode they pass to one of
// the functions below, which name the encoding that goes over the wire.
//
//go:embed mails/*.eml
var mailFiles embed.FS

var mails = template.Must(template.New("mails").Funcs(template.FuncMap{
	"gb":         gb,
	"word":       encodedWord,
	"utf8":       func(text string) string { return mime.BEncoding.Encode("utf-8", text) },
	"base64":     base64Lines,
	"text64":     func(text string) string { return base64Lines(strings.ReplaceAll(text, "\n", "\r\n")) }, // RFC 2045 6.8
	"qp":         quotedPrintable,
	"quote":      quote,
	"screenshot": screenshot,
	"winmail":    winmail,
	"eventlog":   eventLog,
}).ParseFS(mailFiles, "mails/*.eml"))

// writing is what the templates know of the mail that they are.
type writing struct {
	person        // who writes
	Desk   string // the desk's address
	ID     string // Message-ID without angle brackets
	Date   string
	Re     letter // the mail that is answered
	Of     person // who wrote the mail that is passed on

	Subject, Text string // of a mail whose words stand in the story
}

// write makes the mail of that name: the template's words, or with them those of w. The first of a name has that name as
// its Message-ID, later ones a number besides.
func write(name string, nth int, w writing, now time.Time) (id string, raw []byte, err error) {
	w.ID = name + "@" + domain
	if nth > 1 {
		w.ID = fmt.Sprintf("%s-%d@%s", name, nth, domain)
	}
	w.Desk, w.Date = deskAddress, now.Format(time.RFC1123Z)
	raw, err = render(name, w)
	return w.ID, raw, err
}

// render fills a template in and gives it the line ends of RFC 5322 2.1.
func render(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := mails.ExecuteTemplate(&b, name+".eml", data); err != nil {
		return nil, fmt.Errorf("write the mail %s: %w", name, err)
	}
	lines := bytes.ReplaceAll(b.Bytes(), []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(lines, []byte("\n"), []byte("\r\n")), nil
}

// gb encodes text as GB18030, of which GBK and GB 2312 are parts.
func gb(text string) (string, error) {
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		return "", fmt.Errorf("encode as GB18030: %w", err)
	}
	return encoded, nil
}

// encodedWord is a short text as an RFC 2047 word under one of the labels that stand for GB18030.
func encodedWord(label, text string) (string, error) {
	encoded, err := gb(text)
	return "=?" + label + "?B?" + base64.StdEncoding.EncodeToString([]byte(encoded)) + "?=", err
}

// base64Lines is base64 in lines of 76 (RFC 2045 6.8).
func base64Lines(data string) string {
	const line = 76
	encoded := base64.StdEncoding.EncodeToString([]byte(data))
	var b strings.Builder
	for len(encoded) > line {
		b.WriteString(encoded[:line] + "\n")
		encoded = encoded[line:]
	}
	return b.String() + encoded
}

func quotedPrintable(text string) (string, error) {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		return "", err
	}
	err := w.Close()
	return b.String(), err
}

func quote(text string) string {
	return "> " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n> ")
}

// eventLog is a file of so many bytes or a line more.
func eventLog(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "2023-11-15 09:%02d:%02d  Warning  disk  event 51: an error was detected on \\Device\\Harddisk0\r\n", i/60%60, i%60)
	}
	return b.String()
}
