package timers

import (
	"fmt"
	"strings"
	"time"

	"maildesk/tickets"
)

// words are what due work says itself, beside the templates.
type words struct {
	confirm, unsolved string             // what the buttons send
	head              string             // of the digest's table
	closing           string             // a command as an example, around nothing but the lines
	rest              func(n int) string // how many tickets the digest has no line for
	tickets           func(n int) string
	accept            string                  // what its button sends
	goals             map[tickets.Goal]string // what a target is about
	dueBy, left, over string                  // when a goal is due, and how far that is
	now               string                  // it is over just now
	length            func(d time.Duration) string
	handles           string // behind the name of who handles a ticket, and was not reached

	ack      string // what the button of an alert sends
	again    func(n int) string
	lastAsk  string // before the alerts begin again
	timeline string // head of a timeline
	desk     string
}

var languages = map[tickets.Language]words{
	tickets.Chinese: {
		confirm: "#确认", unsolved: "#未解决",
		head:     "行\t编号\t解决日期\t反馈人\t主题",
		closing:  "%s 关闭 多次提醒，没有答复",
		rest:     func(n int) string { return fmt.Sprintf("另有 %d 个问题，等这些处理后再列出。", n) },
		tickets:  func(n int) string { return fmt.Sprintf("%d 个问题", n) },
		accept:   "#接单",
		goals:    map[tickets.Goal]string{tickets.GoalRespond: "首次答复", tickets.GoalResolve: "解决"},
		dueBy:    "%s：应在 %s 前",
		left:     "，还剩 %s",
		over:     "，已超时 %s",
		now:      "，已到时限",
		length:   func(d time.Duration) string { return lengthOf(d, " 小时", " 分钟") },
		handles:  "（处理人；需要换人时用 #指派）",
		ack:      "#收到",
		again:    func(n int) string { return fmt.Sprintf("第 %d 次告警，还没有人确认", n) },
		lastAsk:  "上次询问没有收到回复。再没有消息，将重新告警并通知下一级。",
		timeline: "时间\t谁\t内容",
		desk:     "服务台",
	},
	tickets.English: {
		confirm: "#confirm", unsolved: "#unsolved",
		head:    "Line\tNumber\tResolved\tRequester\tSubject",
		closing: "%s close no answer to the reminders",
		rest: func(n int) string {
			return fmt.Sprintf("There are %d more, which are listed once these are decided.", n)
		},
		tickets: func(n int) string {
			if n == 1 {
				return "1 ticket"
			}
			return fmt.Sprintf("%d tickets", n)
		},
		accept:   "#accept",
		goals:    map[tickets.Goal]string{tickets.GoalRespond: "First answer", tickets.GoalResolve: "Solution"},
		dueBy:    "%s: due by %s",
		left:     ", %s left",
		over:     ", %s ago",
		now:      ", just now",
		length:   func(d time.Duration) string { return lengthOf(d, " h", " min") },
		handles:  " (who handles the ticket; #assign gives it to somebody else)",
		ack:      "#ack",
		again:    func(n int) string { return fmt.Sprintf("alert number %d; nobody has acknowledged it yet", n) },
		lastAsk:  "Our last question was not answered. Without word from you the alerts begin again, one rung higher.",
		timeline: "When\tWho\tWhat",
		desk:     "The desk",
	},
}

// wordsOf returns what is said in a language, in English for one that has no words.
func wordsOf(lang tickets.Language) words {
	if w, known := languages[lang]; known {
		return w
	}
	return languages[tickets.English]
}

// lengthOf writes a time in whole hours and minutes, neither of them when it is none.
func lengthOf(d time.Duration, hour, minute string) string {
	var parts []string
	if h := int(d / time.Hour); h > 0 {
		parts = append(parts, fmt.Sprint(h)+hour)
	}
	if m := int(d % time.Hour / time.Minute); m > 0 {
		parts = append(parts, fmt.Sprint(m)+minute)
	}
	return strings.Join(parts, " ")
}
