package parser

import "testing"

func TestOnlyPeopleGiveOrders(t *testing.T) {
	const body = "Content-Type: text/plain; charset=utf-8\r\n\r\n#resolve done\r\n\r\nRequester: Zhang San\r\nPhone: 8001\r\n"
	const header = "From: Li Wei <liwei@corp.example>\r\nTo: helpdesk@corp.example\r\nSubject: [IT20231115001] Printer\r\n"
	for name, c := range map[string]struct {
		mark     string
		commands int
	}{
		"a person":         {"", 1},
		"by way of a list": {"List-Id: <all.corp.example>\r\n", 1},
		"out of office":    {"Auto-Submitted: auto-replied\r\n", 0},
		"a robot":          {"Auto-Submitted: auto-generated\r\n", 0},
		"a bounce":         {"Return-Path: <>\r\nSubject: Undelivered Mail Returned to Sender\r\n", 0},
	} {
		m := parseString(t, c.mark+header+body, Options{Prefix: "IT"})
		if len(m.Orders.Commands) != c.commands || (m.Form != nil) != (c.commands > 0) {
			t.Errorf("%s (%s): commands %v, form %v", name, m.Kind, m.Orders.Commands, m.Form)
		}
		if c.commands == 0 && m.Orders.Message != m.NewText {
			t.Errorf("%s: the message is %q, not all of %q", name, m.Orders.Message, m.NewText)
		}
	}
}
