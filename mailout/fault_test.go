package mailout

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"testing"
)

func TestJudge(t *testing.T) {
	reply := func(code int, text string) error { return &textproto.Error{Code: code, Msg: text} }
	timeout := fmt.Errorf("%w (%w)", context.DeadlineExceeded, io.EOF)
	for name, c := range map[string]struct {
		stage  Stage
		err    error
		reused bool
		want   verdict
	}{
		"connection refused":           {StageConnect, errors.New("connection refused"), false, reconnect},
		"no greeting":                  {StageConnect, timeout, false, reconnect},
		"greeting 421":                 {StageConnect, reply(421, "4.3.2 busy"), false, reconnect},
		"greeting 554":                 {StageConnect, reply(554, "5.7.1 blocked"), false, stopQueue},
		"certificate":                  {StageConnect, &tls.CertificateVerificationError{Err: errors.New("expired")}, false, stopQueue},
		"EHLO 550":                     {StageHello, reply(550, "bad name"), false, stopQueue},
		"no STARTTLS":                  {StageHello, setupError("no STARTTLS"), false, stopQueue},
		"AUTH 535":                     {StageLogin, reply(535, "5.7.8 bad credentials"), false, stopQueue},
		"AUTH 454":                     {StageLogin, reply(454, "4.7.0 try later"), false, reconnect},
		"AUTH without a reply":         {StageLogin, io.EOF, false, reconnect},
		"MAIL 530":                     {StageSender, reply(530, "5.7.0 log in first"), false, stopQueue},
		"MAIL 550":                     {StageSender, reply(550, "5.1.8 bad sender"), false, stopQueue},
		"MAIL 451":                     {StageSender, reply(451, "4.3.0 later"), false, deferMail},
		"MAIL 421, fresh":              {StageSender, reply(421, "4.7.0 later"), false, deferMail},
		"MAIL 421, used":               {StageSender, reply(421, "4.4.2 enough"), true, redial},
		"MAIL without a reply, fresh":  {StageSender, io.EOF, false, deferMail},
		"MAIL without a reply, used":   {StageSender, io.EOF, true, redial},
		"MAIL 550, used":               {StageSender, reply(550, "5.1.8 bad sender"), true, stopQueue},
		"RCPT 450":                     {StageRcpt, reply(450, "4.2.1 greylisted"), false, deferMail},
		"RCPT 550":                     {StageRcpt, reply(550, "5.1.1 unknown"), true, failMail},
		"RCPT 550 without status":      {StageRcpt, reply(550, "unknown"), false, failMail},
		"RCPT policy":                  {StageRcpt, reply(554, "5.7.1 relay access denied"), false, failMail},
		"RCPT 530":                     {StageRcpt, reply(530, "5.7.1 client was not authenticated"), false, stopQueue},
		"RCPT quota of the account":    {StageRcpt, reply(550, "5.4.5 daily quota exceeded"), false, stopQueue},
		"RCPT quota, temporary":        {StageRcpt, reply(452, "4.4.5 daily quota exceeded"), false, stopQueue},
		"RCPT mailbox full":            {StageRcpt, reply(452, "4.2.2 mailbox full"), false, deferMail},
		"RCPT mailbox full for good":   {StageRcpt, reply(552, "5.2.2 mailbox full"), false, failMail},
		"RCPT without a reply, used":   {StageRcpt, io.EOF, true, deferMail},
		"DATA 554":                     {StageData, reply(554, "5.6.0 content refused"), false, failMail},
		"DATA 451":                     {StageData, reply(451, "4.3.0 later"), false, deferMail},
		"DATA limit of recipients":     {StageData, reply(550, "5.1.90 limit of recipients"), false, stopQueue},
		"DATA not allowed as sender":   {StageData, reply(550, "5.7.60 SendAsDenied"), false, stopQueue},
		"DATA without a reply":         {StageData, timeout, true, deferMail},
		"status that only looks alike": {StageRcpt, reply(550, "5.4.50 something"), false, failMail},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFault(c.stage, fmt.Errorf("wrapped: %w", c.err))
			f.reused = c.reused
			if got := f.judge(); got != c.want {
				t.Errorf("judged %d, want %d", got, c.want)
			}
			if c.want == stopQueue && f.Fix() == "" {
				t.Error("the alarm says no fix")
			}
		})
	}
}

func TestEnhanced(t *testing.T) {
	for text, want := range map[string]string{
		"5.1.1 unknown": "5.1.1", "4.5.127": "4.5.127", "unknown": "", "5.1 x": "", "3.1.1 x": "", "5.1.x y": "",
		"5.1.1000 x": "", "": "", "5..1 x": "",
	} {
		if got := enhanced(text); got != want {
			t.Errorf("enhanced(%q) = %q, want %q", text, got, want)
		}
	}
}
