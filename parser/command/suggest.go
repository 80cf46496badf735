package command

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"maildesk/tickets/thread"
)

const (
	mostSuggestions = 3
	longestTypo     = 16 // runes that are compared
)

// suggest returns the names of up to three verbs that word may have meant, in its own language, most similar first. Those
// clearly less similar than the first are left out.
func suggest(word string) []string {
	type guess struct {
		name string
		far  int
	}
	var guesses []guess
	chinese := isChinese(word)
	for i := range table {
		v, best := &table[i], far
		names, distance := v.English, englishDistance
		if chinese {
			names, distance = v.Chinese, chineseDistance
		}
		for _, name := range names {
			best = min(best, distance(word, name))
		}
		if best < far {
			guesses = append(guesses, guess{names[0], best})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(a.far, b.far) })
	var names []string
	for _, g := range guesses[:min(len(guesses), mostSuggestions)] {
		if g.far <= guesses[0].far+near/2 {
			names = append(names, g.name)
		}
	}
	return names
}

// mistyped reports that an unknown word is so near to a verb that it can hardly be anything else. Short English words
// are near to many.
func (h head) mistyped() bool {
	names, distance := english, englishDistance
	if isChinese(h.word) {
		names, distance = chinese, chineseDistance
	} else if len(h.word) < 5 {
		return false
	}
	for name := range names {
		if distance(h.word, name) <= near {
			return true
		}
	}
	return false
}

func isChinese(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Distances are in tenths of a letter that differs. Up to near it is a slip of the finger; from far on, another word.
const (
	near = 10
	far  = 1000
)

// englishDistance counts letters missing, added, wrong or swapped; more than two, or more than a third, is far. The
// beginning of a name, as in #diag, is near to it.
func englishDistance(word, name string) int {
	a := []rune(strings.ToLower(thread.Fold(word)))
	if len(a) > longestTypo {
		return far
	}
	if len(a) >= 3 && strings.HasPrefix(name, string(a)) {
		return near + 5
	}
	b := []rune(name)
	edits := edits(a, b)
	if limit := min(2, max(len(a), len(b))/3); edits > limit {
		return far
	}
	if len(b) >= 7 && edits == 2 {
		return near
	}
	return 10 * edits
}

// edits is the number of letters by which a and b differ, two swapped neighbours counting once (optimal string
// alignment).
func edits(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// chineseDistance asks how many of a name's characters the word shares, in place or not; those that sound or look alike
// count nearly as much. A word that goes on behind the name, as in #诊断网卡坏了, is near to it.
func chineseDistance(word, name string) int {
	w, n := []rune(simplified(word)), []rune(name)
	if len(w) > longestTypo || len(w) < 2 {
		return far
	}
	if len(w) > len(n) && string(w[:len(n)]) == name {
		return near + min(len(w)-len(n), 8)
	}
	shared := 0
	for _, r := range w[:min(len(w), len(n)+2)] {
		best := 0
		for _, have := range n {
			best = max(best, likeness(r, have))
		}
		shared += best
	}
	if missing := 10*max(len(w), len(n)) - shared; missing*2 <= 10*utf8.RuneCountInString(name) {
		return missing
	}
	return far
}

// likeness of two characters, of 10.
func likeness(a, b rune) int {
	switch {
	case a == b:
		return 10
	case alike[a] != 0 && alike[a] == alike[b]:
		return 8
	}
	return 0
}
