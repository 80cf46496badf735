package dsn

import (
	"regexp"
	"strings"
)

// returnSubjects are what reports call themselves, in lower case.
var returnSubjects = []string{
	"undeliver", "non-deliver", "nondeliver", "non deliver", "not deliver", "undelivered", "could not be delivered",
	"couldn't be delivered",
	"delivery status", "delivery fail", "delivery notification", "delivery error", "delivery problem", "delivery report",
	"delivery delay",
	"delivery incomplete", "delivery has failed", "delivery unsuccessful", "delivery to ",
	"failure notice", "failure delivery", "failed delivery", "fail to deliver", "failed mail", "failure to deliver",
	"mail failure", "mail failed", "message failed",
	"returned mail", "returned to sender", "returning message", "returning to sender", "return to sender", "mail returned",
	"returned message", "message returned",
	"mail system error", "mail delivery", "mail not deliver", "delayed",
	"warning: could not send",
	"bounced mail", "mail bounce", "bounce message", "address not found", "error sending your mail", "unable to deliver",
	"message not sent", "message blocked",
	"message status", "mail could not be", "message not accepted", "rejected:", "message you sent blocked", "relayed:",
	"delivered:", "expanded:",
	"user unknown", "unknown user", "non recapitato", "transaction failed", "nicht zugestellt", "unzustellbar",
	"zustellung fehlgeschlagen", "nondelivery", "unzustellbare", "zustellungsstatus", "zurückgesandte",
	"non remis", "échec de la remise", "non distribu", "échec de distribution", "no se puede entregar", "no entregado",
	"no se pudo entregar", "entrega fallida", "devuelto", "não entregue", "não foi possível entregar", "falha na entrega",
	"onbestelbaar", "niet bezorgd", "mancato recapito", "impossibile recapitare", "niedostarczon", "не доставлен",
	"недоставлен", "невозможно доставить", "не удается доставить", "не может быть доставлено",
	"olevererbart", "kan inte levereras", "kan ikke leveres", "ikke leveret", "toimitus epäonnistui", "teslim edilemedi",
	"配信不能", "配信エラー", "送信エラー", "配信できません", "配達不能", "送信できません", "届きませんでした", "배달 실패", "반송", "전송 실패", "전달되지",
	"退信", "无法投递", "無法投遞", "未送达", "未送達", "无法送达", "無法傳遞", "无法传递", "投递失败", "投遞失敗", "发送失败", "傳送失敗", "未能送达", "邮件被退回", "郵件退回",
	"送达失败", "发信失败", "投递状态", "傳遞狀態", "传递状态", "延迟投递", "投递延迟",
}

// returnPhrases are how reports say in their text that a mail came back, is late or arrived; lower case, one space
// between words. Each is a statement about a delivery, so that it says the same in any system's report.
var returnPhrases = []string{
	"could not be delivered", "couldn't be delivered", "couldn’t be delivered", "cannot be delivered",
	"can not be delivered", "can't be delivered", "was not delivered", "not been delivered", "not yet been delivered",
	"wasn't able to deliver", "wasn’t able to deliver", "unable to deliver", "was unable to deliver",
	"not able to deliver", "unable to be delivered", "not be delivered", "could not deliver", "couldn't deliver",
	"cannot deliver",
	"delivery to the following recipient", "delevery to the following recipient", "delivery to these recipients",
	"delivery has failed", "delivery failed", "delivery failure", "delivery error", "delivery to", "delivery delayed",
	"delivery is delayed",
	"undeliverable", "undelivered", "non-delivery", "failed to deliver", "fail to deliver", "failed delivery",
	"trouble delivering", "problem delivering", "error occurred while trying to deliver",
	"error has occurred while attempting to deliver", "attempting to deliver",
	"did not reach the following recipient", "didn't reach", "does not reach", "had permanent fatal errors",
	"had permanent delivery errors", "had transient non-fatal errors", "had delivery problems", "had delivery errors",
	"transcript of session follows",
	"address not found", "message not delivered", "message blocked", "has been delayed", "message delayed",
	"message will be retried", "recipient's mailbox is full", "recipient rejected",
	"returned to sender", "returning message", "is being returned", "has been returned", "was returned",
	"message returned", "being returned to you", "returned mail",
	"invalid final delivery userid", "unknown user", "user unknown", "unknown recipient", "no such user",
	"invalid user address", "no valid recipients", "unknown host", "failed addresses follow", "addresses failed",
	"group you tried to contact", "you are not a member of this mailing list",
	"you are not allowed to post to this mailing list", "not listed in domino directory", "not listed in public name",
	"user not found", "mailbox full", "account is disabled", "mailbox is full", "mailbox unavailable", "quota exceeded",
	"over quota",
	"was rejected by", "was not accepted", "refused to accept your message", "message was rejected", "permanent error",
	"permanent failure", "temporary failure", "permanently failed", "permanently rejected", "the following address",
	"returned permanent errors", "could not be sent", "was not sent", "has not been sent", "not been sent",
	"could not send",
	"message size exceeds", "exceeded the local limit", "exceeds size limit", "could not find a gateway", "host unknown",
	"mail loop", "too many hops", "hop count exceeded",
	"successfully delivered", "been successfully relayed", "successfully relayed", "was successfully",
	"has been delivered", "relayed to the following",
	"wurde nicht zugestellt", "nicht zugestellt werden", "konnte nicht", "zustellung an folgende", "n'a pas pu être remis",
	"n’a pas pu être remis", "n'a pas pu être", "pas été remis", "échec de la remise", "no se pudo entregar",
	"no se ha podido entregar", "no ha podido", "error en la entrega", "não pôde ser entregue",
	"não foi possível entregar", "non è stato possibile", "impossibile recapitare", "kon niet worden",
	"niet worden bezorgd",
	"не может быть доставлен", "не удалось доставить", "не доставлен", "невозможно доставить", "не была доставлена",
	"nie można dostarczyć", "nie mogła zostać dostarczona", "kunne ikke leveres", "kunde inte levereras",
	"配信できません", "配信されませんでした", "送信できません", "配送できません", "届けることができません", "エラーのため", "見つかりません", "あて先", "送信に失敗", "配信に失敗", "전송되지",
	"배달하지 못", "전송에 실패", "반송",
	"无法投递", "無法投遞", "未送达", "未送達", "无法送达", "無法傳遞", "无法传递", "投递失败", "发送失败", "未能送达", "未能投递", "被退回", "退信", "传递失败", "傳送失敗",
	"拒收", "被拒绝", "不能投递", "未成功", "投递到", "已延迟", "投递延迟", "已送达", "传递已完成", "成功投递", "尚未投递", "尚未送达",
}

// returnWords are the words that make the mail a report, "" when it has none: those of the subject, else of the text.
func returnWords(subject, told string) string {
	subject = strings.ToLower(subject)
	for _, s := range returnSubjects {
		if strings.Contains(subject, s) {
			return s
		}
	}
	told = flat(told)
	for _, p := range returnPhrases {
		if strings.Contains(told, p) {
			return p
		}
	}
	return ""
}

// exchange is a piece of an SMTP conversation, which reports quote and people seldom: a refusal, or the command that
// was refused (RFC 5321 4.1.1, 4.2).
var exchange = regexp.MustCompile(`(?i)\b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b|\brcpt to: ?<?[^\s@]+@|\b55[0-9][ -][^\n]{0,80}@|\bremote host said:`)

// flat is the beginning of a text in lower case with one space for all white space, as the phrases are written.
func flat(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(s[:min(len(s), 16<<10)])), " ")
}
