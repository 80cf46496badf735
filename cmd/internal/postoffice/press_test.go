package postoffice

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestPress(t *testing.T) {
	const page = `<p><a href="https://corp.example/">Home</a> <a href="mailto:desk%2B1@corp.example?subject=%5BIT1%5D%20a%2Bb+c&amp;body=%23confirm%0D%0A%0D%0A%E5%A5%BD">
<b>Yes</b>, it is</a> <a href="mailto:desk@corp.example?body=%zz">Broken</a></p>`
	encoded := base64.StdEncoding.EncodeToString([]byte(page))
	const two = "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nYes, it is\r\n"
	for name, test := range map[string]struct {
		raw, label string
		want       Prepared
		wrong      string
	}{
		"HTML in base64":     {two + "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded + "\r\n--b--\r\n", "Yes, it is", Prepared{"desk+1@corp.example", "[IT1] a+b+c", "#confirm\n\n好"}, ""},
		"beside a file":      {"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n" + two + "--b\r\nContent-Type: text/html\r\n\r\n" + page + "\r\n--b--\r\n--m--\r\n", "Yes, it is", Prepared{"desk+1@corp.example", "[IT1] a+b+c", "#confirm\n\n好"}, ""},
		"no such label":      {"Content-Type: text/html\r\n\r\n" + page, "Yes", Prepared{}, `no button "Yes"`},
		"a web address":      {"Content-Type: text/html\r\n\r\n" + page, "Home", Prepared{}, "no mailto link"},
		"a broken link":      {"Content-Type: text/html\r\n\r\n" + page, "Broken", Prepared{}, "read the link"},
		"no HTML":            {two + "--b--\r\n", "Yes, it is", Prepared{}, "no HTML"},
		"a part without end": {two + "--b\r\nContent-Type: text/html\r\n\r\n" + page, "Yes, it is", Prepared{}, "unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Press([]byte(test.raw), test.label)
			if got != test.want || err == nil != (test.wrong == "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
				t.Errorf("got %+v, %v; want %+v, %q", got, err, test.want, test.wrong)
			}
		})
	}
}
