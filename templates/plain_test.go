package templates

import (
	"testing"

	"github.com/yuin/goldmark/text"
)

func TestTextOf(t *testing.T) {
	for name, c := range map[string]struct{ markdown, want string }{
		"heading":     {"# 标题\n\nText", "标题\n----\n\nText"},
		"emphasis":    {"a **b** *c* `d\\` ~~e~~", "a b c d\\ e"},
		"line breaks": {"one\ntwo\\\nthree\n中\n文", "one two\nthree 中文"},
		"link":        {"[words](https://corp.example/x)", "words: https://corp.example/x"},
		"bare link":   {"https://corp.example/x [a@corp.example](mailto:a@corp.example)", "https://corp.example/x a@corp.example"},
		"tight list":  {"- a\n- b\n  - c", "- a\n- b\n  - c"},
		"loose list":  {"9. a\n\n10. b\n\n    c", "9. a\n\n10. b\n\n    c"},
		"quotation":   {"> a\n>\n> - b", "> a\n>\n> - b"},
		"code":        {"```\nif x {\n\ty\n}\n```", "if x {\n    \ty\n    }"},
		"rule":        {"a\n\n---\n\nb", "a\n\n----------\n\nb"},
		"table":       {"|键|value|\n|-|-|\n|a|b|", "键  value\na   b"},
		"html":        {"<div>gone</div>\n\na <b>b</b>", "a b"},
		"entities":    {"a &amp; b &lt; \\&amp; &unknown;", "a & b < &amp; &unknown;"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := markdown.Parser().Parse(text.NewReader([]byte(c.markdown)))
			if got := textOf(doc, []byte(c.markdown)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
