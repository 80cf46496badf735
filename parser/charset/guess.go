package charset

import (
	"unicode"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

const (
	sampleSize = 4 << 10 // what the statistics look at
	confident  = 0.8     // what they must at least be worth
	fewBytes   = 12      // so few bytes beyond ASCII say nothing about alphabets
)

// guessEncoding says which charset b, not UTF-8, is most likely in.
func guessEncoding(b []byte) encoding.Encoding {
	sample := b[:min(len(b), sampleSize)]
	if mostlyLone(sample) {
		return charmap.Windows1252
	}
	result := chardet.Detect(sample)
	if enc := lookup(Normalize(result.Encoding)); enc != nil && result.Confidence >= confident && plausible(enc, sample) &&
		!(isSingleByte(enc) && highBytes(sample) < fewBytes) {
		return enc
	}
	for _, enc := range []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5} {
		if plausible(enc, sample) {
			return enc
		}
	}
	return charmap.Windows1252
}

func highBytes(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// mostlyLone reports whether the high bytes of b stand one by one between ASCII, as the accented letters of Western
// languages do; the characters of a multibyte charset come in pairs.
func mostlyLone(b []byte) bool {
	lone, paired := 0, 0
	for i := 0; i < len(b); {
		if b[i] < 0x80 {
			i++
			continue
		}
		start := i
		for i < len(b) && b[i] >= 0x80 {
			i++
		}
		inWord := i-start == 2 && start > 0 && isLower(b[start-1]) && i < len(b) && isLower(b[i]) // größer
		if i-start == 1 || inWord {
			lone++
		} else {
			paired += (i - start) / 2
		}
	}
	return lone > paired
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// plausible reports whether b decodes in enc with next to nothing left over; of a text the last character may be cut.
func plausible(enc encoding.Encoding, b []byte) bool {
	strange, high := 0, 0
	for _, r := range run(enc, b) {
		switch {
		case r == utf8.RuneError || unicode.Is(unicode.Co, r) || r >= 0x80 && r < 0xA0:
			strange++
		case r >= utf8.RuneSelf:
			high++
		}
	}
	return strange <= min(high/5, 1)+high/50
}
