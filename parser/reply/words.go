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
	keys    map[string]bool
	longest int // in bytes
}

// phrases makes a set of the lines of a table.
func phrases(table string) phraseSet {
	set := phraseSet{keys: make(map[string]bool)}
	for entry := range strings.SplitSeq(table, "\n") {
		for phrase := range strings.SplitSeq(entry, "·") {
			if key := phraseKey(phrase); key != "" {
				set.keys[key] = true
				set.longest = max(set.longest, len(key))
			}
		}
	}
	return set
}

// has reports whether phrase, in whatever spelling, is in the set. It is asked about every line of a mail, so it stops
// where the key outgrows the longest phrase, and copies nothing.
func (s phraseSet) has(phrase string) bool {
	var store [128]byte
	key, ok := appendKey(store[:0], phrase, s.longest)
	return ok && s.keys[string(key)]
}

// phraseKey reduces a phrase to what its spellings share: its letters and digits in lower case, "" for none.
func phraseKey(phrase string) string {
	key, _ := appendKey(nil, phrase, len(phrase)*utf8.UTFMax)
	return string(key)
}

// appendKey appends the key of a phrase; false when that has more bytes than limit.
func appendKey(key []byte, phrase string, limit int) ([]byte, bool) {
	if strings.Contains(phrase, "&nbsp;") {
		phrase = strings.ReplaceAll(phrase, "&nbsp;", " ")
	}
	for _, r := range phrase {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			key = append(key, byte(r))
		case r >= 'A' && r <= 'Z':
			key = append(key, byte(r)-'A'+'a')
		case r < utf8.RuneSelf:
		case r >= 0x4E00 && r <= 0x9FFF: // a Chinese character, which has no cases
			key = utf8.AppendRune(key, r)
		case r == 'ё' || r == 'Ё':
			key = utf8.AppendRune(key, 'е')
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			key = utf8.AppendRune(key, unicode.ToLower(r))
		}
		if len(key) > limit {
			return key, false
		}
	}
	return key, true
}
