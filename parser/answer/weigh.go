package answer

// maxDetails is the weight of unknown words before the clause that says it works; behind it details may be longer.
const maxDetails = 60

// balance is what the clauses of an answer say together.
type balance struct {
	solved, unsolved, thanked, denied bool
	blurred                           bool // doubt or question
	wished                            bool // a request
	contradicted                      bool // both, trouble, a "but"
	earlier                           bool // it failed earlier, and nothing is said of now
	insisted                          bool // still or again
	other                             bool // neutral words
	line                              int  // of what works
	details                           int  // their weight before a decision
	late                              bool // the decision did not come first
}

// weigh says what the clauses mean together. What works stands only without doubt, question, trouble and "but", and
// without unknown words behind it on its line (可以用了，里面是空的); on further lines they are details. What
// fails stands against all that comes after it but a bare "right?".
func weigh(clauses []clause, score found) Answer {
	var b balance
	atoms := 0
	for i := range clauses {
		c := &clauses[i]
		for _, t := range c.tokens {
			atoms += len(t.atoms)
		}
		if c.remark {
			b.remark(c)
		} else {
			b.add(c)
		}
	}
	return b.answer(atoms > maxProse, score.value > 0)
}

func (b *balance) add(c *clause) {
	decided := b.solved || b.unsolved
	switch c.kind {
	case works:
		b.late = b.late || !decided && (b.other || b.blurred || b.earlier)
		b.solved, b.line = true, c.line
		b.contradicted = b.contradicted || b.earlier && !c.pure
		b.earlier, b.insisted = false, false
	case fails:
		b.late = b.late || !decided && (b.other || b.blurred || b.earlier)
		b.unsolved = b.unsolved || !b.blurred
	case both:
		b.solved, b.unsolved = true, true
	case failed:
		b.earlier = true
		b.insisted = b.insisted || c.insists && !b.blurred
	case troubled:
		b.contradicted = true
	case doubtful:
		b.blurred = true
	case wish:
		b.wished = true
	case question:
		b.blurred = true
		b.unsolved = b.unsolved && !c.bareTrail
	case denial:
		b.denied = true
	case thankful:
		b.thanked = true
	case neutral:
		b.other = true
		b.contradicted = b.contradicted || c.contrast
		b.blurred = b.blurred || b.solved && c.line == b.line && c.unknowns > 0
		if !decided {
			b.details += c.unknowns
		}
	}
}

// remark takes a clause behind a score: a wish or a complaint about the work there does not change what was said of the
// problem; that it fails does.
func (b *balance) remark(c *clause) {
	switch c.kind {
	case works:
		b.solved = true
	case fails:
		b.unsolved = true
	case both:
		b.solved, b.unsolved = true, true
	case thankful:
		b.thanked = true
	case silent:
	default:
		b.other = true
	}
}

func (b *balance) answer(long, scored bool) Answer {
	switch {
	case b.solved && (b.unsolved || b.contradicted || b.earlier || b.denied):
		return Answer{Meaning: Other, Mixed: true}
	case b.solved && (b.blurred || b.wished || b.late && (long || b.details > maxDetails)):
		return Answer{Meaning: Other}
	case b.solved:
		return Answer{Meaning: Solved}
	case (b.unsolved || b.insisted) && !(b.late && long):
		return Answer{Meaning: Unsolved}
	case b.denied && !b.thanked && !b.blurred && !b.wished && !b.contradicted && !b.other && !b.earlier:
		return Answer{Meaning: Unsolved}
	case b.unsolved || b.denied || b.blurred || b.wished || b.contradicted || b.earlier || b.other:
		return Answer{Meaning: Other}
	case scored:
		return Answer{Meaning: Other}
	case b.thanked:
		return Answer{Meaning: Thanks}
	}
	return Answer{Meaning: Empty}
}
