package reply

import (
	"strings"
	"unicode/utf8"
)

// field is one kind of line in the block of headers that stands above an older mail.
type field uint8

const (
	fieldFrom field = iota + 1
	fieldDate
	fieldTo
	fieldCc
	fieldSubject
	fieldReplyTo
	fieldOther
	fields // how many there are, with none
)

// headerLines bounds a block of headers with its folded lines.
const headerLines = 40

// headerBlock is the block of headers that Outlook and its kin write above an older mail.
type headerBlock struct {
	to     int // index of the line below the block
	kinds  int // how many different fields it has
	has    [fields]bool
	values [fields]string
}

// headerBlockAt reads the block of headers that begins on line i. To be one, it names a sender and at least two more
// fields, the date or subject among them.
func headerBlockAt(lines []line, i int) (headerBlock, bool) {
	if lines[i].code || labelOf(unmark(lines[i].body)) == 0 {
		return headerBlock{}, false
	}
	if i > 0 && !lines[i-1].code && labelOf(unmark(lines[i-1].body)) != 0 {
		return headerBlock{}, false
	}
	block := readHeaders(lines, i)
	return block, block.has[fieldFrom] && (block.has[fieldDate] || block.has[fieldSubject]) && block.kinds >= 3
}

// readHeaders reads labelled lines from line i on, over folded values and single blank lines.
func readHeaders(lines []line, i int) headerBlock {
	block := headerBlock{to: i}
	var last field
	marked := lines[i].marked
	for k := i; k < min(len(lines), i+headerLines); k++ {
		if lines[k].code || lines[k].marked != marked {
			break
		}
		body := unmark(lines[k].body)
		if isTableRule(body) {
			continue
		}
		if body == "" {
			next := nextVisibleUnmarked(lines, k)
			if next-k > 2 || next == len(lines) || labelOf(unmark(lines[next].body)) == 0 {
				break
			}
			continue
		}
		if label := labelOf(body); label != 0 {
			if !block.has[label] {
				block.kinds++
				block.has[label], block.values[label] = true, labelValue(body)
			} else if label == fieldFrom {
				break
			}
			last = label
		} else if folds(lines, k) {
			if last != fieldDate {
				block.values[last] += " " + body
			}
		} else {
			break
		}
		block.to = k + 1
	}
	return block
}

// isTableRule reports the line below the head of a Markdown table: "| --- | --- |".
func isTableRule(body string) bool {
	return strings.HasPrefix(body, "|") && strings.Trim(body, "|-: ") == ""
}

func nextVisibleUnmarked(lines []line, i int) int {
	for i < len(lines) && unmark(lines[i].body) == "" {
		i++
	}
	return i
}

// folds reports that line k goes on from the header line above: it names addresses, the line above ends with a list's
// comma, or another label follows soon.
func folds(lines []line, k int) bool {
	body := lines[k].body
	if len(body) > 500 {
		return false
	}
	above := lines[k-1].body
	if above == "" {
		return false
	}
	if strings.Contains(body, "@") && !endsSentence(body) || strings.ContainsRune(";,；，", lastRune(above)) {
		return true
	}
	for next := k + 1; next < min(len(lines), k+3); next++ {
		if lines[next].blank() {
			return false
		}
		if labelOf(unmark(lines[next].body)) != 0 {
			return true
		}
	}
	return false
}

// labelBytes bounds how far into a line the colon of a label stands.
const labelBytes = 64

// labelOf is the field that a line such as "From: …", "**Von:** …", "| 发件人：| …" states, 0 for any other line.
func labelOf(body string) field {
	key, _, ok := cutLabel(body)
	if !ok {
		return 0
	}
	return headerLabels[key]
}

// labelValue is what stands behind the label of a header line.
func labelValue(body string) string {
	_, value, _ := cutLabel(body)
	if strings.Contains(value, "&nbsp;") {
		value = strings.ReplaceAll(value, "&nbsp;", " ")
	}
	return strings.Trim(value, " *_|\t\u00a0")
}

// cutLabel parts a line behind its label, at the first colon, tab or edge of a table's cell; key is the label reduced
// by labelKey.
func cutLabel(body string) (key, value string, ok bool) {
	body = strings.TrimLeft(body, "| ")
	head := body[:min(len(body), labelBytes)]
	at := labelEnd(head)
	if at < 1 {
		return "", "", false
	}
	key = labelKey(head[:at])
	_, size := utf8.DecodeRuneInString(body[at:])
	return key, body[at+size:], key != ""
}

// labelEnd is the index of the sign that ends a label, -1 for none.
func labelEnd(head string) int {
	for i := range len(head) {
		if endsLabel[head[i]] && (head[i] != 0xEF || strings.HasPrefix(head[i:], "：")) {
			return i
		}
	}
	return -1
}

// endsLabel are the bytes with which the signs begin that end a label.
var endsLabel = [256]bool{':': true, '\t': true, '|': true, 0xEF: true}

// labelKey reduces a label to its words in lower case: no emphasis, no table edge, no blanks inside Chinese labels
// ("主　题", "日　期").
func labelKey(label string) string {
	label = strings.Trim(label, " *_|\t>#\u00a0\u3000\ufeff")
	if label == "" {
		return ""
	}
	if label[0] >= 0x80 {
		label = strings.ReplaceAll(strings.ReplaceAll(label, "\u3000", ""), "\u00a0", " ")
		if label[0] >= 0xE3 {
			label = strings.ReplaceAll(label, " ", "")
		}
	}
	return strings.ToLower(label)
}
