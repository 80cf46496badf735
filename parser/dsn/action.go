package dsn

import "strings"

// wordedAction is an action as reports put it where no Action field does.
type wordedAction struct {
	action string
	words  []string // lower case
}

var wordedActions = []wordedAction{
	{failed, []string{
		"permanent", "giving up", "given up", "gave up", "has failed", "failure", "undeliverable", "no longer", "has expired", "aborted", "not going to try again", "will not be retried", "returned mail",
		"退信", "失败", "无法投递", "被退回",
	}},
	{delayed, []string{
		"(delay)", "delayed", "warning message only", "transient non-fatal errors", "will be retried", "will continue to be made", "will keep trying", "not yet been delivered", "has not yet been", "still being attempted",
		"could not send message for past", "warning: could not send", "temporary problem", "verzögert", "retardé", "retrasad", "отложен", "遅延", "延迟", "延遲", "尚未投递", "尚未送达", "将继续尝试",
	}},
	{relayed, []string{"relayed:", "successfully relayed", "been relayed", "(relayed)", "relayed to the following", "已中继"}},
	{expanded, []string{"expanded:", "been expanded", "(expanded)"}},
	{delivered, []string{"successfully delivered", "has been delivered", "was delivered to", "delivered:", "(success)", "successful mail delivery", "已送达", "传递已完成", "成功投递", "a bien été remis", "erfolgreich zugestellt", "se entregó"}},
}

// actionOf reads the action from the subject, which names it plainly, else from the text. A text that says both late and
// for ever has given up; one that says nothing of the kind reports a failure, unless its status is a passing one.
func actionOf(subject, told string, passing bool) string {
	for _, a := range wordedActions[1:] {
		if contains(strings.ToLower(subject), a.words) {
			return a.action
		}
	}
	told = flat(told)
	if contains(told, wordedActions[0].words) {
		return failed
	}
	for _, a := range wordedActions[1:] {
		if contains(told, a.words) {
			return a.action
		}
	}
	if passing {
		return delayed
	}
	return failed
}

func contains(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
