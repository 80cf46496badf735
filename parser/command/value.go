package command

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"maildesk/parser/form/moment"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// ReadCategory reads the name of a category in Chinese or English, as DOMAIN.md has it or shorter.
func ReadCategory(text string) (tickets.Category, bool) {
	key, ok := categories[strings.TrimSuffix(bare(text), "类")]
	return key, ok
}

// ReadPriority reads a priority: its key, its digit or its word.
func ReadPriority(text string) (tickets.Priority, bool) {
	key, ok := priorities[bare(text)]
	return key, ok
}

// ReadSeverity reads how bad a requester finds a problem.
func ReadSeverity(text string) (tickets.Severity, bool) {
	key, ok := severities[bare(text)]
	return key, ok
}

// Ignoring is the word by which #junk has its sender ignored.
var Ignoring = Text{"忽略", "ignore"}

// Ignores reads that word.
func Ignores(text string) bool {
	switch bare(text) {
	case Ignoring.Chinese, Ignoring.English, "忽略发件人", "ignore sender":
		return true
	}
	return false
}

// bare is text as the tables below have it: half-width, in lower case, single blanks, no full stop behind it, traditional
// characters simplified.
func bare(text string) string {
	text = strings.Join(strings.Fields(strings.ToLower(thread.Fold(text))), " ")
	return simplified(strings.Trim(text, " .。,;!"))
}

var categories = invert(map[tickets.Category]string{
	"hardware":   "hardware|hardware fault|硬件|硬件故障",
	"software":   "software|software problem|软件|软件问题|系统",
	"network":    "network|network connection|网络|网络连接|网路",
	"account":    "account|accounts|permission|permissions|access|account and permission|account & permission|账户|账号|帐户|帐号|权限|账户权限|账号权限",
	"security":   "security|security incident|安全|安全事件|信息安全",
	"request":    "request|service request|service|请求|服务请求|服务|申请|需求",
	"consulting": "consulting|consultation|training|consulting and training|consulting & training|咨询|培训|咨询培训",
})

var priorities = invert(map[tickets.Priority]string{
	"P0": "p0|0|urgent|critical|紧急",
	"P1": "p1|1|high|高|高级",
	"P2": "p2|2|medium|normal|中|中级|普通",
	"P3": "p3|3|low|低|低级",
})

var severities = invert(map[tickets.Severity]string{
	"severe":   "severe|serious|major|high|严重|重大|高",
	"moderate": "moderate|medium|normal|average|一般|中等|中|普通",
	"minor":    "minor|slight|low|轻微|轻|低",
})

// invert finds the key by any of its words.
func invert[K ~string](words map[K]string) map[string]K {
	index := map[string]K{}
	for key, list := range words {
		for word := range strings.SplitSeq(list, "|") {
			index[word] = key
		}
	}
	return index
}

// ReadScore reads a rating: a number from 1 to 5, as digit or character, "5/5", "5分", "★★★★", and the comment behind it.
func ReadScore(text string) (score int, comment string, ok bool) {
	text = strings.TrimSpace(text)
	if stars := strings.TrimLeft(text, "★⭐"); len(stars) < len(text) {
		score, text = strings.Count(text[:len(text)-len(stars)], "★")+strings.Count(text[:len(text)-len(stars)], "⭐"), stars
	} else {
		first := text
		score, text = moment.CutNumeral(text)
		if isHan(first[:len(first)-len(text)]) && continuesWord(text) {
			return 0, "", false
		}
	}
	if score < 1 || score > 5 {
		return 0, "", false
	}
	rest := text
	for _, unit := range []string{"/5", "／5", "／５", "分", "颗星", "星", "stars", "star", "points"} {
		if after, found := strings.CutPrefix(strings.TrimLeft(text, " "), unit); found {
			rest = after
			break
		}
	}
	if strings.ContainsAny(rest[:min(len(rest), 1)], "-/%:") || moreDigits(rest) {
		return 0, "", false
	}
	return score, strings.TrimSpace(strings.TrimLeft(rest, " ,，.。;；:：!！、\u3000")), true
}

// continuesWord reports that a Chinese numeral was the beginning of a word, as 一 is of 一般.
func continuesWord(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.Is(unicode.Han, r) && !strings.ContainsRune("分星颗", r)
}

// moreDigits reports that the number goes on: 5.5, 3,000, 4 5.
func moreDigits(rest string) bool {
	folded := thread.Fold(rest[:min(len(rest), 8)])
	after := strings.TrimLeft(folded, ".,~")
	return len(after) < len(folded) && startsWithDigit(after) || startsWithDigit(folded)
}
