package parser

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"github.com/jhillyerd/enmime/v2"
)

// benchMails are ordinary mails of a desk: fixtures of several clients, a newsletter-sized HTML and a scan of 300 KB.
func benchMails(tb testing.TB) map[string][]byte {
	mails := map[string][]byte{}
	for _, name := range []string{
		"foxmail-gb2312-four-byte", "qq-web-html-only", "netease-163-alternative", "outlook-zh-related-image", "thunderbird-flowed",
		"apple-mail-text-image-text", "outlook-forward-attached",
	} {
		b, err := os.ReadFile("testdata/" + name + ".eml")
		if err != nil {
			tb.Fatal(err)
		}
		mails[name] = b
	}
	mails["plain-5k"] = plainMail(5 << 10)
	mails["html-40k"] = htmlMail(40 << 10)
	mails["scan-300k"] = scanMail(300 << 10)
	return mails
}

const benchHeader = "Received: from mail.corp.example by mx.corp.example with ESMTPS; Wed, 15 Nov 2023 09:31:02 +0800\r\n" +
	"Authentication-Results: mx.corp.example; dkim=pass header.d=corp.example; spf=pass smtp.mailfrom=zhangsan@corp.example; dmarc=pass header.from=corp.example\r\n" +
	"From: =?utf-8?B?5byg5LiJ?= <zhangsan@corp.example>\r\nTo: helpdesk@corp.example\r\nSubject: Re: [IT20231115001] VPN\r\n" +
	"Date: Wed, 15 Nov 2023 09:31:00 +0800\r\nMessage-ID: <bench@corp.example>\r\nReferences: <a@corp.example> <b@corp.example>\r\nMIME-Version: 1.0\r\n"

func plainMail(size int) []byte {
	line := "The client still says that the connection timed out, on both floors and on Wi-Fi as well.\r\n"
	quote := "> Please restart the client and tell us what it says after that, word for word if you can.\r\n"
	half := size / 2 / len(line)
	return []byte(benchHeader + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + strings.Repeat(line, half) +
		"\r\nOn Wed, Nov 15, 2023 at 9:20 AM IT Service Desk <helpdesk@corp.example> wrote:\r\n" + strings.Repeat(quote, half))
}

func htmlMail(size int) []byte {
	row := `<tr><td style="padding:4px"><p class=3D"MsoNormal"><span style=3D"font-family:Calibri">Asset</span></p></td><td><a href=3D"https://kb.corp.example/">PC-0417</a></td></tr>` + "\r\n"
	return []byte(benchHeader + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><table>" +
		strings.Repeat(row, size/len(row)) + "</table></body></html>\r\n")
}

func scanMail(size int) []byte {
	var b bytes.Buffer
	b.WriteString(benchHeader + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSee the scan, please.\r\n--x\r\n" +
		"Content-Type: application/pdf; name=scan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	writeBase64(&b, size)
	b.WriteString("--x--\r\n")
	return b.Bytes()
}

func writeBase64(b *bytes.Buffer, size int) {
	line := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("scan"), 15)[:57]) + "\r\n"
	b.WriteString(strings.Repeat(line, size/len(line)))
}

// BenchmarkMixed reads all of benchMails once an iteration: Parse, with everything that it finds out, beside enmime,
// which decodes only, and a bare walk of go-message over the decoded parts.
func BenchmarkMixed(b *testing.B) {
	mails := benchMails(b)
	for _, reader := range []struct {
		name string
		read func([]byte) error
	}{{"maildesk", readMaildesk}, {"enmime", readEnmime}, {"go-message", walkMessage}} {
		b.Run(reader.name, func(b *testing.B) {
			total := 0
			for _, mail := range mails {
				total += len(mail)
			}
			b.SetBytes(int64(total))
			b.ReportAllocs()
			for b.Loop() {
				for name, mail := range mails {
					if err := reader.read(mail); err != nil {
						b.Fatal(name, err)
					}
				}
			}
		})
	}
}

// BenchmarkEach shows where the time of BenchmarkMixed goes.
func BenchmarkEach(b *testing.B) {
	for name, mail := range benchMails(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(mail)))
			b.ReportAllocs()
			for b.Loop() {
				if err := readMaildesk(mail); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkHuge reads mails at the limits: 50 MB, and nested a thousand deep. B/op is all that they ever allocate, so
// the memory they take is less.
func BenchmarkHuge(b *testing.B) {
	for name, build := range hugeMails {
		b.Run(name, func(b *testing.B) {
			mail := build()
			b.SetBytes(int64(len(mail)))
			b.ReportAllocs()
			for b.Loop() {
				if err := readMaildesk(mail); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

const hugeSize = 50 << 20

var hugeMails = map[string]func() []byte{
	"scan":          func() []byte { return scanMail(hugeSize) },
	"plain":         func() []byte { return plainMail(hugeSize) },
	"html":          func() []byte { return htmlMail(hugeSize) },
	"smime":         func() []byte { return smimeMail(hugeSize) },
	"html-nested":   func() []byte { return filledMail("Content-Type: text/html\r\n\r\n", "<div><blockquote>") },
	"one-line":      func() []byte { return filledMail("\r\n", "x") },
	"header":        func() []byte { return filledMail("", "X-Junk: "+strings.Repeat("x", 60)+"\r\n") },
	"folded":        func() []byte { return filledMail("X-Junk:\r\n", " x\r\n") },
	"dashes":        func() []byte { return filledMail(mixedHeader, "--y\r\n") },
	"parts":         func() []byte { return filledMail(mixedHeader, "--x\r\n\r\nhello\r\n") },
	"uuencoded":     func() []byte { return filledMail("\r\n", "begin 644 a\r\n#0V%T\r\n`\r\nend\r\n") },
	"encoded-words": func() []byte { return filledMail("Subject:\r\n", " =?gb2312?B?1cXI/Q==?=\r\n") },
	"broken-words":  func() []byte { return filledMail("Subject:\r\n", " =?x?b?AAAA\r\n") },
	"broken-labels": func() []byte { return filledMail("Subject:\r\n", " =?aaaaaaaa\r\n") },
	"broken-to":     func() []byte { return filledMail("To:\r\n ", "=?a\"(\r\n ") },
	"broken-ids":    func() []byte { return filledMail("References:\r\n", " < x\r\n") },
	"addresses":     func() []byte { return filledMail("Cc:\r\n", " a <a@corp.example>,\r\n") },
	"parameters":    func() []byte { return filledMail("Content-Type: text/plain\r\n", " ;name*0*=x\r\n") },
	"nested-1000":   func() []byte { return nestedMail(1000) },
	"messages-1000": func() []byte {
		return []byte(strings.Repeat("Content-Type: message/rfc822\r\n\r\n", 1000) + "From: a@corp.example\r\n\r\ndeep\r\n")
	},
}

const mixedHeader = "Content-Type: multipart/mixed; boundary=x\r\n\r\n"

// filledMail repeats unit behind header up to the size limit.
func filledMail(header, unit string) []byte {
	return []byte(benchHeader + header + strings.Repeat(unit, hugeSize/len(unit)))
}

func nestedMail(depth int) []byte {
	var b bytes.Buffer
	b.WriteString(benchHeader)
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("Content-Type: text/plain\r\n\r\ndeep\r\n")
	return b.Bytes()
}

// smimeMail is an opaque S/MIME part that is all content: the header of a SignedData with indefinite lengths.
func smimeMail(size int) []byte {
	head := "\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80\x04\x84\x02\x00\x00\x00"
	der := head + "\r\nhello\r\n" + strings.Repeat("text\r\n", size/4*3/6)
	return []byte(benchHeader + "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(der)))
}

func readMaildesk(mail []byte) error {
	_, err := Parse(sectionOf(mail), Options{Prefix: "IT", AuthservID: "mx.corp.example"})
	return err
}

func readEnmime(mail []byte) error {
	_, err := enmime.ReadEnvelope(bytes.NewReader(mail))
	return err
}

func walkMessage(mail []byte) error {
	entity, err := message.Read(bytes.NewReader(mail))
	if err != nil && !message.IsUnknownCharset(err) {
		return err
	}
	return entity.Walk(func(_ []int, e *message.Entity, err error) error {
		if err == nil && e.MultipartReader() == nil {
			_, err = io.Copy(io.Discard, e.Body)
		}
		return err
	})
}
