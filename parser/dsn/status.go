package dsn

import (
	"regexp"
	"strings"
)

// enhanced is a status of RFC 3463 2 in running text: not a piece of a longer number, an address or a version.
var enhanced = regexp.MustCompile(`(?:^|[^\d.\w])([245]\.\d{1,3}\.\d{1,3})(?:$|[^\d.]|\.(?:$|\D))`)

// replyStatus is a status where SMTP puts it, after the reply code (RFC 2034 4): "550 5.1.1", "550-5.1.1",
// "550 #5.1.1", "550-'5.1.1".
var replyStatus = regexp.MustCompile(`\b([245])\d\d(?:[ -]|:\s*)(?:\d{3}[ -])?[#(\['"<]{0,2}([245]\.\d{1,3}\.\d{1,3})\b`)

// reply is an SMTP reply code that refuses (RFC 5321 4.2.1), standing alone.
var reply = regexp.MustCompile(`(?:^|[^\d.\w-])([45][0-5]\d)(?:$|[^\d.\w]|\.(?:$|\D))`)

// statusOf decides the status of the report and says where it comes from when no field states it: the stated one, or the
// quoted answer where that tells more. The wording is asked where neither says it, or both only say that time ran out.
func statusOf(g group, n notice, r Report) (status, evidence string) {
	stated, answer := statusIn(g["status"]), saidStatus(g["diagnostic-code"])
	best := stated
	if r.Action == failed && refusedForGood(stated, g["diagnostic-code"]) {
		best = answer
	}
	best = moreTelling(best, answer)
	if answer == "" || expired(best) {
		best = moreTelling(best, saidAbout(r.Recipient, n.told))
	}
	switch {
	case best == "":
		return derive([]string{g["diagnostic-code"], flat(about(r.Recipient, n.told)), flat(n.told)}, r.Action)
	case best != stated:
		return best, "; status from the quoted answer"
	}
	return best, ""
}

// moreTelling is said where it tells more than status and does not contradict it, else status.
func moreTelling(status, said string) string {
	if said != "" && (status == "" || vague(said) < vague(status) && agree(status, said)) {
		return said
	}
	return status
}

// agree says that a detail may stand for a vaguer status: they are of one class, or the vaguer one says nothing.
func agree(vaguer, detail string) bool {
	return detail[0] == vaguer[0] || vaguer[0] == '2' || strings.HasSuffix(vaguer, ".0.0")
}

// refusedForGood says that the remote server refused for ever what the reporting one states as passing; after it has
// given up, the remote server's word counts.
func refusedForGood(stated, diagnostic string) bool {
	if !strings.HasPrefix(stated, "4") {
		return false
	}
	m := replyStatus.FindStringSubmatch(diagnostic)
	return m != nil && m[1] == "5" && m[2][0] == '5'
}

// statusIn is the first status in a field, "" when there is none.
func statusIn(value string) string {
	if m := enhanced.FindStringSubmatch(value); m != nil {
		return m[1]
	}
	return ""
}

// saidStatus is the most telling status that quoted SMTP answers give: of those at a reply code of their class, else
// of any.
func saidStatus(s string) string {
	best := ""
	for _, m := range replyStatus.FindAllStringSubmatch(s, 8) {
		if m[1] == m[2][:1] && (best == "" || vague(m[2]) < vague(best)) {
			best = m[2]
		}
	}
	if best == "" {
		return statusIn(s)
	}
	return best
}

// saidAbout is the status that the text gives near the recipient, else anywhere.
func saidAbout(recipient, told string) string {
	if s := saidStatus(about(recipient, told)); s != "" {
		return s
	}
	return saidStatus(told)
}

// about is the paragraph of the text that names the recipient first, from that line on.
func about(recipient, told string) string {
	i := strings.Index(strings.ToLower(told), strings.ToLower(recipient))
	if recipient == "" || i < 0 || i >= len(told) {
		return ""
	}
	near := told[strings.LastIndexByte(told[:i], '\n')+1:]
	for at := 0; at < len(near); {
		line := strings.IndexByte(near[at:], '\n') + 1
		if line == 0 {
			break
		}
		if strings.TrimSpace(near[at:at+line]) == "" {
			return near[:at]
		}
		at += line
	}
	return near
}

// vague counts how little a status tells: 2 for x.0.0, 1 for x.y.0 and for the end of all tries, which leaves the
// cause open, 0 for a detail (RFC 3463 3: zero is other or undefined).
func vague(status string) int {
	switch parts := strings.Split(status, "."); {
	case parts[1] == "0" && parts[2] == "0":
		return 2
	case parts[2] == "0", expired(status):
		return 1
	}
	return 0
}

// expired says that the status only tells that time ran out.
func expired(status string) bool { return strings.HasSuffix(status, ".4.7") }

// cause is a reason in words and the subject and detail that RFC 3463 3 gives it.
type cause struct {
	detail string
	words  []string // lower case
}

var causes = []cause{
	{"2.2", []string{
		"mailbox full", "mailbox is full", "over quota", "quota exceeded", "exceeded storage", "exceeds quota",
		"mailbox size limit", "exceeded the local limit", "insufficient storage", "容量已满", "空间已满", "已满", "超出配额", "邮箱满",
	}},
	{"2.1", []string{
		"account is disabled", "account has been disabled", "account disabled", "mailbox disabled",
		"disabled or discontinued", "account inactive", "account is inactive", "suspended", "禁用", "已停用", "冻结", "锁定",
	}},
	{"3.4", []string{
		"too big", "too large", "size limit", "maximum message size", "exceeds size", "message size exceeds", "超过大小",
		"大小超过", "超出大小", "太大",
	}},
	{"1.2", []string{
		"host unknown", "unknown host", "unknown domain", "domain not found", "domain does not exist", "host not found", "couldn't find any host",
		"no mx", "could not find a gateway", "域名不存在", "域名无法解析",
	}},
	{"1.1", []string{
		"user unknown", "unknown user", "no such user", "unknown recipient", "user not found", "not listed in",
		"does not exist", "doesn't have a", "doesn't exist", "address not found", "invalid user", "no valid recipients",
		"recipient not found", "unknown local", "not a valid mailbox", "invalid final delivery userid",
		"no mailbox here by that name", "invalid address", "wasn't found", "wasn’t found", "couldn't be found",
		"couldn’t be found", "name is not recognized", "不存在", "找不到", "无此用户", "用户未找到", "地址错误", "見つかりません",
	}},
	{"4.4", []string{
		"host or domain name not found", "name or service not known", "name service error", "unrouteable",
		"unable to route",
	}},
	{"4.6", []string{"too many hops", "hop count exceeded", "mail loop", "loops back", "routing loop", "looping"}},
	{"4.1", []string{
		"connection timed out", "connection refused", "no answer", "could not connect", "couldn't connect",
		"no route to host", "unable to connect", "network is unreachable", "无法连接", "连接超时",
	}},
	{"4.2", []string{"lost connection", "connection reset", "connection dropped", "connection died", "conversation with"}},
	{"4.7", []string{"expired", "timed out", "timeout", "too long", "retry time", "超时"}},
	{"7.1", []string{
		"spam", "blocked", "blacklist", "blocklist", "rejected", "refused", "denied", "not a member", "not allowed",
		"policy", "permission", "prohibited", "垃圾邮件", "拒收", "拒绝", "黑名单",
	}},
}

// derive makes a status where the report states none: the class from the action or the SMTP code, the detail from
// the words. The texts are asked in order.
func derive(texts []string, action string) (status, evidence string) {
	if action != failed && action != delayed {
		return "", ""
	}
	class, from := classOf(texts, action)
	for _, text := range texts {
		text = strings.ToLower(text)
		for _, c := range causes {
			for _, w := range c.words {
				if strings.Contains(text, w) {
					return class + "." + c.detail, "; status derived from the words “" + w + "”"
				}
			}
		}
	}
	return class + ".0.0", "; status derived from " + from
}

// classOf is the class of a status (RFC 3463 3.1) and what it was taken from.
func classOf(texts []string, action string) (class, from string) {
	if action == delayed {
		return "4", "the delay"
	}
	for _, text := range texts {
		if m := reply.FindStringSubmatch(text); m != nil {
			return m[1][:1], "SMTP code " + m[1]
		}
	}
	return "5", "the failure"
}
