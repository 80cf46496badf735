package phrase

import "regexp"

// Form is a regular expression together with words of which each of its matches holds one. Texts without any of them,
// which are nearly all, cost no matching.
type Form struct {
	form  *regexp.Regexp
	words *Set
}

// MustForm compiles an expression. That each match holds one of the words, in the letter case given here, is for the caller
// to see to.
func MustForm(expression string, words ...string) Form {
	return Form{regexp.MustCompile(expression), NewSet(words...)}
}

// FindString is the leftmost match in text, "" for none.
func (f Form) FindString(text string) string {
	if !f.words.In(text) {
		return ""
	}
	return f.form.FindString(text)
}

// MatchString reports whether text has a match.
func (f Form) MatchString(text string) bool { return f.words.In(text) && f.form.MatchString(text) }
