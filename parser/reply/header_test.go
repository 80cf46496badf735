package reply

import (
	"strings"
	"testing"
)

// headerLabelsByLanguage are the labels of Outlook's block, in its order.
var headerLabelsByLanguage = []struct{ name, from, date, to, subject string }{
	{"en", "From", "Sent", "To", "Subject"},
	{"en mac", "From", "Date", "To", "Subject"},
	{"zh-CN", "发件人", "发送时间", "收件人", "主题"},
	{"zh-CN mac", "发件人", "日期", "收件人", "主题"},
	{"zh-CN spaced", "发件人", "日　期", "收件人", "主　题"},
	{"zh-TW", "寄件者", "寄件日期", "收件者", "主旨"},
	{"zh-TW new", "寄件者", "傳送時間", "收件者", "主旨"},
	{"ja", "差出人", "送信日時", "宛先", "件名"},
	{"ko", "보낸 사람", "보낸 날짜", "받는 사람", "제목"},
	{"de", "Von", "Gesendet", "An", "Betreff"},
	{"de date", "Von", "Datum", "An", "Betreff"},
	{"fr", "De", "Envoyé", "À", "Objet"},
	{"fr spaced", "De ", "Envoyé ", "À ", "Objet "},
	{"fr nbsp", "De\u00a0", "Date\u00a0", "À\u00a0", "Objet\u00a0"},
	{"es", "De", "Enviado el", "Para", "Asunto"},
	{"es web", "De", "Enviado", "Para", "Asunto"},
	{"it", "Da", "Inviato", "A", "Oggetto"},
	{"pt", "De", "Enviado", "Para", "Assunto"},
	{"pt-BR", "De", "Enviada em", "Para", "Assunto"},
	{"nl", "Van", "Verzonden", "Aan", "Onderwerp"},
	{"sv", "Från", "Skickat", "Till", "Ämne"},
	{"da", "Fra", "Sendt", "Til", "Emne"},
	{"no", "Fra", "Sendt", "Til", "Emne"},
	{"fi", "Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"},
	{"pl", "Od", "Wysłano", "Do", "Temat"},
	{"pl data", "Od", "Data", "Do", "Temat"},
	{"cs", "Od", "Odesláno", "Komu", "Předmět"},
	{"sk", "Od", "Odoslané", "Komu", "Predmet"},
	{"hu", "Feladó", "Elküldve", "Címzett", "Tárgy"},
	{"ro", "De la", "Trimis", "Către", "Subiect"},
	{"ru", "От", "Отправлено", "Кому", "Тема"},
	{"uk", "Від", "Надіслано", "Кому", "Тема"},
	{"bg", "От", "Изпратено", "До", "Относно"},
	{"sr", "Од", "Послато", "За", "Наслов"},
	{"hr", "Od", "Poslano", "Prima", "Predmet"},
	{"sl", "Od", "Poslano", "Za", "Zadeva"},
	{"tr", "Kimden", "Gönderildi", "Kime", "Konu"},
	{"tr tarih", "Gönderen", "Gönderme Tarihi", "Kime", "Konu"},
	{"el", "Από", "Στάλθηκε", "Προς", "Θέμα"},
	{"he", "מאת", "נשלח", "אל", "נושא"},
	{"ar", "من", "تاريخ الإرسال", "إلى", "الموضوع"},
	{"th", "จาก", "ส่ง", "ถึง", "เรื่อง"},
	{"vi", "Từ", "Đã gửi", "Đến", "Chủ đề"},
	{"id", "Dari", "Dikirim", "Kepada", "Perihal"},
	{"ca", "De", "Enviat", "Per a", "Assumpte"},
	{"et", "Saatja", "Saadetud", "Adressaat", "Teema"},
	{"lv", "No", "Nosūtīts", "Kam", "Tēma"},
	{"lt", "Nuo", "Išsiųsta", "Kam", "Tema"},
	{"is", "Frá", "Sent", "Til", "Efni"},
}

// headerShapes are how a block looks in text and in HTML turned into text; %1–%4 are label and value.
var headerShapes = []struct {
	name, above string
	line        func(label, value string) string
	between     string
}{
	{"plain", "", func(l, v string) string { return l + ": " + v }, "\n"},
	{"tabs", "", func(l, v string) string { return l + ":\t" + v }, "\n"},
	{"wide colon", "", func(l, v string) string { return l + "：" + v }, "\n"},
	{"rule above", "________________________________\n", func(l, v string) string { return l + ": " + v }, "\n"},
	{"html rule, bold", "* * *\n\n", func(l, v string) string { return "**" + l + ":** " + v }, "  \n"},
	{"bold, colon outside", "---\n\n", func(l, v string) string { return "**" + l + "**: " + v }, "\\\n"},
	{"italic", "", func(l, v string) string { return "*" + l + ":* " + v }, "\n"},
	{"paragraphs", "", func(l, v string) string { return "**" + l + ":** " + v }, "\n\n"},
	{"table", "", func(l, v string) string { return "| " + l + ": | " + v + " |" }, "\n"},
	{"folded sender", "", func(l, v string) string { return l + ": " + strings.Replace(v, " <", " \n<", 1) }, "\n"},
}

func TestHeaderBlock(t *testing.T) {
	for _, words := range headerLabelsByLanguage {
		for _, shape := range headerShapes {
			t.Run(words.name+" "+shape.name, func(t *testing.T) {
				block := strings.Join([]string{shape.line(words.from, "李伟 <liwei@corp.example>"), shape.line(words.date, "2023-11-15 09:30"),
					shape.line(words.to, "张三"), shape.line(words.subject, "打印机")}, shape.between)
				text := "好的，明白。\n\n" + shape.above + block + "\n\n旧的内容\n"
				p := Read(text).Split()
				if p.New != "好的，明白。" || !strings.HasSuffix(p.Quoted, "旧的内容") {
					t.Fatalf("got %+v", p)
				}
				f, ok := Read(text).Forwarded()
				if !ok || f.Name != "李伟" || f.Address != "liwei@corp.example" || f.Subject != "打印机" || f.Date != "2023-11-15 09:30" || f.Explicit {
					t.Errorf("got %+v, %v", f, ok)
				}
				if at := strings.Index(text, block); f.Offset != at {
					t.Errorf("block begins at %d, want %d", f.Offset, at)
				}
			})
		}
	}
}

func TestHeaderBlockFalseFriends(t *testing.T) {
	for name, text := range map[string]string{
		"table of a transfer":   "Please move these files:\nFrom: C:\\old\nTo: D:\\new\nthanks",
		"leave":                 "From: Monday\nTo: Friday\nI am away.",
		"markdown table":        "| From | To | Subject |\n| --- | --- | --- |\n| a | b | c |\nsee above",
		"only date and subject": "Date: 2023-11-15\nSubject: ERP\nthe error came again",
		"form":                  "反馈人: 张三\n联系方式: 13800000000\n问题描述: ERP 打不开\n问题发生时间: 2023-11-15 09:30",
		"in code":               "see:\n```\nFrom: a@corp.example\nSent: 2023-11-15 09:30\nTo: b@corp.example\nSubject: x\n```\nthat is all",
		"prose":                 "The data comes From: our database, not From: external sources.",
	} {
		t.Run(name, func(t *testing.T) {
			if p := Read(text).Split(); p.New != text {
				t.Errorf("got %+v", p)
			}
		})
	}
}
