package templates

import (
	"reflect"
	"strings"
	"testing"
	syntax "text/template/parse"

	"maildesk/tickets"
)

func TestOwnWords(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"lines":        {"a\r\nb\n", "a\\\nb"},
		"paragraphs":   {"\n\na\n\n\nb\n", "a\n\nb"},
		"signs":        {"#include <x>\n- a\n1. b", "\\#include \\<x\\>\\\n\\- a\\\n1\\. b"},
		"indentation":  {"    code", "\u00a0\u00a0\u00a0\u00a0code"},
		"last a slash": {"a\\\nb", "a\\\\\\\nb"},
		"nothing":      {" \n\t\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ownWords(Data{Text: Text(c.text)}); string(got) != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOwnWordsAreWholeOrGoAlongAsFile(t *testing.T) {
	set := load(t)
	for name, c := range map[string]struct {
		text string
		fits bool
	}{
		"long":    {strings.Repeat("一行说明文字，写得很长。\n", 500), true},
		"longer":  {strings.Repeat("一行说明文字，写得很长。\n", 2000), false},
		"hostile": {strings.Repeat("\"\n\n", 20_000), false},
		"a line":  {strings.Repeat("字", 50_000), false},
	} {
		t.Run(name, func(t *testing.T) {
			data := storyOf(tickets.NoticeReply, tickets.Chinese)
			data.Text = Text(c.text)
			got, err := set.Render(tickets.NoticeReply, tickets.Chinese, data)
			if err != nil {
				t.Fatal(err)
			}
			if Fits(data.Text) != c.fits || strings.Contains(got.Text, FullText(tickets.Chinese)) == c.fits {
				t.Errorf("fits: %v; the text:\n%s", Fits(data.Text), got.Text)
			}
			if c.fits && !strings.Contains(flat(got.Text), flat(c.text)) {
				t.Error("words were lost")
			}
			if len(got.HTML) > 60_000 {
				t.Errorf("%d bytes of HTML", len(got.HTML))
			}
		})
	}
}

func TestAnswer(t *testing.T) {
	set := load(t)
	for name, c := range map[string]struct {
		lines []Text
		text  string // stands in the text
		html  string // stands in the page
	}{
		"form":          {[]Text{"反馈人：", "*错误提示*：_", "", "1. 描述："}, "反馈人：\n*错误提示*：_\n\n1. 描述：\n", "反馈人：<br>"},
		"table":         {[]Text{"编号\t主题", "IT1\t打印机"}, "编号  主题\nIT1   打印机\n", "<th style"},
		"bars":          {[]Text{"a\tb", `x\|y|` + "\t" + `\`}, `x\|y|  \` + "\n", `x\|y|</td>`},
		"uneven rows":   {[]Text{"a", "b\tc", "d\te\tf", "g\t"}, "b  c\nd  e  f\ng\n", ">f</td>"},
		"line breaks":   {[]Text{"a\nb\r\nc"}, "a b c\n", "a b c"},
		"only one row":  {[]Text{"a\tb"}, "a  b\n", "<th style"},
		"wide":          {[]Text{"a\tb", "x\t" + Text(strings.Repeat("word ", 20))}, "word\n   word", "word word"},
		"no room":       {[]Text{"a\tb", "x\ty", Text(strings.Repeat("z\n", 40_000)), "end"}, "is left out.", "is left out."},
		"many lines":    {sparse(20_000), "is left out.", "is left out."},
		"a long table":  {tableOf(2000), "is left out.", "is left out."},
		"html in cells": {[]Text{"<b>\t&amp;", "<script>\t{{.Text}}"}, "<script>  {{.Text}}", "&lt;script&gt;"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := set.Render(tickets.NoticeAnswer, tickets.English, Data{Desk: "IT", Lines: c.lines})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got.Text, c.text) {
				t.Errorf("no %q in the text:\n%s", c.text, got.Text)
			}
			if !strings.Contains(got.HTML, c.html) || len(got.HTML) > 60_000 {
				t.Errorf("no %q in the page of %d bytes:\n%s", c.html, len(got.HTML), got.HTML)
			}
			checkText(t, got.Text)
			checkPage(t, got.HTML)
		})
	}
}

// sparse is n lines with a blank one behind each.
func sparse(n int) []Text {
	lines := make([]Text, 2*n)
	for i := range n {
		lines[2*i] = "a"
	}
	return lines
}

// tableOf is a table of n rows.
func tableOf(n int) []Text {
	rows := make([]Text, n)
	for i := range rows {
		rows[i] = "number\tsubject"
	}
	return rows
}

func TestButtonsAreForThePageAlone(t *testing.T) {
	set := load(t)
	for _, lang := range []tickets.Language{tickets.Chinese, tickets.English} {
		for _, kind := range []tickets.NoticeKind{tickets.NoticeResolved, tickets.NoticeSurvey, tickets.NoticeUnclear, tickets.NoticeHeld} {
			data := storyOf(kind, lang)
			data.Buttons = append(data.Buttons, Button{Label: "bad", Link: "https://evil.example/"}, Button{Label: "bad", Link: "mailto:a?b> x"})
			got, err := set.Render(kind, lang, data)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(got.Text, "mailto:") || strings.Contains(got.Text, "%20") || strings.Contains(got.HTML, "evil") {
				t.Errorf("%s/%s:\n%s", lang, kind, got.Text)
			}
			if n := strings.Count(got.HTML, `<a href="mailto:`); n != len(data.Buttons)-2 {
				t.Errorf("%s/%s: %d buttons in the page, want %d", lang, kind, n, len(data.Buttons)-2)
			}
		}
	}
}

func TestStatusAsTheReaderIsTold(t *testing.T) {
	set := load(t)
	for name, c := range map[string]struct {
		yours bool
		lang  tickets.Language
		want  string
	}{
		"requester":  {true, tickets.English, "IT20231115001 · Waiting for you\n"},
		"technician": {false, tickets.English, "IT20231115001 · Waiting for the requester\n"},
		"chinese":    {true, tickets.Chinese, "IT20231115001 · 待反馈人补充\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := set.Render(tickets.NoticeMessage, c.lang, Data{Number: "IT20231115001", Status: tickets.Waiting, Yours: c.yours})
			if !strings.HasPrefix(got.Text, c.want) {
				t.Errorf("got %q", got.Text)
			}
		})
	}
}

// TestEmphasisHolds tries names at whose edges a closing ** would not count (CommonMark 6.2): they end in punctuation,
// and Chinese goes on without a space.
func TestEmphasisHolds(t *testing.T) {
	set := load(t)
	for k := range set.own {
		data := storyOf(k.kind, k.lang)
		for _, name := range []*Text{&data.Author, &data.Reader, &data.Requester.Name} {
			if *name != "" {
				*name = "（外包）李伟 (IT)"
			}
		}
		got, err := set.Render(k.kind, k.lang, data)
		if err != nil || strings.Contains(got.Text, "**") {
			t.Errorf("%s/%s: error %v, text:\n%s", k.lang, k.kind, err, got.Text)
		}
	}
}

// TestTemplatesUseKnownFields looks at branches too that no sample takes.
func TestTemplatesUseKnownFields(t *testing.T) {
	known := map[string]bool{}
	for _, of := range []reflect.Type{reflect.TypeFor[Data](), reflect.TypeFor[Button](), reflect.TypeFor[Contact]()} {
		for i := range of.NumField() {
			known[of.Field(i).Name] = of.Field(i).IsExported()
		}
		for i := range of.NumMethod() {
			known[of.Method(i).Name] = true
		}
	}
	for k, n := range load(t).own {
		for _, tree := range []*syntax.Tree{n.subject.Tree, n.body.Tree} {
			for _, name := range fields(reflect.ValueOf(tree.Root), nil) {
				if !known[name] {
					t.Errorf("%s/%s.md uses %s, which Data has not", k.lang, k.kind, name)
				}
			}
		}
	}
}

// fields are the names that a template's tree takes from its data.
func fields(v reflect.Value, names []string) []string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		switch n := v.Interface().(type) {
		case *syntax.FieldNode:
			return append(names, n.Ident...)
		case *syntax.VariableNode:
			return append(names, n.Ident[1:]...)
		case *syntax.Tree:
			return names
		}
		if !v.IsNil() {
			return fields(v.Elem(), names)
		}
	case reflect.Slice:
		for i := range v.Len() {
			names = fields(v.Index(i), names)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				names = fields(v.Field(i), names)
			}
		}
	}
	return names
}
