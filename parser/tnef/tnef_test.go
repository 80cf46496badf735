package tnef

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf8"
)

// attribute writes one as MS-OXTNEF 2.1.3.2 has it.
func attribute(id uint32, data []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte{1}, id)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	return append(append(out, data...), 0, 0)
}

// propertyList writes a list of variable-length properties, tag and value in turn.
func propertyList(values ...any) []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(values)/2))
	for i := 0; i < len(values); i += 2 {
		value := []byte(values[i+1].(string))
		out = binary.LittleEndian.AppendUint32(out, uint32(values[i].(int)))
		out = binary.LittleEndian.AppendUint32(out, 1)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(value)))
		out = append(out, value...)
		out = append(out, make([]byte, padded(uint32(len(value)))-len(value))...)
	}
	return out
}

func stream(attributes ...[]byte) []byte {
	return append([]byte{0x78, 0x9F, 0x3E, 0x22, 1, 0}, bytes.Join(attributes, nil)...)
}

func TestDecode(t *testing.T) {
	gbk := "\xc8\xd5\xd6\xbe.txt" // 日志.txt
	inner := stream(attribute(attrMessageProps, propertyList(propBody<<16|kindString8, "inner text")),
		attribute(attrAttachBegin, nil), attribute(attrAttachTitle, []byte("deep.txt\x00")), attribute(attrAttachData, []byte("deep")))
	file, ok := Decode(stream(
		attribute(attrCodePage, []byte{0xA8, 3, 0, 0, 0, 0, 0, 0}),
		attribute(attrMessageProps, propertyList(propHTML<<16|kindBinary, "<p>\xc8\xd5</p>", propCodePage<<16|kindBinary, "\xA8\x03\x00\x00")),
		attribute(attrAttachBegin, nil), attribute(attrAttachData, []byte("data")), attribute(attrAttachTitle, []byte(gbk+"\x00")),
		attribute(attrAttachBegin, nil), attribute(attrAttachProps, propertyList(
			propLongFileName<<16|kindString, "a\x00.\x00b\x00", propMimeTag<<16|kindString8, "image/png\x00", propContentID<<16|kindString8, "cid1", propAttachData<<16|kindBinary, "png")),
		attribute(attrAttachBegin, nil), attribute(attrAttachProps, propertyList(propDisplayName<<16|kindString8, "VPN", propAttachData<<16|kindObject, strings.Repeat("i", 16)+string(inner))),
	))
	if !ok || file.HTML != "<p>日</p>" || file.Text != "" {
		t.Fatalf("ok %v, HTML %q, text %q", ok, file.HTML, file.Text)
	}
	want := []Attachment{
		{Name: "日志.txt", Data: []byte("data")},
		{Name: "a.b", Type: "image/png", ContentID: "cid1", Data: []byte("png")},
		{Name: "VPN.txt", Type: "text/plain", Data: []byte("inner text")},
		{Name: "deep.txt", Data: []byte("deep")},
	}
	if len(file.Attachments) != len(want) {
		t.Fatalf("attachments %+v", file.Attachments)
	}
	for i, a := range file.Attachments {
		if w := want[i]; a.Name != w.Name || a.Type != w.Type || a.ContentID != w.ContentID || !bytes.Equal(a.Data, w.Data) {
			t.Errorf("attachment %d is %+v, want %+v", i, a, w)
		}
	}
}

func TestDecodeNone(t *testing.T) {
	if _, ok := Decode([]byte("not a stream")); ok {
		t.Error("text was taken for a stream")
	}
	cut := stream(attribute(attrBody, []byte("some text")))
	if file, ok := Decode(cut[:len(cut)-6]); !ok || file.Text != "some " {
		t.Errorf("cut stream: %v, %+v", ok, file)
	}
}

// TestDecompress reads the examples of MS-OXRTFCP 4.1 and 4.2.
func TestDecompress(t *testing.T) {
	for in, want := range map[string]string{
		"2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0": "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
		"1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0":                                       "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
	} {
		b, err := hex.DecodeString(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(decompress(b)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRTFText(t *testing.T) {
	for _, c := range []struct {
		name, rtf, want string
		isHTML          bool
	}{
		{"plain", `{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard one\par two\tab x\line{\*\generator no;}{\b three}}`, "one\ntwo\tx\nthree", false},
		{"unicode with its stand-ins", `{\rtf1\uc1 \u25171?\uc2\u21360??ok}`, "打印ok", false},
		{"code page", `{\rtf1\ansicpg936 \'b4\'f2\'d3\'a1}`, "打印", false},
		{"escapes", `{\rtf1 \{a\}\\\~b}`, `{a}\ b`, false},
		{"wrapped HTML", `{\rtf1\fromhtml1 {\*\htmltag <p>}\htmlrtf {no\htmlrtf0 a{\*\htmltag </p>}}`, "<p>a</p>", true},
		{"unbalanced", `}}{\rtf1 a`, "a", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, isHTML := rtfText(c.rtf); got != c.want || isHTML != c.isHTML {
				t.Errorf("got %q, %v", got, isHTML)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(stream(attribute(attrBody, []byte("text")), attribute(attrAttachBegin, nil), attribute(attrAttachProps, propertyList(propDisplayName<<16|kindString8, "x"))))
	f.Add(stream(attribute(attrMessageProps, propertyList(propRTF<<16|kindBinary, "\x10\x00\x00\x00\x10\x00\x00\x00LZFu\x00\x00\x00\x00\x00{\\rtf1 a}"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, _ := Decode(b)
		if !utf8.ValidString(file.Text) || !utf8.ValidString(file.HTML) {
			t.Errorf("not UTF-8: %q %q", file.Text, file.HTML)
		}
		rtfText(string(b))
		decompress(b)
	})
}
