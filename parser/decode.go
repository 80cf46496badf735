package parser

import (
	"bytes"
	"encoding/base64"
	"io"
	"slices"
)

// decoded reads the body of p without its transfer encoding (RFC 2045 6).
func (p *part) decoded() io.Reader {
	body := &section{p.src, p.body, p.end}
	chunk := int(min(chunkSize, max(p.end-p.body, 64)))
	switch {
	case p.encoding == "base64":
		return &base64Reader{r: body, chunk: chunk}
	case p.encoding == "quoted-printable":
		return &quotedReader{r: body, chunk: chunk}
	case isUU(p.encoding):
		return &uuReader{lines: newLineReader(body)}
	}
	return body
}

const chunkSize = 32 << 10

var base64Letter = func() (t [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		t[c] = true
	}
	return t
}()

// base64Reader decodes leniently: stray signs are skipped, padding may be missing, or stand in the middle where two
// encodings were joined. Text behind the data, such as the footer of a mailing list, is not taken for data.
type base64Reader struct {
	r      io.Reader
	chunk  int // how much is read at once
	window *[windowSize]byte
	in     []byte // raw chunk, in the first half of window
	clean  []byte // its letters, and up to 3 left from before
	out    []byte // decoded, not yet given
	store  []byte // in the second half of window
	width  int    // where the last line had its LF
	padded bool   // the data has ended with padding
	atLine bool   // at the beginning of a line
	done   bool
}

func (d *base64Reader) Read(p []byte) (int, error) {
	for len(d.out) == 0 {
		if d.done {
			d.release()
			return 0, io.EOF
		}
		d.refill()
	}
	n := copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
}

// release gives the window back at the end. Who stops before leaves it to the garbage collector.
func (d *base64Reader) release() {
	if d.window != nil {
		windows.Put(d.window)
		d.window, d.in, d.store, d.out = nil, nil, nil, nil
	}
}

func (d *base64Reader) refill() {
	if d.window == nil {
		d.window = windows.Get().(*[windowSize]byte)
		d.in, d.store = d.window[:d.chunk], d.window[windowSize/2:windowSize/2]
	}
	n, err := d.r.Read(d.in)
	d.store = d.store[:0]
	d.take(d.in[:n])
	if err != nil {
		d.done = true
		d.flush(true)
	} else {
		d.flush(false)
	}
	d.out = d.store
}

// take moves the letters of chunk to clean.
func (d *base64Reader) take(chunk []byte) {
	for len(chunk) > 0 {
		if n := d.takeLine(chunk); n > 0 {
			chunk = chunk[n:]
			continue
		}
		if n := letters(chunk); n > 0 {
			d.clean = append(d.clean, chunk[:n]...)
			d.padded, d.atLine = d.padded && !d.atLine, false
			chunk = chunk[n:]
			continue
		}
		c := chunk[0]
		chunk = chunk[1:]
		switch {
		case c == '=':
			d.flush(true)
			d.padded, d.atLine = true, false
		case c == '\n':
			d.atLine = true
		case d.atLine && c > ' ' && (d.padded || c == '_' || c == '-'):
			d.done = true
			return
		}
	}
}

const longLine = 128 // bytes; RFC 2045 6.8 allows 76

// takeLine decodes the line that chunk begins with, if it is as lines should be: whole quanta of letters and nothing else.
// It returns how many bytes it took, 0 when the line has to be looked at letter by letter.
func (d *base64Reader) takeLine(chunk []byte) int {
	if len(d.clean)%4 != 0 {
		return 0
	}
	end := d.lineEnd(chunk)
	line := bytes.TrimSuffix(chunk[:max(end, 0)], []byte("\r"))
	if len(line) == 0 || len(line)%4 != 0 {
		return 0
	}
	d.flush(false)
	at, size := len(d.store), len(line)/4*3
	d.store = slices.Grow(d.store, size+8) // room with which Decode takes eight letters at once up to the end
	if n, err := base64.RawStdEncoding.Decode(d.store[at:at+size+8], line); err != nil || n != size {
		return 0
	}
	d.store = d.store[:at+size]
	d.padded, d.atLine = d.padded && !d.atLine, true
	return end + 1
}

// lineEnd is where the line that chunk begins with has its LF, -1 when the line is long or does not end in chunk. Nearly
// all are as wide as the one before, so that none is searched for; takeLine finds out if there was one before.
func (d *base64Reader) lineEnd(chunk []byte) int {
	if d.width < 0 || len(chunk) <= d.width || chunk[d.width] != '\n' {
		d.width = bytes.IndexByte(chunk[:min(len(chunk), longLine)], '\n')
	}
	return d.width
}

// letters is how many bytes of b are letters of base64 up to the first that is none.
func letters(b []byte) int {
	for i, c := range b {
		if !base64Letter[c] {
			return i
		}
	}
	return len(b)
}

// flush decodes the whole quanta of clean, and with last the rest too.
func (d *base64Reader) flush(last bool) {
	if len(d.clean) == 0 {
		return
	}
	whole := len(d.clean) &^ 3
	if last && len(d.clean)-whole > 1 {
		whole = len(d.clean)
	}
	at := len(d.store)
	d.store = slices.Grow(d.store, base64.RawStdEncoding.DecodedLen(whole))
	n, _ := base64.RawStdEncoding.Decode(d.store[at:cap(d.store)], d.clean[:whole])
	d.store = d.store[:at+n]
	rest := copy(d.clean, d.clean[whole:])
	if last {
		rest = 0
	}
	d.clean = d.clean[:rest]
}

// quotedReader decodes quoted-printable leniently: what is no escape stays as it is.
type quotedReader struct {
	r     io.Reader
	chunk int // how much is read at once
	in    []byte
	left  int // bytes of in carried over, since an escape or a line's trailing blanks may go on
	out   []byte
	eof   bool
}

func (d *quotedReader) Read(p []byte) (int, error) {
	for len(d.out) == 0 {
		if d.eof {
			return 0, io.EOF
		}
		d.refill()
	}
	n := copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
}

func (d *quotedReader) refill() {
	if d.in == nil {
		d.in = make([]byte, d.chunk)
	}
	n, err := d.r.Read(d.in[d.left:])
	have := d.in[:d.left+n]
	d.eof = err != nil
	used := len(have)
	if !d.eof {
		used = bytes.LastIndexByte(have, '\n') + 1
		if used == 0 && len(have) == len(d.in) {
			used = len(have) - 3 // a line without end: only a cut escape has to wait
		}
	}
	d.out = unquote(d.out[:0], have[:used])
	d.left = copy(d.in, have[used:])
}

func unquote(out, in []byte) []byte {
	for len(in) > 0 {
		line, rest := in, []byte(nil)
		if at := bytes.IndexByte(in, '\n'); at >= 0 {
			line, rest = in[:at+1], in[at+1:]
		}
		out = unquoteLine(out, line)
		in = rest
	}
	return out
}

// unquoteLine decodes one line; its trailing blanks were added on the way (RFC 2045 6.7 rule 3).
func unquoteLine(out, line []byte) []byte {
	text := bytes.TrimRight(line, " \t\r\n")
	ending := line[len(text):]
	if at := bytes.IndexByte(ending, '\n'); at >= 0 {
		if at > 0 && ending[at-1] == '\r' {
			at--
		}
		ending = ending[at:]
	}
	soft := bytes.HasSuffix(text, []byte("=")) && len(ending) > 0
	if soft {
		text = text[:len(text)-1]
	}
	for i := 0; i < len(text); i++ {
		if text[i] == '=' && i+2 < len(text) {
			hi, lo := hexValue(text[i+1]), hexValue(text[i+2])
			if hi < 16 && lo < 16 {
				out = append(out, hi<<4|lo)
				i += 2
				continue
			}
		}
		out = append(out, text[i])
	}
	if soft {
		return out
	}
	return append(out, ending...)
}

func hexValue(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 16
}
