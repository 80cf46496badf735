package answer

import (
	"strings"
	"unicode"

	"maildesk/tickets/thread"
)

// atom is the least piece of a text: a Han character, a word or number, an emoji, a row of stars, or a stop.
type atom struct {
	text     string // half-width, lower case, simplified
	from, to int    // its bytes in the original
	kind     atomKind
}

type atomKind uint8

const (
	word    atomKind = iota // of letters and digits, with their inner signs: isn't, 5/5
	han                     // one character, or an emoji
	stop                    // ends a clause
	ask                     // ends a clause that asks
	newline                 // ends a clause and a line
)

// split cuts text into atoms. Quoted lines, the line of an answer button and the footer of our mails are left out.
func split(text string) []atom {
	var atoms []atom
	from := 0
	for raw := range strings.Lines(text) {
		if !ignored(raw) {
			atoms = append(splitLine(atoms, raw, from), atom{from: from + len(raw), to: from + len(raw), kind: newline})
		}
		from += len(raw)
	}
	return atoms
}

func ignored(line string) bool {
	trimmed := strings.TrimLeft(line, " \t\u00A0")
	switch {
	case strings.HasPrefix(trimmed, ">"):
		return true
	case strings.HasPrefix(trimmed, "["):
		return len(line) < 200 && len(thread.FindTokenLines(line)) > 0
	case strings.HasPrefix(trimmed, "·"):
		return len(line) < 200 && len(thread.FindFooters(line)) > 0
	}
	return false
}

func splitLine(atoms []atom, line string, offset int) []atom {
	folded := []rune(thread.Fold(line)) // rune by rune the same length
	for i, r := range folded {
		folded[i] = plain(r)
	}
	offsets := make([]int, 0, len(folded)+1)
	for i := range line {
		offsets = append(offsets, offset+i)
	}
	offsets = append(offsets, offset+len(line))
	for i := 0; i < len(folded); {
		n, kind := 1, kindOf(folded[i])
		if kind == word {
			for i+n < len(folded) && (isLetter(folded[i+n]) || joins(folded, i+n)) {
				n++
			}
		}
		for isStar(folded[i]) && i+n < len(folded) && (isStar(folded[i+n]) || invisible(folded[i+n])) {
			n++
		}
		if !invisible(folded[i]) {
			atoms = append(atoms, atom{text: string(folded[i : i+n]), from: offsets[i], to: offsets[i+n], kind: kind})
		}
		i += n
	}
	return atoms
}

func kindOf(r rune) atomKind {
	switch {
	case r == '?' || r == '？':
		return ask
	case isLetter(r):
		return word
	case unicode.Is(unicode.Han, r) || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r):
		return han
	}
	return stop
}

func isStar(r rune) bool { return strings.ContainsRune("★☆⭐🌟", r) }

// invisible are blanks and what only shapes the sign before it: the frame of a key-cap digit, the skin of a thumb.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r >= 0x1F3FB && r <= 0x1F3FF
}

func isLetter(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.Is(unicode.Han, r)
}

// joins reports that the sign at i ties the letters or digits around it into one word: isn't, re-open, 4.5, 5/5, 50%.
func joins(line []rune, i int) bool {
	before, after := line[i-1], rune(' ')
	if i+1 < len(line) {
		after = line[i+1]
	}
	switch line[i] {
	case '\'', '-':
		return isLetter(before) && isLetter(after)
	case '.', ',', '/', ':':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	case '%':
		return unicode.IsDigit(before)
	}
	return false
}

// plain is the form in which the tables have a character: lower case, straight apostrophe, simplified. 己 and 巳 are
// what people type for 已.
func plain(r rune) rune {
	if to := toPlain[r]; to != 0 {
		return to
	}
	return unicode.ToLower(r)
}

const (
	variants = "’‘＇´‑己巳決確認沒開還舊啟復複網絡絕對錯誤報測試驗證謝請問題應該幫樣現過為麼嗎們時間會電腦號帳賬戶機無當個關閉單這裡裏儀顯連線鏈從嚴壞斷點評價滿滅許傳輸郵發處來讓說幾進說話聽後暫難聯繫響閃動變麼給勞煩"
	plains   = "''''-已已决确认没开还旧启复复网络绝对错误报测试验证谢请问题应该帮样现过为么吗们时间会电脑号账账户机无当个关闭单这里里仪显连线链从严坏断点评价满灭许传输邮发处来让说几进说话听后暂难联系响闪动变么给劳烦"
)

var toPlain = func() map[rune]rune {
	index, to := map[rune]rune{'帐': '账'}, []rune(plains)
	for i, r := range []rune(variants) {
		index[r] = to[i]
	}
	return index
}()
