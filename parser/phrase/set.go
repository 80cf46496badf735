package phrase

import (
	"iter"
	"slices"
	"strings"
)

// opening is how many bytes of a phrase are looked up: a Chinese character, or enough letters to be rare.
const opening = 3

// Set is a set of phrases. It compares bytes: letter case is its caller's.
type Set struct {
	phrases map[string][]string // by opening
	short   []string            // phrases shorter than that
	seen    [1 << 6]uint64      // a bit for the hash of each opening, since hardly any place in a text begins a phrase
}

// NewSet makes a set. Of phrases that are given twice one counts; the empty one is none.
func NewSet(phrases ...string) *Set {
	s := &Set{phrases: map[string][]string{}}
	for _, p := range phrases {
		switch {
		case p == "" || slices.Contains(s.short, p):
		case len(p) < opening:
			s.short = append(s.short, p)
		case !slices.Contains(s.phrases[p[:opening]], p):
			s.phrases[p[:opening]] = append(s.phrases[p[:opening]], p)
			word, bit := slot(p[0], p[1], p[2])
			s.seen[word] |= bit
		}
	}
	return s
}

// slot is the bit of seen that an opening has.
func slot(a, b, c byte) (word uint32, bit uint64) {
	hash := (uint32(a)<<16 | uint32(b)<<8 | uint32(c)) * 2654435761 >> 20 // Knuth's multiplier spreads it over 12 bits
	return hash >> 6, 1 << (hash & 63)
}

// In reports whether one of the phrases stands in text.
func (s *Set) In(text string) bool {
	for range s.each(text) {
		return true
	}
	return false
}

// Count is how many of the phrases stand in text, each counted once.
func (s *Set) Count(text string) int {
	var found []string
	for p := range s.each(text) {
		if !slices.Contains(found, p) {
			found = append(found, p)
		}
	}
	return len(found)
}

// each yields the phrases that stand in text, a longer one as often as it does.
func (s *Set) each(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, p := range s.short {
			if strings.Contains(text, p) && !yield(p) {
				return
			}
		}
		for i := 0; i+opening <= len(text); i++ {
			if word, bit := slot(text[i], text[i+1], text[i+2]); s.seen[word]&bit == 0 {
				continue
			}
			for _, p := range s.phrases[text[i:i+opening]] {
				if strings.HasPrefix(text[i:], p) && !yield(p) {
					return
				}
			}
		}
	}
}
