package tickets

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// LedgerAccount is what the ledger knows about a ticket, a Message-ID or an address. Everything in it is oldest first.
type LedgerAccount struct {
	Messages []Accounted  // mails that were read
	Unread   []Sighting   // mails of which at most the header was read: skipped, too large, unfetchable
	Outgoing []OutboxItem // mails that the desk wrote, without their bytes
}

// Accounted is a mail and every appearance of it.
type Accounted struct {
	LedgerMessage
	Sightings []Sighting
}

// Empty reports that nothing is known.
func (a LedgerAccount) Empty() bool { return len(a.Messages)+len(a.Unread)+len(a.Outgoing) == 0 }

// Newest is the account of the newest n mails of each kind alone, and how many that leaves out.
func (a LedgerAccount) Newest(n int) (newest LedgerAccount, older int) {
	older = max(0, len(a.Messages)-n) + max(0, len(a.Unread)-n) + max(0, len(a.Outgoing)-n)
	return LedgerAccount{Messages: last(a.Messages, n), Unread: last(a.Unread, n), Outgoing: last(a.Outgoing, n)}, older
}

func last[T any](list []T, n int) []T { return list[max(0, len(list)-n):] }

// Fact is a line below a mail of an account: its name and what it says, either of which may be "".
type Fact struct{ Name, Value string }

// Told is a mail of an account in words: a line that names it, and what is known of it.
type Told struct {
	Line  string
	Facts []Fact
}

// Tell puts the account into words, times in zone. Reasons and the names of verdicts, kinds and states are the record's own,
// which is kept in English.
func (a LedgerAccount) Tell(lang Language, zone *time.Location) []Told {
	say := accountWords(lang)
	var out []Told
	for _, m := range a.Messages {
		t := Told{Line: fmt.Sprintf(say.mail, Stamp(m.Now, zone), m.ID, m.From.Address, m.Subject)}
		t.add("Message-ID", bracketed(m.HeaderID))
		t.add(say.verdict, m.Verdict.Name(lang))
		t.add(say.ticket, m.Number)
		t.add(say.reason, m.Reason)
		t.add(say.evidence, m.Evidence)
		for _, s := range m.Sightings {
			t.add(say.seen, s.tell(lang, zone))
		}
		out = append(out, t)
	}
	for _, s := range a.Unread {
		t := Told{Line: fmt.Sprintf(say.unread, Stamp(s.At, zone), s.From, s.Subject)}
		t.add("Message-ID", bracketed(s.HeaderID))
		t.add(say.verdict, s.Verdict.Name(lang))
		t.add(say.reason, s.Reason)
		t.add(say.seen, s.tell(lang, zone))
		out = append(out, t)
	}
	for _, o := range a.Outgoing {
		t := Told{Line: fmt.Sprintf(say.ours, Stamp(o.CreatedAt, zone), o.Recipient, o.Kind)}
		t.add("Message-ID", bracketed(o.MessageID))
		t.add(say.ticket, o.Number)
		t.add(say.state, o.State.Name(lang))
		t.add(say.sent, Stamp(o.SentAt, zone))
		t.add(say.response, o.Response)
		out = append(out, t)
	}
	return out
}

func (t *Told) add(name, value string) {
	if value != "" {
		t.Facts = append(t.Facts, Fact{name, strings.ReplaceAll(value, "\n", " ")})
	}
}

// tell says where and when a mail was seen, and whether the server knows that it is done with.
func (s Sighting) tell(lang Language, zone *time.Location) string {
	say := accountWords(lang)
	where := strings.TrimSpace(s.Source + " " + s.Folder)
	if s.UIDValidity != 0 {
		where = fmt.Sprintf(say.uid, where, s.UID, s.UIDValidity)
	}
	told := say.untold
	if !s.Acknowledged.IsZero() {
		told = fmt.Sprintf(say.told, Stamp(s.Acknowledged, zone))
	}
	return fmt.Sprintf(say.where, where, s.Verdict.Name(lang), Stamp(s.At, zone), told)
}

// Stamp writes an instant in a zone, to the second; "" for none.
func Stamp(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2006-01-02 15:04:05")
}

func bracketed(id string) string {
	if id == "" {
		return ""
	}
	return "<" + id + ">"
}

// told are the words of an account; those with verbs take them in the order of the English ones.
type told struct {
	mail, unread, ours                                             string
	verdict, ticket, reason, evidence, seen, state, sent, response string
	uid, untold, told, where                                       string
}

var accountsTold = map[Language]told{
	English: {
		mail: "%s  mail %d from %s: %s", unread: "%s  mail from %s, not read: %s", ours: "%s  we wrote to %s: %s",
		verdict: "verdict", ticket: "ticket", reason: "reason", evidence: "matched by", seen: "seen", state: "state", sent: "sent", response: "server said",
		uid: "%s, UID %d (UIDVALIDITY %d)", untold: "the server has not been told yet", told: "done with at %s", where: "%s: %s, %s; %s",
	},
	Chinese: {
		mail: "%s  来信 %d，发件人 %s：%s", unread: "%s  未读取的来信，发件人 %s：%s", ours: "%s  我们发给 %s：%s",
		verdict: "结论", ticket: "问题编号", reason: "原因", evidence: "归入依据", seen: "出现", state: "投递状态", sent: "发送时间", response: "服务器答复",
		uid: "%s，UID %d（UIDVALIDITY %d）", untold: "尚未告知邮件服务器", told: "%s 处理完毕", where: "%s：%s，%s；%s",
	},
}

func accountWords(lang Language) told {
	if w, known := accountsTold[lang]; known {
		return w
	}
	return accountsTold[English]
}

var verdictsInChinese = map[Verdict]string{
	VerdictOpen: "新建问题", VerdictAppend: "归入问题", VerdictSentAgain: "重复发送", VerdictCommand: "命令", VerdictBounce: "退信", VerdictIgnore: "忽略",
	VerdictRefuse: "拒绝", VerdictHold: "暂缓，等待证明", VerdictDuplicate: "同一封邮件", VerdictSkip: "跳过", VerdictFail: "隔离", VerdictVanish: "读取前已消失",
}

// Name is the verdict in a language: the key for any but Chinese, for which it is a word.
func (v Verdict) Name(lang Language) string {
	if name, known := verdictsInChinese[v]; known && lang == Chinese {
		return name
	}
	return string(v)
}

// Name is the state in a language: the key for any but Chinese, for which it is a word.
func (s OutboxState) Name(lang Language) string {
	at := slices.Index([]OutboxState{Queued, Sending, Sent, Failed, Withdrawn}, s)
	if at < 0 || lang != Chinese {
		return string(s)
	}
	return [...]string{"待发送", "发送中", "已发送", "失败", "已撤回"}[at]
}
