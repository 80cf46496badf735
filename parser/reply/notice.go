package reply

import "strings"

// noticeLines bounds how long one legal notice may be.
const noticeLines = 25

// noticeEndingAt finds the paragraph that ends on line last and is a legal notice, a virus scanner's remark or a
// mailing list's footer.
func noticeEndingAt(lines []line, last int) (from int, ok bool) {
	from = last
	for from > 0 && !lines[from-1].blank() && !isRule(lines[from-1].body) && last-from < noticeLines && !lines[from-1].code {
		from--
	}
	hits, strong := 0, false
	for i := from; i <= last; i++ {
		if len(lines[i].body) > 4000 {
			continue
		}
		lower := strings.ToLower(lines[i].body)
		for _, word := range noticeWords {
			if strings.Contains(lower, word) {
				hits++
			}
		}
		for _, word := range noticePhrases {
			strong = strong || strings.Contains(lower, word)
		}
	}
	return from, (strong || hits >= 3) && from > 0
}
