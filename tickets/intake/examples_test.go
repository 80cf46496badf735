package intake_test

import (
	"slices"
	"testing"

	"maildesk/parser/command"
	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// before is what 李伟 has written when a command makes sense; nothing for most.
var before = map[string]string{
	"confirm": "#解决 请再试一次", "unsolved": "#解决 请再试一次", "rate": "#解决 请再试一次", "reopen": "#解决 请再试一次", "close": "#解决 请再试一次",
	"ack": "#优先级 P0", "approve": "#计划 今晚切换", "reject": "#计划 今晚切换", "undo": "#接单",
}

// giver is who gives a command in the examples.
func giver(v command.Verb) string {
	switch {
	case v.Who.Has(command.Requester):
		return lina
	case v.Who.Has(command.Manager) && !v.Who.Has(command.Technician):
		return wangfang
	}
	return liwei
}

// TestExamplesAreCarriedOut gives each command as the documentation and #help show it, in both languages; what this version
// lacks is refused.
func TestExamplesAreCarriedOut(t *testing.T) {
	onTrial(t, func(d *trial) {
		d.Policy.AuthservID = "mx.corp.example"
		d.Policy.Limits = intake.Limits{TicketHour: 100, SenderHour: 100}
		on := func(from, text string) []tickets.Outgoing {
			return d.post(passed, "From: "+from, "Subject: Re: [IT20231115001] ERP", "", text).out
		}
		for _, subject := range []string{"ERP", "VPN"} {
			d.post(passed, "From: "+lina, "Subject: "+subject, "", "今天早上开始登录"+subject+"时提示密码错误，请帮忙处理一下，谢谢。")
		}
		on(liwei, "#关注 "+zhangsan) // whom #取消关注 finds
		for _, v := range command.Verbs() {
			for _, example := range []string{v.Example.Chinese, v.Example.English} {
				d.try(func() {
					if text := before[v.Key]; text != "" {
						on(liwei, text)
					}
					out := on(giver(v), example)
					refused := slices.ContainsFunc(out, func(o tickets.Outgoing) bool { return o.Kind == tickets.NoticeTranscript })
					answered := len(out) > 0 || v.Key == "junk" && d.find("IT20231115001").Status == tickets.Cancelled
					if carriesOut := intake.CarriesOut(v.Key); refused == carriesOut || !answered {
						t.Errorf("%s: carried out: %v, refused: %v, answered: %v", example, carriesOut, refused, answered)
					}
				})
			}
		}
	})
}
