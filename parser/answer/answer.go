package answer

import (
	"strings"
	"unicode/utf8"
)

// Meaning is what an answer says about the problem.
type Meaning string

// The meanings of an answer.
const (
	Solved   Meaning = "solved"   // it works
	Unsolved Meaning = "unsolved" // it does not work, or fails again
	Thanks   Meaning = "thanks"   // politeness only: receipts, thanks, praise; neither a confirmation nor an objection
	Empty    Meaning = "empty"    // no words at all, or a greeting without any
	Other    Meaning = "other"    // anything else: more information, a question, a doubt, a bare score, with courtesy or without
)

// Answer is what was read from a mail's new text.
type Answer struct {
	Meaning Meaning
	Score   int    // 1–5, 0 when none is given or several are
	Comment string // what stands behind the score; in a survey with nothing behind it, the whole text. Original spelling
	Words   string // the words that decided, as written, for the record; "" where Meaning is Other or Empty
	Mixed   bool   // it says both (“可以了，但是打印机还是不行”); Meaning is Other
}

// maxRead is how many bytes are looked at; a longer text is no short and clear answer, hence Other.
const maxRead = 16 << 10

// maxProse is how many atoms an answer has that decides at any place. In a longer one the first clause must decide.
const maxProse = 400

// Read reads an answer to a resolution, or any other mail on a ticket. A score counts where people put one: at the very
// beginning, behind the word that confirms, or with its unit ("5分"). A bare "5" is Other with a Score.
func Read(newText string) Answer { return read(newText, false) }

// ReadSurvey reads an answer to the survey: the score wherever it stands, and the comment. Meaning says what the words
// beside it mean, so that "2 又不行了" can reopen. Of words in place of a number only the ends of the scale count
// (非常满意, very dissatisfied); what lies between is nobody's to guess.
func ReadSurvey(newText string) Answer { return read(newText, true) }

func read(newText string, survey bool) Answer {
	head := newText
	if len(head) > maxRead {
		head = head[:maxRead]
		for len(head) > maxRead-utf8.UTFMax && !utf8.RuneStart(newText[len(head)]) {
			head = head[:len(head)-1]
		}
	}
	atoms := split(head)
	clauses := clausesOf(atoms)
	score, found := findScore(clauses, survey)
	a := weigh(clauses, score)
	if len(head) < len(newText) {
		a = Answer{Meaning: Other}
	}
	a.Score = score.value
	if found {
		a.Comment = comment(newText, clauses, score, len(head))
	}
	if survey && a.Comment == "" && a.Meaning != Empty && !(found && score.first) {
		a.Comment = strings.TrimSpace(newText)
	}
	if a.Meaning != Other && a.Meaning != Empty {
		a.Words = words(head, clauses, a.Meaning)
	}
	return a
}

// comment is what stands behind the score, without the closing lines of the letter.
func comment(text string, clauses []clause, score found, read int) string {
	end := len(text)
	if read == end {
		for i := len(clauses) - 1; i >= 0 && clauses[i].kind == silent && clauses[i].from >= score.to; i-- {
			if clauses[i].ownLine || i+1 < len(clauses) && clauses[i].line == clauses[i+1].line {
				end = clauses[i].from
			}
		}
	}
	behind := strings.TrimLeft(text[score.to:max(end, score.to)], " \t\r\n\u3000,，.。;；:：!！、~～-—)）\uFE0F\u20E3")
	return strings.TrimRight(behind, " \t\r\n\u3000")
}

// words are the words that decided: those of the first clause that means m.
func words(text string, clauses []clause, m Meaning) string {
	for _, c := range clauses {
		if c.kind.meaning() == m {
			return strings.TrimSpace(text[c.from:c.to])
		}
	}
	return ""
}
