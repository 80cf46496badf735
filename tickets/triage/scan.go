package triage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"maildesk/tickets"
)

// word is a word of the lists.
type word struct {
	text     string // as the list spells it
	category tickets.Category
	weight   int
}

// node is a letter on the way through the words: a trie over folded runes.
type node struct {
	next map[rune]*node
	word *word // that ends here, nil when none does
}

// add files w, in place of a word that reads the same.
func (n *node) add(w *word) {
	folded := fold(w.text)
	if !strings.ContainsFunc(w.text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return
	}
	for _, r := range folded {
		child := n.next[r]
		if child == nil {
			if n.next == nil {
				n.next = map[rune]*node{}
			}
			child = &node{}
			n.next[r] = child
		}
		n = child
	}
	n.word = w
}

// find returns the words in text in their order. At each place the longest word counts and hides those within it, as
// 网络打印机 hides 网络: the scan goes on behind it. No place is read further than the longest word, so that the time
// is linear in the text.
func (n *node) find(text string) []*word {
	var found []*word
	runes := fold(text)
	for i := 0; i < len(runes); {
		length := 1
		if n.next[runes[i]] != nil && startsWord(runes, i) {
			if w, end := n.longest(runes, i); w != nil {
				found, length = append(found, w), end-i
			}
		}
		i += length
	}
	return found
}

// longest returns the longest word that begins at i, and where it ends.
func (n *node) longest(runes []rune, i int) (found *word, end int) {
	for ; i < len(runes); i++ {
		if n = n.next[runes[i]]; n == nil {
			break
		}
		if n.word != nil && endsWord(runes, i+1) {
			found, end = n.word, i+1
		}
	}
	return found, end
}

// startsWord and endsWord report a place that is not inside a Latin word. Between Chinese and Latin there is always
// such a place: 登录ERP系统 names ERP. The s of a plural may follow.
func startsWord(runes []rune, i int) bool {
	return i == 0 || !isLatin(runes[i-1]) || !isLatin(runes[i])
}

func endsWord(runes []rune, i int) bool {
	if i < len(runes) && runes[i] == 's' && isLatin(runes[i-1]) {
		i++
	}
	return i == len(runes) || !isLatin(runes[i-1]) || !isLatin(runes[i])
}

// isLatin reports what makes up words that are told apart by blanks, in any script that does so.
func isLatin(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	case isHan(r):
		return false
	}
	return unicode.IsDigit(r) || unicode.IsMark(r) || unicode.IsLetter(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// isHan reports the block in which nearly all Chinese characters stand. Most letters of a mail are those or ASCII, so both are
// settled before the tables are asked.
func isHan(r rune) bool { return '\u4e00' <= r && r <= '\u9fff' }

// fold is text as it is compared, at most maxText bytes of it: lower case, half width, simplified characters, one blank
// for any run of blanks, hyphens and underscores, a straight apostrophe.
func fold(text string) []rune {
	text = strings.TrimSpace(text[:min(len(text), maxText)])
	folded := make([]rune, 0, utf8.RuneCountInString(text))
	for _, r := range text {
		if r = foldRune(r); r != ' ' || len(folded) == 0 || folded[len(folded)-1] != ' ' {
			folded = append(folded, r)
		}
	}
	return folded
}

func foldRune(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		return r
	case r >= utf8.RuneSelf:
		if !isHan(r) {
			if usual := width.LookupRune(r).Folded(); usual != 0 {
				r = usual
			}
		}
		if simple := toSimplified[r]; simple != 0 {
			return simple
		}
	}
	switch {
	case r == '’' || r == '‘':
		return '\''
	case r == '-' || r == '_' || r == '\u2011' || unicode.IsSpace(r):
		return ' '
	}
	return unicode.ToLower(r)
}

var toSimplified = func() map[rune]rune {
	index, to := map[rune]rune{}, []rune(simplifieds)
	for i, from := range []rune(traditional) {
		if from != to[i] {
			index[from] = to[i]
		}
	}
	return index
}()
