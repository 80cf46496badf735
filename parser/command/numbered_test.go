package command

import "testing"

func TestParseNumbered(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a line", "1 resolve", "[1] resolve()\n= "},
		{"a range", "1-14 close 无回复", "[1–14] close(无回复)\n= "},
		{"a list", "1-3,5 close no answer", "[1–3][5] close(no answer)\n= "},
		{"several", "1-3 close no answer\n4 assign 王\n5-6 P2", "[1–3] close(no answer)\n[4] assign(王)\n[5–6] priority(P2)\n= "},
		{"in Chinese", "1-14 关闭 无回复\n15 指派 王芳", "[1–14] close(无回复)\n[15] assign(王芳)\n= "},
		{"with #", "1-14 #关闭 无回复\n#15 #assign 王芳\n#16 接单", "[1–14] close(无回复)\n[15] assign(王芳)\n[16] accept()\n= "},
		{"no blank", "1-14关闭 无回复\n3P1\n4指派李伟", "[1–14] close(无回复)\n[3] priority(P1)\n[4] assign(李伟)\n= "},
		{"full-width digits and signs", "１－３，５、７～９　＃关闭　无回复", "[1–3][5][7–9] close(无回复)\n= "},
		{"from and to", "1至3 close x\n1到3 关闭 x\n1 to 3 close x\n1~3 close x\n1–3 close x\n1 — 3 close x", "[1–3] close(x)\n[1–3] close(x)\n[1–3] close(x)\n[1–3] close(x)\n[1–3] close(x)\n[1–3] close(x)\n= "},
		{"blanks around", " 1 - 3 ，  5 close x", "[1–3][5] close(x)\n= "},
		{"what stands behind the lines", "1. close x\n2) close x\n3：关闭 x\n4、关闭 x\n5 - close x", "[1] close(x)\n[2] close(x)\n[3] close(x)\n[4] close(x)\n[5] close(x)\n= "},
		{"in a list of Markdown, emphasised", "- 1-3 close x\n**4 accept**", "[1–3] close(x)\n[4] accept()\n= "},
		{"any case, traditional characters", "1 CLOSE x\n2 關閉 x\n3 p0", "[1] close(x)\n[2] close(x)\n[3] priority(p0)\n= "},
		{"a priority by its verb", "4-6 优先级 P2\n7 priority: P1", "[4–6] priority(P2)\n[7] priority(P1)\n= "},
		{"a priority and more", "4 P2 影响生产", "[4] priority(P2 影响生产)\n= "},
		{"there is no P7", "4-6 P7", "? P7[]\n= "},
		{"backwards, beyond any list, twice", "14-1 close x\n1-999999 close x\n3,3 close x", "[14–1] close(x)\n[1–999999] close(x)\n[3][3] close(x)\n= "},
		{"beside numbers and plain commands", "1 accept\n#IT20231115001 close x\n#help", "[1] accept()\nIT20231115001 close(x)\nhelp()\n= "},
		{"the text of a verb", "1-2 close 无回复\n\n已打过电话\n3 close 离职", "[1–2] close(无回复\n\n已打过电话)\n[3] close(离职)\n= "},
		{"the text of a message", "1 resolve 已换硒鼓，\n请再试。\n2 wait 哪一台？", "[1] resolve(已换硒鼓，\n请再试。)\n[2] wait(哪一台？)\n= "},
		{"a note", "1 note 已离职\n2 close 离职", "[1] note(已离职)\n[2] close(离职)\n= "},

		{"mistyped", "1-14 clsoe 无回复", "? clsoe[close]\n= "},
		{"mistyped, in Chinese", "1-14 关毕 无回复", "? 关毕[关闭]\n= "},
		{"mistyped, one line", "3 clsoe 无回复", "? clsoe[close]\n= "},
		{"mistyped below a text", "1-3 close 无回复\n4-6 cls x", "[1–3] close(无回复)\n? cls[]\n= "},
		{"mistyped below a message", "1 resolve 已换\n2-3 asign 王", "[1] resolve(已换)\n? asign[assign]\n= "},
		{"unknown, several lines", "1-3 can be closed", "? can[cancel]\n= "},
		{"unknown, with #", "3 #foo", "? foo[]\n= "},
		{"lines alone", "1-14", "? []\n= "},
		{"a line alone, then text", "3\n无回复", "? []\n= 无回复"},

		{"a sentence", "2 个问题我来处理", "= 2 个问题我来处理"},
		{"a sentence without a blank", "2个问题我来处理", "= 2个问题我来处理"},
		{"an English sentence", "3 days is too long", "= 3 days is too long"},
		{"an ordinal", "3rd floor is closed", "= 3rd floor is closed"},
		{"a date", "2023-11-15 close\n11/15 close\n11.15 close", "= 2023-11-15 close\n11/15 close\n11.15 close"},
		{"a time", "10:30 close", "= 10:30 close"},
		{"a telephone number", "13800000000 close", "= 13800000000 close"},
		{"a fraction", "1.5 accept", "= 1.5 accept"},
		{"per cent", "50% 关闭", "= 50% 关闭"},
		{"within a text, a line alone is text", "1-3 close 无回复，分机\n8000\n021-1234", "[1–3] close(无回复，分机\n8000\n021-1234)\n= "},
		{"after the message", "您好\n1-3 close 无回复", "! [1–3] close(无回复)\n= 您好\n1-3 close 无回复"},
		{"a sentence in the message", "您好\n2 个问题我来处理", "= 您好\n2 个问题我来处理"},
		{"quoted", "好的\n> 1-3 close 无回复", "= 好的\n> 1-3 close 无回复"},
		{"in code", "```\n1 close\n```", "= ```\n1 close\n```"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(ParseNumbered(c.text)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// Where no list is answered, lines are text.
func TestParseKnowsNoLines(t *testing.T) {
	for _, text := range []string{"1-14 close 无回复", "1 resolve", "#3 关闭 无回复", "1-3 #关闭 无回复", "4-6 P2"} {
		if got, want := show(Parse(text)), "= "+text; got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}
