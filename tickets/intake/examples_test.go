package intake_test

import (
	"testing"

	"maildesk/parser/command"
	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// readyFor brings a ticket of 李娜, whom 张三 follows, to where a command makes sense.
func (d *desk) readyFor(verb string) {
	d.t.Helper()
	switch verb {
	case "confirm", "unsolved", "rate", "reopen", "close":
		d.says(liwei, "#解决 请再试一次")
	case "approve", "reject":
		d.says(liwei, "#计划 今晚切换")
	case "undo":
		d.says(liwei, "#接单")
	}
}

// says writes on the first ticket, with the mail server's proof.
func (d *desk) says(from, text string) []letter {
	d.t.Helper()
	return d.send("Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example", "From: "+from, "To: helpdesk@corp.example",
		"Subject: Re: [IT20231115001] ERP", "", text)
}

// giver is who gives a command in the examples.
func giver(v command.Verb) string {
	switch {
	case v.Who.Has(command.Requester):
		return lina
	case v.Who == command.Manager:
		return wangfang
	}
	return liwei
}

// TestExamplesAreCarriedOut gives each command as the documentation and #help show it, in both languages; what this version
// lacks is refused.
func TestExamplesAreCarriedOut(t *testing.T) {
	for _, v := range command.Verbs() {
		for _, example := range []string{v.Example.Chinese, v.Example.English} {
			t.Run(example, func(t *testing.T) {
				d := staffed(t)
				d.Policy.AuthservID = "mx.corp.example"
				d.Policy.Limits = intake.Limits{TicketHour: 100, SenderHour: 100}
				for _, subject := range []string{"ERP", "VPN"} {
					d.send("From: "+lina, "To: helpdesk@corp.example", "Cc: "+zhangsan, "Subject: "+subject, "", "今天早上开始登录时提示密码错误，请帮忙处理一下，谢谢。")
				}
				d.says(liwei, "#关注 "+zhangsan)
				d.readyFor(v.Key)
				out := d.says(giver(v), example)
				refused := len(out) == 0
				for _, l := range out {
					refused = refused || l.item.Kind == tickets.NoticeTranscript
				}
				if carriesOut := intake.CarriesOut(v.Key); refused == carriesOut && v.Key != "junk" {
					t.Errorf("carried out: %v, refused: %v", carriesOut, refused)
				}
				if v.Key == "junk" {
					d.status("IT20231115001", tickets.Cancelled)
				}
			})
		}
	}
}
