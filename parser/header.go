package parser

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"maildesk/parser/charset"
)

// field is one header field; its value is as it stands in the mail, folded and undecoded.
type field struct {
	name     string
	value    []byte
	readable string // the value as people read it, once it was decoded
}

// is reports whether the field has that name, in whatever letter case. Both are ASCII, so their lengths tell first.
func (f *field) is(name string) bool {
	return len(f.name) == len(name) && strings.EqualFold(f.name, name)
}

// header is the fields of a mail or part, in order.
type header struct {
	fields []field
	store  []byte // where the values stand, one behind the other
	hint   string // charset of the body, for bytes that declare none
}

// add takes in a field and copies its value.
func (h *header) add(name string, value []byte) {
	at := len(h.store)
	h.store = append(h.store, value...)
	h.fields = append(h.fields, field{name: name, value: h.store[at:len(h.store):len(h.store)]})
}

// goOn appends a folded line to the value of the last field, which stands at the end of store.
func (h *header) goOn(line []byte) {
	last := &h.fields[len(h.fields)-1]
	at := len(h.store) - len(last.value)
	h.store = append(append(h.store, '\n'), line...)
	last.value = h.store[at:len(h.store):len(h.store)]
}

// get returns the first field of that name, unfolded, its bytes made text, encoded words untouched.
func (h header) get(name string) string {
	for i := range h.fields {
		if h.fields[i].is(name) {
			return h.text(h.fields[i])
		}
	}
	return ""
}

// all returns every field of that name.
func (h header) all(name string) []string {
	var values []string
	for i := range h.fields {
		if h.fields[i].is(name) {
			values = append(values, h.text(h.fields[i]))
		}
	}
	return values
}

// readable returns every field of that name as people read it, each decoded once.
func (h header) readable(name string) []string {
	var values []string
	for i := range h.fields {
		if f := &h.fields[i]; f.is(name) {
			if f.readable == "" {
				f.readable = charset.Header(h.text(*f))
			}
			values = append(values, f.readable)
		}
	}
	return values
}

// subject is the Subject as people read it.
func (h header) subject() string {
	if values := h.readable("Subject"); len(values) > 0 {
		return cleanSubject(values[0])
	}
	return ""
}

func (h header) has(name string) bool {
	for i := range h.fields {
		if h.fields[i].is(name) {
			return true
		}
	}
	return false
}

func (h header) text(f field) string { return charset.Raw(h.hint, unfold(f.value)) }

// hasHighBytes reports whether a field has bytes beyond ASCII.
func (h header) hasHighBytes() bool {
	for _, f := range h.fields {
		for _, c := range f.value {
			if c >= utf8.RuneSelf {
				return true
			}
		}
	}
	return false
}

// unfold joins the lines of a folded value (RFC 5322 2.2.3): the line ends go, the space behind them stays.
func unfold(value []byte) []byte {
	value = bytes.TrimSpace(value)
	if bytes.IndexByte(value, '\n') < 0 && bytes.IndexByte(value, '\r') < 0 {
		return value
	}
	out := make([]byte, 0, len(value))
	for line := range bytes.SplitSeq(value, []byte{'\n'}) {
		out = append(out, line...)
	}
	if bytes.IndexByte(out, '\r') < 0 && bytes.IndexByte(out, 0) < 0 {
		return out
	}
	return slices.DeleteFunc(out, func(c byte) bool { return c == '\r' || c == 0 })
}

const maxFieldName = 128 // bytes of a field's name

// fieldName returns the name of the header field that line begins, "" when it begins none. Space before the colon
// is an obsolete form (RFC 5322 4.5).
func fieldName(line []byte) string {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 || colon > maxFieldName {
		return ""
	}
	name := bytes.TrimRight(line[:colon], " \t")
	if len(name) == 0 {
		return ""
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7F {
			return ""
		}
	}
	return string(name)
}

// known are the fields by which a header is told from text that has lost the blank line before it.
var known = map[string]bool{
	"from": true, "to": true, "cc": true, "bcc": true, "subject": true, "date": true, "message-id": true, "reply-to": true, "sender": true,
	"in-reply-to": true, "references": true, "received": true, "return-path": true, "delivered-to": true, "mime-version": true,
	"content-type": true, "content-transfer-encoding": true, "content-disposition": true, "content-id": true, "content-description": true,
	"content-language": true, "content-length": true, "content-location": true, "lines": true, "status": true, "organization": true,
	"user-agent": true, "precedence": true, "errors-to": true, "importance": true, "priority": true, "auto-submitted": true,
	"list-id": true, "list-unsubscribe": true, "list-post": true, "list-help": true, "thread-topic": true, "thread-index": true,
	"dkim-signature": true, "authentication-results": true, "received-spf": true, "disposition-notification-to": true,
}

func isKnownField(line []byte) bool {
	name := strings.ToLower(fieldName(line))
	return known[name] || strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "resent-")
}
