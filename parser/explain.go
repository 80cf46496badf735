package parser

import "time"

// explanation is one object of "maildesk explain --json", as the contract has it: nothing is ever absent, what is
// empty is "", [] or {}; only bounce and forwarded are null.
type explanation struct {
	File        string            `json:"file"`
	MessageID   string            `json:"message_id"`
	Subject     string            `json:"subject"`
	From        Address           `json:"from"`
	ReplyTo     []Address         `json:"reply_to"`
	To          []Address         `json:"to"`
	Cc          []Address         `json:"cc"`
	Date        string            `json:"date"` // RFC 3339
	InReplyTo   []string          `json:"in_reply_to"`
	References  []string          `json:"references"`
	Kind        Kind              `json:"kind"`
	Reason      string            `json:"reason"`
	Language    string            `json:"language"`
	Text        string            `json:"text"`
	NewText     string            `json:"new_text"`
	Quoted      string            `json:"quoted"`
	Signature   string            `json:"signature"`
	Attachments []Attachment      `json:"attachments"`
	Bounce      *BounceReport     `json:"bounce"`
	Forwarded   *Forwarded        `json:"forwarded"`
	Numbers     []string          `json:"numbers"`
	Commands    []given           `json:"commands"`
	Form        map[string]string `json:"form"`
	Warnings    []string          `json:"warnings"`
}

// given is a command as explain shows it: a known verb by its key.
type given struct {
	Verb string `json:"verb"`
	Args string `json:"args"`
}

// Explain returns what "maildesk explain --json" prints of a mail, ready for encoding/json.
func Explain(file string, m *Message) any {
	e := explanation{
		File: file, MessageID: m.MessageID, Subject: m.Subject, From: m.From, ReplyTo: filled(m.ReplyTo), To: filled(m.To), Cc: filled(m.Cc),
		InReplyTo: filled(m.InReplyTo), References: filled(m.References), Kind: m.Kind, Reason: m.Reason, Language: m.Language,
		Text: m.Text, NewText: m.NewText, Quoted: m.Quoted, Signature: m.Signature, Attachments: filled(m.Attachments), Bounce: m.Bounce,
		Forwarded: m.Forwarded, Numbers: []string{}, Commands: []given{}, Form: m.Form, Warnings: filled(m.Warnings),
	}
	if !m.Date.IsZero() {
		e.Date = m.Date.Format(time.RFC3339)
	}
	for _, n := range m.Numbers {
		e.Numbers = append(e.Numbers, n.Number)
	}
	for _, c := range m.Orders.Commands {
		e.Commands = append(e.Commands, given{Verb: c.Verb, Args: c.Args})
	}
	if e.Form == nil {
		e.Form = map[string]string{}
	}
	return e
}

// filled turns a nil list into an empty one, for JSON tells them apart.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
