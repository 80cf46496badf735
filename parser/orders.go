package parser

import (
	"maildesk/parser/command"
	"maildesk/parser/form"
)

// readOrders reads the commands and the form of what a person wrote. A machine gives none, whatever it quotes.
func (m *Message) readOrders() {
	if m.Kind != Human && m.Kind != List {
		m.Orders.Message = m.NewText
		return
	}
	m.Orders = command.Parse(m.NewText)
	if m.Form = form.Parse(m.NewText, m.Date); m.Form == nil {
		m.Form = form.ParseQuoted(m.Quoted, m.Date)
	}
}
