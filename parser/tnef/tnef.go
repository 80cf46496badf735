package tnef

import (
	"encoding/binary"
	"strconv"

	"maildesk/parser/charset"
)

// File is what a TNEF stream holds.
type File struct {
	Text        string // the plain body, from RTF if there is no other; "" when there is none
	HTML        string // the HTML body, also that which was wrapped in RTF
	Attachments []Attachment
}

// Attachment is a file of the stream; Data is a slice of the stream.
type Attachment struct {
	Name      string
	Type      string // media type, "" when the stream names none
	ContentID string
	Data      []byte
}

const (
	signature = 0x223E9F78
	maxDepth  = 5 // of mails attached to mails
)

// Attributes (MS-OXTNEF 2.1.3.2), type and name in one number.
const (
	attrBody         = 0x0002800C
	attrMessageProps = 0x00069003
	attrCodePage     = 0x00069007
	attrAttachBegin  = 0x00069002
	attrAttachTitle  = 0x00018010
	attrAttachData   = 0x0006800F
	attrAttachProps  = 0x00069005
)

// Decode reads a TNEF stream; ok is false when b is none.
func Decode(b []byte) (file File, ok bool) { return decode(b, 0) }

func decode(b []byte, depth int) (file File, ok bool) {
	if len(b) < 6 || binary.LittleEndian.Uint32(b) != signature {
		return File{}, false
	}
	d := decoder{depth: depth, rest: b[6:]}
	for d.attribute() {
	}
	d.file.Text, d.file.HTML = d.body.texts()
	return d.file, true
}

type decoder struct {
	depth int
	rest  []byte
	file  File
	page  string // charset of 8-bit strings
	body  body
}

// attribute reads one: level, id, length, data and checksum.
func (d *decoder) attribute() bool {
	if len(d.rest) < 9 {
		return false
	}
	id := binary.LittleEndian.Uint32(d.rest[1:])
	size := uint64(binary.LittleEndian.Uint32(d.rest[5:]))
	data := d.rest[9:]
	whole := size+2 <= uint64(len(data))
	if !whole {
		size = min(size, uint64(len(data)))
	}
	d.take(id, data[:size])
	if whole {
		d.rest = data[size+2:]
	}
	return whole
}

func (d *decoder) take(id uint32, data []byte) {
	switch id {
	case attrCodePage:
		if len(data) >= 4 {
			d.page = pageName(binary.LittleEndian.Uint32(data))
		}
	case attrBody:
		d.body.plain = charset.Decode(d.page, trimNul(data))
	case attrMessageProps:
		for p := range properties(data) {
			d.body.take(p, d.page)
		}
	case attrAttachBegin:
		d.file.Attachments = append(d.file.Attachments, Attachment{})
	case attrAttachTitle:
		if a := d.current(); a != nil && a.Name == "" {
			a.Name = charset.Decode(d.page, trimNul(data))
		}
	case attrAttachData:
		if a := d.current(); a != nil {
			a.Data = data
		}
	case attrAttachProps:
		if d.current() != nil {
			d.attachProps(data)
		}
	}
}

func (d *decoder) current() *Attachment {
	if n := len(d.file.Attachments); n > 0 {
		return &d.file.Attachments[n-1]
	}
	return nil
}

// Properties of attachments (MS-OXPROPS).
const (
	propDisplayName  = 0x3001
	propAttachData   = 0x3701
	propFileName     = 0x3704
	propLongFileName = 0x3707
	propMimeTag      = 0x370E
	propContentID    = 0x3712
)

func (d *decoder) attachProps(data []byte) {
	a := d.current()
	var display string
	var embedded []byte
	for p := range properties(data) {
		switch p.id {
		case propLongFileName:
			a.Name = p.text(d.page)
		case propFileName:
			if a.Name == "" {
				a.Name = p.text(d.page)
			}
		case propDisplayName:
			display = p.text(d.page)
		case propMimeTag:
			a.Type = p.text(d.page)
		case propContentID:
			a.ContentID = p.text(d.page)
		case propAttachData:
			if p.kind == kindObject && len(p.value) > 16 {
				embedded = p.value[16:] // behind the id of the object's interface
			} else if len(a.Data) == 0 {
				a.Data = p.value
			}
		}
	}
	if a.Name == "" {
		a.Name = display
	}
	if embedded != nil {
		d.embed(a.Name, embedded)
	}
}

// embed puts a mail that is attached as an object in the place of its attachment: its text as a file, then its own
// files.
func (d *decoder) embed(name string, stream []byte) {
	if d.depth >= maxDepth {
		d.current().Data = stream
		return
	}
	inner, ok := decode(stream, d.depth+1)
	if !ok {
		d.current().Data = stream
		return
	}
	a := d.current()
	switch {
	case inner.HTML != "":
		*a = Attachment{Name: name + ".html", Type: "text/html", Data: []byte(inner.HTML)}
	default:
		*a = Attachment{Name: name + ".txt", Type: "text/plain", Data: []byte(inner.Text)}
	}
	d.file.Attachments = append(d.file.Attachments, inner.Attachments...)
}

func pageName(page uint32) string {
	switch page {
	case 0:
		return ""
	case 65001:
		return "utf-8"
	case 936, 54936:
		return "gb18030"
	case 950, 932, 949:
		return "cp" + strconv.Itoa(int(page))
	}
	return "windows-" + strconv.Itoa(int(page))
}

func trimNul(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return b
}
