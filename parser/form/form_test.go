package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"maildesk/tickets"
)

var mail = time.Date(2023, 11, 15, 9, 31, 0, 0, time.FixedZone("CST", 8*3600))

func show(values map[string]string) string {
	if values == nil {
		return "none"
	}
	var lines []string
	for _, key := range slices.Sorted(maps.Keys(values)) {
		lines = append(lines, fmt.Sprintf("%s=%q", key, values[key]))
	}
	return strings.Join(lines, "\n")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"prose", "您好，\nERP 打不开，请帮忙看一下。", "none"},
		{"prose with one colon", "问题描述：ERP 打不开\n谢谢", "none"},
		{"unknown labels", "网址: http://erp.corp.example\n版本号: 7", "none"},
		{"two fields", "问题描述：ERP 打不开\n联系方式：13800000000", `description="ERP 打不开"
phone="13800000000"`},
		{"in English", "Requester: Zhang San\nDescription: cannot log in\nOccurred at: yesterday 3pm\nSeverity: severe", `description="cannot log in"
occurred_at="2023-11-14T15:00:00+08:00"
requester="Zhang San"
severity="severe"`},
		{"plain colons, blanks, any case", "  反馈人 : 张三\n\t联 系 方 式:138\nDEPARTMENT:Sales", `department="Sales"
phone="138"
requester="张三"`},
		{"a time that nobody can resolve stays", "反馈人：张三\n问题发生时间：每天早上", `occurred_at="每天早上"
requester="张三"`},
		{"emphasis, bullets, numbers", "**联系方式：** 138\n- 所属部门：市场部\n1. 反馈人：张三\n（2）影响范围：无法录单\n二、工号：10086\n* **Device:** ThinkPad", `department="市场部"
device="ThinkPad"
impact="无法录单"
phone="138"
requester="张三"
staff_number="10086"`},
		{"in brackets", "【反馈人】张三\n【联系方式】：138", `phone="138"
requester="张三"`},
		{"headings", "## 问题描述\n登录失败\n\n再试也一样\n\n## 影响范围\n无法录单", `description="登录失败\n\n再试也一样"
impact="无法录单"`},
		{"hints behind the labels", "工号（选填）：10086\n严重程度（严重/一般/轻微）：一般\nOccurred at (such as 2023-11-15 09:30): 2023-11-15 08:10", `occurred_at="2023-11-15T08:10:00+08:00"
severity="一般"
staff_number="10086"`},
		{"empty lines are skipped", "反馈人：张三\n工号：\n联系方式：____\n影响范围：(选填)\n所属部门：-", `requester="张三"`},
		{"nothing is filled in", "反馈人：\n联系方式：\n", ""},
		{"a value over several lines", "问题描述：登录 ERP\n提示：密码错误\n错误代码 500\n\n重启也一样\n联系方式：138\n\n谢谢\n张三", `description="登录 ERP\n提示：密码错误\n错误代码 500\n\n重启也一样"
phone="138"`},
		{"a value below its label", "反馈人：\n张三\n联系方式：\n\n138\n\n影响范围：\n无法录单\n", `impact="无法录单"
phone="138"
requester="张三"`},
		{"the last value ends at a blank line", "联系方式：138\n已尝试：重启\n换网线\n\n谢谢！", `phone="138"
tried="重启\n换网线"`},
		{"thanks below an empty last line", "联系方式：138\n频率：\n\n谢谢！", `phone="138"`},
		{"lines on one line", "反馈人：张三　所属部门：市场部，联系方式：138 转 8001", `department="市场部"
phone="138 转 8001"
requester="张三"`},
		{"a colon in a sentence is no label", "问题描述：打开时提示 错误：500\n联系方式：138", `description="打开时提示 错误：500"
phone="138"`},
		{"table", "| 字段 | 值 |\n| --- | --- |\n| 反馈人 | 张三 |\n| **联系方式** | 138 |\n| 工号 | |\n| 影响范围 | A | B |", `impact="A | B"
phone="138"
requester="张三"`},
		{"table as HTML becomes text", "字段 | 内容\n问题描述 | 登录ERP失败\n联系方式", `description="登录ERP失败"`},
		{"two fields in a row", "反馈人 | 张三 | 所属部门 | 市场部\n联系方式 | 138 | 工号 |", `department="市场部"
phone="138"
requester="张三"`},
		{"values below a head", "| 反馈人 | 联系方式 |\n|---|:-:|\n| 张三 | 138 |", `phone="138"
requester="张三"`},
		{"tabs, as spreadsheets paste", "反馈人\t张三\n联系方式：\t138", `phone="138"
requester="张三"`},
		{"full-width bars", "｜反馈人｜张三｜\n｜联系方式｜138｜", `phone="138"
requester="张三"`},
		{"ticks", "反馈人：张三\n严重程度：□严重 ☑一般 □轻微\n问题分类：□硬件 □软件", `requester="张三"
severity="一般"`},
		{"inside a quote", "> 反馈人：张三\n> 联系方式：138\n> 影响范围：\n无法录单\n> 工号：", `impact="无法录单"
phone="138"
requester="张三"`},
		{"it ends where our mail does", "联系方式：138\n影响范围：无法录单\n· IT20231115001 · IT 服务台\n工号：1", `impact="无法录单"
phone="138"`},
		{"filled above, empty below", "反馈人：张三\n联系方式：138\n\n> 反馈人：\n> 联系方式：", `phone="138"
requester="张三"`},
		{"optional lines", "操作步骤：打开 ERP\n错误提示：ORA-00942\n设备／版本：ThinkPad T14\n频率：每次\n已尝试：重启", `device="ThinkPad T14"
error_message="ORA-00942"
frequency="每次"
steps="打开 ERP"
tried="重启"`},
		{"what IT fills in alone is none", "Status: Running\nPriority: High\nName: svchost", "none"},
		{"what IT fills in", "反馈人：张三\n联系方式：138\n优先级：P1\n问题诊断：驱动损坏\n需更换", `diagnosis="驱动损坏\n需更换"
phone="138"
priority="P1"
requester="张三"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(Parse(c.text, mail)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// filled are values for every line of the form.
var filled = map[string]string{
	Requester: "张三 <zhangsan@corp.example>", StaffNumber: "10086", Department: "市场部", Phone: "13800000000", Description: "登录ERP系统时提示“用户名或密码错误”",
	OccurredAt: "2023-11-15 09:30", Impact: "无法录入销售订单", Severity: "严重", Category: "软件问题类", Steps: "打开 ERP，登录", ErrorMessage: "错误 500，timeout",
	Device: "ThinkPad T14", Frequency: "每次", Tried: "重启",
}

// fillIn writes filled behind the lines of an empty form, as its reader would.
func fillIn(blank string) string {
	var keys []string
	for i := range fields {
		if !fields[i].ours {
			keys = append(keys, fields[i].key)
		}
	}
	var lines []string
	for line := range strings.SplitSeq(blank, "\n") {
		if strings.HasSuffix(line, ":") || strings.HasSuffix(line, "：") {
			line += " " + filled[keys[0]]
			keys = keys[1:]
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestWhatIsSentIsRead(t *testing.T) {
	want := maps.Clone(filled)
	want[OccurredAt] = "2023-11-15T09:30:00+08:00"
	for _, lang := range []tickets.Language{tickets.Chinese, tickets.English} {
		blank := Blank(lang)
		if got := Parse(blank, mail); got == nil || len(got) > 0 {
			t.Errorf("%s: the empty form reads as %q", lang, got)
		}
		answer := fillIn(blank)
		for name, text := range map[string]string{
			"as it is":    answer,
			"full-width":  strings.ReplaceAll(answer, ": ", "："),
			"paragraphs":  strings.ReplaceAll(answer, "\n", "\n\n"),
			"quoted":      "> " + strings.ReplaceAll(answer, "\n", "\n> "),
			"below words": "您好，已填写：\n\n" + answer + "\n\n谢谢",
		} {
			if got := Parse(text, mail); !maps.Equal(got, want) {
				t.Errorf("%s, %s: got\n%s\nwant\n%s", lang, name, show(got), show(want))
			}
		}
		quoted := "On Wed, Nov 15, 2023, IT wrote:\n> 问题描述: 旧\n> 联系方式: 旧\n>\n> " + strings.ReplaceAll(answer, "\n", "\n> ")
		if got := ParseQuoted(quoted, mail); !maps.Equal(got, want) {
			t.Errorf("%s, in the quote: got\n%s", lang, show(got))
		}
	}
}

func TestBlankAsksForWhatIsMissing(t *testing.T) {
	if got, want := Blank(tickets.Chinese, Phone, OccurredAt), "问题反馈登记表\n\n联系方式：\n问题发生时间（如 2023-11-15 09:30）：\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Blank(tickets.English, Device), "Problem report form\n\nDevice or version (optional):\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAQuoteWithoutTheFormIsOld(t *testing.T) {
	for name, quoted := range map[string]string{
		"our summary":       "> 问题描述：ERP 打不开\n> 联系方式：138",
		"title in sentence": "> 请填写问题反馈登记表\n> 问题描述：ERP 打不开\n> 联系方式：138",
		"nothing":           "",
		"title at the end":  "> 问题反馈登记表",
	} {
		if got := ParseQuoted(quoted, mail); got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestNamesAreUnambiguous(t *testing.T) {
	seen := map[string]string{}
	for _, f := range fields {
		for name := range strings.SplitSeq(f.chinese+"|"+strings.ToLower(f.english)+"|"+f.others, "|") {
			if name == "" {
				continue
			}
			if other := seen[name]; other != "" {
				t.Errorf("%q names %s and %s", name, other, f.key)
			}
			seen[name] = f.key
			if plain(name) != name {
				t.Errorf("nobody finds %q", name)
			}
		}
	}
}

func FuzzForm(f *testing.F) {
	for _, seed := range []string{Blank(tickets.Chinese), fillIn(Blank(tickets.English)), "> 反馈人：张三\n> 联系方式：138", "| 反馈人 | 联系方式 |\n|---|---|\n| 张三 | 138 |",
		"**联系方式：** 138\n【反馈人】张三", "反馈人：张三　所属部门：市场部", "严重程度：□严重 ☑一般\n工号\t1", "\xff：\n影响范围(\n:", "问题反馈登记表\n反馈人:a\n联系方式:b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, values := range []map[string]string{Parse(text, mail), ParseQuoted(text, mail)} {
			for key, value := range values {
				if value != strings.TrimSpace(value) || value == "" {
					t.Errorf("%s is %q", key, value)
				}
				if utf8.ValidString(text) && !utf8.ValidString(value) {
					t.Errorf("%s is broken: %q", key, value)
				}
				if !slices.ContainsFunc(fields, func(f field) bool { return f.key == key }) {
					t.Errorf("unknown key %q", key)
				}
			}
		}
	})
}

// BenchmarkParseHostile reads 2 MiB made to be slow.
func BenchmarkParseHostile(b *testing.B) {
	for name, piece := range map[string]string{
		"colons": ":", "labels": "工号:\n", "one line": " 工号：1", "cells": "工号|", "rows": "反馈人|工号\n1|2\n", "blanks": "工号:\n\n", "long": "描述:x\n", "open hints": "(:", "prose": "打印机坏了，请处理。\n",
		"quotes": "> > > 反馈人：张三\n", "tabs": "a\tb\n",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(piece, (2<<20)/len(piece))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Parse(text, mail)
				ParseQuoted(text, mail)
			}
		})
	}
}
