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

// extend takes in the lines above that the attribution visibly began on: the address of a name that stands there, a
// lone opening word, the open bracket of an address.
func (f *attributionFinder) extend(from, first int, all facts) int {
	for from > first {
		above := f.lines[from-1].body
		openBracket := strings.LastIndexByte(above, '<') > strings.LastIndexByte(above, '>')
		addressed := all.address == 0 && f.facts(from-1).address != 0 && !endsSentence(above)
		if !openBracket && !addressed && (len(above) > 8 || utf8.RuneCountInString(above) < 1 || !openers[strings.ToLower(above)]) {
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
	return l.colon && (l.date && l.time || l.address == 2)
}

// mayEndAttribution is the cheap test before all others: a colon at the end, or a line that ends with "wrote", in
// dashes too, or one of Gmail's that names a time zone.
func mayEndAttribution(body string) bool {
	if len(body) > attributionBytes || len(body) < 2 {
		return false
	}
	if endsWithColon(body) || strings.Contains(body, " GMT") {
		return true
	}
	return closingVerbs[strings.ToLower(lastWord(body))]
}

// endsWithColon reports a colon at the end, before emphasis and drawn dashes.
func endsWithColon(body string) bool {
	body = strings.TrimRight(body, " *_-\u200e\u200f\u202c\u2069")
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
	first := firstRune(body)
	_, digit := digitValue(first)
	l.opens = digit || first == '<' || openers[firstWord(lower)]
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

// findAddress looks for a mail address, also one that an archive masked.
func findAddress(body string) (kind int, ends bool) {
	at := strings.LastIndexByte(body, '@')
	if at < 1 || at+1 >= len(body) || body[at-1] <= ' ' || body[at+1] <= ' ' {
		return 0, false
	}
	tail := body[at:]
	if end := strings.IndexAny(tail, ">)]"); end >= 0 {
		rest := strings.Trim(tail[end:], ">)];&gt \u200e\u200f\u202a\u202c\u2068\u2069*_")
		return 2, rest == ":" || rest == "：" || rest == ""
	}
	return 1, false
}

// findDateTime looks for a date with its year and for a time of day, in digits of any script.
func findDateTime(body string) (date, time, seconds bool) {
	var g [3]int // the last numbers, joined by the separators between them
	var width [3]int
	count := 0
	var sep [2]rune
	prev := rune(0)
	flush := func(after rune) {
		d, t, s := readNumbers(g, width, sep, count, after)
		date, time, seconds = date || d, time || t, seconds || s
		count = 0
	}
	value, digits := 0, 0
	for _, r := range body {
		if v, ok := digitValue(r); ok {
			if digits < 6 {
				value = value*10 + v
			}
			digits++
			prev = r
			continue
		}
		if digits > 0 {
			if count == 3 {
				flush(0)
			}
			g[count], width[count] = value, digits
			count++
			value, digits = 0, 0
			if joinsNumbers(r) && count < 3 {
				sep[count-1] = r
				prev = r
				continue
			}
			flush(r)
		} else if count > 0 && !(r == ' ' && (prev == '.' || prev == '/')) {
			flush(r)
		}
		prev = r
	}
	if digits > 0 {
		if count == 3 {
			flush(0)
		}
		g[count], width[count] = value, digits
		count++
	}
	if count > 0 {
		flush(0)
	}
	return date, time, seconds
}

func joinsNumbers(r rune) bool {
	switch r {
	case '.', '/', '-', ':', 'h', 'H', '：', '.' + 0xFEE0, '年', '月', '時', '时', '点', '년', '월':
		return true
	}
	return false
}

// readNumbers judges up to three numbers that stand joined, and what follows them.
func readNumbers(g, width [3]int, sep [2]rune, count int, after rune) (date, time, seconds bool) {
	for k := range count {
		if isYear(g[k], width[k]) {
			date = true
		}
	}
	if count == 3 && sep[0] == sep[1] && strings.ContainsRune("./-", sep[0]) && g[0] <= 31 && g[1] <= 31 && width[2] == 2 {
		date = true // 15.11.23
	}
	if count >= 2 && !date && isTime(g, width, sep[0]) {
		time = true
		seconds = count == 3 && sep[1] == ':' && width[2] == 2
	}
	if after == '日' || after == '일' {
		date = true
	}
	return date, time, seconds
}

func isYear(value, width int) bool {
	return width == 4 && (value >= 1970 && value <= 2100 || value >= 2513 && value <= 2643 || value >= 1380 && value <= 1480)
}

func isTime(g, width [3]int, sep rune) bool {
	if g[0] > 24 || width[0] > 2 || g[1] > 59 || width[1] != 2 {
		return false
	}
	return strings.ContainsRune(":：.hH時时点", sep)
}

// digitValue is the value of a decimal digit in the scripts whose clients write their own digits.
func digitValue(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r < 0x660 {
		return 0, false
	}
	for _, zero := range [...]rune{0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xFF10} {
		if r >= zero && r <= zero+9 {
			return int(r - zero), true
		}
	}
	return 0, false
}
