package reply

import (
	"strings"

	"maildesk/tickets/thread"
)

// classify gives each line its class and reports whether answers stand between or below quoted lines.
func classify(lines []line) (inline bool) {
	runs := findRuns(lines, true)
	assign(lines, runs)
	if hasNew(lines) {
		return keepContext(lines, runs)
	}
	if answerBelowFooter(lines) {
		return true
	}
	if runs = findRuns(lines, false); runs != nil {
		assign(lines, runs)
		if hasNew(lines) {
			return keepContext(lines, runs)
		}
	}
	allIsNew(lines)
	return false
}

// run is a stretch of lines of one origin.
type run struct {
	from, to   int
	quote      bool
	attributed bool // a quote whose client said whom it quotes
}

// findRuns reads the text from the top. With cut, a line that introduces an older mail without quote marks
// makes a quote of all that follows, as Outlook and most web mails write; without it such a line stands alone, as in
// a mail whose author wrote below it.
func findRuns(lines []line, cut bool) []run {
	var runs []run
	attributions := findAttributions(lines)
	open := func(i int, quote, attributed bool) {
		if n := len(runs); n > 0 && runs[n-1].quote == quote {
			runs[n-1].attributed = runs[n-1].attributed || attributed
			runs[n-1].to = i + 1
			return
		}
		runs = append(runs, run{from: i, to: i + 1, quote: quote, attributed: attributed})
	}
	quoted := quoteMarks{lines: lines}
	for i := 0; i < len(lines); {
		l := &lines[i]
		switch {
		case l.blank() && len(runs) > 0:
			runs[len(runs)-1].to = i + 1
			i++
		case l.code:
			open(i, false, false)
			i++
		case quoted.at(i):
			open(i, true, quoted.introducedAt(i))
			i++
		case len(attributions) > 0 && attributions[0].from <= i:
			a := attributions[0]
			attributions = attributions[1:]
			if a.from < i {
				continue
			}
			quoted.attributed = true
			if next := nextVisible(lines, a.to); cut && (next == len(lines) || !quoted.at(next)) {
				return cutAt(lines, runs, i)
			}
			for ; i < a.to; i++ {
				open(i, true, true)
			}
		case introducesOlderMail(lines, i):
			return cutAt(lines, runs, i)
		default:
			open(i, false, false)
			i++
		}
	}
	return runs
}

// cutAt makes everything from line i on a quote, with the rule that is drawn above it.
func cutAt(lines []line, runs []run, i int) []run {
	from := i
	for k := i - 1; k >= 0 && (lines[k].blank() || isRule(lines[k].body)); k-- {
		if isRule(lines[k].body) {
			from = k
		}
	}
	for len(runs) > 0 && runs[len(runs)-1].from >= from {
		runs = runs[:len(runs)-1]
	}
	if n := len(runs); n > 0 {
		runs[n-1].to = from
	}
	return append(runs, run{from: from, to: len(lines), quote: true, attributed: true})
}

// introducesOlderMail reports that an older mail begins at line i: a separator such as "-----Original Message-----", a
// block of headers, or the line that asks for the answer above it.
func introducesOlderMail(lines []line, i int) bool {
	if _, ok := separatorKind(lines[i].body); ok {
		return true
	}
	_, ok := headerBlockAt(lines, i)
	return ok
}

// assign classes the lines by their runs: quotes, and signatures at the end of each stretch of new text.
func assign(lines []line, runs []run) {
	textAbove := false
	for _, r := range runs {
		for i := r.from; i < r.to; i++ {
			lines[i].class = classNew
			if r.quote {
				lines[i].class = classQuote
			}
		}
		if !r.quote {
			for i := signatureStart(lines[r.from:r.to], textAbove) + r.from; i < r.to; i++ {
				lines[i].class = classSignature
			}
			textAbove = textAbove || hasNew(lines[r.from:r.to])
		}
	}
	for i := range lines {
		if isFooter(lines[i].body) {
			lines[i].class = classQuote
		}
	}
}

// isFooter reports the last line of our own mails.
func isFooter(body string) bool {
	return strings.HasPrefix(body, "·") && len(thread.FindFooters(body)) > 0
}

// keepContext puts quoted lines that the author answers back between his answers, for an answer without its
// question says nothing. A quote counts as answered when new text stands below it; one that opens the mail under its
// attribution does only when more quotes are answered after it: alone it is the whole older mail, put there by the
// client.
func keepContext(lines []line, runs []run) (inline bool) {
	answered, textBelow := 0, make([]bool, len(runs)+1)
	for n := len(runs) - 1; n >= 0; n-- {
		textBelow[n] = textBelow[n+1] || !runs[n].quote && hasNew(lines[runs[n].from:runs[n].to])
		if runs[n].quote && textBelow[n] {
			answered++
		}
	}
	textAbove := false
	for n, r := range runs {
		switch {
		case !r.quote:
			textAbove = textAbove || hasNew(lines[r.from:r.to])
		case !textBelow[n]:
			keepIntroduced(lines, runs, n)
		case textAbove || !r.attributed || answered > 1:
			keepMarked(lines[r.from:r.to])
		}
	}
	return answered > 0
}

// keepMarked makes new text of the marked lines of a quote; the lines that introduce it stay quoted.
func keepMarked(lines []line) {
	for i := range lines {
		if lines[i].marked || lines[i].blank() {
			lines[i].class = classNew
		}
	}
}

// keepIntroduced keeps marked lines at the end of the mail that the author himself brings in with a colon: output
// that he pasted, "the log says:".
func keepIntroduced(lines []line, runs []run, n int) {
	if runs[n].attributed || n == 0 {
		return
	}
	above := runs[n].from - 1
	for above > 0 && lines[above].blank() {
		above--
	}
	if lines[above].class != classNew || !endsWithColon(lines[above].body) {
		return
	}
	for i := runs[n].from; i < runs[n].to; i++ {
		lines[i].class = classNew
	}
}

// answerBelowFooter takes what stands below our own footer, in a mail with nothing above the quote: the footer is the
// last line of our mails, so its reader wrote what follows.
func answerBelowFooter(lines []line) bool {
	last := -1
	for i := range lines {
		if isFooter(lines[i].body) {
			last = i
		}
	}
	if last < 0 {
		return false
	}
	below := lines[last+1:]
	if runs := findRuns(below, true); runs != nil {
		assign(below, runs)
	}
	return hasNew(below)
}

// allIsNew makes new text of a mail that is all quote, so that a ticket never has an empty text. A signature
// stays one unless it is all there is.
func allIsNew(lines []line) {
	quote := false
	for i := range lines {
		quote = quote || lines[i].class == classQuote && !lines[i].blank()
	}
	marked := false
	for i := range lines {
		if lines[i].class == classQuote || !quote {
			lines[i].class = classNew
		}
		marked = marked || lines[i].marked
	}
	if !quote || marked {
		return
	}
	if start := signatureStart(lines, false); hasNew(lines[:start]) {
		for i := start; i < len(lines); i++ {
			lines[i].class = classSignature
		}
	}
}

func hasNew(lines []line) bool {
	for i := range lines {
		if lines[i].class == classNew && !lines[i].blank() {
			return true
		}
	}
	return false
}
