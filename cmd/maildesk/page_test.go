package main

import (
	"bytes"
	"flag"
	"os"
	"testing"
	"time"

	"maildesk/parser"
	"maildesk/parser/command"
)

var update = flag.Bool("update", false, "write golden files anew")

func TestPage(t *testing.T) {
	mail := &parser.Message{
		MessageID: "1@corp.example", InReplyTo: []string{"IT20231115001.1.abcdefghijklmnop@corp.example"},
		From: parser.Address{Name: "李伟", Address: "liwei@corp.example"}, To: []parser.Address{{Address: "helpdesk@corp.example"}},
		Cc:      []parser.Address{{Name: "张三", Address: "zhangsan@corp.example"}, {Address: "wangwu@corp.example"}},
		Date:    time.Date(2023, 11, 15, 9, 30, 0, 0, time.FixedZone("", 8*3600)),
		Subject: "Re: [IT20231115001] ERP\n登录不上", Kind: parser.Human, Reason: "nothing says otherwise", Language: "zh",
		Numbers:     []parser.Number{{Number: "IT20231115001", Subject: true}},
		Orders:      command.Block{Commands: []command.Command{{Verb: "resolve"}, {Verb: "time", Args: "30m"}}},
		Form:        map[string]string{"phone": "13800000000", "department": "市场部"},
		Attachments: []parser.Attachment{{Name: "screen.png", Type: "image/png", Size: 34 << 10, Inline: true}, {Type: "message/rfc822", Size: 900}},
		Forwarded:   &parser.Forwarded{Name: "张三", Address: "zhangsan@corp.example"},
		Bounce:      &parser.BounceReport{Recipient: "gone@corp.example", Action: "failed", Status: "5.1.1"},
		Warnings:    []string{"charset gb2312: read as GB18030"},
		NewText:     "密码已重置,\x1b[31m请再试。\n\n\n谢谢\n", Quoted: "登录不上", Signature: "李伟",
	}
	for name, coloured := range map[string]bool{"page.golden": false, "page-coloured.golden": true} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			if err := showPage(&got, coloured, "mails/1.eml", mail); err != nil {
				t.Fatal(err)
			}
			golden(t, "testdata/"+name, got.Bytes())
		})
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s", path, got)
	}
}
