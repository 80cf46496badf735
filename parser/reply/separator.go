package reply

import "strings"

// separator says what a line that stands between a reply and an older mail announces.
type separator uint8

const (
	separatesOriginal  separator = iota + 1 // "-----Original Message-----": the mail that is answered, or passed on
	separatesForwarded                      // "---------- Forwarded message ---------": passed on
	separatesAnswer                         // "## Please write above this line ##"
)

// separatorKind reads a line such as "-----Original Message-----" or "Begin forwarded message:" in any of our languages.
func separatorKind(body string) (separator, bool) {
	if len(body) < 6 || len(body) > 200 {
		return 0, false
	}
	if drawn(firstRune(body)) {
		inner := strings.TrimFunc(body, drawn)
		before := strings.Index(body, inner)
		after := len(body) - before - len(inner)
		if inner != "" && (before >= 2 && after >= 2 || before >= 3) {
			return drawnSeparator(phraseKey(inner), after >= 2)
		}
	}
	if endsWithColon(body) {
		if forwardedOpenings.has(body) {
			return separatesForwarded, true
		}
	}
	return 0, false
}

// drawnSeparator judges what stands between drawn dashes. With dashes on both sides more may stand there than the
// phrase: "Forwarded by 张三/CORP on 2023-11-15", "Original Message from …".
func drawnSeparator(key string, closed bool) (separator, bool) {
	switch {
	case originalPhrases.keys[key]:
		return separatesOriginal, true
	case forwardedPhrases.keys[key]:
		return separatesForwarded, true
	}
	for _, phrase := range abovePhrases {
		if strings.Contains(key, phrase) {
			return separatesAnswer, true
		}
	}
	if !closed {
		return 0, false
	}
	for n := len(key); n > 3; n-- {
		if n < len(key) && key[n]&0xC0 == 0x80 {
			continue
		}
		switch {
		case forwardedPhrases.keys[key[:n]]:
			return separatesForwarded, true
		case originalPhrases.keys[key[:n]]:
			return separatesOriginal, true
		}
	}
	return 0, false
}

// drawn reports the signs that separators are drawn with, emphasis and blanks too.
func drawn(r rune) bool {
	return isRuleSign(r) || r == '>' || r == '<' || r == '•' || r == '|' || r == '\\' || invisible(r)
}
