package reply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a range of lines, to exclusive.
type span struct{ from, to int }

// Clients wrap "On …, … wrote:" over at most attributionLines lines of attributionBytes together.
const (
	attributionLines = 4
	attributionBytes = 600
)

// findAttributions finds the lines that introduce a quote, "On …, … wrote:" in any language, in order.
func findAttributions(lines []line) []span {
	f := attributionFinder{lines: lines}
	var found []span
	for i := range lines {
		l := &lines[i]
		if l.marked || l.code || !mayEndAttribution(l.body) {
			continue
		}
		from, ok := f.endingAt(i)
		if !ok {
			continue
		}
		if n := len(found); n > 0 {
			from = max(from, found[n-1].to)
		}
		found = append(found, span{from, i + 1})
	}
	return found
}

// attributionFinder remembers what was seen in the last lines, so that each line is looked at once.
type attributionFinder struct {
	lines []line
	seen  [attributionLines]seenFacts
}

type seenFacts struct {
	line  int // 1-based, 0 is empty
	facts facts
}

func (f *attributionFinder) facts(i int) facts {
	slot := &f.seen[i%attributionLines]
	if slot.line != i+1 {
		*slot = seenFacts{i + 1, features(f.lines[i].body)}
	}
	return slot.facts
}

// endingAt finds the first line of the attribution that ends on line i. The shortest stretch that says enough is
// taken, then the lines that it visibly goes on from.
func (f *attributionFinder) endingAt(i int) (from int, ok bool) {
	first := f.windowStart(i)
	if from, ok = f.shortest(i, first, facts.attributes); ok {
		return from, true
	}
	next := nextVisible(f.lines, i+1)
	if next == len(f.lines) || !f.lines[next].marked {
		return 0, false
	}
	from, ok = f.shortest(i, first, facts.introducesMarks)
	if ok && from > first && !f.facts(from).opens && f.facts(from-1).opens {
		from--
	}
	return from, ok
}

// shortest finds the shortest stretch that ends on line i and is enough, extended over what it goes on from.
func (f *attributionFinder) shortest(i, first int, enough func(facts) bool) (from int, ok bool) {
	all := f.facts(i)
	for k := i; ; k-- {
		if enough(all) {
			return f.extend(k, first, all), true
		}
		if k == first {
			return 0, false
		}
		all = f.facts(k - 1).before(all)
	}
}

// windowStart is the first line that may belong to the attribution ending on line i.
func (f *attributionFinder) windowStart(i int) int {
	size := 0
	k := i
	for ; k >= 0 && k > i-attributionLines; k-- {
		l := &f.lines[k]
		size += len(l.body)
		if l.blank() || l.marked || l.code || size > attributionBytes || k < i && endsWithColon(l.body) {
			break
		}
	}
	return min(k+1, i)
}

// extend takes in the lines above that the attribution visibly began on: the open bracket of its address, the address
// when it has none of its own, a lone opening word.
func (f *attributionFinder) extend(from, first int, all facts) int {
	for from > first {
		above := f.lines[from-1].body
		addressed := all.address == 0 && f.facts(from-1).address != 0 && !endsSentence(above)
		if !opensBracket(above) && !addressed && !openers[strings.ToLower(above)] {
			return from
		}
		from--
		all = f.facts(from).before(all)
	}
	return from
}

// facts is what a stretch of text says that an attribution says.
type facts struct {
	date, time, seconds, gmtOffset bool
	verb                           bool // a word for "wrote"
	pronoun                        bool // "I wrote": prose
	address                        int  // 0 none, 1 bare, 2 in brackets
	addressEnds                    bool // the address is the last thing said
	colon                          bool // ends with a colon
	verbEnds                       bool // ends with the verb, colon or not
	named                          bool // a name and the verb, nothing else: "Li Wei wrote:"
	opens                          bool // begins as attributions do: with a digit, a weekday, "On"
}

// before is what l and the later text say together.
func (l facts) before(later facts) facts {
	later.date = later.date || l.date
	later.time = later.time || l.time
	later.seconds = later.seconds || l.seconds
	later.gmtOffset = later.gmtOffset || l.gmtOffset
	later.verb = later.verb || l.verb
	later.pronoun = later.pronoun || l.pronoun
	later.address = max(later.address, l.address)
	later.opens = l.opens
	return later
}

// attributes reports that the text is enough to introduce a quote, whatever follows.
func (l facts) attributes() bool {
	if l.pronoun && l.address == 0 {
		return false
	}
	switch {
	case !l.colon && !l.verbEnds:
		return l.date && l.time && l.gmtOffset && l.opens // Gmail without a locale: "2023-11-15 9:30 GMT+01:00 Name"
	case !l.colon:
		return l.date && l.time && l.address > 0
	case l.date && l.verb:
		return l.time || l.address > 0
	case l.date && l.time && !l.seconds:
		return l.address == 2 && l.addressEnds && l.opens // Yandex, and Gmail in languages without the verb
	}
	return false
}

// introducesMarks reports that the text introduces the marked lines that follow: less is asked of it than where
// nothing follows but text.
func (l facts) introducesMarks() bool {
	if l.verb {
		return l.date || l.address > 0 || l.time || l.named
	}
	if !l.colon {
		return l.date && l.opens && l.addressEnds // Gmail of 2013: "2013/9/25 Li Wei <liwei@corp.example>"
	}
	return l.date && l.time || l.address == 2
}

// mayEndAttribution is the cheap test before all others: a colon at the end, a line that ends with "wrote", in dashes too,
// or one of Gmail's that names a time zone or stands between a date and an address.
func mayEndAttribution(body string) bool {
	if len(body) > attributionBytes || len(body) < 2 {
		return false
	}
	if endsWithColon(body) || strings.Contains(body, " GMT") || isDigit(rune(body[0])) && body[len(body)-1] == '>' {
		return true
	}
	switch lastRune(body) {
	case '.', ',', '!', '?', '。', '，', '！', '？':
		return false // no verb ends so, as most prose does
	}
	last := lastWord(body)
	return len(last) <= verbBytes && closingVerbs[strings.ToLower(last)]
}

// verbBytes bounds a closing verb as written, for lines of languages without blanks are one long word. No character takes
// more than three times what its lower case takes.
var verbBytes = func() (longest int) {
	for verb := range closingVerbs {
		longest = max(longest, 3*len(verb))
	}
	return longest
}()

// endsWithColon reports a colon at the end, before emphasis and drawn dashes.
func endsWithColon(body string) bool {
	body = strings.TrimRightFunc(body, func(r rune) bool {
		switch r {
		case ' ', '*', '_', '-', '\u200e', '\u200f', '\u202c', '\u2069':
			return true
		}
		return false
	})
	return strings.HasSuffix(body, ":") || strings.HasSuffix(body, "：") || strings.HasSuffix(body, "︰")
}

func endsSentence(body string) bool {
	return strings.ContainsRune(".!?。！？", lastRune(body))
}

func lastWord(body string) string {
	body = strings.TrimRight(body, " -*_")
	return body[strings.LastIndexByte(body, ' ')+1:]
}

// features reads the facts of one line.
func features(body string) facts {
	l := facts{colon: endsWithColon(body)}
	l.address, l.addressEnds = findAddress(body)
	l.date, l.time, l.seconds = findDateTime(body)
	l.gmtOffset = strings.Contains(body, " GMT+") || strings.Contains(body, " GMT-")
	lower := strings.ToLower(body)
	l.verb = slices.ContainsFunc(writeVerbs, func(verb string) bool { return strings.Contains(lower, verb) })
	l.verbEnds = closingVerbs[lastWord(lower)]
	l.named = l.verb && l.colon && namesAuthor(body)
	if l.verb {
		l.pronoun = slices.ContainsFunc(pronounPhrases, func(phrase string) bool { return containsWords(lower, phrase) })
	}
	l.opens = isDigit(firstRune(body)) || openers[firstWord(lower)]
	return l
}

// containsWords reports that phrase stands in lower and no letter touches its beginning: "Wei wrote" is not "i wrote".
// Chinese knows no blanks between words.
func containsWords(lower, phrase string) bool {
	for from := 0; ; {
		at := strings.Index(lower[from:], phrase)
		if at < 0 {
			return false
		}
		if at += from; at == 0 || phrase[0] >= utf8.RuneSelf || !unicode.IsLetter(lastRune(lower[:at])) {
			return true
		}
		from = at + len(phrase)
	}
}

// namesAuthor reports a line of a name and the verb: "Li Wei wrote:", "李伟 写道：".
func namesAuthor(body string) bool {
	body = strings.TrimRight(body, ":： *_-")
	for _, verb := range [...]string{"写道", "寫道"} {
		if name, ok := strings.CutSuffix(body, verb); ok {
			return isName(name)
		}
	}
	at := strings.LastIndexByte(body, ' ')
	return at > 0 && closingVerbs[strings.ToLower(body[at+1:])] && isName(body[:at])
}

func firstWord(lower string) string {
	word, _, _ := strings.Cut(lower, " ")
	return strings.TrimRight(word, ".,、，")
}

// findAddress looks for a mail address, also one that an archive masked: 1 is bare, 2 in brackets, 0 none. ends reports
// that nothing but a colon follows it.
func findAddress(body string) (kind int, ends bool) {
	at := strings.LastIndexByte(body, '@')
	if at < 1 || at+1 >= len(body) || body[at-1] <= ' ' || body[at+1] <= ' ' {
		return 0, false
	}
	tail := body[at:]
	if end := strings.IndexAny(tail, ">)]"); end >= 0 {
		rest := strings.Trim(strings.ReplaceAll(tail[end:], "&gt;", ">"), ">)]; \u200e\u200f\u202a\u202c\u2068\u2069*_")
		return 2, rest == ":" || rest == "：" || rest == ""
	}
	return 1, false
}
