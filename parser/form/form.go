package form

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"maildesk/parser/form/moment"
	"maildesk/tickets/thread"
)

// Parse reads the form in the new text of a mail of the given Date, in whose zone its times are. It is nil when text is
// none: a form has at least two of the fields that a requester fills in, empty or not. Only filled ones are in the map,
// so that of an empty form is empty.
func Parse(text string, mail time.Time) map[string]string {
	var r reader
	for line := range strings.Lines(text) {
		r.line(strings.TrimRight(line, " \t\r\n"))
	}
	if len(r.known) < 2 {
		return nil
	}
	r.resolveTime(mail)
	if r.values == nil {
		return map[string]string{}
	}
	return r.values
}

// ParseQuoted reads a form that was filled in inside the quote of the mail that brought it. Only what stands below the
// title of the empty form counts: other lines of a quoted mail that look like a form are old.
func ParseQuoted(quoted string, mail time.Time) map[string]string {
	for at := 0; at < len(quoted); {
		line, _, _ := strings.Cut(quoted[at:], "\n")
		at += min(len(line)+1, len(quoted)-at)
		if isTitle(line) {
			return Parse(quoted[at:], mail)
		}
	}
	return nil
}

func isTitle(line string) bool {
	if len(line) > longestLabel {
		return false
	}
	line = plain(line)
	return line == title.chinese || line == strings.ToLower(title.english)
}

// reader goes through a text line by line.
type reader struct {
	values map[string]string
	known  map[string]bool // fields for a requester that were seen, filled in or not

	open  *field   // whose value may go on; nil when none
	lines []string // of the open value
	held  []string // lines below a blank one: of the value only if a label comes below them
	head  []*field // columns of the table whose head was the line above
	done  bool     // the form is over
}

func (r *reader) line(raw string) {
	if r.done {
		return
	}
	line := unquoted(raw)
	switch head := r.head; {
	case isRule(line):
		return // between a head and its values
	case ends(line):
		r.shut(false)
		r.done = len(r.known) > 0
	default:
		row := cutColumns(head, line)
		r.head = nil
		if row == nil {
			row = cutLine(line)
			r.head = columns(row)
		}
		if row == nil {
			r.text(line)
			return
		}
		r.row(row)
	}
}

// unquoted cuts the marks of a quote, and blanks.
func unquoted(line string) string {
	line = strings.TrimSpace(line)
	if line == "" || line[0] > '>' && line[0] < utf8.RuneSelf {
		return line // a letter: nothing to cut
	}
	return strings.TrimSpace(strings.TrimLeft(line, "> \u00a0"))
}

// ends reports the lines below which a mail has nothing of its form: the separator of a signature, our own footer and
// token lines.
func ends(line string) bool {
	return line == "--" || strings.HasPrefix(line, "· ") && len(thread.FindFooters(line)) > 0 ||
		strings.HasPrefix(line, "[") && len(thread.FindTokenLines(line)) > 0
}

// row takes the labels and values of a line. The last value may go on below it.
func (r *reader) row(row []cut) {
	r.shut(true)
	for i, c := range row {
		if !c.field.ours {
			r.know(c.field.key)
		}
		if i > 0 {
			r.shut(true)
		}
		r.open = c.field
		r.add(c.value)
	}
}

func (r *reader) know(key string) {
	if r.known == nil {
		r.known = map[string]bool{} // not before: most mails have no form
	}
	r.known[key] = true
}

// text takes a line without a label: it belongs to the open value, if that may go on. Below a blank line that is not
// clear before the next label comes.
func (r *reader) text(line string) {
	switch {
	case r.open == nil:
	case line == "" || len(r.held) > 0:
		r.held = append(r.held, line)
	default:
		r.add(line)
	}
}

// add takes a line of the open value, unless it is nothing but what was there to be filled in.
func (r *reader) add(value string) {
	value = chosen(strings.TrimSpace(value))
	if !isPlaceholder(value) && (r.open.long || len(r.lines) == 0) {
		r.lines = append(r.lines, value)
	}
}

// shut ends the open value. What stands below a blank line is part of it only if another label follows.
func (r *reader) shut(followed bool) {
	if r.open == nil {
		return
	}
	for _, line := range r.held {
		switch {
		case !followed:
		case line == "" && r.open.long:
			r.lines = append(r.lines, line)
		default:
			r.add(line)
		}
	}
	if value := strings.TrimSpace(strings.Join(r.lines, "\n")); value != "" {
		r.store(value)
	}
	r.open, r.lines, r.held = nil, nil, nil
}

// store keeps a value. Of two for one field, a long one goes on, else the first counts: below it stands what was quoted.
func (r *reader) store(value string) {
	key := r.open.key
	switch before, twice := r.values[key]; {
	case r.values == nil:
		r.values = map[string]string{key: value}
	case !twice:
		r.values[key] = value
	case r.open.long && before != value:
		r.values[key] = before + "\n" + value
	}
}

// resolveTime turns the time of occurrence into RFC 3339, where it can be.
func (r *reader) resolveTime(mail time.Time) {
	r.shut(false)
	if t, ok := moment.When(r.values[OccurredAt], mail); ok {
		r.values[OccurredAt] = t.Format(time.RFC3339)
	}
}

// placeholders are what stands where nothing was filled in, without the marks around it.
var placeholders = []string{"", "选填", "必填", "请填写", "待填写", "optional", "required", "please fill in"}

// isPlaceholder reports a value that is only lines, dots, or a hint.
func isPlaceholder(value string) bool {
	if len(value) > longestLabel {
		return false
	}
	inner := strings.TrimFunc(strings.ToLower(thread.Fold(value)), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("_-.…—·/\\*()[]<>|~", r)
	})
	if slices.Contains(placeholders, inner) {
		return true
	}
	return slices.ContainsFunc(fields, func(f field) bool { return inner == f.hint.chinese || inner == f.hint.english })
}

const (
	ticked   = "☑☒✅✔✓■●◉"
	unticked = "□☐○◯"
)

// chosen is the one that is ticked of "□严重 ☑一般 □轻微", all of value when there is nothing to tick.
func chosen(value string) string {
	if !strings.ContainsAny(value, unticked) {
		return strings.TrimLeft(value, ticked+" ")
	}
	at := strings.IndexAny(value, ticked)
	if at < 0 {
		return ""
	}
	choice := strings.TrimLeft(value[at:], ticked+" ")
	if end := strings.IndexAny(choice, unticked+ticked); end >= 0 {
		choice = choice[:end]
	}
	return strings.TrimSpace(choice)
}
