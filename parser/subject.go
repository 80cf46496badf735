package parser

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanSubject returns a decoded Subject as one line without characters that nobody sees.
func cleanSubject(decoded string) string {
	text := strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\r' || r == '\n':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, decoded)
	return strings.TrimSpace(text)
}

// replyMarks are the words that clients put before the subject of an answer or a forward; a colon, half or full
// width, follows. RFC 5256 2.1 knows re, fw and fwd, people's clients know their own language's.
var replyMarks = map[string]bool{
	"re": true, "fw": true, "fwd": true, "回复": true, "答复": true, "回覆": true, "答覆": true, "转发": true, "轉發": true, "轉寄": true, "转寄": true,
	"回信": true, "转": true, "回": true, "自动回复": true, "自動回覆": true, "automatic reply": true,
	"aw": true, "wg": true, "antw": true, "sv": true, "vs": true, "vb": true, "vl": true, "tr": true, "rv": true, "enc": true, "res": true, "ref": true,
	"rif": true, "r": true, "i": true, "odp": true, "pd": true, "ynt": true, "ilt": true, "ha": true, "rép": true, "doorst": true, "отв": true, "ответ": true,
}

// BaseSubject is the subject without reply and forward marks of any language, "[tag]"s before them, and the trailing
// "(fwd)" (RFC 5256 2.1); what it is of two mails of one conversation is equal. Letter case stays.
func BaseSubject(subject string) string {
	text := strings.Join(strings.Fields(subject), " ")
	for {
		before := text
		text = trimForwardTail(text)
		text = trimMark(text)
		if inner, ok := forwardWrap(text); ok {
			text = inner
		}
		if text == before {
			return text
		}
	}
}

func trimForwardTail(text string) string {
	if len(text) >= 5 && strings.EqualFold(text[len(text)-5:], "(fwd)") {
		return strings.TrimSpace(text[:len(text)-5])
	}
	return text
}

// forwardWrap undoes "[fwd: subject]".
func forwardWrap(text string) (string, bool) {
	if len(text) > 6 && strings.EqualFold(text[:5], "[fwd:") && strings.HasSuffix(text, "]") {
		return strings.TrimSpace(text[5 : len(text)-1]), true
	}
	return text, false
}

// forwardMarks are those of replyMarks that say that a mail is passed on, not answered.
var forwardMarks = map[string]bool{
	"fw": true, "fwd": true, "转发": true, "轉發": true, "轉寄": true, "转寄": true, "转": true,
	"wg": true, "vb": true, "vl": true, "tr": true, "rv": true, "enc": true, "i": true, "pd": true, "ilt": true, "doorst": true,
}

// trimMark drops one mark, such as "Re:", "RE[2]:", "回复：" or "[list] Re:", from the front.
func trimMark(text string) string {
	_, rest, _ := cutMark(text)
	return rest
}

// cutMark splits the mark, bare and in lower case, from what follows it.
func cutMark(text string) (mark, rest string, ok bool) {
	at := strings.IndexAny(text, ":：")
	if at <= 0 || at > 60 {
		return "", text, false
	}
	mark = strings.ToLower(strings.TrimSpace(text[:at]))
	mark = strings.TrimSpace(trimCount(trimTags(mark)))
	if !replyMarks[mark] {
		return "", text, false
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return mark, strings.TrimSpace(text[at+size:]), true
}

// trimCount drops the "[2]", "(3)" or "^2" of a counted mark.
func trimCount(mark string) string {
	core := strings.TrimRight(mark, "0123456789")
	for _, pair := range []string{"[]", "()", "^", "（）"} {
		switch runes := []rune(pair); {
		case len(runes) == 1 && strings.HasSuffix(core, pair):
			return strings.TrimSuffix(core, pair)
		case len(runes) == 2 && strings.HasSuffix(mark, string(runes[1])):
			if open := strings.LastIndex(mark, string(runes[0])); open > 0 {
				return mark[:open]
			}
		}
	}
	return mark
}

// trimTags drops "[tag]" blobs before a mark.
func trimTags(mark string) string {
	for strings.HasPrefix(mark, "[") {
		_, after, ok := strings.Cut(mark, "]")
		if !ok {
			return mark
		}
		mark = strings.TrimSpace(after)
	}
	return mark
}
