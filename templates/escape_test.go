package templates

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"maildesk/tickets"
)

func TestTextIsData(t *testing.T) {
	set := load(t)
	for name, text := range map[string]string{
		"html":            `<script>alert(1)</script><img src=x onerror=y>`,
		"entity":          `&lt;b&gt; &amp;nbsp; &#x3c;`,
		"link":            `[here](http://evil.example) <http://evil.example> http://evil.example www.evil.example`,
		"address":         `someone@evil.example mailto:someone@evil.example`,
		"image":           `![x](http://evil.example/x.png)`,
		"reference":       "[x]\n\n[x]: http://evil.example",
		"heading":         "# big\n\nbig\n===",
		"code":            "```\ncode\n```\n\n    indented\n\n`code`",
		"emphasis":        "**bold** _it_ ~~gone~~",
		"table":           "|a|b|\n|-|-|\n|c|d|",
		"list":            "- a\n1. b\n+ c",
		"template":        "{{.Address}} {{template \"x\"}} {{end}}",
		"trailing slash":  `ends with \`,
		"slash and break": "one\\\ntwo\\\\\nthree",
		"include":         "#include <stdio.h>",
	} {
		t.Run(name, func(t *testing.T) {
			data := story[tickets.English]
			data.Text, data.Subject, data.Reader, data.Attachments = Text(text), Text(text), Text(text), []Text{Text(text)}
			got, err := set.Render(tickets.NoticeConfirmation, tickets.English, data)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(text, "\n") {
				line = strings.TrimSpace(line)
				if !strings.Contains(flat(got.Text), flat(line)) {
					t.Errorf("the text lost %q:\n%s", line, got.Text)
				}
				if !strings.Contains(flat(shown(t, got.HTML)), flat(line)) {
					t.Errorf("the page lost %q:\n%s", line, got.HTML)
				}
			}
			checkPage(t, got.HTML)
		})
	}
}

// flat leaves out what wrapping and quoting change.
func flat(text string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\u00a0", "", ">", "").Replace(text)
}

// shown is the text of a page as a browser shows it.
func shown(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// checkPage fails on any element or attribute that our templates and layout do not use.
func checkPage(t testing.TB, page string) {
	t.Helper()
	allowed := map[string]string{
		"html": "lang", "head": "", "title": "", "style": "", "meta": "charset name content", "body": "class style",
		"table": "role class width cellpadding cellspacing border style", "tbody": "", "tr": "",
		"td": "class style align", "div": "class style", "span": "class style", "p": "class style", "br": "",
		"h1": "style", "h2": "style", "strong": "", "blockquote": "style", "a": "href class style", "hr": "style", "ul": "style",
		"li": "style", "thead": "", "th": "style",
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attributes, ok := allowed[n.Data]
		if !ok {
			t.Errorf("an element <%s> in the page", n.Data)
		}
		for _, a := range n.Attr {
			if !strings.Contains(" "+attributes+" ", " "+a.Key+" ") {
				t.Errorf("an attribute %s on <%s>", a.Key, n.Data)
			}
			if a.Key == "href" && !strings.HasPrefix(a.Val, "mailto:helpdesk@corp.example?") {
				t.Errorf("a link to %s", a.Val)
			}
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("subject", "text", "name")
	f.Add("*a* <b>", "> quoted\n\n1. list\n\\", "[x](y)")
	f.Add("\x00\xff\u202e", "a\r\nb\tc\u2028d", "   ")
	f.Add("`", "http://x.example\n|a|b|\n|-|-|", "&lt;")
	set := load(f)
	f.Fuzz(func(t *testing.T, subject, text, name string) {
		data := Data{
			Desk: "IT", Number: "IT20231115001", Status: tickets.New, Subject: Text(subject), Text: Text(text),
			Reader: Text(name), Attachments: []Text{Text(name)}, Reason: Text(text), Author: Text(name), Omitted: []Text{Text(name)},
			Lines: []Text{Text(text), Text(subject + "\t" + name), Text(name + "\t" + text)}, Also: []Text{Text(name)}, Yours: true,
		}
		for kind := range set.own {
			got, err := set.Render(kind.kind, kind.lang, data)
			if err != nil {
				t.Fatal(err)
			}
			checkPage(t, got.HTML)
			checkText(t, got.Text)
			if Line(got.Subject) != got.Subject || !utf8.ValidString(got.HTML) {
				t.Errorf("not clean: %q", got.Subject)
			}
		}
	})
}

// checkText fails when a text is not one to be read: too wide, or with signs that nobody sees.
func checkText(t testing.TB, text string) {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		if width(line) >= 78 && !strings.Contains(line, "://") {
			t.Errorf("%d columns: %q", width(line), line)
		}
		if clean(line) != line {
			t.Errorf("unclean: %q", line)
		}
	}
}

func TestLine(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"clean":            {"登录 ERP 失败", "登录 ERP 失败"},
		"line breaks":      {"a\r\nBcc: b\n\tc", "a Bcc: b c"},
		"spaces":           {"  a   b　c ", "a b c"},
		"controls":         {"a\x00b\x1b[31mc\u0085d", "ab[31mc d"},
		"direction":        {"fdp.\u202egpj", "fdp.gpj"},
		"invalid":          {"a\xffb", "a\ufffdb"},
		"replacement sign": {"a\ufffdb", "a\ufffdb"},
		"empty":            {"", ""},
		"only spaces":      {" \n ", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Line(c.text); got != c.want {
				t.Errorf("Line(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	for name, c := range map[string]struct {
		text  Text
		lines int
		want  Markdown
	}{
		"lines":          {"a\r\nb\n", 5, "> a\\\n> b"},
		"paragraphs":     {"\n\na\n\n\n\nb\n\n", 5, "> a\n>\n> b"},
		"cut":            {"a\nb\nc", 2, "> a\\\n> b\\\n> …"},
		"just fits":      {"a\nb\n\n", 2, "> a\\\n> b"},
		"indentation":    {"if x\n\ty", 5, "> if x\\\n> \u00a0\u00a0\u00a0\u00a0y"},
		"long line":      {Text(strings.Repeat("长", 500)), 5, Markdown("> " + strings.Repeat("长", 400) + "…")},
		"nothing to say": {" \n\n", 5, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := quote(c.text, c.lines); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestUnescapeIsTheInverse(t *testing.T) {
	for c := byte(' '); c < 0x7f; c++ {
		text := `\` + string(c) + `\\` + string(c)
		if got := unescape(escape(text)); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
	}
}

func BenchmarkQuoteOfLongText(b *testing.B) {
	text := Text(strings.Repeat("a line that goes on for a while\r\n", 60_000))
	for b.Loop() {
		quote(text, 12)
	}
}
