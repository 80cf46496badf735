package reply

import (
	"strings"
	"unicode/utf8"
)

// isDeviceLine reports the line by which a phone or an app signs: "Sent from my iPhone", "发自我的iPhone", "Get Outlook for iOS".
func isDeviceLine(body string) bool {
	if len(body) < 6 || len(body) > 200 || utf8.RuneCountInString(body) > 110 {
		return false
	}
	lower := strings.ToLower(strings.Trim(linkTarget(body), "<>()[]*_~· \u200e\u200f-—"))
	if strings.Contains(lower, "outlook") && getsOutlook(lower) {
		return true
	}
	for _, opening := range deviceOpenings {
		if rest, ok := strings.CutPrefix(lower, opening); ok {
			return isDevicePhrase(opening, strings.TrimSpace(rest))
		}
	}
	for _, ending := range deviceEndings {
		if strings.HasSuffix(strings.TrimRight(lower, ".。"), ending) && hasDevice(lower) {
			return true
		}
	}
	return hasSuffixWords(lower, "from mobile", "via mobile", "from my mobile", "from phone")
}

// linkTarget cuts the address behind a link: "mail](https://…) for Windows", "TypeApp<http://…>".
func linkTarget(body string) string {
	if at := strings.Index(body, "<http"); at > 0 {
		body = body[:at]
	}
	for {
		from := strings.Index(body, "](")
		if from < 0 {
			return strings.ReplaceAll(body, "[", "")
		}
		to := strings.IndexByte(body[from:], ')')
		if to < 0 {
			return strings.ReplaceAll(body[:from], "[", "")
		}
		body = body[:from] + body[from+to+1:]
	}
}

func hasSuffixWords(lower string, endings ...string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(lower, ending) && strings.Count(lower, " ") <= 3 {
			return true
		}
	}
	return false
}

// getsOutlook reports Outlook's advertisement for itself, in whatever language.
func getsOutlook(lower string) bool {
	return (strings.Contains(lower, "ios") || strings.Contains(lower, "android") || strings.Contains(lower, "aka.ms") || strings.Contains(lower, "outlook for mac")) &&
		strings.Count(lower, " ") <= 9 && !strings.Contains(lower, "?")
}

// isDevicePhrase judges what follows "Sent from": a device or an app in few words. A sentence that goes on, "Sent from
// my desk, is much easier", is prose.
func isDevicePhrase(opening, rest string) bool {
	if rest == "" || strings.ContainsAny(rest, "?？") {
		return false
	}
	clause := rest
	if at := strings.IndexAny(rest, ",.;，。；"); at >= 0 {
		clause = rest[:at]
	}
	words := strings.Count(clause, " ") + 1
	if hasDevice(clause) {
		return words <= 12
	}
	mine := strings.HasSuffix(opening, " my") || strings.HasSuffix(opening, "我的")
	return mine && clause == strings.TrimRight(rest, ".!。！") && words <= 4 && utf8.RuneCountInString(clause) <= 30
}

func hasDevice(lower string) bool {
	for _, device := range devices {
		if containsWords(lower, device) {
			return true
		}
	}
	return false
}

var devices = []string{
	"phone", "iphon", "ipad", "ipod", "mobile", "mobil", "cell", "handy", "android", "blackberry", "galaxy", "samsung", "huawei", "xiaomi", "redmi", "honor", "oppo", "vivo",
	"oneplus", "nokia", "sony", "xperia", "htc", "motorola", "pixel ", "tablet", "outlook", "mail", "windows", "surface", "mailbox", "airmail", "sparrow", "spark", "typeapp",
	"macbook", "imac", "thunderbird", "gmail", "yahoo", "proton", "device", "gerät", "teléfono", "téléphone", "telefon", "telefoon", "smartphone", "celular", "メール", "טלפון", "سمارت", "هاتف",
	"móvil", "dispositivo", "appareil", "puhelin", "komór", "телефон", "смартфон", "устройств", "qq", "网易", "企业微信", "飞书", "钉钉", "手机", "postbox", "newton", "edison",
	"superhuman", "zimbra", "lotus", "notes", "canary", "aqua mail", "lark", "wecom", "dingtalk", "foxmail", "tutanota", "icloud", "imachine", "lg ", "小米", "华为", "苹果", "三星", "邮箱", "安卓",
}

// deviceOpenings begin a device line. The longer stands before the shorter.
var deviceOpenings = []string{
	"sent from my", "sent from the", "sent from a", "sent from", "sent via", "sent with", "sent by", "sent using", "sent on", "sent through", "from my",
	"发自我的", "发自", "發自", "来自我的", "来自", "來自", "发送自", "從我的", "从我的", "由我的", "通过我的", "本邮件发自", "本邮件由", "签名由",
	"gesendet von", "gesendet mit", "gesendet über", "gesendet aus", "gesendet vom", "von meinem", "von unterwegs",
	"envoyé de", "envoyé depuis", "envoyé à partir", "envoyé via", "envoyé avec", "envoyé par", "envoyée depuis", "obtenir", "télécharger",
	"enviado desde", "enviado con", "enviado por", "enviado a través", "enviado via", "enviado vía", "enviado do", "enviado de", "enviado pelo", "enviado a partir", "enviado com",
	"inviato da", "inviato dal", "inviato con", "inviato tramite", "verzonden vanaf", "verzonden met", "verzonden via", "verzonden vanuit", "verzonden door", "verzonden van",
	"verstuurd vanaf", "verstuurd met", "skickat från", "skickat via", "skickat med", "skickades från", "sendt fra", "sendt via", "sendt med",
	"lähetetty", "wysłane z", "wysłano z", "wysłane przez", "odesláno z", "odesláno pomocí", "odoslané z", "odoslané pomocou",
	"trimis de", "trimis din", "trimis cu", "отправлено с", "отправлено из", "надіслано з", "відправлено з", "изпратено от", "στάλθηκε από", "εστάλη από",
	"נשלח מ", "أرسلت من", "أُرسلت من", "مرسل من", "تم الإرسال من", "đã gửi từ", "gửi từ", "ส่งจาก", "dikirim dari", "dihantar dari", "enviat des de", "poslano s", "poslano iz", "poslato sa",
	"saadetud minu", "išsiųsta iš", "nosūtīts no", "sent frå", "sendt frå",
}

// deviceEndings end a device line in languages that put the verb last.
var deviceEndings = []string{"gesendet", "verzonden", "發送", "发送", "傳送", "から送信", "보냄", "에서 보낸 메일", "gönderildi", "küldve", "elküldve", "verschickt", "发送的", "寄出", "보낸 메시지"}
