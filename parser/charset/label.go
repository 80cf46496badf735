package charset

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// stateful are the charsets whose text can look like ASCII, so that it must always be decoded.
var stateful = map[string]func([]byte) string{
	"utf-7":               decodeUTF7,
	"unicode-1-1-utf-7":   decodeUTF7,
	"unicode-2-0-utf-7":   decodeUTF7,
	"x-unicode-2-0-utf-7": decodeUTF7,
	"utf-16":              decodeUTF16,
	"utf-16le":            func(b []byte) string { return utf16Text(b, false) },
	"utf-16be":            func(b []byte) string { return utf16Text(b, true) },
	"unicode":             decodeUTF16,
	"hz":                  decodeHZ,
	"hz-gb-2312":          decodeHZ,
	"hz-gb2312":           decodeHZ,
	"iso-2022-jp":         decodeISO2022JP,
	"iso-2022-jp-1":       decodeISO2022JP,
	"iso-2022-jp-2":       decodeISO2022JP,
	"iso-2022-jp-3":       decodeISO2022JP,
	"iso-2022-jp-ms":      decodeISO2022JP,
	"csiso2022jp":         decodeISO2022JP,
	"iso-2022-kr":         func(b []byte) string { return decodeShifted(b, korean.EUCKR) },
	"csiso2022kr":         func(b []byte) string { return decodeShifted(b, korean.EUCKR) },
	"iso-2022-cn":         func(b []byte) string { return decodeShifted(b, simplifiedchinese.GB18030) },
	"iso-2022-cn-ext":     func(b []byte) string { return decodeShifted(b, simplifiedchinese.GB18030) },
}

// aliases are the names that mail uses beside the registered ones, and those whose registered meaning is narrower
// than what clients write under them.
var aliases = map[string]encoding.Encoding{
	"gb2312": simplifiedchinese.GB18030, "gb-2312": simplifiedchinese.GB18030, "gb_2312": simplifiedchinese.GB18030,
	"gb2312-80": simplifiedchinese.GB18030, "gb_2312-80": simplifiedchinese.GB18030, "csgb2312": simplifiedchinese.GB18030,
	"csiso58gb231280": simplifiedchinese.GB18030, "iso-ir-58": simplifiedchinese.GB18030, "chinese": simplifiedchinese.GB18030,
	"gbk": simplifiedchinese.GB18030, "x-gbk": simplifiedchinese.GB18030, "csgbk": simplifiedchinese.GB18030,
	"gb18030": simplifiedchinese.GB18030, "gb-18030": simplifiedchinese.GB18030, "gb18030-2000": simplifiedchinese.GB18030,
	"gb18030-2005": simplifiedchinese.GB18030, "csgb18030": simplifiedchinese.GB18030, "gb": simplifiedchinese.GB18030,
	"cp936": simplifiedchinese.GB18030, "ms936": simplifiedchinese.GB18030, "936": simplifiedchinese.GB18030,
	"windows-936": simplifiedchinese.GB18030, "euc-cn": simplifiedchinese.GB18030, "euccn": simplifiedchinese.GB18030,
	"x-euc-cn": simplifiedchinese.GB18030, "cn-gb": simplifiedchinese.GB18030, "gb1988": simplifiedchinese.GB18030,

	"big5": traditionalchinese.Big5, "big-5": traditionalchinese.Big5, "x-big5": traditionalchinese.Big5, "cn-big5": traditionalchinese.Big5,
	"big5-hkscs": traditionalchinese.Big5, "big5hkscs": traditionalchinese.Big5, "cp950": traditionalchinese.Big5,
	"ms950": traditionalchinese.Big5, "950": traditionalchinese.Big5, "windows-950": traditionalchinese.Big5, "big5-eten": traditionalchinese.Big5,

	"cp932": japanese.ShiftJIS, "ms932": japanese.ShiftJIS, "windows-31j": japanese.ShiftJIS, "windows-932": japanese.ShiftJIS,
	"shift-jis": japanese.ShiftJIS, "x-sjis": japanese.ShiftJIS, "sjis": japanese.ShiftJIS, "eucjp": japanese.EUCJP,

	"cp949": korean.EUCKR, "ms949": korean.EUCKR, "949": korean.EUCKR, "uhc": korean.EUCKR, "windows-949": korean.EUCKR,
	"x-windows-949": korean.EUCKR, "euckr": korean.EUCKR, "ks_c_5601": korean.EUCKR, "ksc5601": korean.EUCKR,

	"iso-8859-1": charmap.Windows1252, "iso-8859-9": charmap.Windows1254, "iso-8859-11": charmap.Windows874, "tis-620": charmap.Windows874,
	"ansi": charmap.Windows1252, "latin": charmap.Windows1252, "iso-8859": charmap.Windows1252,
	"cp437": charmap.CodePage437, "cp850": charmap.CodePage850, "cp852": charmap.CodePage852, "cp866": charmap.CodePage866,
	"macroman": charmap.Macintosh, "x-mac-roman": charmap.Macintosh, "macintosh": charmap.Macintosh,
	"koi8-ru": charmap.KOI8U, "koi8": charmap.KOI8R,
}

var spellings = map[string]string{
	"utf8": "utf-8", "utf_8": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-utf-8": "utf-8", "utf-8n": "utf-8", "cp65001": "utf-8", "65001": "utf-8",
	"utf8mb4": "utf-8", "utf7": "utf-7", "utf16": "utf-16", "utf16le": "utf-16le", "utf16be": "utf-16be", "ucs-2": "utf-16", "iso-10646-ucs-2": "utf-16",
	"iso2022jp": "iso-2022-jp", "iso2022-jp": "iso-2022-jp", "jis": "iso-2022-jp", "iso2022kr": "iso-2022-kr", "iso2022-kr": "iso-2022-kr",
}

// undeclared are the labels that say nothing of bytes beyond ASCII.
var undeclared = map[string]bool{
	"": true, "us-ascii": true, "ascii": true, "x-unknown": true, "unknown": true, "unknown-8bit": true, "x-user-defined": true,
	"default": true, "default_charset": true, "8bit": true, "7bit": true, "binary": true, "iso646-us": true, "ansi_x3.4-1968": true,
}

// Normalize returns a label as it is looked up: lower case, without quotes, language tag (RFC 2231 5) and stray signs.
func Normalize(label string) string {
	if name := label; name == "utf-8" || name == "UTF-8" {
		return "utf-8"
	}
	if at := strings.IndexAny(label, ";*,"); at >= 0 {
		label = label[:at]
	}
	name := strings.ToLower(strings.Trim(label, " \t\r\n\"'`<>()="))
	name = strings.TrimPrefix(name, "charset=")
	if s, ok := spellings[name]; ok {
		return s
	}
	return respell(name)
}

// respell brings the many ways to write a numbered family into one: ISO8859_1, iso_8859-15, windows1252, cp-1251.
func respell(name string) string {
	for _, family := range []struct{ written, as string }{
		{"iso_8859", "iso-8859"}, {"iso8859", "iso-8859"}, {"iso-8859", "iso-8859"},
		{"windows", "windows"}, {"win", "windows"}, {"cp125", "windows-125"}, {"cp-125", "windows-125"}, {"x-cp125", "windows-125"}, {"125", "windows-125"},
	} {
		rest, ok := strings.CutPrefix(name, family.written)
		if !ok {
			continue
		}
		if strings.HasSuffix(family.as, "125") {
			return family.as + rest
		}
		if rest = strings.TrimLeft(rest, "-_ "); rest == "" || rest[0] < '0' || rest[0] > '9' {
			return name
		}
		return family.as + "-" + rest
	}
	return name
}

// lookup returns the encoding of a normalized label, nil when it is unknown or says nothing.
func lookup(name string) encoding.Encoding {
	if undeclared[name] {
		return nil
	}
	if enc, ok := aliases[name]; ok {
		return enc
	}
	if enc, err := htmlindex.Get(name); err == nil && enc != encoding.Replacement {
		return enc
	}
	if enc, err := ianaindex.MIME.Encoding(name); err == nil && enc != nil && enc != encoding.Replacement {
		return enc
	}
	return nil
}

// Silent reports whether a label is one that says nothing of bytes beyond ASCII, such as us-ascii or unknown-8bit.
func Silent(label string) bool { return undeclared[Normalize(label)] }
