package reply

import "strings"

// headerLabels are the words by which mail clients label the headers of an older mail, in lower case.
var headerLabels = labels(map[field]string{
	fieldFrom: `from·sender·发件人·寄件者·寄件人·发信人·发送人·发送者·由·從·来自·差出人·送信者·送信元·보낸 사람·보낸사람·보낸이·발신·발신자
		von·absender·de·expéditeur·expediteur·remitente·remetente·mittente·da·van·afzender·från·avsändare·fra·avsender·afsender
		lähettäjä·od·nadawca·odesílatel·odesilatel·odosielateľ·feladó·küldő·expeditor·de la·от·отправитель·від·відправник·подател·изпращач
		kimden·gönderen·από·αποστολέας·מאת·שולח·من·المرسل·از·فرستنده·จาก·từ·người gửi·dari·pengirim·remitent·nork·igorlea
		saatja·kellelt·no·sūtītājs·nuo·siuntėjas·pošiljatelj·pošiljalac·šalje·од·пошиљалац·frá·nga·mula sa·mula kay`,
	fieldDate: `sent·date·sent at·date sent·sent on·发送时间·发送日期·日期·时间·寄件日期·發送時間·傳送時間·傳送日期·時間·发件时间·送信日時·日時·日付·送信日·보낸 날짜
날짜·보낸 시간·보낸날짜·일시·발신일
		gesendet·datum·gesendet am·envoyé·envoyé le·date d'envoi·enviado el·enviado·enviada·enviada em·enviado em·enviado a·fecha·data·data de envio
		data e ora·inviato·inviata·data invio
		verzonden·verstuurd·datum verzonden·skickat·skickades·sendt·dato·lähetetty·päivämäärä·pvm·päiväys·wysłano·wysłane·odesláno·odoslané·dátum·küldve
		elküldve·küldés ideje
		trimis·trimis la·trimise·отправлено·дата·дата отправки·надіслано·відправлено·изпратено·gönderildi·gönderme tarihi·gönderim tarihi·gönderilme tarihi
		tarih
		στάλθηκε·εστάλη·ημερομηνία·απεστάλη·נשלח·נשלח בתאריך·תאריך·تاريخ الإرسال·التاريخ·تم الإرسال·أُرسلت·ارسال شده·تاریخ·วันที่·ส่ง·ส่งเมื่อ·đã gửi·ngày
		ngày gửi·gửi·dikirim·tanggal·dihantar·tarikh
		enviat·enviat el·bidalia·bidaltze-data·saadetud·kuupäev·nosūtīts·datums·išsiųsta·poslano·послато·датум·dagsetning·sent dato·dërguar`,
	fieldTo: `to·收件人·收件者·收信人·至·致·宛先·送信先·받는 사람·받는사람·받는이·수신·수신자·an·empfänger·à·a·destinataire·destinataires·para·destinatario
destinatário·aan·ontvanger·naar·till·mottagare·til·modtager·mottaker
		vastaanottaja·kenelle·do·adresat·komu·příjemce·pre·címzett·către·destinatar·la·кому·получатель·до·одержувач·до кого·получател·kime·alıcı·προς
		παραλήπτης·אל·נמען·إلى·المستلم·به·ถึง·đến·tới·người nhận·kepada·ke·untuk
		per a·nori·adressaat·kellele·kam·kam:·saņēmējs·kam·gavėjas·za·prima·prejemnik·за·прималац·përte·para kay`,
	fieldCc: `cc·bcc·抄送·抄送人·密送·副本·副本抄送·密件副本·密件抄送·참조·숨은 참조·kopie·kopie (cc)·blindkopie·copie à·copie·cci·cc:·copia·cco·ccn
copia per conoscenza·com cópia·cópia·kopi·kopia·kopio·dw·udw·do wiadomości·kopia do·másolat·másolatot kap·titkos másolat
		kópia·skrytá kópia·skrytá kopie·копия·скрытая копия·копія·прихована копія·bilgi·gizli·κοιν·κοινοποίηση·עותק·העתק·نسخة·نسخة إلى·رونوشت·สำเนา·tembusan
		salinan·koopia·kopija·sao chép·đồng kính gửi·в копии·копие·afrit`,
	fieldSubject: `subject·主题·主題·主旨·标题·標題·邮件主题·件名·題名·제목·betreff·objet·sujet·asunto·assunto·oggetto·onderwerp·ämne·rubrik·emne·aihe·otsikko·temat
předmět·predmet·předmet·vec·tárgy·subiect·subiectul·тема·предмет·относно·konu
		θέμα·נושא·הנדון·الموضوع·موضوع·เรื่อง·หัวเรื่อง·chủ đề·tiêu đề·perihal·subjek·judul·assumpte·gaia·teema·tēma·temats·tema·zadeva·naslov·наслов·efni
		paksa·subjekti`,
	fieldReplyTo: `reply-to·reply to·回复给·回复至·回复地址·回复·回覆給·返信先·회신·antwort an·antwort·antwortan·répondre à·responder a·responder para·rispondi a
risposta·antwoord aan·beantwoorden·svara till·svar till·svar til·vastausosoite·vastaa·odpowiedz do·odpovědět·odpovědět komu·odpovedať·válaszcím
răspuns la·ответить·обратный адрес·відповісти·yanıtla·yanıt adresi·απάντηση σε`,
	fieldOther: `importance·priority·attachments·attachment·mailed-by·signed-by·security·categories·organization·organisation·sent by·message-id·list-id·mailing list
location·when·where·required·optional·resent-from·return-path·in-reply-to·sensitivity·newsgroups·x-mailer·to be answered by·flag
		重要性·附件·优先级·敏感度·邮件附件·组织·重要度·添付ファイル·중요도·첨부 파일·첨부파일·wichtigkeit·priorität·anlagen·anhänge·anlage·organisation
		importance haute·pièces jointes·pièce jointe·importancia·datos adjuntos·adjuntos·archivos adjuntos·importanza·priorità·allegati·allegato·importância
		anexos·anexo·prioridade
		urgentie·belang·prioriteit·bijlagen·bijlage·prioritet·bilagor·bifogade filer·vedhæftede filer·vedlegg·viktighet·tärkeys·liitteet·ważność·załączniki
		důležitost·přílohy·dôležitosť·prílohy·fontosság·mellékletek·importanță·atașări·важность·вложения·важливість·вкладення·önem·ekler·σημασία·συνημμένα
		חשיבות·קבצים מצורפים`,
})

// labels makes one table of all; where languages disagree on a word, the earlier field has it.
func labels(tables map[field]string) map[string]field {
	set := make(map[string]field)
	for kind := fieldFrom; kind <= fieldOther; kind++ {
		for label := range strings.SplitSeq(strings.ReplaceAll(tables[kind], "\n", "·"), "·") {
			if key := labelKey(label); key != "" && set[key] == 0 {
				set[key] = kind
			}
		}
	}
	return set
}
