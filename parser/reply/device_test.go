package reply

import "testing"

func TestDeviceLine(t *testing.T) {
	for _, text := range []string{
		"Sent from my iPhone", "Sent from my Verizon Wireless BlackBerry", "Sent from my TI-85", "Sent from my HTC M8 Android phone.  Please excuse typos",
		"Sent from my cell, please excuse any typos.", "Sent from Windows Mail", "Sent from Mail for Windows", "Sent from [Mail](https://go.example/1) for Windows 10",
		"Sent from Yahoo Mail on Android", "Sent from Outlook", "Sent with Proton Mail secure email.", "Sent via mobile", "(sent from a phone)", "<<sent by galaxy>>",
		"Sent from my Galaxy", "Sent from Samsung Mobile", "Sent from Spark", "*Sent from my iPad*", "Get Outlook for iOS", "Get [Outlook for Android](https://aka.ms/x)",
		"Get Outlook for iOS<https://aka.ms/x>", "Someone from mobile", "From my Iphone 6",
		"发自我的iPhone", "发自我的 iPhone", "发自我的企业微信", "发自我的小米手机", "发自我的华为手机", "来自我的iPhone", "从我的 iPhone 发送", "從我的 iPhone 傳送", "发自 网易邮箱大师",
		"来自 Outlook for iOS", "获取 Outlook for iOS", "获取Outlook for Android", "发自飞书", "发送自 Windows 版邮件",
		"Von meinem iPhone gesendet", "Gesendet von meinem iPhone", "Gesendet mit der GMX Mail App", "Von meinem Mobilgerät gesendet", "Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.",
		"Outlook für Android herunterladen", "Envoyé de mon iPhone", "Envoyé depuis mon iPhone", "Envoyé à partir de Outlook pour iOS", "Télécharger Outlook pour iOS",
		"Enviado desde mi iPhone", "Obtener Outlook para iOS", "Enviado do meu iPhone", "Obter o Outlook para iOS", "Inviato da iPhone", "Scarica Outlook per iOS",
		"Verzonden vanaf mijn iPhone", "Verstuurd vanaf mijn iPhone", "Outlook voor iOS downloaden", "Skickat från min iPhone", "Hämta Outlook för iOS", "Sendt fra min iPhone", "Hent Outlook til iOS",
		"Lähetetty iPhonesta", "Wysłane z iPhone'a", "Pobierz aplikację Outlook dla systemu iOS", "Odesláno z iPhonu", "Odoslané z iPhonu", "iPhone-ról küldve", "Trimis de pe iPhone",
		"Отправлено с iPhone", "Отправлено из мобильной Почты Mail.ru", "Надіслано з iPhone", "iPhone'umdan gönderildi", "Στάλθηκε από το iPhone μου", "iPhoneから送信", "나의 iPhone에서 보냄",
		"נשלח מה-iPhone שלי", "أُرسلت من الـ iPhone الخاص بي", "Đã gửi từ iPhone của tôi", "ส่งจาก iPhone ของฉัน", "Dikirim dari iPhone saya", "Enviat des del meu iPhone", "Poslano s mojeg iPhonea",
	} {
		if !isDeviceLine(text) {
			t.Errorf("%q is no device line", text)
		}
		if p := Read("打印机坏了\n\n" + text).Split(); p.New != "打印机坏了" || p.Signature != text {
			t.Errorf("Split with %q: %+v", text, p)
		}
	}
}

func TestProseIsNoDeviceLine(t *testing.T) {
	for _, text := range []string{
		"Sent from my desk, is much easier than my mobile phone.", "Sent from a magnificent torch of pixels", "From my point of view it works", "The mail was sent from my iPhone?",
		"来自客户的电话打不通，请处理。", "来自上海分公司的反馈", "Отправлено с опозданием", "Lähetetty raportti eilen", "Enviado por error", "发自内心地感谢，问题已经解决。", "How do I get Outlook for iOS on this phone?", "The report was sent", "Sent by whom?", "已经从后台发送，但没有收到",
	} {
		if p := Read("您好\n\n" + text).Split(); p.Signature != "" {
			t.Errorf("Split with %q: %+v", text, p)
		}
	}
}
