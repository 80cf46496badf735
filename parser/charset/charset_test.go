package charset

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func encode(t testing.TB, enc encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	gb := func(text string) []byte { return encode(t, simplifiedchinese.GB18030, text) }
	for _, c := range []struct {
		name, label string
		in          []byte
		want        string
	}{
		{"four bytes under gb2312", "gb2312", gb("㐂𠮷"), "㐂𠮷"},
		{"x-gbk", "x-gbk", gb("打印机"), "打印机"},
		{"GB_2312-80 in capitals and quotes", `"GB_2312-80"`, gb("打印机"), "打印机"},
		{"cp936", "CP936", gb("打印机"), "打印机"},
		{"big5", "big5", encode(t, traditionalchinese.Big5, "印表機"), "印表機"},
		{"hz", "hz-gb-2312", []byte("~{4rS!;z~} ok"), "打印机 ok"},
		{"iso-2022-jp", "ISO-2022-JP", encode(t, japanese.ISO2022JP, "一覧"), "一覧"},
		{"iso-2022-kr", "iso-2022-kr", []byte("\x1b$)C\x0e\x47\x51\x31\x5b\x0f ok"), "한글 ok"},
		{"euc-kr", "ks_c_5601-1987", encode(t, korean.EUCKR, "한글"), "한글"},
		{"euc-jp", "euc-jp", encode(t, japanese.EUCJP, "印刷"), "印刷"},
		{"shift_jis by its code page", "cp932", encode(t, japanese.ShiftJIS, "印刷"), "印刷"},
		{"koi8-r", "koi8-r", encode(t, charmap.KOI8R, "принтер"), "принтер"},
		{"windows1251 without dash", "windows1251", encode(t, charmap.Windows1251, "принтер"), "принтер"},
		{"c1 of iso-8859-1 is windows-1252", "iso-8859-1", []byte("\x93ok\x94 \x80"), "“ok” €"},
		{"iso8859_15", "ISO8859_15", []byte("\xa4"), "€"},
		{"utf-7", "utf-7", []byte("Fr+APY-sche +- +ZeVnLIqe-"), "Frösche + 日本語"},
		{"utf-16 with mark", "utf-16", []byte("\xff\xfeo\x00k\x00"), "ok"},
		{"utf-16 without mark, little endian", "utf-16", []byte("o\x00k\x00"), "ok"},
		{"utf-16 without mark, big endian", "utf-16", []byte("\x00o\x00k"), "ok"},
		{"utf-16 that is none", "unicode", []byte("ok 打印机"), "ok 打印机"},
		{"utf-8 under latin1", "iso-8859-1", []byte("naïve 打印机"), "naïve 打印机"},
		{"utf-8 under big5", "big5", []byte("印表機"), "印表機"},
		{"gb bytes that look like utf-8 stay gb", "gb2312", gb("模"), "模"},
		{"gb bytes under utf-8", "utf-8", gb("打印机一直提示卡纸"), "打印机一直提示卡纸"},
		{"utf-8 with one cut character", "utf-8", []byte("打印机卡\xe7\xba"), "打印机卡\uFFFD"},
		{"utf-8 with mark", "utf-8", []byte("\xef\xbb\xbfok é"), "ok é"},
		{"unknown label", "x-klingon", []byte("打印机"), "打印机"},
		{"us-ascii with gb bytes", "us-ascii", gb("三楼打印机又卡纸了，请派人来看一下。"), "三楼打印机又卡纸了，请派人来看一下。"},
		{"no label, three gb characters", "", gb("打印机"), "打印机"},
		{"no label, western", "", []byte("J\xfcrgen M\xfcller \x96 Stra\xdfe"), "Jürgen Müller – Straße"},
		{"no label, iso-2022-jp", "", encode(t, japanese.ISO2022JP, "一覧"), "一覧"},
		{"no label, big5 sentence", "", encode(t, traditionalchinese.Big5, "三樓的印表機無法列印，請派人來處理，謝謝。"), "三樓的印表機無法列印，請派人來處理，謝謝。"},
		{"language tag", "utf-8*en", []byte("é"), "é"},
		{"empty", "gb2312", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Decode(c.label, c.in); got != c.want {
				t.Errorf("Decode(%q, %q) = %q, want %q", c.label, c.in, got, c.want)
			}
		})
	}
}

func TestHeader(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "printer", "printer"},
		{"base64", "=?gb2312?B?tPLTobv6?=", "打印机"},
		{"quoted", "=?GBK?Q?=B4=F2=D3=A1=BB=FA_1?=", "打印机 1"},
		{"character cut in two words", "=?gb2312?B?tPLT?= =?gb2312?B?obv6?=", "打印机"},
		{"cut, folded, charset in other case", "=?GB2312?B?tPLT?=\n\t=?gb2312?Q?=A1=BB=FA?=", "打印机"},
		{"space between word and text stays", "Re: =?utf-8?Q?a?= b", "Re: a b"},
		{"two charsets", "=?utf-8?Q?=E6=89=93?= =?gb2312?B?06E=?=", "打印"},
		{"no space between words", "=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"},
		{"inside quotes", `"=?utf-8?Q?a?="`, `"a"`},
		{"double padding before the mark", "=?utf-8?B?YQ==?=", "a"},
		{"padding in the middle", "=?utf-8?B?YQ==YQ==?=", "aa"},
		{"padding missing", "=?utf-8?B?YQ?=", "a"},
		{"mark missing at the end", "=?utf-8?B?5omT5Y2w", "打印"},
		{"mark missing before the next", "=?utf-8?B?5omT =?utf-8?B?5Y2w?=", "打印"},
		{"spaces in a Q word", "=?utf-8?Q?a b?=", "a b"},
		{"unknown charset", "=?x-klingon?Q?=E6=89=93?=", "打"},
		{"unknown encoding", "=?utf-8?X?abc?=", "=?utf-8?X?abc?="},
		{"no base64", "=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="},
		{"question only", "what=?", "what=?"},
		{"language tag", "=?utf-8*en?Q?a?=", "a"},
		{"iso-2022-jp resets in each word", "=?ISO-2022-JP?B?GyRCMGwbKEI=?= =?ISO-2022-JP?B?GyRCTXcbKEI=?=", "一覧"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Header(c.in); got != c.want {
				t.Errorf("Header(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestRaw(t *testing.T) {
	big5 := encode(t, traditionalchinese.Big5, "印表機故障")
	for _, c := range []struct {
		name, hint string
		in         []byte
		want       string
	}{
		{"utf-8 in spite of the hint", "gb2312", []byte("打印机"), "打印机"},
		{"the body's charset", "big5", big5, "印表機故障"},
		{"a hint that cannot be", "gb2312", []byte("M\xfcller"), "Müller"},
		{"no hint", "", []byte("M\xfcller"), "Müller"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Raw(c.hint, c.in); got != c.want {
				t.Errorf("Raw(%q, %q) = %q, want %q", c.hint, c.in, got, c.want)
			}
		})
	}
}

func TestUnpercent(t *testing.T) {
	for in, want := range map[string]string{
		"%E6%88%AA%E5%9B%BE.png": "截图.png",
		"100%25.txt":             "100%25.txt",
		"50% off":                "50% off",
		"%FF.txt":                "%FF.txt",
	} {
		if got := Unpercent(in); got != want {
			t.Errorf("Unpercent(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzCharset(f *testing.F) {
	f.Add("gb2312", []byte("\xb4\xf2\xd3\xa1=?gb2312?B?tPLT?= =?gb2312?Q?=A1?="))
	f.Add("utf-7", []byte("+APY-+-+"))
	f.Add("utf-16", []byte("\xff\xfeo\x00\x00"))
	f.Add("iso-2022-kr", []byte("\x1b$)C\x0e\x47\x51\x0f"))
	f.Add("hz", []byte("~{4rS!;z~"))
	f.Add("", []byte("\x1b$B0lMw\x1b(B"))
	f.Add("utf-8", []byte("=?utf-8?B?5omT =?utf-8?Q?=E5?"))
	f.Fuzz(func(t *testing.T, label string, b []byte) {
		for name, text := range map[string]string{
			"Decode": Decode(label, b), "Guess": Guess(b), "Raw": Raw(label, b), "Header": Header(Raw(label, b)),
		} {
			if !utf8.ValidString(text) {
				t.Errorf("%s(%q, %q) is not UTF-8: %q", name, label, b, text)
			}
		}
	})
}
