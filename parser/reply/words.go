package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words makes a set of the words of a table, blanks between them.
func words(table string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(table) {
		set[word] = true
	}
	return set
}

// phraseSet is a set of phrases, each as phraseKey reduces it.
type phraseSet struct {
	keys     map[string]bool
	openings map[string]bool // the first bytes of each key
	longest  int             // in bytes
}

// openingBytes is how much of a key is looked up first: a Chinese character, or enough letters to be rare.
const openingBytes = 3

// phrases makes a set of the lines of a table.
func phrases(table string) phraseSet {
	set := phraseSet{keys: make(map[string]bool), openings: make(map[string]bool)}
	for entry := range strings.SplitSeq(table, "\n") {
		for phrase := range strings.SplitSeq(entry, "·") {
			if key := phraseKey(phrase); key != "" {
				set.keys[key] = true
				set.openings[key[:min(len(key), openingBytes)]] = true
				set.longest = max(set.longest, len(key))
			}
		}
	}
	return set
}

// has reports whether phrase, in whatever spelling, is in the set. It is asked about every line of a mail, so it stops
// where no key begins so or the longest is outgrown, and copies nothing.
func (s phraseSet) has(phrase string) bool {
	var store [128]byte
	key, opened := store[:0], false
	for _, r := range withoutEntities(phrase) {
		key = appendLetter(key, r)
		if !opened && len(key) >= openingBytes {
			if !s.openings[string(key[:openingBytes])] {
				return false
			}
			opened = true
		}
		if len(key) > s.longest {
			return false
		}
	}
	return s.keys[string(key)]
}

// phraseKey reduces a phrase to what its spellings share: its letters and digits in lower case, "" for none.
func phraseKey(phrase string) string {
	key := make([]byte, 0, len(phrase))
	for _, r := range withoutEntities(phrase) {
		key = appendLetter(key, r)
	}
	return string(key)
}

func withoutEntities(phrase string) string {
	if strings.Contains(phrase, "&nbsp;") {
		return strings.ReplaceAll(phrase, "&nbsp;", " ")
	}
	return phrase
}

// appendLetter appends what r adds to a key.
func appendLetter(key []byte, r rune) []byte {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return append(key, byte(r))
	case r >= 'A' && r <= 'Z':
		return append(key, byte(r)-'A'+'a')
	case r < utf8.RuneSelf:
		return key
	case r == 'ё' || r == 'Ё':
		return utf8.AppendRune(key, 'е')
	case r >= 0x4E00 && r <= 0x9FFF: // a Chinese character, which has no cases
		return utf8.AppendRune(key, r)
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return utf8.AppendRune(key, unicode.ToLower(r))
	}
	return key
}
