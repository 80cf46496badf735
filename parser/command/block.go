package command

import (
	"strings"

	"maildesk/tickets"
)

// Block is what the new text of a mail orders and says.
type Block struct {
	Commands []Command // at the top, in order
	Unknown  []Unknown // at the top, too
	Stray    []Command // known verbs further down, after message text: with any of these, nothing runs
	// Message is what remains for other people to read. Without commands it is the whole text; after #resolve, #wait
	// and #reply it begins on their own line. What #note and #private hold back is never in it.
	Message string
}

// Command is a line that begins with a known verb.
type Command struct {
	Verb     string           // key of the table
	Number   string           // of the ticket that the line names, "" when none: letters in upper case, no blanks
	Lines    []Span           // of the list that is answered, which the line names instead; nil when none
	Args     string           // as typed, without blanks around it; several lines where the verb takes them
	Raw      string           // the line as it stood
	Language tickets.Language // of the verb as typed
}

// Unknown is a line that looks like a command and is none.
type Unknown struct {
	Word        string // as typed, without #; "" when the line names lines of the list that is answered and says no more
	Number      string // as Command's
	Raw         string
	Language    tickets.Language
	Suggestions []string // names of verbs in that language, without #, most similar first; at most three
}

// Parse splits the new text of a mail. A text without commands comes back as it is, as the message.
//
// Lines after a command that names its ticket ("#IT20231115001 resolve") belong to that command, up to the next that
// names one, so that a mail can serve several tickets.
func Parse(newText string) Block {
	if !hasSign(newText) {
		return Block{Message: newText}
	}
	return split(newText, false)
}

// split is Parse and ParseNumbered.
func split(newText string, numbered bool) Block {
	r := reader{numbered: numbered, quiet: true, fences: strings.Count(newText, fence)}
	for raw := range strings.Lines(newText) {
		r.line(strings.TrimRight(raw, " \t\r\n"))
	}
	r.close()
	if r.quiet {
		return Block{Stray: r.found.Stray, Message: newText}
	}
	r.found.Message = strings.TrimSpace(strings.Join(r.message, "\n"))
	return r.found
}

// hasSign reports one of signs.
func hasSign(text string) bool {
	return strings.IndexByte(text, '#') >= 0 || strings.Contains(text, "＃") || strings.Contains(text, "﹟")
}

// reader goes through a text line by line.
type reader struct {
	found    Block
	numbered bool     // a list with numbered lines is answered
	quiet    bool     // no command was given, not even an unknown one
	state    state    // what the next line of text belongs to
	open     []string // lines of the last command, while it takes them
	message  []string
	fenced   bool // between two fences, where everything is text
	fences   int  // at most so many fences are still to come
	doubts   int  // unknown words that were compared
}

type state uint8

const (
	top     state = iota // nothing yet, or commands that take no more lines
	lines                // the text of a Lines verb
	section              // the text of a command that ends the others and names its tickets
	rest                 // the text of #note or #private: to the end of the mail
	message              // the message: to the end of the mail
)

func (r *reader) line(raw string) {
	var h head
	if !r.inFence(raw) {
		h = readHead(raw)
		if r.numbered && h.word == "" {
			h = readNumbered(raw)
		}
	}
	switch {
	case h.verb != nil && (r.state == top || !h.loose || h.args == ""):
		r.known(h)
	case (h.word != "" || h.lines != nil) && h.verb == nil && r.suspects(h):
		r.unknown(h)
	default:
		r.text(raw)
	}
}

// fence opens and closes a block of code. One that is never closed is none.
const fence = "```"

func (r *reader) inFence(raw string) bool {
	if n := strings.Count(raw, fence); n > 0 {
		r.fences -= n
		if strings.HasPrefix(strings.TrimSpace(raw), fence) {
			r.fenced = !r.fenced && r.fences > 0
		}
	}
	return r.fenced
}

// maxDoubts is how many unknown words of a mail are compared with all verbs; nobody mistypes more.
const maxDoubts = 100

// suspects reports that an unknown word is a mistake rather than text. At the top that is any, but a heading ("# Problem")
// or a sentence that begins with a number must be very near to a known verb. Among the lines that a verb takes for
// its text, that is asked of every word.
func (r *reader) suspects(h head) bool {
	if r.doubts >= maxDoubts || r.state != top && r.state != lines && (h.lines == nil || r.state != section) {
		return false
	}
	r.doubts++
	if h.lines != nil {
		return h.meant(r.state)
	}
	if r.state == top && !h.loose && h.number == "" {
		return true
	}
	return (r.state == top || !h.loose) && h.mistyped()
}

func (r *reader) known(h head) {
	c := Command{Verb: h.verb.Key, Number: h.number, Lines: h.lines, Args: h.args, Raw: h.raw, Language: h.language}
	if r.state == message || r.state == rest || r.state == section && !h.names() {
		r.found.Stray = append(r.found.Stray, c)
		r.text(h.raw)
		return
	}
	r.close()
	r.quiet = false
	r.found.Commands = append(r.found.Commands, c)
	r.state = after(h)
	switch r.state {
	case lines, section, rest:
		r.open = append(r.open, h.args)
	case message:
		r.message = append(r.message, h.args)
	}
}

// after is the state that a command leaves.
func after(h head) state {
	switch {
	case h.verb.Argument == Lines:
		return lines
	case h.verb.Argument.ends() && h.names():
		return section
	case h.verb.Argument == Internal:
		return rest
	case h.verb.Argument == Message:
		return message
	}
	return top
}

func (r *reader) unknown(h head) {
	r.close()
	r.quiet, r.state = false, top
	r.found.Unknown = append(r.found.Unknown, Unknown{Word: h.word, Number: h.number, Raw: h.raw, Language: h.language, Suggestions: suggest(h.word)})
}

// text takes a line that is no command. Blank lines and quoted ones at the top leave room for commands below them.
func (r *reader) text(raw string) {
	if r.state != top && r.state != message {
		r.open = append(r.open, raw)
		return
	}
	r.message = append(r.message, raw)
	if blank := strings.TrimSpace(raw); blank != "" && blank[0] != '>' {
		r.state = message
	}
}

// close gives the last command the lines that it took.
func (r *reader) close() {
	if len(r.open) > 0 {
		r.found.Commands[len(r.found.Commands)-1].Args = strings.TrimSpace(strings.Join(r.open, "\n"))
		r.open = nil
	}
}
