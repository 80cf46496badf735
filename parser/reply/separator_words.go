package reply

// originalPhrases stand between the dashes above the mail that is answered, or passed on.
var originalPhrases = phrases(`original message·original·original mail·original e-mail·original email·original appointment·reply message·replied message
reply to message·message from·original message processed by david·previous message·start original message
原始邮件·原始郵件·邮件原件·原邮件·原始信息·原始消息·回复的原邮件·回复的邮件·回复邮件·答复邮件·原件·原始邮件信息·来信原文·以下是原邮件·原始訊息
引用原邮件
ursprüngliche nachricht·originalnachricht·original-nachricht·urspruengliche nachricht·ursprüngliche mail·originaltermin·urspr. nachricht
message d'origine·message original·message initial·message d’origine·courriel original·email d'origine·rendez-vous d'origine
mensaje original·mensaje de origen·correo original·cita original
messaggio originale·messaggio originario·messaggio d'origine·appuntamento originale
mensagem original·mensagem de origem·mensagem inicial·compromisso original
oorspronkelijk bericht·oorspronkelijke bericht·origineel bericht·originele bericht·oorspronkelijke afspraak
ursprungligt meddelande·originalmeddelande·ursprungsmeddelande·ursprunglig avtalad tid
oprindelig meddelelse·original meddelelse·original besked·oprindelig besked·den oprindelige meddelelse
opprinnelig melding·original melding·opprinnelig e-post·opprinnelig avtale
alkuperäinen viesti·alkuperäinen sähköposti·alkuperäinen tapaaminen
oryginalna wiadomość·wiadomość oryginalna·pierwotna wiadomość·wiadomość pierwotna
původní zpráva·původní e-mail·původní schůzka·pôvodná správa·pôvodný e-mail·pôvodná plánovaná činnosť
eredeti üzenet·eredeti levél·eredeti e-mail·eredeti találkozó
mesaj original·mesajul original·mesajul inițial
исходное сообщение·оригинальное сообщение·исходное письмо·первоначальное сообщение·пересланное·оригинал сообщения
вихідне повідомлення·оригінальне повідомлення·початкове повідомлення·оригинално съобщение·първоначално съобщение
orijinal mesaj·orijinal ileti·özgün ileti·özgün mesaj·asıl ileti·orjinal mesaj
αρχικό μήνυμα·πρωτότυπο μήνυμα·αρχικο μηνυμα
元のメッセージ·オリジナル メッセージ·オリジナルメッセージ·元メッセージ·元のメール·返信元メッセージ
원본 메시지·원본 메일·원본 메세지·원래 메시지·원본메시지
הודעה מקורית·ההודעה המקורית·הודעה המקורית
الرسالة الأصلية·رسالة أصلية·پیام اصلی
ข้อความดั้งเดิม·ข้อความเดิม·ข้อความต้นฉบับ
thư gốc·tin nhắn gốc·thông điệp gốc
pesan asli·mesej asal·missatge original·jatorrizko mezua·algne kiri·algne sõnum·originālais ziņojums·sākotnējais ziņojums·originalus laiškas
pradinis laiškas
izvorna poruka·originalna poruka·izvorno sporočilo·originalno sporočilo·izvirno sporočilo·оригинална порука·изворна порука·upprunaleg skilaboð
mensaxe orixinal·mesazhi origjinal·orihinal na mensahe`)

// forwardedPhrases stand between the dashes above a mail that is passed on.
var forwardedPhrases = phrases(`forwarded message·forwarded mail·forwarded email·forwarded e-mail·forwarded by·forward message·begin forwarded message·forwarded
original message forwarded·start of forwarded message·forwarded inline·forwarded content
转发邮件信息·转发的邮件·转发邮件·转发的原邮件·轉寄郵件·轉寄的郵件·轉發的郵件·轉寄郵件訊息·转发信息·转发·已转发邮件·转发消息·轉寄訊息·轉寄的訊息
转发的消息·已轉寄郵件
weitergeleitete nachricht·weitergeleitete mail·weitergeleitete e-mail·weitergeleitet von·anfang der weitergeleiteten nachricht
message transféré·message réexpédié·courriel transféré·message transmis·transféré par·transmis par·réacheminé par·mail transféré
mensaje reenviado·correo reenviado·remitido por·reenviado por·forwarded message from
messaggio inoltrato·inoltrato da·messaggio inoltrato da
mensagem encaminhada·mensagem reencaminhada·mensagem enviada·encaminhado por·reencaminhado por·mensagem de encaminhamento
doorgestuurd bericht·doorgezonden bericht·doorgestuurde bericht·doorgestuurd door
vidarebefordrat meddelande·vidarebefordrat mejl·vidarebefordrat brev·vidaresänt meddelande·vidarebefordrat av
videresendt meddelelse·videresendt besked·videresendt mail·videresendt af·videresendt melding·videresendt e-post·videresendt av
välitetty viesti·edelleenlähetetty viesti·uudelleenlähetetty viesti
wiadomość przekazana dalej·przekazana wiadomość·treść przekazanej wiadomości·wiadomość przekazana·przekazane przez
přeposlaná zpráva·předaná zpráva·přeposlaný e-mail·preposlaná správa·forwardovaná zpráva
továbbított üzenet·továbbított levél·mesaj redirecționat·mesaj redirectionat·mesaj înaintat·mesaj transmis mai departe
пересылаемое сообщение·перенаправленное сообщение·пересланное сообщение·пересланное письмо·пересылаемое письмо·переслано
начало переадресованного сообщения
переслане повідомлення·переслане повідомлення·пересланий лист·перенаправлене повідомлення·препратено съобщение·препратено писмо
iletilen mesaj·iletilmiş mesaj·yönlendirilmiş ileti·yönlendirilen ileti·yönlendirilmiş mesaj·iletilen ileti
προωθημένο μήνυμα·προωθημενο μηνυμα·μήνυμα που προωθήθηκε
転送されたメッセージ·転送メッセージ·転送メール·転送されたメール·forwarded message 転送
전달된 메시지·전달된 메일·전달 메시지·전달된 메세지
הודעה שהועברה·הודעה מועברת·رسالة محولة·رسالة معاد توجيهها·الرسالة المعاد توجيهها·پیام هدایت شده
ข้อความที่ส่งต่อ·tin nhắn chuyển tiếp·thư chuyển tiếp·thư được chuyển tiếp·pesan terusan·pesan yang diteruskan·mesej yang dimajukan
missatge reenviat·birbidalitako mezua·edastatud kiri·edastatud sõnum·pārsūtīts ziņojums·persiųstas laiškas
proslijeđena poruka·prosleđena poruka·posredovano sporočilo·прослеђена порука·framsend skilaboð·mensaxe reenviada·mesazh i përcjellë`)

// forwardedOpenings stand without dashes and with a colon, as Apple Mail writes them.
var forwardedOpenings = phrases(`begin forwarded message·forwarded message·start of forwarded message
开始转发邮件·下面是被转发的邮件·以下是转发的邮件·以下是被转发的邮件·开始转发的邮件·以下是轉寄的郵件·開始轉寄郵件·以下為轉寄的郵件·轉寄郵件開始
已转发邮件·转发邮件·以下为转发邮件
anfang der weitergeleiteten nachricht·anfang der weitergeleiteten e-mail·weitergeleitete nachricht·weitergeleitete e-mail
début du message réexpédié·début du message transféré·message transféré·début du message transmis
inicio del mensaje reenviado·comienzo del mensaje reenviado·mensaje reenviado
inizio messaggio inoltrato·messaggio inoltrato·inizio del messaggio inoltrato
início da mensagem reencaminhada·início da mensagem encaminhada·mensagem encaminhada·mensagem reencaminhada
begin doorgestuurd bericht·doorgestuurd bericht·begin van doorgestuurd bericht
vidarebefordrat brev·påbörja vidarebefordrat meddelande·vidarebefordrat mejl·vidarebefordrat meddelande·börja vidarebefordrat meddelande
start på videresendt besked·videresendt besked·start på videresendt meddelelse·videresendt melding·start på videresendt melding·videresendt e-post
välitetty viesti alkaa·välitetty viesti·alkaa välitetty viesti
początek przekazywanej wiadomości·początek przekazanej wiadomości·początek wiadomości przekazanej dalej
začátek přeposílané zprávy·začátek přeposlané zprávy·přeposlaná zpráva·začiatok preposlanej správy·začiatok preposielanej správy
začiatok presmerovanej správy
továbbított levél kezdete·továbbított üzenet kezdete·továbbított üzenet·începutul mesajului redirecționat·mesaj redirecționat
începe mesajul redirecționat
начало переадресованного сообщения·начало пересылаемого сообщения·пересылаемое сообщение·пересылаемое письмо·переадресованное сообщение
початок переадресованого повідомлення·початок листа, що пересилається·переслане повідомлення·начало на препратеното съобщение
начало на препратено съобщение
iletilen ileti başlangıcı·iletilmiş mesajın başlangıcı·iletilen mesaj başlangıcı·başlangıç iletilen mesaj·yönlendirilmiş ileti
αρχή προωθημένου μηνύματος·αρχή μηνύματος που προωθήθηκε·έναρξη προωθημένου μηνύματος
転送されたメッセージ·転送されたメール·以下は転送されたメールです·전달된 메시지 시작·전달된 이메일 시작·전달된 메시지
תחילת ההודעה שהועברה·הודעה שהועברה·بدء الرسالة المعاد توجيهها·بدء رسالة تم إعادة توجيهها·بدء رسالة محولة
เริ่มต้นข้อความที่ส่งต่อ·ข้อความที่ส่งต่อเริ่มต้น·bắt đầu thư được chuyển tiếp·mulai pesan diteruskan·mulai pesan yang diteruskan
mula mesej dikirim semula
inici del missatge reenviat·missatge reenviat·započni proslijeđenu poruku·početak proslijeđene poruke·začetek posredovanega sporočila
proslijeđena poruka`)

// abovePhrases are of the line that some desks draw to ask for the answer above it.
var abovePhrases = []string{
	"replyabovethisline", "typeyourreplyabove", "writeyourreplyabove", "replyabove", "writeabovethisline",
	"请在此行上方回复", "请在此线以上回复", "请在此行以上回复", "在此行上方回复", "請在此行上方回覆",
	"antwortbitteoberhalb", "oberhalbdieserzeileantworten", "répondreaudessusdecetteligne", "respondaporencimadeestalínea",
}
