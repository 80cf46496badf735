package command

import (
	"slices"

	"maildesk/tickets"
)

// Verb is a command that people can give.
type Verb struct {
	Key      string   // what the rest of the program calls it; also its first English name
	English  []string // without #, in lower case
	Chinese  []string // without #, in simplified characters; the first is the one that help shows
	Argument Argument
	Optional bool  // the argument may be missing
	Who      Roles // a manager is a technician too, so what technicians may is not said of managers again
	Strict   bool  // needs a proof by our own mail server wherever that is configured: a token does not do
	Help     Text  // one line
	Example  Text
}

// Name is the verb in a language, without #.
func (v *Verb) Name(lang tickets.Language) string {
	if lang == tickets.Chinese {
		return v.Chinese[0]
	}
	return v.English[0]
}

// Text is a sentence in the two languages of the desk.
type Text struct{ Chinese, English string }

// In returns the sentence in a language; English for any but Chinese.
func (t Text) In(lang tickets.Language) string {
	if lang == tickets.Chinese {
		return t.Chinese
	}
	return t.English
}

// Argument is what a verb takes.
type Argument uint8

// The kinds of arguments. The last three reach beyond the verb's own line.
const (
	None      Argument = iota
	Comment            // a remark, which may always be missing
	Value              // one word of a fixed set: a category, a priority, a severity
	Person             // one person or group, by name or address
	Addresses          // people, by name or address
	Number             // a ticket's number, or for split an entry's
	Score              // 1 to 5, and a comment
	Length             // of time
	Moment             // a date, with a time or not
	Period             // a span of dates, after a person where the verb is oncall
	Words              // anything on the line
	Lines              // the rest of the line and the lines up to the next known verb
	Message            // ends the commands: the rest is the mail's message, which goes out
	Internal           // ends the commands: the rest belongs to the verb and to nobody else
)

// ends reports that no command may follow the verb.
func (a Argument) ends() bool { return a == Message || a == Internal }

// Roles is a set of the roles that DOMAIN.md gives people.
type Roles uint8

// The roles.
const (
	Requester Roles = 1 << iota
	Technician
	OnCall
	Manager
	Watcher
	Approver // a requester's own manager, on a permission request of theirs

	Everyone = Requester | Technician | OnCall | Manager | Watcher
)

// Has reports whether a set has any of the roles.
func (r Roles) Has(any Roles) bool { return r&any != 0 }

// Verbs returns the whole table in the order in which help shows it. It is the caller's to change.
func Verbs() []Verb { return slices.Clone(table) }

// Find returns the verb of a key.
func Find(key string) (Verb, bool) {
	v := english[key]
	if v == nil || v.Key != key {
		return Verb{}, false
	}
	return *v, true
}

// english and chinese find a verb by any of its names.
var (
	english = byName(func(v *Verb) []string { return v.English })
	chinese = byName(func(v *Verb) []string { return v.Chinese })
)

func byName(names func(*Verb) []string) map[string]*Verb {
	index := map[string]*Verb{}
	for i := range table {
		for _, name := range names(&table[i]) {
			index[name] = &table[i]
		}
	}
	return index
}
