package templates

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	ten := "一二三四五六七八九十"
	for name, c := range map[string]struct{ text, want string }{
		"short":          {"one two", "> one two\n"},
		"words":          {strings.Repeat("word ", 20), "> " + strings.Repeat("word ", 13) + "word\n| " + strings.Repeat("word ", 5) + "word\n"},
		"chinese":        {strings.Repeat(ten, 4), "> " + strings.Repeat(ten, 3) + "一二三四五六\n| 七八九十\n"},
		"no comma first": {strings.Repeat(ten, 3) + "一二三四五六，好", "> " + strings.Repeat(ten, 3) + "一二三四五\n| 六，好\n"},
		"no quote last":  {strings.Repeat(ten, 3) + "一二三四五“好", "> " + strings.Repeat(ten, 3) + "一二三四五\n| “好\n"},
		"word in chinese": {strings.Repeat(ten, 3) + "一二三四 screenshot", "> " + strings.Repeat(ten, 3) +
			"一二三四\n| screenshot\n"},
		"long word": {strings.Repeat("a", 100), "> " + strings.Repeat("a", 72) + "\n| " + strings.Repeat("a", 28) + "\n"},
		"address": {"see https://corp.example/" + strings.Repeat("a", 80) + " there",
			"> see\n| https://corp.example/" + strings.Repeat("a", 80) + "\n| there\n"},
		"address in brackets": {"（https://corp.example/" + strings.Repeat("a", 80), "> （https://corp.example/" + strings.Repeat("a", 80) + "\n"},
		"empty":               {"", ">\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var got strings.Builder
			wrap(&got, c.text, "> ", "| ")
			if got.String() != c.want {
				t.Errorf("got\n%swant\n%s", got.String(), c.want)
			}
		})
	}
}
