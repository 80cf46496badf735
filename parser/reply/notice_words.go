package reply

import "maildesk/parser/phrase"

// noticePhrases are said by legal notices and scanners alone: one of them is enough.
var noticePhrases = phrase.NewSet(
	"intended recipient", "intended solely for", "intended only for", "if you have received this e-mail in error",
	"if you have received this email in error", "received this message in error",
	"please consider the environment before printing", "virus-free", "scanned for viruses", "checked for viruses", "privileged and confidential",
	"confidentiality notice", "legally privileged",
	"reply to this email directly", "you are receiving this because", // forges and lists
	"本邮件及其附件", "本邮件及附件", "本电子邮件及", "此邮件及其附件", "本郵件及其附件", "此郵件及其附件", "如果您错误地收到", "如果您错收了本邮件",
	"如您错收", "如果您误收", "如您误收", "若您误收", "仅限于发送给", "请立即电话或邮件通知发件人", "非预期收件人", "如果您不是本邮件",
	"若您不是本郵件", "如果你不是预期的收件人",
	"このメールには機密情報", "本メールは、意図した", "diese e-mail enthält vertrauliche", "diese e-mail kann vertrauliche",
	"nicht der beabsichtigte empfänger", "nicht der richtige adressat",
	"ce message et toutes les pièces jointes", "ce courriel et ses pièces jointes", "si vous avez reçu ce message par erreur", "destinataire prévu",
	"este mensaje y sus archivos adjuntos", "este correo electrónico y sus", "si usted ha recibido este mensaje por error",
	"aviso de confidencialidad",
	"le informazioni contenute in questo messaggio", "se avete ricevuto questo messaggio per errore", "se ricevete questo messaggio per errore",
	"questo messaggio e' stato analizzato",
	"esta mensagem pode conter", "se você recebeu esta mensagem por engano", "esta mensagem e seus anexos",
	"dit bericht is uitsluitend bestemd", "dit e-mailbericht is uitsluitend", "de informatie in dit bericht", "niet de beoogde ontvanger",
	"denna e-post kan innehålla konfidentiell", "denne e-mail kan indeholde fortrolig", "denne e-posten kan inneholde konfidensiell",
	"treść tej wiadomości", "tato zpráva a všechny přílohy", "это сообщение содержит конфиденциальную", "bu e-posta ve ekleri", "bu mesaj ve ekleri",
)

// noticeSelves are how a legal notice speaks of the mail that it stands in.
var noticeSelves = phrase.NewSet(
	"this e-mail", "this email", "this message", "this mail", "this communication", "本邮件", "此邮件", "该邮件", "本电子邮件", "此电子邮件",
	"本郵件", "此郵件", "本メール", "このメール", "본 메일", "이 메일",
	"diese e-mail", "diese nachricht", "dieser e-mail", "ce message", "ce courriel", "cet e-mail", "este mensaje", "este correo", "questo messaggio",
	"presente messaggio", "esta mensagem", "este e-mail",
	"dit bericht", "deze e-mail", "denne e-post", "detta meddelande", "denne e-mail", "denne mail", "tämä viesti", "tämän viestin",
	"niniejsza wiadomość", "niniejszej wiadomości", "tato zpráva", "táto správa", "ezen üzenet", "acest mesaj",
	"это сообщение", "данное сообщение", "це повідомлення", "bu e-posta", "bu mesaj", "το μήνυμα αυτό", "הודעה זו", "هذه الرسالة",
)

// noticeWords are frequent in legal notices and rare elsewhere: three of them in a paragraph that speaks of its mail
// are enough.
var noticeWords = phrase.NewSet(
	"confidential", "免责声明", "保密声明", "aviso legal", "this e-mail and any attachments", "this email and any attachments",
	"this message and any attachments", "privileged", "disclosure", "unauthorized", "disclaimer", "delete this", "notify the sender",
	"any attachments", "e-mail transmission",
	"保密", "机密", "未经授权", "收件人", "删除本邮件", "禁止任何", "泄露", "散布", "商业秘密", "specified recipient",
	"vertraulich", "empfänger", "unbefugt", "confidentiel", "destinataire", "confidencial", "destinatario", "destinatário", "riservate", "riservato",
	"vertrouwelijk", "geadresseerde", "konfidentiell", "fortrolig", "poufn", "důvěrn", "конфиденциальн", "gizli",
)
