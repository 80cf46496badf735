package parser

import (
	"slices"
	"testing"
	"time"

	"maildesk/parser/charset"
)

func TestBaseSubject(t *testing.T) {
	for in, want := range map[string]string{
		"VPN":                            "VPN",
		"Re: VPN":                        "VPN",
		"RE: Fwd: re: VPN (fwd)":         "VPN",
		"回复：VPN":                         "VPN",
		"答复: 转发：回复: VPN":                 "VPN",
		"Re[2]: VPN":                     "VPN",
		"回复(3)：VPN":                      "VPN",
		"AW: WG: VPN":                    "VPN",
		"[it-desk] Re: VPN":              "VPN",
		"Re: [IT20231115001] VPN":        "[IT20231115001] VPN",
		"[Fwd: VPN]":                     "VPN",
		"  Re:   VPN   down ":            "VPN down",
		"关于：VPN":                         "关于：VPN",
		"Report: VPN":                    "Report: VPN",
		"自动回复: 我在休假":                     "我在休假",
		"":                               "",
		"Re:":                            "",
		"http://corp.example/re: broken": "http://corp.example/re: broken",
		"转发： 【P0 告警】[IT20231115001] 邮件系统中断": "【P0 告警】[IT20231115001] 邮件系统中断",
	} {
		if got := BaseSubject(in); got != want {
			t.Errorf("BaseSubject(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIsForward(t *testing.T) {
	for in, want := range map[string]bool{
		"Fwd: VPN": true, "转发：VPN": true, "FW: RE: VPN": true, "[Fwd: VPN]": true, "WG: VPN": true,
		"Re: Fwd: VPN": false, "VPN": false, "回复：VPN": false,
	} {
		if got := isForward(in); got != want {
			t.Errorf("isForward(%q) = %v", in, got)
		}
	}
}

func TestParseAddresses(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []Address
	}{
		{"name and address", "Zhang San <zhangsan@Corp.Example>", []Address{{"Zhang San", "zhangsan@corp.example"}}},
		{"quoted comma", `"Zhang, San" <a@corp.example>, b@corp.example`, []Address{{"Zhang, San", "a@corp.example"}, {"", "b@corp.example"}}},
		{"escaped quote", `"Zhang \"S\" San" <a@corp.example>`, []Address{{`Zhang "S" San`, "a@corp.example"}}},
		{"encoded word", "=?gb2312?B?1cXI/Q==?= <a@corp.example>", []Address{{"张三", "a@corp.example"}}},
		{"encoded word in quotes", `"=?gb2312?B?1cXI/Q==?=" <a@corp.example>`, []Address{{"张三", "a@corp.example"}}},
		{"encoded comma is no separator", "=?utf-8?Q?Zhang,_San?= <a@corp.example>", []Address{{"Zhang, San", "a@corp.example"}}},
		{"all in one encoded word", "=?utf-8?B?5byg5LiJIDxhQGNvcnAuZXhhbXBsZT4=?=", []Address{{"张三", "a@corp.example"}}},
		{"raw name with brackets", "张三（市场部）<a@corp.example>", []Address{{"张三（市场部）", "a@corp.example"}}},
		{"old form", "a@corp.example (Zhang San)", []Address{{"Zhang San", "a@corp.example"}}},
		{"comments inside", "pete(his \\) account)@corp.example(his host)", []Address{{"his host", "pete@corp.example"}}},
		{"group", "Team: a@corp.example, B <b@corp.example>;, c@corp.example", []Address{{"", "a@corp.example"}, {"B", "b@corp.example"}, {"", "c@corp.example"}}},
		{"empty group", "undisclosed-recipients:;", nil},
		{"semicolons", "a@corp.example; b@corp.example", []Address{{"", "a@corp.example"}, {"", "b@corp.example"}}},
		{"route", "<@relay.example:a@corp.example>", []Address{{"", "a@corp.example"}}},
		{"no brackets", "Zhang San a@corp.example", []Address{{"Zhang San", "a@corp.example"}}},
		{"bracket never closed", "Zhang San <a@corp.example", []Address{{"Zhang San", "a@corp.example"}}},
		{"quote never closed", `"Zhang San <a@corp.example>`, []Address{{"Zhang San", "a@corp.example"}}},
		{"mailto", "<mailto:a@corp.example>", []Address{{"", "a@corp.example"}}},
		{"doubled brackets", "<<a@corp.example>>", []Address{{"", "a@corp.example"}}},
		{"name only", "Zhang San", []Address{{"Zhang San", ""}}},
		{"address as its name", `"a@corp.example" <b@corp.example>`, []Address{{"a@corp.example", "b@corp.example"}}},
		{"comma without quotes", "Doe, John <john@corp.example>, B <b@corp.example>", []Address{{"Doe, John", "john@corp.example"}, {"B", "b@corp.example"}}},
		{"null", "<>", nil},
		{"nothing", " , ,", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := parseAddresses(c.in); !slices.Equal(got, c.want) {
				t.Errorf("parseAddresses(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestParseDate(t *testing.T) {
	want := time.Date(2023, 11, 15, 1, 31, 0, 0, time.UTC)
	for _, in := range []string{
		"Wed, 15 Nov 2023 09:31:00 +0800", "15 Nov 2023 09:31 +0800", "Wed, 15 Nov 2023 09:31:00 +0800 (CST)", "Wed,15 Nov 2023 09:31:00 +08:00",
		"Wednesday, 15-Nov-2023 01:31:00 GMT", "Wed, 15 Nov 23 01:31:00 UT", "Wed Nov 15 01:31:00 2023", "Wed Nov 15 09:31:00 +0800 2023",
		"Wed, 15 Nov 2023 01.31.00 Z", "2023-11-15 09:31:00 +0800", "2023-11-15T09:31:00+08:00", "2023-11-15T01:31:00Z", "Wed, 15 Nov 2023 9:31:0 +8",
		"Tue, 14 Nov 2023 20:31:00 EST", "Wed, 15 Nov 2023 01:31:00 XYZ", "Wed, 15 Nov 2023 01:31:00",
	} {
		if got := parseDate(in); !got.Equal(want) {
			t.Errorf("parseDate(%q) = %v, want %v", in, got, want)
		}
	}
	for _, in := range []string{"--A", "1--A 2023", "", "yesterday", "32 Nov 2023 09:31:00 +0800", "Wed, 15 Nov"} {
		if got := parseDate(in); !got.IsZero() {
			t.Errorf("parseDate(%q) = %v, want none", in, got)
		}
	}
}

func TestMessageIDs(t *testing.T) {
	for in, want := range map[string][]string{
		"<a@b>":                                {"a@b"},
		"<a@b> <c@d>":                          {"a@b", "c@d"},
		"<a@b><c@d>":                           {"a@b", "c@d"},
		"Your message of \"Tue\" <a@b>":        {"a@b"},
		"a@b, c@d":                             {"a@b", "c@d"},
		"<a@b":                                 {"a@b"},
		"<<a@b>>":                              {"a@b"},
		"<no at sign>":                         {"noatsign"},
		"<>":                                   nil,
		"":                                     nil,
		"Message from Bob on Tuesday":          nil,
		"<IT20231115001.3.x@corp.example> x y": {"IT20231115001.3.x@corp.example"},
	} {
		if got := messageIDs(in); !slices.Equal(got, want) {
			t.Errorf("messageIDs(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParseMediaType(t *testing.T) {
	for _, c := range []struct{ in, value, key, want string }{
		{"text/plain; charset=utf-8", "text/plain", "charset", "utf-8"},
		{`TEXT/Plain ; Charset="GB2312"`, "text/plain", "charset", "GB2312"},
		{"text/plain charset=utf-8", "text/plain", "charset", "utf-8"},
		{"text/plain; (comment) charset=us-ascii (Plain text)", "text/plain", "charset", "us-ascii"},
		{"text/plain;; charset=utf-8", "text/plain", "charset", "utf-8"},
		{"multipart/mixed; boundary=\"a b;c\"; x=y", "multipart/mixed", "boundary", "a b;c"},
		{"multipart/mixed; boundary==_x_=", "multipart/mixed", "boundary", "=_x_="},
		{"multipart/mixed; junk boundary=x", "multipart/mixed", "boundary", "x"},
		{"attachment; filename=my file (1).pdf; size=3", "attachment", "filename", "my file (1).pdf"},
		{"text/plain", "text/plain", "charset", ""},
		{"", "", "charset", ""},
	} {
		m := parseMediaType(c.in)
		if got := m.get(c.key); m.value != c.value || got != c.want {
			t.Errorf("parseMediaType(%q) = %q, %s=%q, want %q, %q", c.in, m.value, c.key, got, c.value, c.want)
		}
	}
}

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		`C:\Users\zhang\a.doc`: "a.doc", "../../etc/passwd": "passwd", "..": "", ".": "", "/": "", "a\r\nb.txt": "ab.txt",
		"invoice\u202Efdp.exe": "invoicefdp.exe", " a.txt ": "a.txt", "报告.doc": "报告.doc",
	} {
		if got := safeName(in); got != want {
			t.Errorf("safeName(%q) = %q, want %q", in, got, want)
		}
	}
	long := safeName("长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长.docx")
	if len(long) > maxName || long[len(long)-5:] != ".docx" {
		t.Errorf("long name became %q", long)
	}
}

func FuzzSubject(f *testing.F) {
	for _, seed := range []string{"Re: 回复：[x] FW: a (fwd)", "=?gb2312?B?tPLT?= =?gb2312?B?obv6?=", "[Fwd: [Fwd: a]]", "Re[2]^3: a", "：：", "\xb4\xf2: a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, subject string) {
		base := BaseSubject(cleanSubject(charset.Header(subject)))
		if again := BaseSubject(base); again != base {
			t.Errorf("BaseSubject(%q) = %q, and of that %q", subject, base, again)
		}
		parseAddresses(subject)
		parseDate(subject)
		messageIDs(subject)
		decodeName(parseMediaType(subject), "name")
	})
}
