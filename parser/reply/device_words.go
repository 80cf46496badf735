package reply

// devices are words of phones, systems and mail programs, in lower case; they match at the beginning of a word.
var devices = []string{
	"phone", "iphon", "ipad", "ipod", "mobile", "mobil", "cell", "handy", "android", "blackberry", "galaxy", "samsung", "huawei", "xiaomi", "redmi",
	"honor", "oppo", "vivo",
	"oneplus", "nokia", "sony", "xperia", "htc", "motorola", "pixel ", "tablet", "outlook", "mail", "windows", "surface", "mailbox", "airmail",
	"sparrow", "spark", "typeapp",
	"macbook", "imac", "thunderbird", "gmail", "yahoo", "proton", "device", "gerät", "teléfono", "téléphone", "telefon", "telefoon", "smartphone",
	"celular", "メール", "טלפון", "سمارت", "هاتف",
	"móvil", "dispositivo", "appareil", "puhelin", "komór", "телефон", "смартфон", "устройств", "qq", "网易", "企业微信", "飞书", "钉钉", "手机",
	"postbox", "newton", "edison",
	"superhuman", "zimbra", "lotus", "notes", "canary", "aqua mail", "lark", "wecom", "dingtalk", "foxmail", "tutanota", "icloud", "lg ",
	"小米", "华为", "苹果", "三星", "邮箱", "安卓",
}

// deviceOpenings begin a device line. The longer stands before the shorter.
var deviceOpenings = []string{
	"sent from my", "sent from the", "sent from a", "sent from", "sent via", "sent with", "sent by", "sent using", "sent on", "sent through",
	"from my",
	"发自我的", "发自", "發自", "来自我的", "来自", "來自", "发送自", "從我的", "从我的", "由我的", "通过我的", "本邮件发自", "本邮件由", "签名由",
	"gesendet von", "gesendet mit", "gesendet über", "gesendet aus", "gesendet vom", "von meinem", "von unterwegs",
	"envoyé de", "envoyé depuis", "envoyé à partir", "envoyé via", "envoyé avec", "envoyé par", "envoyée depuis", "obtenir", "télécharger",
	"enviado desde", "enviado con", "enviado por", "enviado a través", "enviado via", "enviado vía", "enviado do", "enviado de", "enviado pelo",
	"enviado a partir", "enviado com",
	"inviato da", "inviato dal", "inviato con", "inviato tramite", "verzonden vanaf", "verzonden met", "verzonden via", "verzonden vanuit",
	"verzonden door", "verzonden van",
	"verstuurd vanaf", "verstuurd met", "skickat från", "skickat via", "skickat med", "skickades från", "sendt fra", "sendt via", "sendt med",
	"lähetetty", "wysłane z", "wysłano z", "wysłane przez", "odesláno z", "odesláno pomocí", "odoslané z", "odoslané pomocou",
	"trimis de", "trimis din", "trimis cu", "отправлено с", "отправлено из", "надіслано з", "відправлено з", "изпратено от", "στάλθηκε από",
	"εστάλη από",
	"נשלח מ", "أرسلت من", "أُرسلت من", "مرسل من", "تم الإرسال من", "đã gửi từ", "gửi từ", "ส่งจาก", "dikirim dari", "dihantar dari", "enviat des de",
	"poslano s", "poslano iz", "poslato sa",
	"saadetud minu", "išsiųsta iš", "nosūtīts no", "sent frå", "sendt frå",
}

// deviceEndings end a device line in languages that put the verb last.
var deviceEndings = []string{"gesendet", "verzonden", "發送", "发送", "傳送", "から送信", "보냄", "에서 보낸 메일", "gönderildi", "küldve", "elküldve", "verschickt", "发送的", "寄出", "보낸 메시지"}
