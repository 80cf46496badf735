package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// contactBlock finds a last paragraph that begins with a name and goes on with short lines, by which to reach him in
// the main. What a colon above introduces is no signature but an answer.
func contactBlock(lines []line) (at int, ok bool) {
	end := len(lines)
	for end > 0 && lines[end-1].blank() {
		end--
	}
	top := end
	for top > 0 && !lines[top-1].blank() && !lines[top-1].code && end-top <= contactLines {
		top--
	}
	if top < end && thanks.has(lines[top].body) {
		top++
	}
	above := top - 1
	for above >= 0 && lines[above].blank() {
		above--
	}
	if end-top < 2 || end-top > contactLines || above < 0 || endsWithColon(lines[above].body) {
		return 0, false
	}
	return top, isContactBlock(lines[top:end])
}

// contactLines bounds a signature that nothing but its look gives away.
const contactLines = 8

func isContactBlock(lines []line) bool {
	mark := decoration(lines)
	name, _, _ := strings.Cut(lines[0].body[len(mark):], ",")
	if !isName(name) || !hasSurname(name) {
		return false
	}
	contacts := 0
	for i := range lines[1:] {
		body := lines[1+i].body[len(mark):]
		switch {
		case isFormLine(body):
			return false
		case isContact(body):
			contacts++
		case isSentence(body) || utf8.RuneCountInString(body) > 60:
			return false
		}
	}
	return contacts >= 2 || contacts == 1 && len(lines) == 2
}

// decorations are the signs that people draw down the side of a signature.
const decorations = "#|/:!~%"

// decoration is the sign that every line of a decorated signature begins with, "" for none and for lists.
func decoration(lines []line) string {
	mark := lines[0].body
	for i := range lines {
		n := 0
		for n < min(len(mark), len(lines[i].body)) && mark[n] == lines[i].body[n] {
			n++
		}
		mark = mark[:n]
	}
	end := strings.LastIndexAny(mark, decorations+" ") + 1
	if mark = mark[:end]; mark == "" || !strings.Contains(decorations, mark[:1]) {
		return ""
	}
	return mark
}

// isContact reports a line that says how to reach somebody: a mail address, a web address, a telephone number.
func isContact(body string) bool {
	if utf8.RuneCountInString(body) > signatureWidth {
		return false
	}
	return strings.Contains(body, "@") && !strings.HasPrefix(body, "@") || isWebAddress(body) || isPhone(body)
}

func isWebAddress(body string) bool {
	lower := strings.ToLower(body)
	at := strings.Index(lower, "http")
	if at < 0 {
		at = strings.Index(lower, "www.")
	}
	return at >= 0 && at <= 40 && strings.Count(body, " ") <= 4
}

// isPhone reports a line that is a telephone number, with at most a few words before it: seven digits or more in the
// signs that numbers are written with; no date, no network address, and no inventory number such as PC20231115.
func isPhone(body string) bool {
	digits, letters, dots := 0, 0, 0
	above := ' '
	for _, r := range body {
		switch {
		case r >= '0' && r <= '9':
			if above != 'x' && (above >= 'A' && above <= 'Z' || above >= 'a' && above <= 'z') {
				return false
			}
			digits++
		case unicode.IsLetter(r):
			letters++
		case r == '.':
			dots++
		case strings.ContainsRune("，。；!?！？=#$%", r):
			return false
		}
		above = r
	}
	if digits < 7 || digits > 40 || letters > 24 || dots == 3 {
		return false
	}
	date, _, _ := findDateTime(body)
	return !date
}

// hasSurname reports that a Chinese name begins with a common surname, which a word such as 服务器 does not; other
// names pass.
func hasSurname(name string) bool {
	first := firstRune(strings.TrimLeft(name, "*_ "))
	return !unicode.Is(unicode.Han, first) || strings.ContainsRune(surnames, first)
}

// surnames are the commonest first characters of Chinese names, traditional ones too.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏" +
	"付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文欧阳庞樊兰殷施洪翟安颜倪章鲁葛伍岳牛俞毕柳祝裴管" +
	"凌焦辛涂温霍耿齐" +
	"張劉陳楊黃趙吳馬鄭謝許韓鄧馮肖蔣葉蘇呂盧鍾譚陸範韋賈鄒龍賀顧龔萬錢嚴湯賴歐龐蘭顏魯畢齊"

// isSentence reports prose: several words that end as a sentence does, and not with an abbreviation.
func isSentence(body string) bool {
	if !endsSentence(body) || strings.HasSuffix(body, "Ltd.") || strings.HasSuffix(body, "Inc.") || strings.HasSuffix(body, "Co.") {
		return false
	}
	if n := len(body); body[n-1] == '.' && n > 1 && body[n-2] >= 'A' && body[n-2] <= 'Z' {
		return false
	}
	return strings.Count(body, " ") >= 3 || utf8.RuneCountInString(body) >= 12 && strings.ContainsAny(body, "，。！？")
}

// isName reports a line that may be a person's name and nothing else: one to three words that begin with a capital, or
// one to four Chinese characters, or as many as eight with Japanese or Korean ones.
func isName(body string) bool {
	body = strings.Trim(body, "*_ ,，")
	if body == "" || len(body) > 60 {
		return false
	}
	words, han, other := 0, 0, 0
	for word := range strings.FieldsSeq(body) {
		words++
		for i, r := range word {
			switch {
			case unicode.Is(unicode.Han, r):
				han++
			case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
				other++
			case i == 0 && unicode.IsLower(r) && !nameParticles[word]:
				return false
			case !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(".'’-·", r):
				return false
			}
		}
	}
	if han+other > 0 {
		return han <= 4 && han+other <= 8
	}
	return words <= 3
}

var nameParticles = words("de da di del van von der den la le al bin dos")
