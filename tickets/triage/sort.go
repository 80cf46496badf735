package triage

import (
	"slices"
	"strings"

	"maildesk/tickets"
)

// maxText is how many bytes of a subject and of a text are read. Who describes a problem has named it by then; what
// follows is a log or a thread.
const maxText = 64 << 10

// maxNamed is how many words a reason names.
const maxNamed = 5

// Sorter finds categories by words.
type Sorter struct{ words *node }

// New returns a sorter that knows the default words and extra ones, each of which names the matter of its category. An
// extra word that is a default one too leaves its default category; one that stands under several categories belongs
// to the first of them in precedence. Categories that do not exist, and words without a letter or digit, are ignored.
func New(extra map[tickets.Category][]string) *Sorter {
	s := &Sorter{words: &node{}}
	for _, list := range defaults {
		for text := range strings.SplitSeq(list.words, "|") {
			s.words.add(&word{text: text, category: list.category, weight: list.weight})
		}
	}
	for _, category := range slices.Backward(precedence) {
		for _, text := range extra[category] {
			s.words.add(&word{text: strings.TrimSpace(text), category: category, weight: matter})
		}
	}
	return s
}

var standard = New(nil)

// Sort finds the category of a report by the default words; see Sorter.Sort.
func Sort(subject, text string) (tickets.Category, Reason) { return standard.Sort(subject, text) }

// Sort finds the category of a report by the words in its subject and text, with the reason; "" when no word is known.
// Of a text, the first 64 KiB count.
func (s *Sorter) Sort(subject, text string) (tickets.Category, Reason) {
	t := tally{seen: map[*word]bool{}, kin: map[kin]bool{}, scores: map[tickets.Category]int{}, named: map[tickets.Category][]string{}}
	t.count(s.words.find(subject), 2)
	t.count(s.words.find(text), 1)

	var best tickets.Category
	for _, category := range precedence {
		if t.scores[category] > t.scores[best] {
			best = category
		}
	}
	return best, because(best, t.named[best])
}

// tally adds up what the words of a report weigh.
type tally struct {
	seen   map[*word]bool
	kin    map[kin]bool
	scores map[tickets.Category]int
	named  map[tickets.Category][]string // the words that counted, in the lists' spelling
}

// kin are the words of which one counts: those of a category and a weight below matter.
type kin struct {
	category tickets.Category
	weight   int
}

// count adds words, each as often as its place is worth. The subject comes first, so that its words are not new again
// in the text.
func (t *tally) count(words []*word, times int) {
	for _, w := range words {
		if t.seen[w] || w.weight == hides {
			continue
		}
		t.seen[w] = true
		if k := (kin{w.category, w.weight}); w.weight < matter {
			if t.kin[k] {
				continue
			}
			t.kin[k] = true
		}
		t.scores[w.category] += times * w.weight
		t.named[w.category] = append(t.named[w.category], w.text)
	}
}

// Reason is why a report was sorted as it was.
type Reason struct{ Chinese, English string }

// In is the reason in a language, English for any but Chinese.
func (r Reason) In(lang tickets.Language) string {
	if lang == tickets.Chinese {
		return r.Chinese
	}
	return r.English
}

// because names the words that decided, as the lists spell them.
func because(category tickets.Category, named []string) Reason {
	if category == "" {
		return Reason{Chinese: "没有出现已知的词", English: "no known words"}
	}
	named = named[:min(len(named), maxNamed)]
	return Reason{
		Chinese: "按“" + strings.Join(named, "”“") + "”归入" + category.Name(tickets.Chinese),
		English: `"` + strings.Join(named, `", "`) + `" → ` + string(category),
	}
}
