package reply

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// visibleLines are the lines of text that say something, sorted, as Split compares them.
func visibleLines(text string) []string {
	var visible []string
	for _, l := range splitLines(text) {
		if !l.blank() {
			visible = append(visible, strings.TrimRight(l.raw, " \t\r"))
		}
	}
	slices.Sort(visible)
	return visible
}

func FuzzSplit(f *testing.F) {
	f.Add(usualMail)
	for _, c := range attributionsByClient {
		f.Add("a\n" + c.text + "\n> b\nc\n-- \nd")
	}
	for _, unit := range hostile {
		f.Add(strings.Repeat(unit, 3))
	}
	for _, fixture := range fixtures(f) {
		f.Add(fixture.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		p := Read(text).Split()
		got := slices.Concat(visibleLines(p.New), visibleLines(p.Quoted), visibleLines(p.Signature))
		slices.Sort(got)
		want := visibleLines(text)
		if !slices.Equal(got, want) {
			t.Fatalf("lines differ: got %q, want %q", got, want)
		}
		if len(want) > 0 && len(visibleLines(p.New)) == 0 {
			t.Fatalf("no new text in %+v", p)
		}
	})
}

func FuzzForwarded(f *testing.F) {
	f.Add("-------- 转发邮件信息 --------\n发件人：张三 <zhangsan@corp.example>\n主题：ERP\n")
	f.Add("> Begin forwarded message:\n>\n> From: 张三 <zhangsan@corp.example>\r\n> Subject: ERP\r")
	for _, fixture := range fixtures(f) {
		f.Add(fixture.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, ok := Read(text).Forwarded()
		if !ok && found != (Forwarded{}) || found.Offset < 0 || found.Offset > len(text) {
			t.Fatalf("got %+v, %v", found, ok)
		}
	})
}
