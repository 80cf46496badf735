package command

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// show writes a block in lines that a test can state: verb(args), with the number or the lines before it.
func show(b Block) string {
	var out []string
	list := func(label string, commands []Command) {
		for _, c := range commands {
			where := c.Number
			for _, span := range c.Lines {
				where += "[" + span.String() + "]"
			}
			out = append(out, strings.TrimSpace(label+" "+where)+" "+c.Verb+"("+c.Args+")")
		}
	}
	list("", b.Commands)
	for _, u := range b.Unknown {
		out = append(out, "? "+strings.TrimSpace(u.Number+" "+u.Word)+fmt.Sprint(u.Suggestions))
	}
	list("!", b.Stray)
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return strings.Join(append(out, "= "+b.Message), "\n")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no command", "打印机坏了\n请处理", "= 打印机坏了\n请处理"},
		{"one in English", "#accept", "accept()\n= "},
		{"one in Chinese", "#接单", "accept()\n= "},
		{"several, then the message", "#accept\n#category network\n\n您好，\n正在处理。", "accept()\ncategory(network)\n= 您好，\n正在处理。"},
		{"any case, as phones write", "#Accept\n#PRIORITY p1", "accept()\npriority(p1)\n= "},
		{"full-width sign, letters and digits", "＃ＡＣＣＥＰＴ\n＃评价　５　很快", "accept()\nrate(５ 很快)\n= "},
		{"small sign", "﹟接单", "accept()\n= "},
		{"traditional characters", "#接單\n#優先級 P1\n#回覆 您好", "accept()\npriority(P1)\nreply(您好)\n= 您好"},
		{"colon behind the verb", "#分类：网络\n#priority: P2", "category(网络)\npriority(P2)\n= "},
		{"full stop behind the verb", "#接单。\n#accept.", "accept()\naccept()\n= "},
		{"no blank before the argument", "#指派李伟\n#评价5很快\n#优先级P1\n#工时一小时", "assign(李伟)\nrate(5很快)\npriority(P1)\ntime(一小时)\n= "},
		{"a longer name", "#取消关注 a@corp.example\n#取消", "unwatch(a@corp.example)\ncancel()\n= "},
		{"hyphen", "#re-open\n#on_call 李伟 明天", "reopen()\noncall(李伟 明天)\n= "},
		{"Markdown's escape", `\#close 无人确认`, "close(无人确认)\n= "},
		{"Markdown's heading", "# resolve\n已更换网线", "resolve()\n= 已更换网线"},
		{"emphasis", "**#accept**\n**#priority:** P1\n`#category network`", "accept()\npriority(P1)\ncategory(network)\n= "},
		{"list", "- #accept\n- #priority P1\n\n您好", "accept()\npriority(P1)\n= 您好"},
		{"closed by a second sign", "#接单#\n#关闭# 无回复", "accept()\nclose(无回复)\n= "},
		{"no-break and zero-width blanks", "\u00a0\u200b#\ufeffaccept\u00a0\n#category\u00a0\u00a0network\u200b", "accept()\ncategory(network)\n= "},
		{"keycap emoji", "#\ufe0f\u20e3accept", "accept()\n= "},
		{"CRLF", "#accept\r\n#category network\r\n\r\nHello\r\n", "accept()\ncategory(network)\n= Hello"},
		{"blank lines above and between", "\n \n#accept\n\n\n#severity minor\n\nHello", "accept()\nseverity(minor)\n= Hello"},
		{"quoted lines above", "> 请问进展如何？\n\n#status", "status()\n= > 请问进展如何？"},

		{"text verb takes the lines up to the next verb", "#diagnosis 网卡驱动\n损坏\n\n  详见附件\n#fix 重装\n#accept", "diagnosis(网卡驱动\n损坏\n\n  详见附件)\nfix(重装)\naccept()\n= "},
		{"text below the verb", "#诊断\n网卡坏了\n#解决\n已更换", "diagnosis(网卡坏了)\nresolve()\n= 已更换"},
		{"unknown words within a text are text", "#diagnosis see below\n#include <stdio.h>\n# a comment\n#accept", "diagnosis(see below\n#include <stdio.h>\n# a comment)\naccept()\n= "},
		{"but a slip of the finger is none", "#diagnosis bad cable\n#reslove\nnew cable", "diagnosis(bad cable)\n? reslove[resolve]\n= new cable"},
		{"a script's comment within a text", "#plan 执行脚本\n# list all files\nls\n# status of the disk\ndf", "plan(执行脚本\n# list all files\nls\n# status of the disk\ndf)\n= "},

		{"resolve ends the block", "#verified 已测试\n#resolve 已更换网线\n请再试。", "verified(已测试)\nresolve(已更换网线)\n= 已更换网线\n请再试。"},
		{"wait", "#等待\n请提供截图", "wait()\n= 请提供截图"},
		{"a verb below resolve", "#resolve\n已更换\n#note 内部", "resolve()\n! note(内部)\n= 已更换\n#note 内部"},
		{"note takes the rest and leaves no message", "#note 厂商说\n周五到货\n\n再联系", "note(厂商说\n周五到货\n\n再联系)\n= "},
		{"private does so, too", "#accept\n#私密\n密码另附", "accept()\nprivate(密码另附)\n= "},
		{"a verb below note is not swallowed", "#note 厂商\n#resolve\n完成", "note(厂商\n#resolve\n完成)\n! resolve()\n= "},
		{"a verb after the message", "您好，\n#resolve\n已更换", "! resolve()\n= 您好，\n#resolve\n已更换"},
		{"a verb after commands and message", "#accept\n您好\n#close 完成", "accept()\n! close(完成)\n= 您好\n#close 完成"},
		{"unknown words in the message are text", "您好\n#VPN 的问题\n#resolv", "= 您好\n#VPN 的问题\n#resolv"},
		{"a verb within a line is text", "请回复 #accept 即可", "= 请回复 #accept 即可"},
		{"quoted commands are text", "好的\n> #resolve\n> 已更换", "= 好的\n> #resolve\n> 已更换"},
		{"commands within code are text", "请执行：\n```\n#close\n#status\n```", "= 请执行：\n```\n#close\n#status\n```"},
		{"an open fence is none", "```\n#close 无回复", "! close(无回复)\n= ```\n#close 无回复"},
		{"headings of the message", "您好\n# list of files\n# 解决方案", "= 您好\n# list of files\n# 解决方案"},

		{"unknown at the top", "#acept\n您好", "? acept[accept]\n= 您好"},
		{"unknown in Chinese", "#接但\n您好", "? 接但[接单]\n= 您好"},
		{"sounds alike", "#结单", "? 结单[接单]\n= "},
		{"a sentence without a blank", "#诊断网卡坏了", "? 诊断网卡坏了[诊断]\n= "},
		{"a known one below an unknown", "#foo\n#accept", "accept()\n? foo[]\n= "},
		{"nothing like it", "#VPN连不上", "? VPN连不上[]\n= "},
		{"a number is no verb", "#1 打印机坏了", "= #1 打印机坏了"},
		{"a heading is text", "# Problem report\nThe printer", "= # Problem report\nThe printer"},
		{"a mistyped heading is not", "# reslove\ndone", "? reslove[resolve]\n= done"},
		{"signs alone", "####\n#\n-----", "= ####\n#\n-----"},

		{"a ticket by number", "#IT20231115001 resolve 已更换", "IT20231115001 resolve(已更换)\n= "},
		{"several tickets in one mail", "#IT20231115001 resolve\n已更换网线\n\n#it 20231115002 #note 厂商\n周五\n#ＩＴ２０２３１１１５００３：接单\n您好",
			"IT20231115001 resolve(已更换网线)\nIT20231115002 note(厂商\n周五)\nIT20231115003 accept()\n= 您好"},
		{"a plain verb below a ticket's text", "#IT20231115001 resolve\n已更换\n#accept", "IT20231115001 resolve(已更换\n#accept)\n! accept()\n= "},
		{"a mistyped verb behind a number", "#IT20231115001 reslove", "? IT20231115001 reslove[resolve]\n= "},
		{"a sentence that begins with a number", "#IT20231115001 还是不行", "= #IT20231115001 还是不行"},
		{"a number alone", "#IT20231115001", "= #IT20231115001"},
		{"a number as the argument", "#status IT20231115001\n#合并IT20231115002", "status(IT20231115001)\nmerge(IT20231115002)\n= "},
		{"the text as it was, where nothing is a command", "  您好 \r\n# 号键坏了 \r\n", "=   您好 \r\n# 号键坏了 \r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(Parse(c.text)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestParseKeepsTheLineAndTheLanguage(t *testing.T) {
	b := Parse("  ＃接单  \n#Priority p1\n#接但")
	if got := b.Commands[0]; got.Raw != "  ＃接单" || got.Language != "zh" {
		t.Errorf("first %+v", got)
	}
	if got := b.Commands[1]; got.Raw != "#Priority p1" || got.Language != "en" {
		t.Errorf("second %+v", got)
	}
	if got := b.Unknown[0]; got.Raw != "#接但" || got.Language != "zh" {
		t.Errorf("unknown %+v", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"#accept\n#分类 网络\n\n您好", "＃评价　５　很快", "#note a\n#close b", "您好\n#close", "#IT20231115001 resolve\nx\n#it20231115002 备注 y",
		"**#accept**", "- # 接單", "```\n#close\n```", "#reslove", "#\ufe0f\u20e3a\u200b", "\\#close\r\n", "#\xff\xfe", "#ＩＴ２０２３１１１５００１接单"} {
		f.Add(seed)
	}
	for _, seed := range []string{"1-14 close 无回复", "1－3、５　#关闭　无回复\n4~6 P2", "1. resolve\nx\n2至3 指派 王芳", "3 to 1 clsoe\n\n> 1 close", "2023-11-15", "1,", "1-", "7"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, parse := range map[string]func(string) Block{"Parse": Parse, "ParseNumbered": ParseNumbered} {
			b := parse(text)
			if len(b.Commands)+len(b.Unknown) == 0 && b.Message != text {
				t.Errorf("%s: no command, but the message is %q", name, b.Message)
			}
			for _, c := range slices.Concat(b.Commands, b.Stray) {
				if _, ok := Find(c.Verb); !ok {
					t.Errorf("%s: unknown key %q", name, c.Verb)
				}
				if !strings.Contains(text, c.Raw) || utf8.ValidString(text) && !utf8.ValidString(c.Args) {
					t.Errorf("%s: %+v is not what was written", name, c)
				}
				if c.Lines != nil && (name == "Parse" || c.Number != "" || len(c.Lines) > maxSpans) {
					t.Errorf("%s: %+v names lines", name, c)
				}
				ReadScore(c.Args)
				ReadPeople(c.Args)
				ReadNumber("IT", c.Args)
			}
			for _, u := range b.Unknown {
				if u.Word == "" && name == "Parse" || len(u.Suggestions) > mostSuggestions {
					t.Errorf("%s: unknown %+v", name, u)
				}
			}
		}
	})
}

// BenchmarkParseHostile reads 2 MiB made to be slow.
func BenchmarkParseHostile(b *testing.B) {
	for name, piece := range map[string]string{
		"signs": "#", "typos": "#reslove\n", "typed text": "#diagnosis\n#abcdef\n", "commands": "#accept\n", "fences": "```\n#close\n", "numbers": "#IT20231115001 abcdef\n",
		"stray": "x\n#close\n", "long word": "#" + strings.Repeat("接", 1000) + "\n", "prose": "打印机坏了，请处理。\n", "marks": "*_`\\",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(piece, (2<<20)/len(piece))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Parse(text)
			}
		})
	}
}

// BenchmarkParseNumberedHostile reads 2 MiB made to be slow as an answer to a list.
func BenchmarkParseNumberedHostile(b *testing.B) {
	for name, piece := range map[string]string{
		"digits": "1", "list": "1,", "ranges": "1-2、", "lines": "1-3 close x\n", "typos": "1-3 clsoe\n", "numbers": "7 apples\n", "bare": "1-14\n",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(piece, (2<<20)/len(piece))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				ParseNumbered(text)
			}
		})
	}
}
