package moment

import (
	"strings"
	"unicode/utf8"

	"maildesk/tickets/thread"
)

// numerals are the Chinese digits; 十 is multiplied.
var numerals = map[rune]int{
	'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '兩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '十': 10, '廿': 20,
}

// IsNumeral reports a digit of a Chinese numeral, or 半, which begins a length of time too.
func IsNumeral(r rune) bool {
	_, ok := numerals[r]
	return ok || r == '半'
}

// CutNumeral cuts the whole number that text begins with, in digits of any width or Chinese numerals below 100. It is -1
// when there is none or it has more than six digits.
func CutNumeral(text string) (n int, rest string) {
	end := 0
	for i, r := range text {
		_, chinese := numerals[r]
		if !chinese && !isDigit(r) {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return number(text[:end]), text[end:]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// number is the value of digits ("2023"), digits in characters ("二〇二三") or a Chinese number ("二十三"); -1 for anything else.
func number(text string) int {
	if text == "" || utf8.RuneCountInString(text) > 6 {
		return -1
	}
	total, ones, tens := 0, 0, false
	for _, r := range thread.Fold(text) {
		value, chinese := numerals[r]
		switch {
		case r >= '0' && r <= '9':
			ones = ones*10 + int(r-'0')
		case !chinese:
			return -1
		case value >= 10:
			if tens || value == 20 && ones > 0 {
				return -1
			}
			total, ones, tens = value*max(ones, 1), 0, true
		default:
			ones = ones*10 + value
		}
	}
	if tens && ones > 9 || tens && strings.ContainsAny(text, "0123456789") {
		return -1
	}
	return total + ones
}
