package answer

import (
	"strings"
	"testing"
)

func FuzzAnswer(f *testing.F) {
	for _, list := range answers {
		for _, text := range strings.Split(list, "\n")[1:] {
			f.Add(strings.ReplaceAll(text, `\n`, "\n"))
		}
	}
	for _, unit := range hostile {
		f.Add(strings.Repeat(unit, 5))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, a := range map[string]Answer{"Read": Read(text), "ReadSurvey": ReadSurvey(text)} {
			switch {
			case a.Score < 0 || a.Score > 5:
				t.Fatalf("%s: score %d", name, a.Score)
			case !strings.Contains(text, a.Comment) || !strings.Contains(text, a.Words):
				t.Fatalf("%s: %+v has words that the text has not", name, a)
			case a.Mixed && a.Meaning != Other:
				t.Fatalf("%s: mixed and %s", name, a.Meaning)
			case (a.Words != "") != (a.Meaning == Solved || a.Meaning == Unsolved || a.Meaning == Thanks):
				t.Fatalf("%s: %s for the words %q", name, a.Meaning, a.Words)
			}
		}
		if Read(text).Meaning == Solved && Read(text+"\n\n还是不行").Meaning == Solved {
			t.Fatal("solved in spite of an objection")
		}
	})
}

// hostile are texts that, repeated, make a careless reader slow.
var hostile = map[string]string{
	"no stop":    "已解决",
	"stops":      ",",
	"negations":  "不没not ",
	"prefixes":   "还是同样的问",
	"scores":     "5 ",
	"stars":      "⭐",
	"lines":      "\n",
	"brackets":   "[IT20231115001 abcdefghijklmnop\n",
	"quotes":     "> 已解决\n",
	"one word":   "a'",
	"bytes":      "\xff\xfe",
	"full-width": "５／５",
}

func BenchmarkReadHostile(b *testing.B) {
	for name, unit := range hostile {
		text := strings.Repeat(unit, 2<<20/len(unit))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Read(text)
				ReadSurvey(text)
			}
		})
	}
}

func BenchmarkReadUsual(b *testing.B) {
	for b.Loop() {
		Read("李伟你好，\n\n已经解决了，谢谢！\n\n张三")
	}
}
