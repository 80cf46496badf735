package reply

import "strings"

// words makes a set of the words of a table, blanks between them.
func words(table string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(table) {
		set[word] = true
	}
	return set
}

// phrases makes a set of the lines of a table, each reduced by phraseKey.
func phrases(table string) map[string]bool {
	set := make(map[string]bool)
	for entry := range strings.SplitSeq(table, "\n") {
		for phrase := range strings.SplitSeq(entry, "·") {
			if key := phraseKey(phrase); key != "" {
				set[key] = true
			}
		}
	}
	return set
}
