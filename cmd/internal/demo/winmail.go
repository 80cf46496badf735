package demo

import (
	"bytes"
	"encoding/binary"
)

// Where an attribute of a TNEF stream belongs (MS-OXTNEF 2.1.3.1).
const (
	ofMessage    = 1
	ofAttachment = 2
)

// winmail is a winmail.dat, as Exchange sends to people for whom somebody once ticked "rich text": the text and one
// attached file, in the code page of Chinese Windows.
func winmail(text, fileName, fileText string) (string, error) {
	strings := make([]string, 0, 3)
	for _, s := range []string{text, fileName, fileText} {
		encoded, err := gb(s)
		if err != nil {
			return "", err
		}
		strings = append(strings, encoded)
	}
	b := binary.LittleEndian.AppendUint32(nil, 0x223E9F78) // the signature
	b = append(b, 1, 0)                                    // the key, of no use any more
	b = attribute(b, ofMessage, 0x00089006, "\x00\x00\x01\x00")
	b = attribute(b, ofMessage, 0x00069007, "\xa8\x03\x00\x00\x00\x00\x00\x00") // code page 936
	b = attribute(b, ofMessage, 0x0002800C, strings[0]+"\x00")
	b = attribute(b, ofAttachment, 0x00069002, string(bytes.Repeat([]byte{0}, 14)))
	b = attribute(b, ofAttachment, 0x00018010, strings[1]+"\x00")
	b = attribute(b, ofAttachment, 0x0006800F, strings[2])
	return string(b), nil
}

// attribute appends level, type and name, length, data and the sum of its bytes (MS-OXTNEF 2.1.3.1).
func attribute(b []byte, level byte, id uint32, data string) []byte {
	b = append(b, level)
	b = binary.LittleEndian.AppendUint32(b, id)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	b = append(b, data...)
	var sum uint16
	for i := range len(data) {
		sum += uint16(data[i])
	}
	return binary.LittleEndian.AppendUint16(b, sum)
}
