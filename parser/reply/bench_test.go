package reply

import (
	"strings"
	"testing"
)

const usualMail = "李伟，您好：\n\n重启以后 ERP 还是打不开，错误提示一样：“用户名或密码错误”。\n昨天下午 3 点以后就没有成功过。\n\n请帮忙再看一下，谢谢！\n\n" +
	"祝好\n张三\n市场部\n电话：13800000000\n\n" +
	"在 2023-11-15 09:30:00，\"IT 服务台\" <helpdesk@corp.example> 写道：\n\n> 张三，您好：\n>\n> 您的问题 IT20231115001 已经受理，处理人是李伟。\n> 请重启电脑后再登录一次。\n>\n> · IT20231115001 · 请直接回复此邮件\n"

func BenchmarkSplitUsualMail(b *testing.B) {
	b.SetBytes(int64(len(usualMail)))
	b.ReportAllocs()
	for b.Loop() {
		Read(usualMail).Split()
	}
}

func BenchmarkForwardedUsualMail(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Read(usualMail).Forwarded()
	}
}

// hostile are 2 MiB each of what could make a careless reader quadratic.
var hostile = map[string]string{
	"colons":        "wrote 2023:\n",
	"addresses":     "On 2023-11-15 <a@corp.example> x:\n",
	"half blocks":   "From: a\nTo: b\nx\n",
	"labels":        "To: a@corp.example,\n",
	"dashes":        "--\n",
	"signatures":    "-- \n",
	"rules":         "--- a ---\n",
	"marks":         ">",
	"marked":        "> On 2023-11-15 09:30, 张三 wrote:\n",
	"alternating":   "> a\nb\n",
	"attributions":  "On 2023-11-15 09:30, 张三 wrote:\n> a\nb\n",
	"devices":       "Sent from my iPhone\n",
	"notices":       "confidential privileged disclosure\n\n",
	"fences":        "```\n",
	"blanks":        "\n",
	"from and gaps": "From: a\n\n",
	"one line":      "wrote 2023-11-15 09:30 <a@corp.example> ",
	"names":         "张三\n\n",
	"closings":      "Best regards\n\n",
	"brackets":      "<a@corp.example\n>:\n",
}

func BenchmarkSplitHostile(b *testing.B) {
	for name, unit := range hostile {
		text := strings.Repeat(unit, 2<<20/len(unit))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Read(text).Split()
			}
		})
		b.Run("forwarded "+name, func(b *testing.B) {
			for b.Loop() {
				Read(text).Forwarded()
			}
		})
	}
}
