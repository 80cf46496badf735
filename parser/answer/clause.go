package answer

import (
	"strings"
	"unicode/utf8"
)

// clause is what stands between two stops.
type clause struct {
	tokens    []token
	asked     bool // ends with a question mark
	contrast  bool // begins with a "but"
	remark    bool // stands behind a score
	mark      mark // a number that may be a score; such a clause has no tokens
	line      int
	ownLine   bool // nothing else stands on its line
	from, to  int
	kind      kind
	insists   bool // failed: with still or again, so that it may fail until now
	pure      bool // solved: known word for word, and said of now
	unknowns  int  // weight of the unknown atoms: 1 a Han character, 2 a word
	bareTrail bool // question: nothing unknown in it ("对吗")
}

// kind is what a clause says.
type kind uint8

const (
	silent   kind = iota // greeting, name, nothing
	neutral              // words without meaning for us
	thankful             // politeness
	works                // it works
	fails                // it does not
	both                 // it says both
	failed               // it did not, earlier
	denial               // a bare "no"
	troubled             // a fault or a negation, not said to be the problem
	doubtful             // uncertain, conditional, planned, wished
	question
	wish // for work: not before what works, but often before what fails
)

func (k kind) meaning() Meaning {
	switch k {
	case works:
		return Solved
	case fails, failed, denial:
		return Unsolved
	case thankful:
		return Thanks
	}
	return Other
}

// clausesOf cuts atoms into clauses and judges each.
func clausesOf(atoms []atom) []clause {
	var cut cutter
	for i := 0; i < len(atoms); {
		i += cut.next(atoms[i:])
	}
	cut.flush()
	clauses := cut.clauses
	for i := range clauses {
		c := &clauses[i]
		c.ownLine = (i == 0 || clauses[i-1].line != c.line) && (i+1 == len(clauses) || clauses[i+1].line != c.line)
		c.judge(i == 0, i+1 == len(clauses))
	}
	return clauses
}

// cutter goes through atoms and gathers clauses.
type cutter struct {
	clauses []clause
	open    clause
	line    int
}

// next takes the first atoms and says how many.
func (cut *cutter) next(atoms []atom) int {
	if kind := atoms[0].kind; kind >= stop {
		cut.open.asked = kind == ask
		cut.flush()
		if kind == newline {
			cut.line++
		}
		return 1
	}
	before := unknown
	if n := len(cut.open.tokens); n > 0 {
		before = cut.open.tokens[n-1].class
	}
	if m, ok := markAt(atoms, len(cut.open.tokens) == 0, before); ok {
		cut.flush()
		cut.clauses = append(cut.clauses, clause{mark: m, line: cut.line, from: atoms[0].from, to: atoms[m.atoms-1].to})
		return m.atoms
	}
	t := longest(atoms)
	if t.class == but {
		cut.flush()
		cut.open.contrast = true
	} else {
		cut.open.tokens = append(cut.open.tokens, t)
	}
	return len(t.atoms)
}

func (cut *cutter) flush() {
	if c := cut.open; len(c.tokens) > 0 {
		c.line, c.from, c.to = cut.line, c.tokens[0].from, c.tokens[len(c.tokens)-1].to
		cut.clauses = append(cut.clauses, c)
		cut.open = clause{}
	}
	cut.open.asked = false
}

// scan is what the words of a clause come to.
type scan struct {
	has           [lead + 1]int // tokens of each class
	negated       bool          // a negation waits for what it negates
	undone        bool          // it is one of what was done
	double, reach bool          // a negation of a negation; of something unknown
	work, fail    bool
	relief        bool // a negated fault: 不报错
	fault         bool // a fault after all, or before anything works
	before, after int  // weight of unknown atoms before and after what works
	able          bool // "can" waits for its verb
	last          token
}

// judge says what the clause means. The rules, the first that fits counts: a question asks, unless it complains; doubt
// leaves all open; what both works and fails is said of two things; what fails, fails; what works must be known word
// for word but for its subject; the rest is politeness, a greeting, a name, or neutral.
func (c *clause) judge(first, last bool) {
	if c.mark.value > 0 {
		return // silent
	}
	var s scan
	for _, t := range c.tokens {
		s.has[t.class]++
	}
	for _, t := range c.tokens {
		s.read(t)
	}
	s.finish()
	c.unknowns = s.before + s.after
	c.pure = c.unknowns == 0 && (s.has[now] > 0 || c.saysNow())
	c.bareTrail = c.unknowns == 0
	c.kind = c.kindOf(s, first, last)
}

func (c *clause) kindOf(s scan, first, last bool) kind {
	complaint := s.has[despite] > 0 && s.fail
	switch {
	case !complaint && (c.asked || s.has[asking]+s.has[despite] > 0 || c.inverted()):
		return question
	case s.has[doubt]+s.has[you] > 0 || s.double:
		return doubtful
	case s.has[request] > 0 && !(s.fail && s.has[still]+s.has[again] > 0 && !s.work):
		return wish
	case s.work && s.fail:
		return both
	case s.fail:
		c.insists = s.has[still]+s.has[again] > 0
		if s.has[past] > 0 {
			return failed
		}
		return fails
	case s.onlyDenies():
		return denial
	case s.work && s.has[past] > 0:
		return troubled // and now?
	case s.work && (s.reach || s.fault || s.has[still]+s.has[yet] > 0):
		return doubtful
	case s.work && (s.after > 0 || s.before > maxSubject):
		return doubtful
	case s.work:
		return works
	case s.reach || s.fault || s.has[disgusted] > 0:
		if s.has[past] > 0 {
			return failed
		}
		return troubled
	}
	return c.courtesy(s, first, last)
}

// maxSubject is the weight of unknown atoms before what works: "会议室的大屏 | 已解决", "Li Wei | fixed it".
const maxSubject = 8

// maxAddressee is the weight of unknown atoms beside thanks and greetings: a name, what one thanks for.
const maxAddressee = 6

func (c *clause) courtesy(s scan, first, last bool) kind {
	courteous := s.has[polite] + s.has[delighted]
	if s.has[can] > 0 && s.has[verb] == 0 {
		courteous++
	}
	switch {
	case s.has[vouch] > 0 && s.only(vouch, polite, greeting, now, done):
		return works
	case s.has[vouch]+s.has[stem]+s.has[solid]+s.has[slight] > 0:
		return neutral
	case courteous > 0 && c.unknowns <= maxAddressee:
		return thankful
	case s.has[lead] > 0 && s.only(lead, filler, done, greeting):
		return silent // before a score
	case s.has[greeting] > 0 && c.unknowns <= maxAddressee:
		return silent
	case first != last && c.isName(first):
		return silent
	}
	return neutral
}

// saysNow reports the word in a phrase: works now.
func (c *clause) saysNow() bool {
	for _, t := range c.tokens {
		if t.atoms[len(t.atoms)-1].text == "now" {
			return true
		}
	}
	return false
}

// isName reports a clause of nothing but a name: the line above or below a letter, or its address.
func (c *clause) isName(first bool) bool {
	if !c.ownLine && !first || c.contrast || len(c.tokens) > 3 {
		return false
	}
	for _, t := range c.tokens {
		if t.class != unknown || t.atoms[0].kind != c.tokens[0].atoms[0].kind {
			return false
		}
	}
	if c.tokens[0].atoms[0].kind == word {
		return c.ownLine && len(c.tokens) > 1
	}
	return len(c.tokens) > 1 && strings.Contains(surnames, c.tokens[0].atoms[0].text)
}

// inverted reports a question by its order of words.
func (c *clause) inverted() bool {
	for _, t := range c.tokens {
		switch t.class {
		case greeting, polite:
		default:
			return t.class == inverted
		}
	}
	return false
}

// read takes the next token. A negation reaches over fillers to the first word that can be negated.
func (s *scan) read(t token) {
	switch t.class {
	case not, noMore, deny, undone:
		s.double = s.double || s.negated
		s.negated, s.undone = true, t.class == deny || t.class == undone
	case solid, slight, stem:
		s.good(t)
	case vouch:
		s.reach = s.reach || s.negated
		s.negated = false
	case verb:
		s.fail = s.fail || s.negated && (!s.undone || s.able)
		s.reach = s.reach || s.negated
		s.work = s.work || s.able && !s.negated
		s.negated, s.able = false, false
	case can:
		s.able = true
	case failing:
		s.fail = s.fail || s.last.class == verb
		s.reach = true
	case bad:
		s.double = s.double || s.negated
		s.fail = s.fail || !s.negated
		s.negated = false
	case trouble, recur:
		s.bad(t)
	case unknown, delighted, disgusted:
		s.other(t)
	}
	s.last = t
}

// good takes a word for what works.
func (s *scan) good(t token) {
	switch {
	case s.negated:
		s.fail, s.negated = true, false
	case t.class == solid, t.class == slight && !s.acted(t), t.class == stem && (s.has[done]+s.has[now]+s.has[verb]+s.has[can] > 0):
		s.work = true
	}
}

// acted reports that 好了 ends something that was done (重启好了, 填好了), so that it is not the state of a thing.
func (s *scan) acted(t token) bool {
	switch s.last.class {
	case unknown:
		return len(s.last.atoms) > 0 && s.last.atoms[0].kind == han
	case verb:
		return !strings.HasSuffix(t.atoms[0].text, "ok") && t.atoms[0].text != "可"
	}
	return false
}

// bad takes a word for a fault.
func (s *scan) bad(t token) {
	switch {
	case s.negated:
		s.relief, s.negated = true, false
	case s.has[still]+s.has[yet]+s.has[again] > 0:
		s.fail = true
	case t.class == trouble && (s.work || !s.expectsGood()):
		s.fault = true
	case t.class == recur:
		s.other(t)
	}
}

// expectsGood reports that the clause has a word for what works, of which a fault before it is the subject: 报错解决了.
func (s *scan) expectsGood() bool { return s.has[solid]+s.has[slight]+s.has[stem] > 0 }

// other takes an unknown word.
func (s *scan) other(t token) {
	weight := 0
	for _, a := range t.atoms {
		weight++
		if a.kind == word && utf8.RuneCountInString(a.text) > 1 {
			weight++
		}
	}
	if t.class != unknown {
		weight = 0
	}
	s.reach = s.reach || s.negated
	s.negated, s.able = false, false
	if s.work {
		s.after += weight
	} else {
		s.before += weight
	}
}

// finish decides what the whole clause was needed for.
func (s *scan) finish() {
	s.reach = s.reach || s.negated && !s.onlyDenies()
	if s.relief && !s.fail {
		lasting := s.has[done]+s.has[now]+s.has[noMore] > 0 && s.has[still]+s.has[yet] == 0 && s.before+s.after == 0
		s.work, s.fault = s.work || lasting, s.fault || !lasting
	}
	// 还是没声音, "still cannot see it": what still is not, fails. 还没 is only "not yet".
	if s.reach && s.has[still] > 0 && !s.work && s.before+s.after <= maxSubject {
		s.fail = true
	}
}

func (s *scan) onlyDenies() bool { return s.has[deny] > 0 && s.only(deny, greeting, done) }

// only reports that the clause has words of these classes alone.
func (s *scan) only(classes ...class) bool {
	total, these := 0, 0
	for _, n := range s.has {
		total += n
	}
	for _, c := range classes {
		these += s.has[c]
	}
	return total == these
}
