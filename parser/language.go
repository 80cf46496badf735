package parser

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// proseLetters is how many letters of prose tell a language; a Han character says as much as three letters.
const (
	proseLetters = 20
	hanWeight    = 3

	languageSample = 8 << 10 // bytes that are looked at
	enoughLetters  = 400     // no more are counted
)

// language is that of the new text. Where that is too short to tell, the subject helps, unless it was taken over from
// the mail that is answered.
func (m *Message) language() string {
	lang := language(m.NewText)
	if lang == "" && len(m.InReplyTo) == 0 && len(m.References) == 0 {
		lang = language(BaseSubject(m.Subject) + "\n" + m.NewText)
	}
	return lang
}

// language is zh or en, "" when text has too little prose to tell. Han letters weigh enough when they are a third of
// all: Chinese about computers is full of English words.
func language(text string) string {
	han, latin, other := 0, 0, 0
	for line := range strings.SplitSeq(text[:min(len(text), languageSample)], "\n") {
		if han*hanWeight+latin+other > enoughLetters {
			break
		}
		if isMachineLine(line) {
			continue
		}
		for line != "" {
			var h, l, o int
			h, l, o, line = countLetters(line)
			han, latin, other = han+h, latin+l, other+o
		}
	}
	weight := han * hanWeight
	switch {
	case weight+latin+other < proseLetters:
		return ""
	case other > weight && other > latin:
		return ""
	case weight*2 >= latin:
		return "zh"
	}
	return "en"
}

// countLetters counts the letters of the first word of a line by script, and returns what follows its blank. None are counted
// in what nobody writes as prose: addresses, paths, codes.
func countLetters(line string) (han, latin, other int, rest string) {
	lower, digits, joints := 0, 0, 0
	code := false
	word := line
	for i, r := range line {
		if r >= 0x4E00 && r <= 0x9FFF { // nearly all Han are in this range
			han++
			continue
		}
		if r == ' ' || r == '\t' || r > unicode.MaxASCII && unicode.IsSpace(r) {
			word, rest = line[:i], line[i+utf8.RuneLen(r):]
			break
		}
		switch {
		case r >= 'a' && r <= 'z':
			latin++
			lower++
		case r >= '0' && r <= '9':
			digits++
		case r >= 'A' && r <= 'Z':
			latin++
		case r == '.' || r == ':':
			joints++
		case r < utf8.RuneSelf:
			code = code || strings.IndexByte(`@\/_=<>{}[]$`, byte(r)) >= 0
		case r == '，' || r == '。' || r == '、' || r == '！':
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Latin, r):
			latin++
			if !unicode.IsUpper(r) {
				lower++
			}
		case unicode.IsLetter(r):
			other++
		case unicode.IsDigit(r):
			digits++
		}
	}
	code = code || latin > 1 && lower == 0 || digits > 0 ||
		joints > 0 && (strings.Contains(word, "::") || strings.Contains(strings.TrimRight(word, "."), "."))
	if code {
		latin = 0
	}
	return han, latin, other, rest
}

// machineLine matches lines that a program wrote: frames and causes of stack traces, log lines, shell prompts,
// hexadecimal, quoted text.
var machineLine = regexp.MustCompile(`^\s*(at [\w$.<>]+[(:]|File ".*", line \d+|Traceback \(most|Caused by:|\.\.\. \d+ more|goroutine \d+|[\w.$]*(Exception|Error)\b\s*(:|$)|` +
	`\d{4}-\d\d-\d\d[ T]\d\d:\d\d|\d\d:\d\d:\d\d[.,]|\[?(ERROR|WARN|INFO|DEBUG|FATAL)\b|[$#>] ?\S|PS [A-Z]:|[A-Z]:\\|ERR[_-]|(?i:error(?: code)?|fatal|warning|exception|stop code)\s*[:：]|错误(代码|信息|提示)\s*[:：]|0x[0-9A-Fa-f]+)`)

func isMachineLine(line string) bool {
	return isCodeLine(strings.TrimSpace(line)) || mayBeMachine(line) && machineLine.MatchString(line)
}

// mayBeMachine is quick to say that machineLine does not match, by the signs and words of which each alternative has one.
func mayBeMachine(line string) bool {
	line = strings.TrimLeft(line, " \t\r\n\f")
	switch {
	case line == "":
		return false
	case line[0] >= utf8.RuneSelf:
		// (?i) takes ſ for an s.
		return (strings.HasPrefix(line, "错误") || strings.HasPrefix(line, "ſ")) && (strings.IndexByte(line, ':') >= 0 || strings.Contains(line, "："))
	case line[0] >= '0' && line[0] <= '9' && strings.IndexByte(line, '-') < 0 && strings.IndexByte(line, ':') < 0 && !strings.HasPrefix(line, "0x"):
		return strings.Contains(line, "Error") || strings.Contains(line, "Exception")
	case line[0] < 'A' || strings.IndexByte(line, ':') >= 0 || strings.Contains(line, "："):
		return true
	case strings.HasPrefix(line, "at "), strings.HasPrefix(line, "File "), strings.HasPrefix(line, "Traceback "), strings.HasPrefix(line, "goroutine "):
		return true
	case strings.HasPrefix(line, "["), strings.Contains(line, "Error"), strings.Contains(line, "Exception"):
		return true
	}
	return strings.HasPrefix(line, "ERR") || strings.HasPrefix(line, "WARN") || strings.HasPrefix(line, "INFO") || strings.HasPrefix(line, "DEBUG") ||
		strings.HasPrefix(line, "FATAL")
}

// isCodeLine reports a statement of a programming language.
func isCodeLine(line string) bool {
	if line == "" || strings.IndexByte(";{}", line[len(line)-1]) < 0 || !strings.ContainsAny(line, "(){}=") {
		return false
	}
	return !strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
