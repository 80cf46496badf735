package reply

import "testing"

func TestForwarded(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want Forwarded
	}{
		"gmail zh": {"请处理\n\n---------- Forwarded message ---------\n发件人： 王芳 <wangfang@corp.example>\nDate: 2023年11月15日周三 09:30\nSubject: 打印机\nTo: <zhangsan@corp.example>\n\n卡纸",
			Forwarded{"王芳", "wangfang@corp.example", "打印机", "2023年11月15日周三 09:30", len("请处理\n\n"), true}},
		"apple mail fr": {"Début du message réexpédié :\n\n**De: **Wang Fang <wangfang@corp.example>\n**Objet: **Imprimante\n**Date: **15 novembre 2023 à 09:30:00 UTC+1\n\nBonjour",
			Forwarded{"Wang Fang", "wangfang@corp.example", "Imprimante", "15 novembre 2023 à 09:30:00 UTC+1", 0, true}},
		"qq quotes the name": {"------------------ 原始邮件 ------------------\n发件人: \"王芳\"<wangfang@corp.example>;\n发送时间: 2023年11月15日(星期三) 上午9:30\n主题: 打印机\n\n卡纸",
			Forwarded{"王芳", "wangfang@corp.example", "打印机", "2023年11月15日(星期三) 上午9:30", 0, false}},
		"on behalf of": {"From: it-bounces@corp.example <it-bounces@corp.example> On Behalf Of Wang Fang\nSent: 2023-11-15 09:30\nTo: x\nSubject: y\n\nz",
			Forwarded{"Wang Fang", "", "y", "2023-11-15 09:30", 0, false}},
		"代表": {"发件人: it@corp.example <it@corp.example> 代表 王芳 <wangfang@corp.example>\n发送时间: 2023-11-15 09:30\n收件人: x\n主题: y\n\nz",
			Forwarded{"王芳", "wangfang@corp.example", "y", "2023-11-15 09:30", 0, false}},
		"address alone": {"-----Original Message-----\nFrom: wangfang@corp.example\nSubject: y\n\nz",
			Forwarded{"", "wangfang@corp.example", "y", "", 0, false}},
		"address as its own name": {"---- Forwarded message ----\nFrom: wangfang@corp.example <mailto:wangfang@corp.example>\nSubject: y\n\nz",
			Forwarded{"", "wangfang@corp.example", "y", "", 0, true}},
		"attribution below the separator": {"-------- 转发邮件信息 --------\n在 2023-11-15 09:30:00，\"王芳\" <wangfang@corp.example> 写道：\n\n卡纸",
			Forwarded{"王芳", "wangfang@corp.example", "", "", 0, true}},
		"crlf and cr count": {"a\r\nb\rc\r\n-------- Forwarded Message --------\r\nFrom: 王芳 <wangfang@corp.example>\r\nSubject: y\r\n",
			Forwarded{"王芳", "wangfang@corp.example", "y", "", len("a\r\nb\rc\r\n"), true}},
		"quote inside a reply": {"On 2023-11-15 09:30, Li Wei wrote:\n> -------- Forwarded Message --------\n> From: 王芳 <wangfang@corp.example>\n> Subject: y\n", Forwarded{}},
		"separator alone":      {"-----Original Message-----\n\nno headers", Forwarded{}},
		"plain mail":           {"打印机坏了", Forwarded{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := Read(c.text).Forwarded()
			if got != c.want || ok != (c.want != Forwarded{}) {
				t.Errorf("got %+v, %v", got, ok)
			}
		})
	}
}
