package tnef

import (
	"encoding/binary"
	"strconv"
	"strings"

	"maildesk/parser/charset"
)

// maxRTF bounds what a compressed body may grow to.
const maxRTF = 8 << 20

// dictionary is what every decompression begins with (MS-OXRTFCP 2.1.2.1).
const dictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
	"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

const (
	magicLZ  = 0x75465A4C // "LZFu"
	magicRaw = 0x414C454D // "MELA"
)

// decompress reads compressed RTF (MS-OXRTFCP 2.2); damaged data is read as far as it goes.
func decompress(b []byte) []byte {
	if len(b) < 16 {
		return nil
	}
	size := min(int64(binary.LittleEndian.Uint32(b[4:])), maxRTF)
	data := b[16:]
	switch binary.LittleEndian.Uint32(b[8:]) {
	case magicRaw:
		return data[:min(size, int64(len(data)))]
	case magicLZ:
		return inflate(data, int(size))
	}
	return nil
}

func inflate(data []byte, size int) []byte {
	var window [4096]byte
	at := copy(window[:], dictionary)
	out := make([]byte, 0, min(size, 16*len(data)))
	put := func(c byte) {
		window[at] = c
		at = (at + 1) % len(window)
		out = append(out, c)
	}
	for len(data) > 0 {
		flags := data[0]
		data = data[1:]
		for bit := range 8 {
			if flags>>bit&1 == 0 {
				if len(data) < 1 || len(out) >= size {
					return out
				}
				put(data[0])
				data = data[1:]
				continue
			}
			if len(data) < 2 || len(out) >= size {
				return out
			}
			ref := binary.BigEndian.Uint16(data)
			data = data[2:]
			from, length := int(ref>>4), int(ref&15)+2
			if from == at {
				return out // the end mark points at itself
			}
			for i := range length {
				put(window[(from+i)%len(window)])
			}
		}
	}
	return out
}

// rtfText returns the text of RTF; isHTML says that it was wrapped HTML (MS-OXRTFEX), which is then unwrapped.
func rtfText(rtf string) (text string, isHTML bool) {
	p := rtfParser{rest: rtf, isHTML: strings.Contains(rtf[:min(len(rtf), 1000)], `\fromhtml1`), page: "windows-1252"}
	p.group.unicodeSkip = 1
	for p.next() {
	}
	p.flush()
	return p.out.String(), p.isHTML
}

// rtfGroup is what a brace saves and restores.
type rtfGroup struct {
	skip        bool // a destination whose content is no text
	tag         bool // HTML markup
	noHTML      bool // RTF that stands for markup already given
	unicodeSkip int
}

type rtfParser struct {
	rest    string
	out     strings.Builder
	pending []byte // 8-bit characters not yet decoded
	page    string
	isHTML  bool
	group   rtfGroup
	saved   []rtfGroup
	skip    int // characters that stand for the \u before them
}

func (p *rtfParser) next() bool {
	if p.rest == "" {
		return false
	}
	c := p.rest[0]
	p.rest = p.rest[1:]
	switch c {
	case '{':
		if len(p.saved) < 1000 {
			p.saved = append(p.saved, p.group)
		}
	case '}':
		if n := len(p.saved); n > 0 {
			p.group, p.saved = p.saved[n-1], p.saved[:n-1]
		}
	case '\\':
		p.control()
	case '\r', '\n':
	default:
		p.char(c)
	}
	return true
}

// char takes one 8-bit character.
func (p *rtfParser) char(c byte) {
	if p.skip > 0 {
		p.skip--
		return
	}
	if p.shown() {
		p.pending = append(p.pending, c)
	}
}

func (p *rtfParser) shown() bool { return !p.group.skip && !p.group.noHTML }

func (p *rtfParser) flush() {
	if len(p.pending) > 0 {
		p.out.WriteString(charset.Decode(p.page, p.pending))
		p.pending = p.pending[:0]
	}
}

func (p *rtfParser) write(s string) {
	if p.shown() {
		p.flush()
		p.out.WriteString(s)
	}
}

func (p *rtfParser) control() {
	if p.rest == "" {
		return
	}
	c := p.rest[0]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		p.word()
		return
	}
	p.rest = p.rest[1:]
	switch c {
	case '\'':
		if n, err := strconv.ParseUint(p.rest[:min(2, len(p.rest))], 16, 8); err == nil && len(p.rest) >= 2 {
			p.rest = p.rest[2:]
			p.char(byte(n))
		}
	case '*':
		p.group.skip = !strings.HasPrefix(p.rest, `\htmltag`)
	case '~':
		p.write(" ")
	case '\\', '{', '}':
		p.char(c)
	}
}

// word reads a control word: letters, a number, and a blank that belongs to it.
func (p *rtfParser) word() {
	end := 0
	for end < len(p.rest) && (p.rest[end]|0x20 >= 'a' && p.rest[end]|0x20 <= 'z') {
		end++
	}
	name := p.rest[:end]
	p.rest = p.rest[end:]
	end = 0
	for end < len(p.rest) && (p.rest[end] >= '0' && p.rest[end] <= '9' || end == 0 && p.rest[end] == '-') {
		end++
	}
	number, hasNumber := p.rest[:end], end > 0
	p.rest = strings.TrimPrefix(p.rest[end:], " ")
	n, _ := strconv.Atoi(number)
	p.apply(name, n, hasNumber)
}

func (p *rtfParser) apply(name string, n int, hasNumber bool) {
	switch name {
	case "par", "line", "row":
		p.lineEnd()
	case "tab", "cell":
		p.write("\t")
	case "lquote", "rquote":
		p.write("'")
	case "ldblquote", "rdblquote":
		p.write(`"`)
	case "emdash", "endash":
		p.write("-")
	case "bullet":
		p.write("•")
	case "u":
		p.write(string(rune(uint16(n))))
		p.skip = p.group.unicodeSkip
	case "uc":
		p.group.unicodeSkip = min(max(n, 0), 8)
	case "ansicpg":
		p.page = pageName(uint32(max(n, 0)))
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "themedata", "listtable", "listoverridetable":
		p.group.skip = true
	case "htmlrtf":
		p.group.noHTML = !hasNumber || n != 0
	case "htmltag":
		p.group.tag = true
	case "bin":
		p.rest = p.rest[min(max(n, 0), len(p.rest)):]
	}
}

// lineEnd is a paragraph in RTF; in wrapped HTML it is only a line end of the source.
func (p *rtfParser) lineEnd() { p.write("\n") }
