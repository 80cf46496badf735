package reply

import (
	"regexp"
	"strings"
)

// Forwarded is the mail that a person passed on, as the text states it.
type Forwarded struct {
	Name     string // of the original sender, "" when none is stated
	Address  string // of the original sender, "" when none is stated; the domain as written
	Subject  string // raw, without the label
	Date     string // raw, in the words of the client that forwarded
	Offset   int    // byte of the text at which the block begins
	Explicit bool   // the client said that it forwards; else the block is one that replies carry too, and the subject (Fwd:, 转发:) decides
}

// Forwarded finds the first block by which a person passed a mail on: a separator such as
// "---------- Forwarded message ---------" or "-------- 转发邮件信息 --------", or a bare block of headers. A mail whose
// quote opens with "On …, … wrote:" is a reply, whatever its quote holds.
func (t Text) Forwarded() (Forwarded, bool) {
	lines := t.lines
	for i := range lines {
		if lines[i].blank() || lines[i].code {
			continue
		}
		kind, separated := separatorKind(unmark(lines[i].body))
		if separated && kind == separatesAnswer {
			continue
		}
		found, ok := Forwarded{}, false
		if separated {
			found, ok = forwardedBelow(lines, i+1, kind == separatesForwarded)
		} else if block, is := headerBlockAt(lines, i); is {
			found, ok = fromHeaders(block), true
		}
		if ok {
			if attributedAbove(lines, i) {
				return Forwarded{}, false
			}
			found.Explicit = separated && kind == separatesForwarded
			found.Offset = lineOffset(t.text, i)
			return found, true
		}
	}
	return Forwarded{}, false
}

// attributedAbove reports that the first attribution begins on line i or above. It is asked when a block was found, which
// most mails do not have.
func attributedAbove(lines []line, i int) bool {
	attributions := findAttributions(lines)
	if len(attributions) == 0 {
		return false
	}
	from := attributions[0].from
	return from <= i && !lines[from].blank() && !lines[from].code
}

// forwardedBelow reads what stands below a separator: a block of headers, of which a sender or, where the client said
// that it forwards, a subject is enough; or the attribution that some clients write there.
func forwardedBelow(lines []line, i int, explicit bool) (Forwarded, bool) {
	next := nextVisibleUnmarked(lines, i)
	if next == len(lines) || next-i > 3 {
		return Forwarded{}, false
	}
	if body := unmark(lines[next].body); endsWithColon(body) && features(body).attributes() {
		name, address := person(attributionPerson(body))
		return Forwarded{Name: name, Address: address}, address != ""
	}
	block := readHeaders(lines, next)
	if block.kinds == 0 {
		return senderWithoutColon(unmark(lines[next].body))
	}
	return fromHeaders(block), block.has[fieldFrom] || explicit && block.has[fieldSubject]
}

// senderWithoutColon reads eM Client's first line, which parts label and sender by a blank: From "张三" <a@b>.
func senderWithoutColon(body string) (Forwarded, bool) {
	label, value, _ := strings.Cut(body, " ")
	if headerLabels[labelKey(label)] != fieldFrom {
		return Forwarded{}, false
	}
	name, address := person(value)
	return Forwarded{Name: name, Address: address}, address != ""
}

func fromHeaders(block headerBlock) Forwarded {
	name, address := person(block.values[fieldFrom])
	return Forwarded{Name: name, Address: address, Subject: block.values[fieldSubject], Date: block.values[fieldDate]}
}

// attributionPerson is the part of an attribution that names its author: what stands around the address, from the last
// comma on.
func attributionPerson(body string) string {
	at := strings.LastIndexByte(body, '<')
	if at < 0 {
		return body
	}
	head := body[:at]
	if comma := strings.LastIndexAny(head, ",，"); comma >= 0 {
		head = strings.TrimLeft(head[comma:], ",，")
	}
	for words := strings.Fields(head); len(words) > 0 && strings.ContainsAny(words[0], "0123456789"); words = words[1:] {
		head = strings.Join(words[1:], " ")
	}
	head = strings.TrimPrefix(strings.TrimPrefix(head, "AM "), "PM ")
	tail, _, _ := strings.Cut(body[at:], ">")
	return head + tail + ">"
}

var mailAddress = regexp.MustCompile(`[\pL\pN!#$%&'*+/=?^_{|}~.-]+@[\pL\pN][\pL\pN.-]*`)

// person reads a sender as clients print it: "张三 <a@b>", "张三 [mailto:a@b]", "[a@b](mailto:a@b)", "a@b 代表 张三 <c@d>".
func person(value string) (name, address string) {
	value = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&nbsp;", " ", "mailto:", " ", "MAILTO:", " ").Replace(value)
	for _, words := range onBehalf {
		if at := strings.Index(strings.ToLower(value), words); at >= 0 && at+len(words) < len(value) {
			value = value[at+len(words):]
			break
		}
	}
	at := mailAddress.FindStringIndex(value)
	if at == nil {
		return cleanName(value), ""
	}
	address = strings.Trim(value[at[0]:at[1]], "*_.'")
	name = cleanName(value[:at[0]])
	if strings.EqualFold(name, address) {
		name = ""
	}
	return name, address
}

// onBehalf stand between the one who sent and the one in whose name: the latter is the author.
var onBehalf = []string{
	" 代表 ", " on behalf of ", " im auftrag von ", " de la part de ", " en nombre de ", " per conto di ", " em nome de ",
	" namens ", " för ", " на име на ", " от имени ", " の代理 ",
}

// cleanName cuts quotes, brackets and Markdown from a name.
func cleanName(name string) string {
	if at := strings.IndexAny(name, "<["); at > 0 {
		name = name[:at]
	}
	name = strings.Trim(name, " \t\"'“”‘’*_<>[]();,|\\\u00a0")
	return strings.Join(strings.Fields(name), " ")
}

// lineOffset is the byte at which line n of text begins; lines end with LF, CRLF or CR.
func lineOffset(text string, n int) int {
	at := 0
	for ; n > 0 && at < len(text); at++ {
		if text[at] == '\n' || text[at] == '\r' && (at+1 == len(text) || text[at+1] != '\n') {
			n--
		}
	}
	return at
}
