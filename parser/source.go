package parser

import (
	"bytes"
	"errors"
	"io"
	"sync"
)

// source is the bytes of a mail, or of a mail found inside one. The first error other than io.EOF is kept, so that
// the code that reads may go on as if the bytes had ended.
type source struct {
	r      io.ReaderAt
	size   int64
	err    error
	bareCR bool // lines end with CR alone; they are read as LF, so that offsets stay what they are
}

func newSource(r io.ReaderAt, size int64) *source {
	s := &source{r: r, size: size}
	head := windows.Get().(*[windowSize]byte)
	defer windows.Put(head)
	n := s.readAt(head[:min(size, 4<<10)], 0)
	s.bareCR = bytes.IndexByte(head[:n], '\n') < 0 && bytes.IndexByte(head[:n], '\r') >= 0
	return s
}

// readAt reads what there is at off and returns how much.
func (s *source) readAt(p []byte, off int64) int {
	n, err := s.r.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) && s.err == nil {
		s.err = err
	}
	if s.bareCR {
		for i, c := range p[:n] {
			if c == '\r' {
				p[i] = '\n'
			}
		}
	}
	return n
}

// section is a reader of src[from:to].
type section struct {
	src      *source
	from, to int64
}

func (s *section) Read(p []byte) (int, error) {
	if s.from >= s.to {
		return 0, io.EOF
	}
	n := s.src.readAt(p[:min(int64(len(p)), s.to-s.from)], s.from)
	if n == 0 {
		return 0, io.EOF
	}
	s.from += int64(n)
	return n, nil
}

// windowSize is how much of a mail the scanner sees at once, and the longest line that it sees whole.
const windowSize = 64 << 10

// scanner walks over the lines of a source through a window of fixed size.
type scanner struct {
	src    *source
	window []byte // src[base:base+len(window)]
	buf    []byte
	base   int64
	pos    int64 // of the next line
	end    int64 // where the scanner stops
}

func newScanner(src *source, from, to int64) *scanner {
	return &scanner{src: src, pos: from, end: to, buf: windows.Get().(*[windowSize]byte)[:]}
}

// windows are lent to the scanners; release gives one back.
var windows = sync.Pool{New: func() any { return new([windowSize]byte) }}

func (s *scanner) release() {
	windows.Put((*[windowSize]byte)(s.buf))
	s.buf, s.window = nil, nil
}

// fill moves the window so that it begins at pos, and reports whether there is anything there.
func (s *scanner) fill() bool {
	s.base = s.pos
	s.window = s.buf[:s.src.readAt(s.buf[:min(int64(len(s.buf)), s.end-s.pos)], s.pos)]
	return len(s.window) > 0
}

func (s *scanner) seek(pos int64) { s.pos = pos }

// rest is the part of the window from pos on.
func (s *scanner) rest() []byte {
	if s.pos < s.base || s.pos >= s.base+int64(len(s.window)) {
		return nil
	}
	return s.window[s.pos-s.base:]
}

// line returns the next line without its end, valid until the next call; of a line longer than the window, its
// beginning. ok is false at the end.
func (s *scanner) line() (line []byte, ok bool) {
	if s.pos >= s.end {
		return nil, false
	}
	rest := s.rest()
	at := bytes.IndexByte(rest, '\n')
	if at < 0 && s.base+int64(len(s.window)) < s.end || len(rest) == 0 {
		if !s.fill() {
			s.pos = s.end
			return nil, false
		}
		rest = s.window
		at = bytes.IndexByte(rest, '\n')
	}
	if at >= 0 {
		s.pos += int64(at) + 1
		return bytes.TrimSuffix(rest[:at], []byte{'\r'}), true
	}
	s.pos += int64(len(rest))
	if s.pos < s.end {
		s.skipLine()
	}
	return rest, true
}

// skipLine moves behind the next LF without touching the window.
func (s *scanner) skipLine() {
	chunk := windows.Get().(*[windowSize]byte)
	defer windows.Put(chunk)
	for s.pos < s.end {
		n := s.src.readAt(chunk[:min(windowSize, s.end-s.pos)], s.pos)
		if n == 0 {
			break
		}
		if at := bytes.IndexByte(chunk[:n], '\n'); at >= 0 {
			s.pos += int64(at) + 1
			return
		}
		s.pos += int64(n)
	}
	s.pos = s.end
}

// peek returns the next line without moving.
func (s *scanner) peek() (line []byte, ok bool) {
	pos := s.pos
	line, ok = s.line()
	s.pos = pos
	return line, ok
}

var dashLine = []byte("\n--")

// dashes moves to the next line that begins with "--", which may be the one at pos, and reports whether there is one.
func (s *scanner) dashes() bool {
	for first := true; s.pos < s.end; first = false {
		rest := s.rest()
		if len(rest) < len(dashLine) {
			if !s.fill() {
				break
			}
			rest = s.window
		}
		if first && bytes.HasPrefix(rest, dashLine[1:]) {
			return true
		}
		if at := bytes.Index(rest, dashLine); at >= 0 {
			s.pos += int64(at) + 1
			return true
		}
		// The last two bytes may be the beginning of what is sought.
		next := s.pos + int64(max(len(rest)-2, 1))
		if s.base+int64(len(s.window)) >= s.end {
			break
		}
		s.pos = next
		s.fill()
	}
	s.pos = s.end
	return false
}
