package reply

import "strings"

// A legal notice has at least noticeBytes, at most noticeMaxBytes, on at most noticeLines lines.
const (
	noticeBytes    = 30
	noticeMaxBytes = 15000
	noticeLines    = 25
)

// noticeEndingAt finds the paragraph that ends on line last and is a legal notice, a virus scanner's remark or a
// mailing list's footer.
func noticeEndingAt(lines []line, last int) (from int, ok bool) {
	from = last
	for from > 0 && !lines[from-1].blank() && !isRule(lines[from-1].body) && last-from < noticeLines && !lines[from-1].code {
		from--
	}
	size := 0
	for i := from; i <= last; i++ {
		size += len(lines[i].body)
	}
	return from, from > 0 && size >= noticeBytes && size <= noticeMaxBytes && isNotice(lines[from:last+1])
}

// isNotice reports a phrase that legal notices alone say, or a paragraph full of their words that speaks of its mail.
func isNotice(lines []line) bool {
	hits, self := 0, false
	for i := range lines {
		lower := strings.ToLower(lines[i].body)
		if noticePhrases.In(lower) {
			return true
		}
		hits += noticeWords.Count(lower)
		self = self || noticeSelves.In(lower)
	}
	return self && hits >= 3
}
