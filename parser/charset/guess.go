package charset

import (
	"bytes"
	"strings"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	sampleSize = 4 << 10 // what the statistics look at
	confident  = 0.8     // what they must at least be worth
)

// guessEncoding says which charset b, not UTF-8, is most likely in.
func guessEncoding(b []byte) encoding.Encoding {
	sample := b[:min(len(b), sampleSize)]
	if mostlyLone(sample) {
		return charmap.Windows1252
	}
	result := chardet.Detect(sample)
	if enc := lookup(Normalize(result.Encoding)); enc != nil && result.Confidence >= confident && plausible(enc, sample) {
		return enc
	}
	if plausible(simplifiedchinese.GB18030, sample) {
		return simplifiedchinese.GB18030
	}
	return charmap.Windows1252
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
		if i-start == 1 {
			lone++
		} else {
			paired += (i - start) / 2
		}
	}
	return lone > paired
}

// plausible reports whether b decodes in enc with next to nothing left over; the last character may be cut.
func plausible(enc encoding.Encoding, b []byte) bool {
	text := run(enc, b)
	high := 0
	for _, c := range b {
		if c >= 0x80 {
			high++
		}
	}
	return strings.Count(text, "\uFFFD") <= 1+high/50 && !bytes.ContainsRune([]byte(text), '\uE000')
}
