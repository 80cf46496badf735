package answer

import "strings"

// mark is a number in the text that may be a score; it makes a clause of its own.
type mark struct {
	value  int
	atoms  int  // its length
	united bool // with its unit: 5分, 5/5, ⭐⭐⭐⭐⭐
	alone  bool // a stop or the end stands behind it
	loose  bool // at the end of a clause of other words: no score, but perhaps the next item of a list
}

// found is the score of an answer.
type found struct {
	value int
	to    int  // where the comment begins
	first bool // nothing but a greeting stands before it
}

var digits = map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}

// numerals are the numbers of the scale in words. They count only with a unit: 一 begins many words.
var numerals = map[string]int{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "满": 5,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}

// outOfFive are the words that may stand between a number and the end of the scale.
var outOfFive = []string{"out", "of"}

// markAt reads a score at the beginning of atoms; before is the token in front of it in its clause, unknown at its beginning.
func markAt(atoms []atom, first bool, before class) (mark, bool) {
	if m, ok := starsAt(atoms); ok {
		return m, true
	}
	text, of5 := strings.CutSuffix(atoms[0].text, "/5")
	value, spelled := digits[text], false
	if value == 0 {
		value, spelled = numerals[text], true
	}
	if value == 0 {
		return mark{}, false
	}
	m := mark{value: value, atoms: 1, united: of5}
	if n := unitAt(atoms[1:]); n > 0 && !of5 {
		m.united, m.atoms = true, 1+n
	}
	rest := atoms[m.atoms:]
	m.alone = len(rest) == 0 || rest[0].kind >= stop
	switch {
	case spelled && !m.united, !m.alone && counted[rest[0].text]:
		return mark{}, false
	case m.united, first, scored(before):
		return m, true
	}
	m.loose = true
	return m, m.alone
}

// scored reports that a bare number behind a word of this class is a score: 已解决 5, 给 5, 谢谢 5.
func scored(before class) bool {
	switch before {
	case lead, solid, slight, stem, vouch, done, polite, delighted, disgusted:
		return true
	}
	return false
}

// unitAt is how many atoms of atoms are the unit of a score.
func unitAt(atoms []atom) int {
	for i, a := range atoms[:min(len(atoms), 3)] {
		switch {
		case i == 0 && (a.text == "颗" || a.text == "个"):
			continue
		case a.text == "分", a.text == "星", a.text == "stars", a.text == "star", a.text == "points", a.text == "point":
			return i + 1
		case i < 2 && a.text == outOfFive[i]:
			continue
		case i == 2 && (a.text == "5" || a.text == "five"):
			return i + 1
		}
		break
	}
	return 0
}

// starsAt reads a row of stars, which is one atom; hollow ones fill the row up.
func starsAt(atoms []atom) (mark, bool) {
	n := 0
	for _, star := range "★⭐🌟" {
		n += strings.Count(atoms[0].text, string(star))
	}
	if n < 1 || n > 5 {
		return mark{}, false
	}
	return mark{value: n, atoms: 1, united: true, alone: len(atoms) == 1 || atoms[1].kind >= stop}, true
}

// findScore finds the one score of an answer and marks what stands behind it as remarks. Two different scores are none,
// and so are the numbers of a list.
func findScore(clauses []clause, survey bool) (f found, ok bool) {
	at := -1
	opening, greeted, first := true, true, 0 // nothing but courtesy and the confirmation so far; but a greeting; the first number
	for i, c := range clauses {
		m := c.mark
		switch {
		case m.value == 0:
			greeted = greeted && c.kind == silent
			opening = opening && (c.kind == silent || c.kind == thankful || c.kind == works)
			continue
		case !m.united && !m.alone && !opening:
			continue
		case first > 0 && first != m.value:
			return found{}, false
		}
		first = m.value
		if at < 0 && !m.loose {
			f, at = found{value: m.value, to: c.to, first: greeted}, i
		}
		opening = false
	}
	if at < 0 {
		if survey {
			f.value = contentment(clauses)
		}
		return f, false
	}
	for i := at + 1; i < len(clauses); i++ {
		clauses[i].remark = true
	}
	return f, true
}

// contentment is the score of an answer that begins with an end of the scale in words, and with nothing beside them.
func contentment(clauses []clause) int {
	for _, c := range clauses {
		switch {
		case c.has(delighted) && c.kind == thankful && c.unknowns == 0:
			return 5
		case c.has(disgusted) && c.kind == troubled && c.unknowns == 0:
			return 1
		case c.kind != silent && c.kind != thankful:
			return 0
		}
	}
	return 0
}

func (c *clause) has(wanted class) bool {
	for _, t := range c.tokens {
		if t.class == wanted {
			return true
		}
	}
	return false
}
