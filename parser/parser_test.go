package parser

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestOpen reads every attachment of every fixture again and compares it with what Parse said of it.
func TestOpen(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.eml")
	for _, path := range files {
		mail, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for n, a := range parseFile(t, path).Attachments {
			r, err := Open(sectionOf(mail), n)
			if err != nil {
				t.Fatal(path, err)
			}
			b, err := io.ReadAll(r)
			sum := sha256.Sum256(b)
			if err != nil || int64(len(b)) != a.Size || hex.EncodeToString(sum[:]) != a.SHA256 {
				t.Errorf("%s: attachment %d is %d bytes of %x, %v; Parse said %+v", path, n, len(b), sum, err, a)
			}
		}
	}
	if _, err := Open(sectionOf([]byte("Subject: x\n\nx\n")), 0); err == nil {
		t.Error("an attachment that is not there could be opened")
	}
}

func TestOpenSecondUUFile(t *testing.T) {
	mail := "Subject: x\n\nbegin 644 a\n#0V%T\n`\nend\ntext\nbegin 644 b\n#1&]G\n`\nend\n"
	m := parseString(t, mail, Options{})
	if len(m.Attachments) != 2 || m.Attachments[1].Name != "b" || m.Text != "text" {
		t.Fatalf("got %+v, text %q", m.Attachments, m.Text)
	}
	for n, want := range []string{"Cat", "Dog"} {
		r, err := Open(sectionOf([]byte(mail)), n)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(r); string(b) != want || err != nil {
			t.Errorf("file %d is %q, %v", n, b, err)
		}
	}
}

// brokenDisk fails to read from the given byte on.
type brokenDisk struct{ good []byte }

var errDisk = errors.New("disk is broken")

func (d brokenDisk) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > int64(len(d.good)) {
		return 0, errDisk
	}
	return copy(p, d.good[off:]), nil
}

func TestReadErrorIsReported(t *testing.T) {
	mail := scanMail(300 << 10)
	disk := brokenDisk{mail[:200<<10]}
	if _, err := Parse(io.NewSectionReader(disk, 0, int64(len(mail))), Options{}); !errors.Is(err, errDisk) {
		t.Errorf("Parse: %v", err)
	}
	if _, err := Open(io.NewSectionReader(disk, 0, int64(len(mail))), 0); !errors.Is(err, errDisk) {
		t.Errorf("Open: %v", err)
	}
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name, mail string
		opt        Options
		warning    string
	}{
		{"depth", string(nestedMail(1000)), Options{}, "nested more than 50 deep"},
		{"own depth", string(nestedMail(5)), Options{MaxDepth: 3}, "nested more than 3 deep"},
		{"attached mails", strings.Repeat("Content-Type: message/rfc822\r\n\r\n", 100) + "Subject: x\r\n\r\nx\r\n", Options{}, "nested more than 50 deep"},
		{"parts", benchHeader + mixedHeader + strings.Repeat("--x\r\n\r\nhello\r\n", 2000), Options{}, "more than 1000 parts"},
		{"text", string(plainMail(100 << 10)), Options{MaxText: 1000}, "more than 1000 bytes of text"},
		{"header fields", strings.Repeat("X-A: b\r\n", 5000) + "\r\nx\r\n", Options{}, "a header of more than"},
		{"header bytes", "X-A: b\r\n" + strings.Repeat(" "+strings.Repeat("x", 1000)+"\r\n", 2000) + "\r\nx\r\n", Options{}, "a header of more than"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := parseString(t, c.mail, c.opt)
			if !strings.Contains(strings.Join(m.Warnings, "\n"), c.warning) {
				t.Errorf("warnings %q lack %q", m.Warnings, c.warning)
			}
		})
	}
}

// TestMemory reads mails of 50 MB and watches how much of them is held at once: far less than three times the mail.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("needs 50 MB mails")
	}
	for _, name := range []string{"scan", "plain", "html-nested", "smime"} {
		t.Run(name, func(t *testing.T) {
			mail := hugeMails[name]()
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			if err := readMaildesk(mail); err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 3*uint64(len(mail)) {
				t.Errorf("%d bytes allocated for a mail of %d", allocated, len(mail))
			}
		})
	}
}

func TestStructure(t *testing.T) {
	png := "\n\niVBORw0K\n"
	for _, c := range []struct {
		name, mail, text string
		attachments      int
	}{
		{"no header at all", "Only a text.\nMore.\n", "Only a text.\nMore.", 0},
		{"nothing", "", "", 0},
		{"blank line only", "\n", "", 0},
		{"part without header", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nA text.\n--x--\n", "A text.", 0},
		{"part without blank line", "Content-Type: multipart/mixed; boundary=x\n\n--x\nA text.\n--x--\n", "A text.", 0},
		{"boundary with blanks behind", "Content-Type: multipart/mixed; boundary=x\n\n--x  \n\nA text.\n--x-- \n", "A text.", 0},
		{"boundary that begins another", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nA\n--xy\ntext.\n--x--\n", "A\n--xy\ntext.", 0},
		{"preamble and epilogue are no text", "Content-Type: multipart/mixed; boundary=x\n\nno\n--x\n\nA text.\n--x--\nno\n", "A text.", 0},
		{"no boundary declared", "Content-Type: multipart/mixed\n\n--y\nContent-Type: text/plain\n\nA text.\n--y--\n", "A text.", 0},
		{"multipart without parts", "Content-Type: multipart/mixed; boundary=x\n\nA text.\n", "A text.", 0},
		{"inner multipart never closed", "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\n\nA text.\n--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64" + png + "--x--\n", "A text.", 1},
		{"HTML when plain is blank", "Content-Type: multipart/alternative; boundary=x\n\n--x\n\n \n--x\nContent-Type: text/html\n\n<p>A text.\n--x--\n", "A text.", 0},
		{"plain before HTML", "Content-Type: multipart/alternative; boundary=x\n\n--x\n\nA text.\n--x\nContent-Type: text/html\n\n<p>no\n--x--\n", "A text.", 0},
		{"images of unread HTML are kept", "Content-Type: multipart/alternative; boundary=x\n\n--x\n\nA text.\n--x\nContent-Type: multipart/related; boundary=y\n\n--y\nContent-Type: text/html\n\nno\n--y\nContent-Type: image/png\nContent-Transfer-Encoding: base64" + png + "--y--\n--x--\n", "A text.", 1},
		{"related with start", "Content-Type: multipart/related; boundary=x; start=\"<r>\"\n\n--x\nContent-Type: image/png\n\nx\n--x\nContent-ID: <r>\nContent-Type: text/html\n\nA text.\n--x--\n", "A text.", 1},
		{"related whose root comes last", "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x\nContent-Type: text/html\n\nA text.\n--x--\n", "A text.", 1},
		{"footer of a list", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nA text.\n--x\nContent-Type: text/plain\n\nList footer.\n--x--\n", "A text.\n\nList footer.", 0},
		{"only an attached mail", "Content-Type: message/rfc822\n\nSubject: inner\n\nA text.\n", "A text.", 1},
		{"an attached mail in base64", "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogaW5uZXIKCkEgdGV4dC4K\n", "A text.", 1},
		{"digest", "Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: one\n\nA text.\n--x--\n", "A text.", 1},
		{"text without type is plain", "Content-Type: text\n\nA text.\n", "A text.", 0},
		{"HTML under a plain label", "Content-Type: text/plain\n\n<!DOCTYPE html><html><body><p>A text.</p></body></html>\n", "A text.", 0},
		{"enriched", "Content-Type: text/enriched\n\nA <bold>text</bold><param>x</param>. <<b>\n", "A text. <b>", 0},
		{"quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\nA =\ntext=2E=zz  \n", "A text.=zz", 0},
		{"base64 with a footer", "Content-Transfer-Encoding: base64\n\nQSB0ZXh0Lg==\n_____\nlist footer\n", "A text.", 0},
		{"base64 joined", "Content-Transfer-Encoding: base64\n\nQSA=\ndGV4dC4=\n", "A text.", 0},
		{"base64 cut", "Content-Transfer-Encoding: base64\n\nQSB0ZXh0LgA\n", "A text.", 0},
		{"unknown encoding", "Content-Transfer-Encoding: 8-bit\n\nA text.\n", "A text.", 0},
		{"calendar beside text", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nA text.\n--x\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--x--\n", "A text.", 1},
		{"winmail.dat that is none", "Content-Type: application/ms-tnef; name=winmail.dat\n\nno\n", "", 1},
		{"first piece of a mail", "Content-Type: message/partial; id=a; number=1; total=2\n\nSubject: inner\n\nA text.\n", "A text.", 1},
		{"second piece of a mail", "Content-Type: message/partial; id=a; number=2; total=2\n\nmore\n", "", 1},
		{"blank line before the header", "\nSubject: x\nFrom: a@corp.example\n\nA text.\n", "A text.", 0},
		{"byte order mark before the header", "\xef\xbb\xbfSubject: x\n\nA text.\n", "A text.", 0},
		{"charset in the head of the HTML", "Content-Type: text/html\n\n<meta charset=big5><p>\xa6L\xaa\xed\xbe\xf7\n", "印表機", 0},
		{"NUL and control characters", "Subject: x\n\nA\x00 te\x07xt.\n", "A text.", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			for ends, mail := range map[string]string{
				"LF": c.mail, "CRLF": strings.ReplaceAll(c.mail, "\n", "\r\n"), "CR": strings.ReplaceAll(c.mail, "\n", "\r"),
			} {
				m := parseString(t, mail, Options{})
				if m.Text != c.text || len(m.Attachments) != c.attachments {
					t.Errorf("%s: text %q, attachments %+v; want %q, %d", ends, m.Text, m.Attachments, c.text, c.attachments)
				}
			}
		})
	}
}

func TestContentKey(t *testing.T) {
	mail := "From: a@corp.example\nDate: Wed, 15 Nov 2023 09:31:00 +0800\nSubject: x\nMessage-ID: <m@corp.example>\n" + strings.ReplaceAll(mixedHeader, "\r", "") +
		"--x\n\nA text.\nMore.\n--x\nContent-Type: text/csv\nContent-Disposition: attachment; filename=a.csv\n\n1,2\n3,4\n--x--\n"
	key := parseString(t, mail, Options{}).ContentKey
	for name, same := range map[string]string{
		"CRLF":                       strings.ReplaceAll(mail, "\n", "\r\n"),
		"trailing blanks":            strings.ReplaceAll(mail, "A text.\n", "A text.  \n"),
		"trace fields":               "Received: by x\nReturn-Path: <a@corp.example>\nDelivered-To: b@corp.example\nResent-To: c@corp.example\nAuthentication-Results: x; none\nDKIM-Signature: v=1\n" + mail,
		"date in another zone":       strings.Replace(mail, "09:31:00 +0800", "01:31:00 GMT", 1),
		"text in quoted-printable":   strings.Replace(mail, "--x\n\nA text.", "--x\nContent-Transfer-Encoding: quoted-printable\n\nA=20text.", 1),
		"subject in an encoded word": strings.Replace(mail, "Subject: x", "Subject: =?utf-8?Q?x?=", 1),
	} {
		if parseString(t, same, Options{}).ContentKey != key {
			t.Errorf("%s: another key", name)
		}
	}
	for name, other := range map[string]string{
		"text":       strings.Replace(mail, "A text.", "Another text.", 1),
		"attachment": strings.Replace(mail, "1,2", "1,3", 1),
		"file name":  strings.Replace(mail, "a.csv", "b.csv", 1),
		"from":       strings.Replace(mail, "a@corp", "b@corp", 1),
		"date":       strings.Replace(mail, "09:31", "09:32", 1),
		"subject":    strings.Replace(mail, "Subject: x", "Subject: y", 1),
		"message-id": strings.Replace(mail, "<m@", "<n@", 1),
	} {
		if parseString(t, other, Options{}).ContentKey == key {
			t.Errorf("%s: the same key", name)
		}
	}
}

func TestNumbers(t *testing.T) {
	m := parseString(t, "Subject: Re: [IT20231115001] VPN\n\n已解决，IT20231115002 和 it 20231115001 也好了\n\n[IT20231115001 abcdefghijklmnop]\n\n"+
		"> · IT20231115003 · IT 服务台\n", Options{Prefix: "IT"})
	if len(m.Numbers) != 2 || m.Numbers[0] != (Number{"IT20231115001", true}) || m.Numbers[1] != (Number{"IT20231115002", false}) {
		t.Errorf("numbers %+v", m.Numbers)
	}
	if len(m.TokenLines) != 1 || m.TokenLines[0] != (TokenLine{"IT20231115001", "abcdefghijklmnop"}) {
		t.Errorf("token lines %+v", m.TokenLines)
	}
	if len(m.Footers) != 1 || m.Footers[0] != "IT20231115003" {
		t.Errorf("footers %q", m.Footers)
	}
}

func TestForwarded(t *testing.T) {
	date := time.Date(2023, 11, 14, 10, 2, 0, 0, time.UTC)
	m := parseFile(t, "testdata/outlook-forward-attached.eml")
	if f := m.Forwarded; f == nil || f.Name != "王芳" || f.Subject != "VPN/连不上" || !f.Date.Equal(date) {
		t.Errorf("attached: %+v", m.Forwarded)
	}
	block := "\n\n-----Original Message-----\nFrom: Wang Fang <wangfang@Corp.Example>\nSent: Tue, 14 Nov 2023 18:02:00 +0800\nTo: liwei@corp.example\nSubject: VPN\n\nDown.\n"
	for subject, want := range map[string]bool{"FW: VPN": true, "RE: VPN": false} {
		m := parseString(t, "Subject: "+subject+"\n\nPlease handle."+block, Options{})
		if got := m.Forwarded != nil; got != want {
			t.Errorf("%s: forwarded %+v", subject, m.Forwarded)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.eml")
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add(nestedMail(60))
	f.Add([]byte("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n--x--"))
	f.Fuzz(func(t *testing.T, mail []byte) {
		m, err := Parse(sectionOf(mail), Options{Prefix: "IT", AuthservID: "mx.corp.example"})
		if err != nil {
			t.Fatal(err)
		}
		if m.Text != "" && m.NewText == "" {
			t.Errorf("text %q without new text", m.Text)
		}
		for _, s := range []string{m.Text, m.NewText, m.Quoted, m.Signature, m.Subject, m.From.Name, m.From.Address, m.MessageID} {
			if !utf8.ValidString(s) {
				t.Errorf("not UTF-8: %q", s)
			}
		}
		for n, a := range m.Attachments[:min(len(m.Attachments), 3)] {
			if strings.ContainsAny(a.Name, "/\\\x00\n") || a.Name == ".." {
				t.Errorf("unsafe name %q", a.Name)
			}
			r, err := Open(sectionOf(mail), n)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if size, err := b.ReadFrom(r); err != nil || size != a.Size {
				t.Errorf("attachment %d: %d bytes, %v; Parse said %d", n, size, err, a.Size)
			}
		}
	})
}
