package dsn

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// readFixture turns a mail of testdata into what parser would hand over.
func readFixture(t testing.TB, name string) Input {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Header: func(field string) []string {
		var values []string
		for _, v := range m.Header[textproto.CanonicalMIMEHeaderKey(field)] {
			if decoded, err := new(mime.WordDecoder).DecodeHeader(v); err == nil {
				v = decoded
			}
			values = append(values, v)
		}
		return values
	}}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		t.Fatal(err)
	}
	kind, param, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || param["boundary"] == "" {
		in.Text = string(body)
		return in
	}
	if kind == "multipart/report" {
		in.ReportType = param["report-type"]
	}
	readParts(t, &in, body, param["boundary"])
	return in
}

func readParts(t testing.TB, in *Input, body []byte, boundary string) {
	t.Helper()
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		switch kind, _, _ := strings.Cut(p.Header.Get("Content-Type"), ";"); kind {
		case "message/delivery-status":
			in.Status = content
		case "message/rfc822", "text/rfc822-headers":
			in.Original = content
		case "text/plain":
			in.Text += string(content) + "\n"
		}
	}
}

func TestRead(t *testing.T) {
	const zhangsan = "zhangsan@corp.example"
	tests := []struct {
		file string
		want Report // Evidence is not compared
	}{
		{"postfix", Report{Recipient: zhangsan, Action: failed, Status: "5.1.1", MessageID: "IT20231115001.1.abcdefghijklmnop@corp.example"}},
		{"run-together", Report{Recipient: "sunli@corp.example", Action: failed, Status: "5.0.0", MessageID: "one@corp.example"}},
		{"delivered", Report{Recipient: zhangsan, Action: delivered, Status: "2.0.0"}},
		{"exim", Report{Recipient: zhangsan, Action: failed, Status: "5.2.1", MessageID: "two@corp.example"}},
		{"exim-delayed", Report{Recipient: zhangsan, Action: delayed, Status: "4.4.1"}},
		{"qmail", Report{Recipient: zhangsan, Action: failed, Status: "5.1.1", MessageID: "three@corp.example"}},
		{"sendmail-text", Report{Recipient: "zhangsan@old.corp.example", Action: failed, Status: "5.1.2", MessageID: "four@corp.example"}},
		{"exchange-en", Report{Recipient: zhangsan, Action: failed, Status: "5.1.1"}},
		{"exchange-zh", Report{Recipient: zhangsan, Action: failed, Status: "5.2.2", MessageID: "five@corp.example"}},
		{"exchange-zh-text", Report{Recipient: zhangsan, Action: failed, Status: "5.1.1"}},
		{"gmail", Report{Recipient: zhangsan, Action: failed, Status: "5.1.1", MessageID: "six@corp.example"}},
		{"qq", Report{Recipient: "10001@qq.example", Action: failed, Status: "5.1.1"}},
		{"netease", Report{Recipient: "zhangsan@163.example", Action: failed, Status: "5.2.2"}},
		{"notification", Report{Recipient: zhangsan, Action: failed, Status: "5.1.1", MessageID: "seven@corp.example"}},
		{"domino", Report{Recipient: zhangsan, Action: failed, Status: "5.1.1"}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			got, ok := Read(readFixture(t, tt.file))
			if !ok {
				t.Fatal("not told as a report")
			}
			if got.Evidence == "" {
				t.Error("no evidence given")
			}
			tt.want.Evidence = got.Evidence
			if got != tt.want {
				t.Errorf("Read = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestReadLeavesOtherMail(t *testing.T) {
	for _, file := range []string{
		"person-forwards", "person-attaches", "administrator", "read-receipt", "complaint", "out-of-office", "out-of-office-topic",
	} {
		t.Run(file, func(t *testing.T) {
			if got, ok := Read(readFixture(t, file)); ok {
				t.Errorf("told as a report: %+v", got)
			}
		})
	}
}
