package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoteMarks tells quoted lines from others as the text is read from the top.
type quoteMarks struct {
	lines      []line
	attributed bool // a line above said whom the mail quotes
	broken     bool // a quoted line's end was seen broken off, so others may be
}

// at reports whether line i is quoted: marked by ">", by the initials of the one quoted ("JD> text"), or the broken-off
// end of a quoted line.
func (q *quoteMarks) at(i int) bool {
	l := &q.lines[i]
	if l.code {
		return false
	}
	return l.marked || q.attributed && superCited(l.body) || q.brokenOff(i)
}

// introducedAt reports that the quoted line i itself says whom it quotes, as Apple Mail writes. Only the first
// lines of a quote are asked.
func (q *quoteMarks) introducedAt(i int) bool {
	for k := i; k > i-4; k-- {
		if k == 0 || !q.lines[k-1].marked {
			body := unmark(q.lines[i].body)
			if _, ok := separatorKind(body); ok {
				return true
			}
			return endsWithColon(body) && features(body).attributes()
		}
	}
	return false
}

// superCited reports lines such as "JD> text" or "Richard> text". Names of shells and databases before the sign are
// prompts.
func superCited(body string) bool {
	at := strings.IndexByte(body, '>')
	if at < 1 || at > 12 {
		return false
	}
	who := body[:at]
	for n, r := range who {
		if !unicode.IsLetter(r) || n == 0 && !unicode.IsUpper(r) {
			return false
		}
	}
	if prompts[strings.ToLower(who)] {
		return false
	}
	return len(body) == at+1 || body[at+1] == ' ' || body[at+1] == '>'
}

// prompts are the names that shells and databases put before the sign.
var prompts = words("sql mysql mariadb sqlite ps cmd mongo redis ftp sftp telnet router switch diskpart nslookup netsh")

// brokenOff reports the end of a quoted line that some relay wrapped at its own width: a single unmarked line between
// marked ones that goes on in lower case where the long line above stops in the middle of a sentence. Once one
// was seen, the others of that mail need no unfinished sentence.
func (q *quoteMarks) brokenOff(i int) bool {
	if i == 0 || i+1 >= len(q.lines) || !q.lines[i-1].marked || !q.lines[i+1].marked {
		return false
	}
	above := unmark(q.lines[i-1].body)
	if !unicode.IsLower(firstRune(q.lines[i].body)) || utf8.RuneCountInString(above) < 60 {
		return false
	}
	last := lastRune(above)
	if unicode.IsLetter(last) || last == ',' || q.broken && last != '?' {
		q.broken = true
		return true
	}
	return false
}
