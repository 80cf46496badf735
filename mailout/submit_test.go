package mailout

import (
	"strings"
	"testing"

	"maildesk/mailout/smtptest"
	"maildesk/tickets"
)

func TestSubmit(t *testing.T) {
	const desk, text = "helpdesk@corp.example", "Subject: tea\r\n\r\n.ready\r\n"
	for name, test := range map[string]struct {
		fault smtptest.Fault
		want  string // in the error, "" when the mail is taken
	}{
		"taken":                 {},
		"log-in refused":        {smtptest.Fault{At: smtptest.Auth, Code: 535, Text: "5.7.8 no"}, "AUTH: 535 5.7.8 no; "},
		"recipient refused":     {smtptest.Fault{At: smtptest.Rcpt, Code: 550, Text: "5.1.1 nobody"}, "RCPT TO: 550 5.1.1 nobody; "},
		"text refused":          {smtptest.Fault{At: smtptest.Data, Code: 554, Text: "5.7.1 forged"}, "DATA: 554 5.7.1 forged; "},
		"the connection breaks": {smtptest.Fault{At: smtptest.Data, Drop: true}, "DATA: "},
	} {
		t.Run(name, func(t *testing.T) {
			post, err := smtptest.Start(smtptest.Options{Users: map[string]string{desk: "secret"}})
			if err != nil {
				t.Fatal(err)
			}
			defer post.Close()
			if test.want != "" {
				post.Fail(test.fault)
			}
			server := Server{URL: post.URL()}
			logInAs(desk, "secret")(&server)
			err = Submit(t.Context(), server, tickets.Outgoing{Sender: desk, Recipient: desk, Raw: []byte(text)})
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error %v, want one with %q", err, test.want)
				}
				return
			}
			got := post.Mails()
			if err != nil || len(got) != 1 || string(got[0].Raw) != text || got[0].From != desk || got[0].To[0] != desk || got[0].User != desk {
				t.Errorf("the server has %+v, error %v", got, err)
			}
		})
	}
}
