package command

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadScore(t *testing.T) {
	for _, c := range []struct {
		text    string
		score   int
		comment string
	}{
		{"5 很快", 5, "很快"}, {"５", 5, ""}, {"5很快", 5, "很快"}, {"4，不错", 4, "不错"}, {"5分 很快", 5, "很快"}, {"五分，很快", 5, "很快"}, {"五星", 5, ""}, {"五", 5, ""},
		{"5/5 thanks", 5, "thanks"}, {"３／５", 3, ""}, {"★★★★ good", 4, "good"}, {"1\n等了两天", 1, "等了两天"}, {"3. It took long", 3, "It took long"},
		{"0", 0, ""}, {"6", 0, ""}, {"", 0, ""}, {"50", 0, ""}, {"4.5", 0, ""}, {"5,000", 0, ""}, {"很快", 0, ""}, {"一般", 0, ""}, {"5%", 0, ""}, {"3/4", 0, ""},
		{"5-1", 0, ""}, {"★★★★★★", 0, ""}, {"3:15", 0, ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			score, comment, ok := ReadScore(c.text)
			if score != c.score || comment != c.comment || ok != (c.score > 0) {
				t.Errorf("got %d, %q, %v", score, comment, ok)
			}
		})
	}
}

func TestReadValues(t *testing.T) {
	category := func(s string) string { key, _ := ReadCategory(s); return string(key) }
	priority := func(s string) string { key, _ := ReadPriority(s); return string(key) }
	severity := func(s string) string { key, _ := ReadSeverity(s); return string(key) }
	for _, c := range []struct {
		kind string
		read func(string) string
		want map[string]string
	}{
		{"category", category, map[string]string{"硬件故障类": "hardware", "软件问题类": "software", "网络连接类": "network", "账户权限类": "account", "安全事件类": "security",
			"服务请求类": "request", "咨询培训类": "consulting", "Hardware fault": "hardware", "Account and  permission": "account", "NETWORK": "network", "网络。": "network",
			"軟件": "software", "网络問題": "", "打印机": "", "": ""}},
		{"priority", priority, map[string]string{"P0": "P0", "p1": "P1", "Ｐ２": "P2", "3": "P3", "紧急": "P0", "高": "P1", "中": "P2", "低": "P3", "High": "P1", "P4": "", "": ""}},
		{"severity", severity, map[string]string{"严重": "severe", "嚴重": "severe", "一般": "moderate", "轻微": "minor", "Severe": "severe", "minor.": "minor", "P1": ""}},
	} {
		for text, want := range c.want {
			t.Run(c.kind+" "+text, func(t *testing.T) {
				if got := c.read(text); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			})
		}
	}
}

func TestReadPeople(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an address", "liwei@corp.example", " <liwei@corp.example>"},
		{"a list with every sign", "a@corp.example, b@corp.example；c@corp.example、d@corp.example e@corp.example", " <a@corp.example> <b@corp.example> <c@corp.example> <d@corp.example> <e@corp.example>"},
		{"names and addresses", "李伟 <liwei@corp.example>; Wang Fang <wangfang@Corp.Example>", "李伟 <liwei@corp.example> Wang Fang <wangfang@corp.example>"},
		{"Chinese names by blanks", "李伟 王芳", "李伟 <> 王芳 <>"},
		{"an English name", "Li Wei", "Li Wei <>"},
		{"as chats name people", "@李伟 @王芳", "李伟 <> 王芳 <>"},
		{"as clients link addresses", "liwei@corp.example <mailto:liwei@corp.example>", " <liwei@corp.example>"},
		{"a link without a blank", "liwei@corp.example<mailto:liwei@corp.example>", " <liwei@corp.example>"},
		{"a quoted name", `"Li Wei" <liwei@corp.example>`, "Li Wei <liwei@corp.example>"},
		{"full-width", "ｌｉｗｅｉ＠ｃｏｒｐ．ｅｘａｍｐｌｅ，王芳", " <liwei@corp.example> 王芳 <>"},
		{"one twice", "liwei@corp.example, LiWei@corp.example, 王芳、王芳", " <liwei@corp.example> 王芳 <>"},
		{"nobody", " ,; ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range ReadPeople(c.text) {
				got = append(got, fmt.Sprintf("%s <%s>", p.Name, p.Address))
			}
			if joined := strings.ReplaceAll(strings.Join(got, " "), "  <", " <"); joined != c.want {
				t.Errorf("got %q, want %q", joined, c.want)
			}
		})
	}
}

func TestReadNumber(t *testing.T) {
	for _, c := range []struct{ text, number, rest string }{
		{"IT20231115002", "IT20231115002", ""}, {"it 20231115002 重复", "IT20231115002", "重复"}, {"20231115002", "IT20231115002", ""}, {"#IT20231115002", "IT20231115002", ""},
		{"[IT20231115002] VPN", "IT20231115002", "VPN"}, {"ＩＴ２０２３１１１５００２", "IT20231115002", ""}, {"IT20231115002，谢谢", "IT20231115002", "谢谢"},
		{"IT-20231115002", "IT20231115002", ""},
		{"HR20231115002", "", "HR20231115002"}, {"3", "", "3"}, {"", "", ""}, {"IT20231315002", "", "IT20231315002"}, {"IT20231115000", "", "IT20231115000"},
	} {
		t.Run(c.text, func(t *testing.T) {
			number, rest, ok := ReadNumber("IT", c.text)
			if number != c.number || rest != c.rest || ok != (c.number != "") {
				t.Errorf("got %q, %q, %v", number, rest, ok)
			}
		})
	}
}
