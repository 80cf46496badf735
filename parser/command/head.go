package command

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"maildesk/parser/form/moment"
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// signs are the forms of # that keyboards have: plain, full-width, small.
const signs = "#＃﹟"

const (
	lookahead = 64 // bytes in which a line has its #: marks of lists and emphasis may stand before it
	longWord  = 40 // runes; a longer word is no verb, not even a mistyped one
)

// head is how a line begins that looks like a command.
type head struct {
	raw      string
	loose    bool   // "# word" or "- #word": a heading or a list, perhaps
	number   string // of the ticket that it names
	lines    []Span // of the list that is answered, which it names instead; nil when it names none
	sure     bool   // it names these lines in a way that no sentence begins
	word     string // the verb as typed, "" when the line is no command
	verb     *Verb  // nil when unknown
	args     string
	language tickets.Language
}

// readHead reads a line. The zero head is one that is text.
func readHead(raw string) head {
	if !strings.ContainsAny(raw[:min(len(raw), lookahead)], signs) {
		return head{}
	}
	line, loose := unwrap(visible(raw))
	after := strings.TrimLeft(line, signs)
	if len(after) == len(line) {
		return head{}
	}
	text := strings.TrimLeft(after, " ")
	h := head{raw: raw, loose: loose || len(text) < len(after)}
	if number, rest := cutNumber(text); number != "" {
		h.number, text = number, strings.TrimLeft(rest, " "+signs)
	}
	h.readVerb(text)
	return h
}

// visible drops what no reader sees, such as the marks that phones and HTML editors leave, and turns blanks of every
// width into plain ones.
func visible(line string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf && r != '\t':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r), r >= 0xFE00 && r <= 0xFE0F, r == 0x20E3, r == 0x034F:
			return -1 // format characters, variation selectors, the keycap around an emoji's #, the grapheme joiner
		}
		return r
	}, line))
}

// unwrap takes a line out of a list and out of Markdown's emphasis and escapes.
func unwrap(line string) (inner string, listed bool) {
	for _, bullet := range []string{"- ", "* ", "+ ", "• ", "· "} {
		if rest, ok := strings.CutPrefix(line, bullet); ok {
			line, listed = strings.TrimLeft(rest, " "), true
			break
		}
	}
	inner = strings.TrimLeft(line, "*_`\\")
	if marks := line[:len(line)-len(inner)]; strings.ContainsAny(marks, "*_`") {
		inner = strings.TrimRight(inner, marks)
	}
	return inner, listed
}

// ticketNumber matches a number as people type it: "IT20231115001", "it 20231115001", "IT-20231115001".
var ticketNumber = regexp.MustCompile(`^([A-Za-z]{0,10})[ ]?[-#:]?[ ]?(20\d\d[01]\d[0-3]\d\d{3,7})(?:[^0-9A-Za-z_./@-]|$)`)

// cutNumber cuts the ticket number that text begins with, brackets around it too.
func cutNumber(text string) (number, rest string) {
	text = strings.TrimLeft(text, "[【")
	sample := text
	if len(sample) > lookahead {
		sample = strings.ToValidUTF8(sample[:lookahead], "")
	}
	folded := thread.Fold(sample)
	if !strings.Contains(folded, "20") {
		return "", text
	}
	m := ticketNumber.FindStringSubmatchIndex(folded)
	if m == nil {
		return "", text
	}
	used := utf8.RuneCountInString(folded[:m[5]])
	for range used {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return strings.ToUpper(folded[m[2]:m[3]]) + folded[m[4]:m[5]], strings.TrimLeft(text, "]】:：,，、 ")
}

// readVerb reads the word that text begins with.
func (h *head) readVerb(text string) {
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case unicode.Is(unicode.Han, first):
		h.readChinese(text)
	case unicode.IsLetter(first):
		h.readEnglish(text)
	}
	h.args = trimArgs(h.args)
}

// readEnglish takes the letters at the start, in any case; "re-open" is reopen.
func (h *head) readEnglish(text string) {
	end := strings.IndexFunc(text, func(r rune) bool { return !isLatin(r) && r != '-' && r != '_' && r != '\'' })
	if end < 0 {
		end = len(text)
	}
	end = len(strings.TrimRight(text[:end], "-_'"))
	h.word, h.args, h.language = text[:end], text[end:], tickets.English
	name := joined.Replace(strings.ToLower(thread.Fold(h.word)))
	if h.verb = english[name]; h.verb == nil || startsWithDigit(h.args) && !h.verb.Argument.counts() {
		h.verb = nil
		h.takeWord(text)
	}
}

// joined drops what people put between the parts of a verb.
var joined = strings.NewReplacer("-", "", "_", "", "'", "")

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }

func startsWithDigit(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsDigit(r)
}

// counts reports an argument that begins with a digit, and so may touch an English verb: #rate5, but not #plan9.
func (a Argument) counts() bool {
	return a == Value || a == Number || a == Score || a == Length || a == Moment
}

// readChinese takes the longest name that text begins with, for Chinese puts no blank behind a word: #指派李伟.
func (h *head) readChinese(text string) {
	h.language = tickets.Chinese
	sample := simplified(text)
	end := 0
	for i, r := range sample {
		if i >= longestChinese || !unicode.Is(unicode.Han, r) {
			break
		}
		i += utf8.RuneLen(r)
		if v := chinese[sample[:i]]; v != nil && v.Argument.touches(text[i:]) {
			h.verb, end = v, i
		}
	}
	if h.verb == nil {
		h.takeWord(text)
		return
	}
	h.word, h.args = text[:end], text[end:]
}

// longestChinese is the length of the longest Chinese name, in bytes.
var longestChinese = func() (longest int) {
	for name := range chinese {
		longest = max(longest, len(name))
	}
	return longest
}()

// takeWord takes an unknown word: letters of any script and digits.
func (h *head) takeWord(text string) {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' })
	if end < 0 {
		end = len(text)
	}
	h.word, h.args = text[:end], text[end:]
	if utf8.RuneCountInString(h.word) > longWord {
		h.word = ""
	}
}

// touches reports whether a Chinese verb with this argument may stand right before rest. A sentence is not to be taken
// for a verb and what it takes: #解决方案如下 is a word of its own, #评价5 and #指派李伟 are commands.
func (a Argument) touches(rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case !unicode.IsLetter(next) && !unicode.IsDigit(next):
		return true
	case unicode.IsDigit(next):
		return a != None
	}
	switch a {
	case Person, Value, Moment, Period:
		return true
	case Addresses, Number:
		return isLatin(next)
	case Length:
		return moment.IsNumeral(next)
	}
	return false
}

// trimArgs drops what people put between a verb and what it takes, and a full stop behind a verb alone.
func trimArgs(args string) string {
	args = strings.TrimSpace(strings.TrimLeft(args, " :：,，=*`"+signs))
	if strings.Trim(args, ".。!！") == "" {
		return ""
	}
	return args
}
