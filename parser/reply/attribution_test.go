package reply

import (
	"strings"
	"testing"
)

// attributionsByClient are introductions of a quote as clients write them, by language.
var attributionsByClient = []struct{ name, text string }{
	{"gmail en", "On Wed, Nov 15, 2023 at 9:30 AM Li Wei <liwei@corp.example> wrote:"},
	{"gmail en wrapped in the address", "On Wed, Nov 15, 2023 at 9:30 AM Li Wei of the Information Technology <\nliwei@corp.example> wrote:"},
	{"gmail en wrapped before the verb", "On Wed, Nov 15, 2023 at 9:30 AM Li Wei <liwei@corp.example>\nwrote:"},
	{"gmail zh-CN", "李伟 <liwei@corp.example> 于2023年11月15日周三 09:30写道："},
	{"gmail zh-CN wrapped", "李伟 <liwei@corp.example> 于\n2023年11月15日周三 09:30写道："},
	{"gmail zh-TW", "李偉 <liwei@corp.example> 於 2023年11月15日 週三 上午9:30寫道："},
	{"gmail ja", "2023年11月15日(水) 9:30 李偉 <liwei@corp.example>:"},
	{"gmail ko", "2023년 11월 15일 (수) 오전 9:30, Li Wei <liwei@corp.example>님이 작성:"},
	{"gmail de", "Am Mi., 15. Nov. 2023 um 09:30 Uhr schrieb Li Wei <liwei@corp.example>:"},
	{"gmail fr", "Le mer. 15 nov. 2023 à 09:30, Li Wei <liwei@corp.example> a écrit :"},
	{"gmail fr nbsp", "Le mer. 15 nov. 2023 à 09:30, Li Wei <liwei@corp.example> a écrit\u00a0:"},
	{"gmail es", "El mié, 15 nov 2023 a las 9:30, Li Wei (<liwei@corp.example>) escribió:"},
	{"gmail it", "Il giorno mer 15 nov 2023 alle ore 09:30 Li Wei <liwei@corp.example> ha scritto:"},
	{"gmail pt-BR", "Em qua., 15 de nov. de 2023 às 09:30, Li Wei <liwei@corp.example> escreveu:"},
	{"gmail pt-PT", "Li Wei <liwei@corp.example> escreveu (quarta, 15/11/2023 à(s) 09:30):"},
	{"gmail nl", "Op wo 15 nov 2023 om 09:30 schreef Li Wei <liwei@corp.example>:"},
	{"gmail sv", "Den ons 15 nov. 2023 kl 09:30 skrev Li Wei <liwei@corp.example>:"},
	{"gmail da", "Den ons. 15. nov. 2023 kl. 09.30 skrev Li Wei <liwei@corp.example>:"},
	{"gmail no", "ons. 15. nov. 2023 kl. 09:30 skrev Li Wei <liwei@corp.example>:"},
	{"gmail fi", "ke 15. marrask. 2023 klo 9.30 Li Wei (liwei@corp.example) kirjoitti:"},
	{"gmail pl", "śr., 15 lis 2023 o 09:30 Li Wei <liwei@corp.example> napisał(a):"},
	{"gmail cs", "st 15. 11. 2023 v 9:30 odesílatel Li Wei <liwei@corp.example> napsal:"},
	{"gmail sk", "st 15. 11. 2023 o 9:30 Li Wei <liwei@corp.example> napísal(a):"},
	{"gmail hu", "Li Wei <liwei@corp.example> ezt írta (időpont: 2023. nov. 15., Sze,\n9:30):"},
	{"gmail ro", "În mie., 15 nov. 2023 la 09:30, Li Wei <liwei@corp.example> a scris:"},
	{"gmail ru", "ср, 15 нояб. 2023 г. в 09:30, Li Wei <liwei@corp.example>:"},
	{"gmail uk", "ср, 15 лист. 2023 р. о 09:30 Li Wei <liwei@corp.example> пише:"},
	{"gmail bg", "На ср, 15.11.2023 г. в 9:30 Li Wei <liwei@corp.example> написа:"},
	{"gmail sr", "сре, 15. нов 2023. у 09:30 Li Wei <liwei@corp.example> је написао/ла:"},
	{"gmail hr", "sri, 15. stu 2023. u 09:30 Li Wei <liwei@corp.example> napisao je:"},
	{"gmail sl", "V V sre., 15. nov. 2023 ob 09:30 je oseba Li Wei <liwei@corp.example>\nnapisala:"},
	{"gmail tr", "Li Wei <liwei@corp.example>, 15 Kas 2023 Çar, 09:30 tarihinde şunu\nyazdı:"},
	{"gmail el", "Στις Τετ 15 Νοε 2023 στις 9:30 π.μ., ο/η Li Wei <liwei@corp.example>\nέγραψε:"},
	{"gmail he", "\u202bבתאריך יום ד׳, 15 בנוב׳ 2023 ב-9:30 מאת \u202aLi Wei\u202c\u200f <\u202aliwei@corp.example\u202c\u200f>:\u202c"},
	{"gmail ar", "في الأربعاء، 15 نوفمبر 2023 في 9:30 ص تمت كتابة ما يلي بواسطة Li Wei <liwei@corp.example>:"},
	{"gmail ar own digits", "في الأربعاء، ١٥ نوفمبر ٢٠٢٣ في ٩:٣٠ ص تمت كتابة ما يلي بواسطة Li Wei <liwei@corp.example>:"},
	{"gmail fa", "در تاریخ چهارشنبه ۱۵ نوامبر ۲۰۲۳،\u200f ۹:۳۰ Li Wei <liwei@corp.example> نوشت:"},
	{"gmail th", "ในวันที่ พ. 15 พ.ย. 2023 เวลา 09:30 Li Wei <liwei@corp.example> เขียนว่า:"},
	{"gmail th buddhist year", "เมื่อ พ. 15 พ.ย. 2566 เวลา 09:30 Li Wei <liwei@corp.example> เขียน:"},
	{"gmail vi", "Vào Th 4, 15 thg 11, 2023 vào lúc 09:30 Li Wei <liwei@corp.example>\nđã viết:"},
	{"gmail id", "Pada tanggal Rab, 15 Nov 2023 pukul 09.30 Li Wei <liwei@corp.example> menulis:"},
	{"gmail ms", "Pada Rab, 15 Nov 2023 pada 9:30 PG Li Wei <liwei@corp.example> menulis:"},
	{"gmail ca", "Missatge de Li Wei <liwei@corp.example> del dia dc., 15 de nov. 2023 a les 9:30:"},
	{"gmail et", "Kontakt Li Wei (<liwei@corp.example>) kirjutas kuupäeval K, 15. november 2023 kell 09:30:"},
	{"gmail lv", "trešd., 2023. g. 15. nov., plkst. 09:30 — lietotājs Li Wei (<liwei@corp.example>) rakstīja:"},
	{"gmail lt", "2023-11-15, tr, 09:30 Li Wei <liwei@corp.example> rašė:"},
	{"gmail is", "Þann mið., 15. nóv. 2023 kl. 09:30 skrifaði Li Wei <liwei@corp.example>:"},
	{"gmail eu", "Li Wei igorleak hau idatzi du (2023 aza. 15, az. (09:30)) <liwei@corp.example>:"},
	{"gmail gl", "O mércores, 15 de nov. de 2023 ás 09:30, Li Wei (<liwei@corp.example>) escribiu:"},
	{"gmail hi", "बुध, 15 नव॰ 2023 को 9:30 am बजे को Li Wei <liwei@corp.example> ने लिखा:"},
	{"gmail bn own digits", "বুধ, ১৫ নভে, ২০২৩ তারিখে ৯:৩০ AM টায় তারিখে Li Wei <liwei@corp.example> লিখেছেন:"},
	{"gmail fil", "Noong Miy, Nob 15, 2023 nang 9:30 AM, si Li Wei <liwei@corp.example> ay nagsulat:"},
	{"gmail af", "Op Wo. 15 Nov. 2023 om 09:30 het Li Wei <liwei@corp.example> geskryf:"},
	{"gmail without locale", "2023-11-15 9:30 GMT+08:00 Li Wei <liwei@corp.example>:"},
	{"gmail without locale, no address", "2023-11-15 9:30 GMT+08:00 Li Wei"},
	{"apple mail en", "On Nov 15, 2023, at 9:30 AM, Li Wei <liwei@corp.example> wrote:"},
	{"apple mail en over three lines", "On Nov 15, 2023,\nat 9:30,\nLi Wei <liwei@corp.example> wrote:"},
	{"apple mail en-GB", "On 15 Nov 2023, at 09:30, Li Wei <liwei@corp.example> wrote:"},
	{"apple mail zh", "在 2023年11月15日，上午9:30，李伟 <liwei@corp.example> 写道："},
	{"apple mail zh without preposition", "2023年11月15日 09:30，李伟 <liwei@corp.example> 写道："},
	{"apple mail zh-TW", "李偉 <liwei@corp.example> 於 2023年11月15日 上午9:30 寫道："},
	{"apple mail ja", "2023/11/15 9:30、李偉 <liwei@corp.example>のメール:"},
	{"apple mail ko", "2023. 11. 15. 오전 9:30, Li Wei <liwei@corp.example> 작성:"},
	{"apple mail de", "Am 15.11.2023 um 09:30 schrieb Li Wei <liwei@corp.example>:"},
	{"apple mail fr", "Le 15 nov. 2023 à 09:30, Li Wei <liwei@corp.example> a écrit :"},
	{"apple mail es", "El 15 nov 2023, a las 9:30, Li Wei <liwei@corp.example> escribió:"},
	{"apple mail it", "Il giorno 15 nov 2023, alle ore 09:30, Li Wei <liwei@corp.example> ha scritto:"},
	{"apple mail pt", "Em 15 de nov. de 2023, à(s) 09:30, Li Wei <liwei@corp.example> escreveu:"},
	{"apple mail nl", "Op 15 nov. 2023 om 09:30 heeft Li Wei <liwei@corp.example> het volgende geschreven:"},
	{"apple mail sv", "15 nov. 2023 kl. 09:30 skrev Li Wei <liwei@corp.example>:"},
	{"apple mail da", "Den 15. nov. 2023 kl. 09.30 skrev Li Wei <liwei@corp.example>:"},
	{"apple mail fi", "Li Wei <liwei@corp.example> kirjoitti 15.11.2023 kello 9.30:"},
	{"apple mail pl", "Wiadomość napisana przez Li Wei <liwei@corp.example> w dniu 15.11.2023, o godz. 09:30:"},
	{"apple mail cs", "15. 11. 2023 v 9:30, Li Wei <liwei@corp.example>:"},
	{"apple mail ru", "15 нояб. 2023 г., в 09:30, Li Wei <liwei@corp.example> написал(а):"},
	{"apple mail uk", "15 лист. 2023 р. о 09:30 Li Wei <liwei@corp.example> пише:"},
	{"apple mail tr", "Li Wei <liwei@corp.example> şunları yazdı (15 Kas 2023 09:30):"},
	{"apple mail el", "15 Νοε 2023, 9:30 π.μ., ο χρήστης «Li Wei <liwei@corp.example>» έγραψε:"},
	{"apple mail hu", "2023. nov. 15. dátummal, 9:30 időpontban Li Wei <liwei@corp.example> írta:"},
	{"apple mail ro", "Pe 15 nov. 2023, la 09:30, Li Wei <liwei@corp.example> a scris:"},
	{"apple mail hr", "Dana 15. stu. 2023., u 09:30, korisnik Li Wei <liwei@corp.example> napisao je:"},
	{"thunderbird en", "On 15/11/23 09:30, Li Wei wrote:"},
	{"thunderbird en iso", "On 2023-11-15 09:30, Li Wei wrote:"},
	{"thunderbird de", "Am 15.11.23 um 09:30 schrieb Li Wei:"},
	{"thunderbird fr", "Le 15/11/2023 à 09:30, Li Wei a écrit :"},
	{"thunderbird es", "El 15/11/23 a las 9:30, Li Wei escribió:"},
	{"thunderbird it", "Il 15/11/2023 09:30, Li Wei ha scritto:"},
	{"thunderbird pt-BR", "Em 15/11/2023 09:30, Li Wei escreveu:"},
	{"thunderbird pt-PT", "Às 09:30 de 15/11/2023, Li Wei escreveu:"},
	{"thunderbird nl", "Op 15-11-2023 om 09:30 schreef Li Wei:"},
	{"thunderbird sv", "Den 2023-11-15 kl. 09:30, skrev Li Wei:"},
	{"thunderbird da", "Den 15.11.2023 kl. 09.30 skrev Li Wei:"},
	{"thunderbird no", "Den 15.11.2023 09:30, skrev Li Wei:"},
	{"thunderbird fi", "Li Wei kirjoitti 15.11.2023 klo 9.30:"},
	{"thunderbird pl", "W dniu 15.11.2023 o 09:30, Li Wei pisze:"},
	{"thunderbird cs", "Dne 15. 11. 23 v 9:30 Li Wei napsal(a):"},
	{"thunderbird sk", "Dňa 15. 11. 2023 o 9:30 Li Wei napísal(a):"},
	{"thunderbird hu", "2023. 11. 15. 9:30 keltezéssel, Li Wei írta:"},
	{"thunderbird ro", "Pe 15.11.2023 09:30, Li Wei a scris:"},
	{"thunderbird ru", "15.11.2023 09:30, Li Wei пишет:"},
	{"thunderbird uk", "15.11.23 09:30, Li Wei пише:"},
	{"thunderbird tr", "15.11.2023 09:30 tarihinde Li Wei yazdı:"},
	{"thunderbird el", "Στις 15/11/23 09:30, ο/η Li Wei έγραψε:"},
	{"thunderbird ja", "On 2023/11/15 9:30, 李偉 wrote:"},
	{"thunderbird ko", "2023-11-15 오전 9:30에 Li Wei 이(가) 쓴 글:"},
	{"thunderbird zh", "在 2023/11/15 9:30, 李伟 写道:"},
	{"thunderbird zh-TW", "李偉 於 2023/11/15 上午 09:30 寫道:"},
	{"thunderbird he", "ב־15/11/23 9:30, Li Wei כתב:"},
	{"thunderbird bg", "На 15.11.23 г. в 9:30, Li Wei написа:"},
	{"thunderbird hr", "Dana 15.11.2023. u 09:30, Li Wei je napisao/la:"},
	{"thunderbird sl", "Li Wei je 15. 11. 2023 ob 09:30 napisal/a:"},
	{"thunderbird ca", "El 15/11/23 a les 9:30, Li Wei ha escrit:"},
	{"thunderbird vi", "Vào 15/11/2023 09:30, Li Wei đã viết:"},
	{"thunderbird et", "Li Wei kirjutas 15.11.2023 kell 09:30:"},
	{"thunderbird lt", "2023-11-15 09:30, Li Wei rašė:"},
	{"yahoo en", "On Wednesday, November 15, 2023 at 09:30:00 AM GMT+8, Li Wei <liwei@corp.example> wrote:"},
	{"yahoo en old", "--- On Wed, 11/15/23, Li Wei <liwei@corp.example> wrote:"},
	{"yahoo de", "Am Mittwoch, 15. November 2023 um 09:30:00 MEZ hat Li Wei <liwei@corp.example> Folgendes geschrieben:"},
	{"yahoo fr", "Le mercredi 15 novembre 2023 à 09:30:00 UTC+1, Li Wei <liwei@corp.example> a écrit :"},
	{"yahoo es", "El miércoles, 15 de noviembre de 2023, 09:30:00 CET, Li Wei <liwei@corp.example> escribió:"},
	{"yahoo it", "Il mercoledì 15 novembre 2023 alle ore 09:30:00 CET, Li Wei <liwei@corp.example> ha scritto:"},
	{"yahoo pt", "Em quarta-feira, 15 de novembro de 2023 09:30:00 BRT, Li Wei <liwei@corp.example> escreveu:"},
	{"yahoo zh-TW", "李偉 <liwei@corp.example> 於 2023年11月15日 星期三 上午09:30:00 [GMT+8] 寫道："},
	{"yandex ru", "15.11.2023, 09:30, \"Li Wei\" <liwei@corp.example>:"},
	{"mail.ru", "Среда, 15 ноября 2023, 9:30 +03:00 от Li Wei <liwei@corp.example>:"},
	{"zoho", "---- On Wed, 15 Nov 2023 09:30:00 +0800 liwei@corp.example wrote ----"},
	{"zoho with name", "---- On Wed, 15 Nov 2023 09:30:00 +0800 Li Wei <liwei@corp.example> wrote ---"},
	{"no colon", "On Wed, 15 Nov 2023 09:30:00 +0800 Li Wei <liwei@corp.example> wrote"},
	{"protonmail", "On Wednesday, November 15th, 2023 at 9:30 AM, Li Wei <liwei@corp.example> wrote:"},
	{"roundcube", "On 2023-11-15 09:30, Li Wei wrote:"},
	{"roundcube zh", "在 2023-11-15 09:30，李伟 写道："},
	{"netease 163", "在 2023-11-15 09:30:00，\"李伟\" <liwei@corp.example> 写道："},
	{"netease 163 no blanks", "在2023-11-15 09:30:00，李伟 写道："},
	{"netease 163 en", "At 2023-11-15 09:30:00, \"Li Wei\" <liwei@corp.example> wrote:"},
	{"netease masked", "在 2023-11-15 09:30:00，\"LiWei\" ***@***.***> 写道："},
	{"lark zh", "李伟 <liwei@corp.example> 在 2023年11月15日 周三 09:30 写道："},
	{"dingtalk", "李伟(liwei)<liwei@corp.example> 于2023-11-15 09:30写道："},
	{"qq en", "On Wed,Nov 15,2023 9:30 AM Li Wei <liwei@corp.example> wrote:"},
	{"kmail", "On Mittwoch, 15. November 2023 09:30:00 CET Li Wei wrote:"},
	{"evolution", "On Wed, 2023-11-15 at 09:30 +0800, Li Wei wrote:"},
	{"mutt", "On Wed, Nov 15, 2023 at 09:30:00AM +0800, Li Wei wrote:"},
	{"gmail mobile en", "On Wed, 15 Nov 2023, 9:30 am Li Wei, <liwei@corp.example> wrote:"},
	{"gmail mobile old", "On Nov 15, 2023 9:30 AM, \"Li Wei\" <liwei@corp.example> wrote:"},
	{"gmail bracket wrapped alone", "tir. 15. nov. 2023 kl. 09:30 skrev Li Wei <liwei@corp.example\n>:"},
	{"markdown link", "On Wed, Nov 15, 2023 at 9:30 AM Li Wei <[liwei@corp.example](mailto:liwei@corp.example)> wrote:"},
	{"angle mailto", "On Nov 15, 2023, at 09:30, Li Wei <liwei@corp.example<mailto:liwei@corp.example>> wrote:"},
	{"bold", "**On Wed, Nov 15, 2023 at 9:30 AM Li Wei <liwei@corp.example> wrote:**"},
	{"long weekday de", "Li Wei <liwei@corp.example> schrieb am Mi., 15. Nov. 2023\num 09:30 Uhr:"},
}

func TestAttributionBeforeUnmarkedQuote(t *testing.T) {
	for _, c := range attributionsByClient {
		t.Run(c.name, func(t *testing.T) {
			p := Read("打印机好了。\n\n" + c.text + "\n\n旧的内容\n第二行").Split()
			if p.New != "打印机好了。" || p.Inline || !strings.HasPrefix(p.Quoted, c.text) {
				t.Errorf("got new %q, quoted %q, inline %v", p.New, p.Quoted, p.Inline)
			}
		})
	}
}

func TestAttributionBeforeMarkedQuote(t *testing.T) {
	for _, c := range attributionsByClient {
		t.Run(c.name, func(t *testing.T) {
			p := Read("It works again.\n" + c.text + "\n\n> Is it solved?\n> Li Wei\n").Split()
			if p.New != "It works again." || p.Inline {
				t.Errorf("got new %q, inline %v", p.New, p.Inline)
			}
		})
	}
}

func TestAnswerBelowAttributedQuote(t *testing.T) {
	for _, c := range attributionsByClient {
		t.Run(c.name, func(t *testing.T) {
			p := Read(c.text + "\n> Is it solved?\n\nYes, it is.\n").Split()
			if p.New != "Yes, it is." || !p.Inline {
				t.Errorf("got new %q, inline %v", p.New, p.Inline)
			}
		})
	}
}

func TestProseIsNoAttribution(t *testing.T) {
	for name, text := range map[string]string{
		"weekday":                 "On Monday I wrote:\nthe printer is broken.",
		"full date, pronoun":      "On 15 November 2023 at 09:30 I wrote:\nthe printer is broken.",
		"on":                      "On the other hand:\nOn average it works.",
		"zh report":               "他在2023年的报告中写道：\n系统不稳定。",
		"zh mail of a day":        "在2023年11月15日的邮件中写道：\n系统不稳定。",
		"zh mail of a time":       "我在2023年11月15日 09:30的邮件里写道：\n系统不稳定。",
		"zh in the log":           "系统在 2023-11-15 09:30:00 的日志中写道：\nout of memory",
		"log with address":        "2023-11-15 09:30:12 mail to <zhangsan@corp.example>:\n550 no such user",
		"agenda":                  "2023-11-15 会议:\n议题一",
		"german pronoun":          "Am 15.11.2023 um 09:30 schrieb ich Ihnen:\nDer Drucker ist kaputt.",
		"error of a day":          "The error of 2023-11-15 09:30:\nuser not found",
		"address":                 "Please add this account <zhangsan@corp.example>:\nname 张三",
		"paragraphs in between":   "On this day\n\nI wrote something on 2023-11-15 at 09:30\n\nwhich was read by Bob:\n\nfine",
		"mid sentence":            "The user wrote: it does not work.",
		"question with timestamp": "Why does it say 2023-11-15 09:30?\nPlease tell:\nwho did it?",
	} {
		t.Run(name, func(t *testing.T) {
			text := "您好\n\n" + text
			if p := Read(text).Split(); p.New != text {
				t.Errorf("got %+v", p)
			}
		})
	}
}

func TestNamedAttributionNeedsMarks(t *testing.T) {
	for _, text := range []string{"Li Wei wrote:", "李伟 写道：", "Max Muster schrieb:", "Иван Петров пишет:"} {
		if p := Read("It works.\n\n" + text + "\n> Does it?\n").Split(); p.New != "It works." {
			t.Errorf("%q before marks: %+v", text, p)
		}
		if p := Read("It works.\n\n" + text + "\nDoes it?").Split(); p.Quoted != "" {
			t.Errorf("%q before text: %+v", text, p)
		}
	}
	if p := Read("It works.\n\n2013/9/25 Li Wei <liwei@corp.example>\n\n> Does it?").Split(); p.New != "It works." {
		t.Errorf("date and address before marks: %+v", p)
	}
	text := "The log wrote:\n\n> out of memory"
	if p := Read(text).Split(); p.New != text {
		t.Errorf("pasted log: %+v", p)
	}
}
