package demo

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"maildesk/tickets"
)

// teller tells the terminal, a line at a time and from any goroutine.
type teller struct {
	out      io.Writer
	coloured bool
	mu       sync.Mutex
}

// The colours of the terminal (ECMA-48 8.3.117).
const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	green = "\x1b[32m"
	red   = "\x1b[31m"
	plain = "\x1b[0m"
)

func (t *teller) line(colour, format string, args ...any) {
	line := strings.TrimRight(clean(fmt.Sprintf(format, args...)), " ")
	if t.coloured && colour != "" {
		line = colour + line + plain
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintln(t.out, line)
}

// clean takes out what could drive the terminal: in the live part anybody's mail is told.
func clean(line string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, line)
}

func (t *teller) chapter(n int, title string) { t.line(bold, "\n%d. %s", n, title) }

// mail tells of a mail to the desk, took of what the desk made of it, answer of a mail that it sent.
func (t *teller) mail(from, subject, file string) {
	t.line("", "   mail    %s: %s  (%s)", from, subject, file)
}

func (t *teller) took(f fate) {
	doing := doings[f.verdict]
	if f.number != "" {
		doing += " " + f.number
	}
	t.line(green, "   desk    %s: %s", doing, f.reason)
}

func (t *teller) answer(to, subject, detail string) {
	t.line(dim, "   answer  to %s: %s  (%s)", to, subject, detail)
}

func (t *teller) checked(format string, args ...any) {
	t.line(dim, "           "+format, args...)
}

func (t *teller) wrong(err error) { t.line(red, "   WRONG   %v", err) }

// doings are the verdicts in words; the number follows, if there is one.
var doings = map[tickets.Verdict]string{
	tickets.VerdictOpen:      "opened",
	tickets.VerdictAppend:    "wrote on",
	tickets.VerdictSentAgain: "saw it sent again, on",
	tickets.VerdictBounce:    "noted the failure on",
	tickets.VerdictIgnore:    "ignored it",
	tickets.VerdictRefuse:    "refused it",
	tickets.VerdictHold:      "holds it back, on",
	tickets.VerdictDuplicate: "has it already, on",
	tickets.VerdictSkip:      "skipped it",
	tickets.VerdictFail:      "put it aside, with",
	tickets.VerdictVanish:    "found it gone",
}
