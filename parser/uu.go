package parser

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"maildesk/parser/charset"
)

// isUU reports whether a transfer encoding is uuencode, which no standard names but old mailers write.
func isUU(encoding string) bool {
	return encoding == "x-uuencode" || encoding == "uuencode" || encoding == "x-uue" || encoding == "uue"
}

// lineReader reads lines of any length, without their ends.
type lineReader struct{ r *bufio.Reader }

func newLineReader(r io.Reader) *lineReader { return &lineReader{bufio.NewReaderSize(r, chunkSize)} }

// next returns the next line, cut to the reader's buffer when it is longer; ok is false at the end.
func (l *lineReader) next() (line []byte, ok bool) {
	line, err := l.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line = bytes.Clone(line)
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = l.r.ReadSlice('\n')
		}
		return line, true
	}
	if len(line) == 0 && err != nil {
		return nil, false
	}
	return bytes.TrimRight(line, "\r\n"), true
}

// uuName returns the file name of a line "begin 644 name" that opens uuencoded data.
func uuName(line []byte) (name string, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("begin "))
	if !ok {
		return "", false
	}
	mode, rest, _ := bytes.Cut(bytes.TrimLeft(rest, " "), []byte(" "))
	if len(mode) < 3 || len(mode) > 4 || len(bytes.Trim(mode, "01234567")) > 0 {
		return "", false
	}
	name = charset.Header(charset.Raw("", bytes.TrimSpace(rest)))
	return safeName(strings.Trim(name, `"`)), true
}

// uuReader decodes one uuencoded file: from its begin line, which it looks for, to its end line.
type uuReader struct {
	lines *lineReader
	begun bool
	done  bool
	out   []byte
	store [64]byte
}

func (u *uuReader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.done {
			return 0, io.EOF
		}
		line, ok := u.lines.next()
		switch {
		case !ok:
			return 0, io.EOF
		case !u.begun:
			_, u.begun = uuName(line)
		case isUUEnd(line):
			u.done = true
		case len(line) == 0:
		default:
			u.out = uuLine(u.store[:0], line)
		}
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

func isUUEnd(line []byte) bool { return string(bytes.TrimSpace(line)) == "end" }

// skip moves behind the end of the file.
func (u *uuReader) skip() {
	for !u.done {
		line, ok := u.lines.next()
		u.done = !ok || isUUEnd(line)
	}
}

// uuLine decodes a line: its length, then groups of four signs for three bytes. Blanks that were cut from its end
// count as zero.
func uuLine(out, line []byte) []byte {
	want := int(line[0]-' ') & 63
	for i := 1; len(out) < want; i += 4 {
		var v uint32
		for k := range 4 {
			v <<= 6
			if i+k < len(line) {
				v |= uint32(line[i+k]-' ') & 63
			}
		}
		out = append(out, byte(v>>16), byte(v>>8), byte(v))
	}
	return out[:want]
}

// looksUU reports whether line can be data: its length fits what it announces, give or take a checksum sign and
// cut blanks.
func looksUU(line []byte) bool {
	if len(line) == 0 || line[0] < ' ' || line[0] > '`' {
		return false
	}
	want := (int(line[0]-' ')&63 + 2) / 3 * 4
	return len(line)-1 <= want+2
}

// hasUU reports whether text holds a file between a begin line and data.
func hasUU(text []byte) bool {
	if !bytes.Contains(text, []byte("begin ")) {
		return false
	}
	for len(text) > 0 {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte("\n"))
		if _, ok := uuName(bytes.TrimRight(line, "\r")); !ok {
			continue
		}
		first, _, _ := bytes.Cut(text, []byte("\n"))
		if first = bytes.TrimRight(first, "\r"); looksUU(first) {
			return true
		}
	}
	return false
}

// takeUU takes the uuencoded files out of a text and returns what is left of it. The files are measured on the way,
// so that a text with many of them is read only once.
func (c *content) takeUU(p *part) string {
	var text []byte
	found := 0
	lines := newLineReader(p.decoded())
	for {
		line, ok := lines.next()
		if !ok {
			return charset.Decode(p.content.get("charset"), text)
		}
		if name, is := uuName(line); is && lines.dataFollows() {
			if len(c.items) >= c.opt.MaxParts {
				c.warn("more than %d parts: the rest is not read", c.opt.MaxParts)
				return charset.Decode(p.content.get("charset"), text)
			}
			n := found
			found++
			it := item{Attachment: Attachment{Name: name, Type: "application/octet-stream"}, open: func() io.Reader { return nthUU(p, n) }}
			it.measure(&uuReader{lines: lines, begun: true})
			c.addItem(it)
			continue
		}
		if len(text) < c.opt.MaxText {
			text = append(append(text, line...), '\n')
		}
	}
}

// nthUU reads the n-th file of a text again.
func nthUU(p *part, n int) io.Reader {
	lines := newLineReader(p.decoded())
	for {
		line, ok := lines.next()
		if !ok {
			return strings.NewReader("")
		}
		if _, is := uuName(line); !is || !lines.dataFollows() {
			continue
		}
		file := &uuReader{lines: lines, begun: true}
		if n == 0 {
			return file
		}
		n--
		file.skip()
	}
}

// dataFollows reports whether the next line can be uuencoded data.
func (l *lineReader) dataFollows() bool {
	ahead, _ := l.r.Peek(80)
	line, _, ended := bytes.Cut(ahead, []byte("\n"))
	return ended && looksUU(bytes.TrimRight(line, "\r"))
}
