package parser

import "strings"

// messageIDs finds the Message-IDs of a Message-ID, In-Reply-To or References field (RFC 5322 3.6.4): what stands in
// angle brackets, whatever stands between; failing that, the words with an @ in them.
func messageIDs(value string) []string {
	var ids []string
	add := func(id string) {
		if id = cleanID(id); id != "" {
			ids = append(ids, id)
		}
	}
	rest := value
	for len(ids) < maxIDs {
		_, after, ok := strings.Cut(rest, "<")
		if !ok {
			break
		}
		id, next, closed := strings.Cut(after, ">")
		if at := strings.LastIndexByte(id, '<'); at >= 0 {
			id = id[at+1:]
		}
		if !closed {
			id, _, _ = strings.Cut(after, " ")
			next = "" // no bracket closes any more
		}
		add(id)
		rest = next
	}
	if ids != nil {
		return ids
	}
	for _, word := range strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' || r == ';' }) {
		if strings.Contains(word, "@") {
			add(word)
		}
	}
	return ids
}

const (
	maxID  = 998  // bytes, RFC 5322 2.1.1: longer than any line can be
	maxIDs = 1000 // of one field
)

func cleanID(id string) string {
	id = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7F {
			return -1
		}
		return r
	}, id)
	if len(id) > maxID {
		return ""
	}
	return id
}

// messageID is the value of the Message-ID field; one without brackets or @ is taken as it stands.
func messageID(value string) string {
	if ids := messageIDs(value); len(ids) > 0 {
		return ids[0]
	}
	return cleanID(strings.Trim(value, "<> \t"))
}
