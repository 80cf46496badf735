package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"maildesk/tickets/thread"
)

// colons end a label: plain, full-width, small, vertical, and the ratio sign that some keyboards give for it.
const colons = ":：﹕︰∶"

// listSigns stand between the fields on one line.
const listSigns = ",，;；、|｜"

// longestLabel is how many bytes a label may take with what stands around it.
const longestLabel = 120

// cut is a label that was found, and the value behind it.
type cut struct {
	field *field
	value string
}

// cutLine reads a line: its label and value, or the labels and values of a table row. Without a label at its beginning
// it has none.
func cutLine(line string) []cut {
	if hasBars(line) {
		if row := cutRow(line); row != nil {
			return row
		}
	}
	field, value := cutLabel(line)
	if field == nil {
		return nil
	}
	return cutMore(field, value)
}

// cutLabel cuts the label that line begins with, up to a colon or in 【brackets】. A label alone on its line, such as a
// heading, counts as well.
func cutLabel(line string) (*field, string) {
	head := line[:min(len(line), longestLabel)]
	if f, value := cutBracketed(head, line); f != nil {
		return f, value
	}
	for at := 0; ; {
		next := indexColon(head[at:])
		if next < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(head[at+next:])
		if f := fieldOf(head[:at+next]); f != nil {
			return f, valueBehind(line[:at+next], line[at+next+size:])
		}
		if at += next + size; strings.Count(head[:at], "(")+strings.Count(head[:at], "（") == 0 {
			break // only a hint in parentheses may have a colon of its own
		}
	}
	if len(line) < longestLabel {
		return fieldOf(line), ""
	}
	return nil, ""
}

// cutBracketed cuts a label in 【brackets】, which stand in the head of the line.
func cutBracketed(head, line string) (*field, string) {
	if !strings.Contains(head, "【") {
		return nil, ""
	}
	inner, ok := strings.CutPrefix(trimMarks(head), "【")
	label, _, closed := strings.Cut(inner, "】")
	if !ok || !closed {
		return nil, ""
	}
	_, value, _ := strings.Cut(line, "】")
	return fieldOf(label), strings.TrimLeft(value, " *_"+colons)
}

// fieldOf is the field that a label names, nil for none. Most that is asked for is prose, and mere length tells.
func fieldOf(label string) *field {
	last, _ := utf8.DecodeLastRuneInString(label)
	if label == "" || strings.ContainsRune("。！？，；!?,;", last) {
		return nil // no name ends so, and plain does not cut it
	}
	limit := longestName
	if last == '.' {
		limit = longestShort
	}
	if strings.IndexByte(label, '(') < 0 && !strings.Contains(label, "（") && outgrows(label, limit) {
		return nil
	}
	return names[plain(label)]
}

// longestName is how many letters the longest name has, as outgrows counts them, longestShort the longest of those that end
// with a full stop because they are shortened: "dept.".
var longestName, longestShort = longest(""), longest(".")

func longest(ending string) (letters int) {
	for name := range names {
		for strings.HasSuffix(name, ending) && outgrows(name, letters) {
			letters++
		}
	}
	return letters
}

// outgrows reports that label has more letters than limit, of those that plain leaves in it for sure when it has no hint
// in parentheses: a Latin one counts one, a Chinese one three, the numerals none.
func outgrows(label string, limit int) bool {
	letters := 0
	for _, r := range label {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			letters++
		case r >= 0x4E00 && r <= 0x9FFF:
			letters += chineseLetters(r)
		}
		if letters > limit {
			return true
		}
	}
	return false
}

func chineseLetters(r rune) int {
	switch r {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九', '十':
		return 0
	}
	return 3
}

// indexColon is the index of the first of colons, -1 for none.
func indexColon(text string) int {
	for i := range len(text) {
		switch c := text[i]; {
		case c == ':':
			return i
		case c == 0xEF || c == 0xE2: // with which the others begin
			if r, _ := utf8.DecodeRuneInString(text[i:]); strings.ContainsRune(colons, r) {
				return i
			}
		}
	}
	return -1
}

// valueBehind is a value without the end of the emphasis in which its label stands.
func valueBehind(label, value string) string {
	if strings.ContainsAny(label, "*_") {
		value = strings.TrimLeft(value, "*_ ")
	}
	return value
}

// plain is a label as names has it: half-width, in lower case, without marks of lists, numbering and emphasis, without
// hints in parentheses, and with no blanks between Chinese characters.
func plain(label string) string {
	label = strings.TrimSpace(withoutHints(strings.ToLower(thread.Fold(trimMarks(label)))))
	label = strings.Trim(label, " *_`#:[]【】\"'“”")
	if first, _ := utf8.DecodeRuneInString(label); unicode.Is(unicode.Han, first) {
		return strings.Join(strings.Fields(label), "")
	}
	return strings.Join(strings.Fields(label), " ")
}

// numerals are those of Chinese lists, which are no part of a label.
const numerals = "一二三四五六七八九十"

// trimMarks cuts what may stand before a label: blanks, marks of quotes, lists and emphasis, a number with its sign.
func trimMarks(label string) string {
	const marks = "> \t\u00a0\u3000*_`#-+•·●○■□◆◇▪–"
	label = strings.TrimLeft(label, marks)
	digits := strings.TrimLeft(label, "(（0123456789①②③④⑤⑥⑦⑧⑨⑩"+numerals)
	if used := label[:len(label)-len(digits)]; used != "" {
		after := strings.TrimLeft(digits, ".、)）． ")
		if len(after) < len(digits) || strings.ContainsAny(used, "①②③④⑤⑥⑦⑧⑨⑩") {
			label = after
		}
	}
	return strings.TrimLeft(label, marks)
}

// withoutHints drops (what stands in parentheses), after full-width ones were folded.
func withoutHints(label string) string {
	if !strings.Contains(label, "(") {
		return label
	}
	var b strings.Builder
	depth := 0
	for _, r := range label {
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	if depth > 0 {
		return "" // the hint goes on: the label has not ended
	}
	return b.String()
}

// cutMore finds further labels on the same line: 反馈人：张三　所属部门：市场部. They are Chinese names in full, behind a
// blank; what stands in a sentence is not taken for one.
func cutMore(f *field, value string) []cut {
	var cuts []cut
	from := 0
	for at := 0; ; {
		next := indexColon(value[at:])
		if next < 0 {
			break
		}
		colon := at + next
		_, size := utf8.DecodeRuneInString(value[colon:])
		at = colon + size
		begin := wordBefore(value, from, colon)
		if other := names[value[begin:colon]]; begin > from && other != nil && other.chinese == value[begin:colon] {
			cuts = append(cuts, cut{f, strings.TrimRight(value[from:begin], " \t\u3000"+listSigns)})
			f, from = other, at
		}
	}
	return append(cuts, cut{f, value[from:]})
}

// wordBefore is where the word begins that ends at end; from if there is no blank between.
func wordBefore(text string, from, end int) int {
	for i := end; i > from && i > end-longestLabel/2; {
		r, size := utf8.DecodeLastRuneInString(text[from:i])
		if unicode.IsSpace(r) || strings.ContainsRune(listSigns, r) {
			return i
		}
		i -= size
	}
	return from
}
