package templates

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"maildesk/tickets"
)

var update = flag.Bool("update", false, "write the golden files")

// story is what the golden files tell: one problem in each language, with text that tries to be more than text.
var story = map[tickets.Language]Data{
	tickets.Chinese: {
		Desk: "IT 服务台", Address: "helpdesk@corp.example", Reader: "张三", Number: "IT20231115001",
		Subject: "登录ERP系统时提示“用户名或密码错误”", Status: tickets.New,
		Text: "您好，\n\n今天早上 9:30 开始，登录ERP系统时提示“用户名或密码错误”，但确认输入正确。" +
			"清除缓存、换浏览器都试过了，还是不行，现在无法录入销售订单，请尽快帮忙看一下。\n" +
			"错误信息：ERR_AUTH_01 <LoginService> *not* found\n#include <stdio.h>\n    at login.check(login.go:42)\n\n谢谢！",
		Attachments: []Text{"错误截图.png", "erp_日志 [1].txt"}, Reason: "邮件有 32 MB，超过了 25 MB 的上限",
	},
	tickets.English: {
		Desk: "IT Service Desk", Address: "helpdesk@corp.example", Reader: "Anna Smith", Number: "IT20231115002",
		Subject: "Printer on floor 3 prints only blank pages", Status: tickets.New,
		Text: "Hi,\n\nsince this morning the printer on floor 3 (HP LaserJet, next to the kitchen) prints only blank" +
			" pages. I already changed the toner and switched it off and on again.\n\n# not a heading\n" +
			"[not a link](http://example.com) <b>not bold</b> {{.Number}}\n\nThanks,\nAnna",
		Attachments: []Text{"photo_1.jpg"}, Reason: "the mail was 32 MB, and 25 MB is the most we take",
	},
}

func load(t testing.TB) *Set {
	t.Helper()
	set, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestEveryKindInEveryLanguage(t *testing.T) {
	set := load(t)
	for _, lang := range []tickets.Language{tickets.Chinese, tickets.English} {
		for _, kind := range noticeKinds(t) {
			name := string(kind) + "." + string(lang)
			t.Run(name, func(t *testing.T) {
				got, err := set.Render(kind, lang, storyOf(kind, lang))
				if err != nil {
					t.Fatal(err)
				}
				checkText(t, got.Text)
				checkPage(t, got.HTML)
				golden(t, name+".txt", "Subject: "+got.Subject+"\n\n"+got.Text)
				golden(t, name+".html", got.HTML)
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the change\ngot:\n%s", path, got)
	}
}

func BenchmarkRender(b *testing.B) {
	set := load(b)
	for _, lang := range []tickets.Language{tickets.Chinese, tickets.English} {
		b.Run(string(lang), func(b *testing.B) {
			for b.Loop() {
				if _, err := set.Render(tickets.NoticeConfirmation, lang, story[lang]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestHouseTemplates(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	for name, c := range map[string]struct {
		file  string
		fault string // "" when it is taken
	}{
		"taken":           {"Subject: {{.Thread}} (ours)\n\nHello {{.Reader}}\n", ""},
		"windows":         {"Subject: {{.Thread}} (ours)\r\n\r\nHello\r\n", ""},
		"no subject":      {"Hello\n\nWorld\n", "Subject"},
		"unknown field":   {"Subject: x\n\n{{.Nonsense}}\n", "Nonsense"},
		"tag lost":        {"Subject: {{.Subject}}\n\nHello\n", "{{.Thread}}"},
		"broken syntax":   {"Subject: x\n\n{{if}}\n", "if"},
		"escaping undone": {"Subject: x\n\n{{printf \"%q\" .Text}}\n", "not available"},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := Load(fstest.MapFS{"en/confirmation.md": file(c.file)})
			if c.fault == "" && err != nil || c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault) ||
				!strings.Contains(err.Error(), "en/confirmation.md")) {
				t.Fatalf("error %v", err)
			}
			got, err := set.Render(tickets.NoticeConfirmation, tickets.English, story[tickets.English])
			if err != nil {
				t.Fatal(err)
			}
			if ours := strings.HasSuffix(got.Subject, "(ours)"); ours != (c.fault == "") {
				t.Errorf("subject %q", got.Subject)
			}
		})
	}
}

func TestHouseTemplateOfNoKind(t *testing.T) {
	for _, name := range []string{"en/confirmaton.md", "fr/confirmation.md"} {
		set, err := Load(fstest.MapFS{name: {Data: []byte("Subject: {{.Thread}}\n\nHello\n")}})
		if err == nil || !strings.Contains(err.Error(), name) || len(set.house) != 0 {
			t.Errorf("%s: error %v, taken %v", name, err, set.house)
		}
	}
}

func TestBrokenTemplateCostsNoMail(t *testing.T) {
	// It renders with the sample, so Load takes it, and fails with what a real notice holds.
	late := "Subject: {{.Thread}}\n\n{{if eq (len .Attachments) 1}}{{index .Attachments 7}}{{end}}\n"
	set, err := Load(fstest.MapFS{"en/confirmation.md": {Data: []byte(late)}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := set.Render(tickets.NoticeConfirmation, tickets.English, story[tickets.English])
	if err == nil || !strings.Contains(got.HTML, "We have your report") {
		t.Errorf("error %v, page:\n%s", err, got.HTML)
	}
	got, err = set.Render("no such kind", tickets.Chinese, story[tickets.Chinese])
	if err == nil || got.HTML != "" || !strings.HasPrefix(got.Subject, "[IT20231115001] 登录") ||
		!strings.HasSuffix(got.Text, "\n· IT20231115001 · IT 服务台\n") {
		t.Errorf("error %v, mail %+v", err, got)
	}
}

func TestPagesAreLightAndReadable(t *testing.T) {
	set := load(t)
	for k := range set.own {
		data := storyOf(k.kind, k.lang)
		data.Text = Text(strings.Repeat(string(data.Text)+"\n", 1000))
		data.Subject = Text(strings.Repeat("很长的主题 long subject ", 8))
		got, err := set.Render(k.kind, k.lang, data)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.HTML) > 60_000 {
			t.Errorf("%s/%s: %d bytes of HTML", k.lang, k.kind, len(got.HTML))
		}
		checkText(t, got.Text)
		checkPage(t, got.HTML)
	}
}
