package phrase

import (
	"strings"
	"testing"
)

func TestSet(t *testing.T) {
	set := NewSet("?", "mail", "mail system", "mailer", "收件人", "件", "mail", "")
	for _, c := range []struct {
		name, text string
		count      int
	}{
		{"nothing", "no such word", 0},
		{"empty", "", 0},
		{"shorter than any", "ma", 0},
		{"the whole text", "mail", 1},
		{"at the end", "an e-mail", 1},
		{"one within another", "the mail system", 2},
		{"twice", "mail and mail", 1},
		{"a beginning alone", "mai", 0},
		{"a short one", "why?", 1},
		{"Chinese", "请联系收件人", 2},
		{"another letter case", "MAIL", 0},
		{"more than one", "? mailer 收件人", 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := set.Count(c.text); got != c.count {
				t.Errorf("Count(%q) = %d, want %d", c.text, got, c.count)
			}
			if got := set.In(c.text); got != (c.count > 0) {
				t.Errorf("In(%q) = %v", c.text, got)
			}
		})
	}
}

func TestForm(t *testing.T) {
	form := MustForm(`^(?:mailer|mail)[-_]daemon`, "daemon")
	if got := form.FindString("mailer-daemon@corp.example"); got != "mailer-daemon" {
		t.Errorf("FindString = %q", got)
	}
	for text, want := range map[string]bool{"mail_daemon": true, "a daemon": false, "mailer": false} {
		if form.MatchString(text) != want {
			t.Errorf("MatchString(%q) is not %v", text, want)
		}
	}
}

// The set finds what looking for each phrase finds.
func FuzzSet(f *testing.F) {
	f.Add("mail|mail system|收件人|?", "the mail system 收件人")
	f.Add("a|ab|abc|abcd", "xabcx")
	f.Fuzz(func(t *testing.T, table, text string) {
		phrases := strings.Split(table, "|")
		want := map[string]bool{}
		for _, p := range phrases {
			if p != "" && strings.Contains(text, p) {
				want[p] = true
			}
		}
		set := NewSet(phrases...)
		if got := set.Count(text); got != len(want) || set.In(text) != (got > 0) {
			t.Errorf("Count %d, In %v, want %v", got, set.In(text), want)
		}
	})
}
