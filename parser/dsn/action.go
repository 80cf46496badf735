package dsn

import "strings"

// wordedAction is an action as reports put it where no Action field does.
type wordedAction struct {
	action string
	words  []string // lower case
}

var wordedActions = []wordedAction{
	{failed, []string{
		"permanent", "giving up", "given up", "gave up", "has failed", "failure", "undeliverable", "no longer",
		"has expired", "aborted", "not going to try again", "will not be retried", "returned mail",
		"退信", "失败", "无法投递", "被退回",
	}},
	{delayed, []string{
		"(delay)", "delayed", "warning message only", "transient non-fatal errors", "will be retried",
		"will continue to be made", "will keep trying", "not yet been delivered", "has not yet been",
		"still being attempted",
		"could not send message for past", "warning: could not send", "temporary problem", "verzögert", "retardé",
		"retrasad", "отложен", "遅延", "延迟", "延遲", "尚未投递", "尚未送达", "将继续尝试",
	}},
	{relayed, []string{
		"relayed:", "successfully relayed", "been relayed", "(relayed)", "relayed to the following",
		"no delivery notification was sent", "已中继",
	}},
	{expanded, []string{"expanded:", "been expanded", "(expanded)"}},
	{delivered, []string{
		"successfully delivered", "been delivered", "was delivered to", "delivered:", "(success)",
		"successful mail delivery", "已送达", "传递已完成", "成功投递", "a bien été remis", "erfolgreich zugestellt", "se entregó",
	}},
}

// actionOf reads the action from the subject, which names it plainly, else from the text. A text that says both late and
// for ever has given up; one that says nothing of the kind reports a failure.
func actionOf(subject, told string) string {
	subject, told = strings.ToLower(subject), flat(told)
	for _, a := range wordedActions[1:] {
		if affirms(subject, a.words) {
			return a.action
		}
	}
	for _, a := range wordedActions {
		if affirms(told, a.words) {
			return a.action
		}
	}
	return failed
}

// affirms says that one of the words stands in s and is not denied right before: “has NOT been delivered”,
// “undelivered: …”.
func affirms(s string, words []string) bool {
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 && !denied(s[max(0, i-12):i]) {
			return true
		}
	}
	return false
}

func denied(before string) bool {
	for _, no := range []string{"un", "not ", "n't ", "n’t ", "never ", "未", "没有", "无法"} {
		if strings.HasSuffix(before, no) {
			return true
		}
	}
	return false
}
