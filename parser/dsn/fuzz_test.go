package dsn

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var wellFormed = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}$`)

func FuzzRead(f *testing.F) {
	for _, name := range []string{"postfix", "run-together", "exim", "qmail", "exchange-zh", "netease", "person-forwards"} {
		in := readFixture(f, name)
		f.Add(in.first("From"), in.first("Subject"), in.ReportType, in.Status, in.Original, in.Text)
	}
	f.Add("", "", "", []byte("Final-Recipient: a@b\nAction: x"), []byte(":\n :"), "<a@b.c>:\n@")
	f.Add("mailer-daemon", "退信", "", []byte(nil), []byte(nil), `{"bouncedRecipients":[{}]}`)
	f.Fuzz(func(t *testing.T, from, subject, reportType string, status, original []byte, text string) {
		in := Input{
			Header:     header(map[string]string{"From": from, "Subject": subject}),
			ReportType: reportType, Status: status, Original: original, Text: text,
		}
		got, ok := Read(in)
		if !ok {
			if got != (Report{}) {
				t.Errorf("a report that is none: %+v", got)
			}
			return
		}
		if !slices.Contains([]string{failed, delayed, delivered, relayed, expanded}, got.Action) {
			t.Errorf("action %q", got.Action)
		}
		if got.Status != "" && !wellFormed.MatchString(got.Status) || got.Status == "" && (got.Action == failed || got.Action == delayed) {
			t.Errorf("status %q of a %s report", got.Status, got.Action)
		}
		for _, s := range []string{got.Recipient, got.MessageID} {
			if strings.ContainsFunc(s, unicode.IsControl) {
				t.Errorf("control characters in %q", s)
			}
		}
		if again, _ := Read(in); again != got {
			t.Errorf("read twice: %+v, then %+v", got, again)
		}
	})
}

// BenchmarkReadHostile reads 2 MiB parts made to be slow.
func BenchmarkReadHostile(b *testing.B) {
	for name, piece := range map[string]string{
		"at signs": "@", "address": "a@b.c ", "near status": "5.1.", "label": "recipient: ", "fields": "Status: 5.1.1\n", "folds": "Status:\n x\n", "dots": "a.a",
		"recipients": "<a@b.c>:\n", "named": "a@b.c says\n", "arrows": "> ", "header": "Received: x\n", "codes": "550 ",
	} {
		b.Run(name, func(b *testing.B) {
			long := strings.Repeat(piece, (2<<20)/len(piece))
			in := Input{Header: header(map[string]string{"From": "mailer-daemon@corp.example", "Subject": "failure notice"}), Status: []byte(long), Original: []byte(long), Text: long}
			b.SetBytes(int64(3 * len(long)))
			for b.Loop() {
				Read(in)
			}
		})
	}
}

func BenchmarkReadPerson(b *testing.B) {
	in := Input{Header: header(map[string]string{"From": "张三 <zhangsan@corp.example>", "Subject": "VPN"}), Text: strings.Repeat("我的电脑无法连接网络 a@b.c\n", 100)}
	for b.Loop() {
		Read(in)
	}
}
