package tnef

import (
	"encoding/binary"
	"iter"
	"strings"

	"maildesk/parser/charset"
)

// Kinds of property values (MS-OXCDATA 2.11.1).
const (
	kindObject   = 0x000D
	kindString8  = 0x001E
	kindString   = 0x001F
	kindBinary   = 0x0102
	multiValued  = 0x1000
	namedFrom    = 0x8000 // ids from here on carry a name
	namedByIndex = 0
)

// fixedSize is how many bytes a value of a kind takes in a stream, padded to four.
var fixedSize = map[uint16]int{
	0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16,
}

type property struct {
	id, kind uint16
	value    []byte // the first of several
}

func (p property) text(page string) string {
	if p.kind == kindString {
		return strings.TrimRight(charset.Decode("utf-16le", p.value), "\x00")
	}
	return charset.Decode(page, trimNul(p.value))
}

// properties yields the properties of an encapsulated list (MS-OXTNEF 2.1.3.4) as far as it can be read.
func properties(b []byte) iter.Seq[property] {
	return func(yield func(property) bool) {
		r := reader{b: b}
		for range r.uint32() {
			p, ok := r.property()
			if !ok || !yield(p) {
				return
			}
		}
	}
}

// reader takes numbers and bytes from the front; once it ran short, everything is zero.
type reader struct {
	b     []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.short = true
		r.b = nil
		return nil
	}
	head := r.b[:n]
	r.b = r.b[n:]
	return head
}

func (r *reader) uint32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) property() (p property, ok bool) {
	tag := r.uint32()
	p.kind, p.id = uint16(tag), uint16(tag>>16)
	if p.id >= namedFrom {
		r.take(16)
		if r.uint32() == namedByIndex {
			r.take(4)
		} else {
			r.take(padded(r.uint32()))
		}
	}
	multi := p.kind&multiValued != 0
	p.kind &^= multiValued
	count := uint32(1)
	size, isFixed := fixedSize[p.kind]
	if multi || !isFixed {
		count = r.uint32()
	}
	for i := range count {
		value := r.value(size, isFixed)
		if r.short {
			return p, false
		}
		if i == 0 {
			p.value = value
		}
	}
	return p, !r.short
}

func (r *reader) value(size int, isFixed bool) []byte {
	if isFixed {
		return r.take(size)
	}
	length := r.uint32()
	whole := r.take(padded(length))
	if r.short {
		return nil
	}
	return whole[:length]
}

// padded rounds up to four; a length that no slice can have stays too long.
func padded(n uint32) int { return int((uint64(n) + 3) &^ 3) }
