package command

import (
	"strings"
	"unicode"

	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// ReadPeople reads a list of people, each by address, by name, or both: "李伟, wangfang@corp.example; Zhao <zhao@corp.example>".
// Who is named but has no address comes with an empty one. No mailbox comes twice.
func ReadPeople(text string) []tickets.Address {
	var people []tickets.Address
	for item := range strings.FieldsFuncSeq(thread.Fold(text), separatesPeople) {
		people = appendPeople(people, item)
	}
	return people
}

// separatesPeople reports the signs of a list, after full-width ones were folded.
func separatesPeople(r rune) bool { return strings.ContainsRune(",;、|\n\r", r) }

// appendPeople reads one item of the list. Blanks separate addresses and Chinese names, and stand within others.
func appendPeople(people []tickets.Address, item string) []tickets.Address {
	var name []string
	for word := range strings.FieldsSeq(item) {
		address, is := mailbox(word)
		switch {
		case is:
			people = appendPerson(people, strings.Join(name, " "), address)
			name = nil
		case len(name) > 0 && isHan(name[0]) && isHan(word):
			people = appendPerson(people, name[0], "")
			name = []string{strings.TrimPrefix(word, "@")}
		default:
			name = append(name, strings.Trim(word, `@"'`))
		}
	}
	return appendPerson(people, strings.Join(name, " "), "")
}

// mailbox takes the address out of a word: bare, in angle or square brackets, with mailto: before it, as mail clients put
// it beside what they show.
func mailbox(word string) (string, bool) {
	word = strings.Trim(word, `<>()[]"'`)
	if at := strings.LastIndexAny(word, "<(["); at >= 0 {
		word = word[at+1:]
	}
	if len(word) > 7 && strings.EqualFold(word[:7], "mailto:") {
		word = word[7:]
	}
	local, domain, ok := strings.Cut(word, "@")
	if !ok || local == "" || domain == "" || strings.Contains(domain, "@") {
		return "", false
	}
	return local + "@" + strings.ToLower(strings.TrimRight(domain, ".")), true
}

// appendPerson adds a person who is not there yet. A second sighting of a mailbox may bring its name.
func appendPerson(people []tickets.Address, name, address string) []tickets.Address {
	if name == "" && address == "" {
		return people
	}
	for i := range people {
		if address != "" && tickets.SameAddress(people[i].Address, address) || address == "" && people[i].Name == name {
			if people[i].Name == "" {
				people[i].Name = name
			}
			return people
		}
	}
	if len(people) >= maxPeople {
		return people
	}
	return append(people, tickets.Address{Name: name, Address: address})
}

// maxPeople is how many people a list may name; more are not read.
const maxPeople = 100

func isHan(word string) bool {
	for _, r := range word {
		if r != '@' && r != '·' && !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}

// ReadNumber reads the ticket number that an argument begins with, canonical, and what stands behind it. The prefix may be
// missing, for people quote what tells tickets apart; # and brackets may stand around it.
func ReadNumber(prefix, text string) (number, rest string, ok bool) {
	number, rest = cutNumber(strings.TrimLeft(strings.TrimSpace(text), signs+" "))
	digits := strings.TrimLeftFunc(number, unicode.IsLetter)
	if letters := number[:len(number)-len(digits)]; letters != "" && !strings.EqualFold(letters, prefix) {
		return "", text, false
	}
	number = prefix + digits
	if _, _, ok := thread.ParseNumber(prefix, number); !ok {
		return "", text, false
	}
	return number, rest, true
}
