package parser

import (
	"testing"
	"time"
)

func TestParseWritten(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	want := time.Date(2023, 11, 15, 15, 20, 0, 0, shanghai)
	for _, in := range []string{
		"2023年11月15日(星期三) 下午3:20", "2023年11月15日 15:20", "2023-11-15 15:20:00", "2023/11/15 15:20", "2023年11月15日 星期三 15:20", "2023年11月15日 15时20分",
		"Wednesday, November 15, 2023 3:20 PM", "Wed, Nov 15, 2023 at 3:20 PM", "Wed, Nov 15, 2023 at 3:20\u202fPM", "15 November 2023 15:20", "Wed, 15 Nov 2023 15:20:00 +0800",
		"Wed, 15 Nov 2023 07:20:00 GMT",
	} {
		if got := parseWritten(in, shanghai); !got.Equal(want) {
			t.Errorf("parseWritten(%q) = %v, want %v", in, got, want)
		}
	}
	for _, in := range []string{"", "yesterday", "2023年13月45日"} {
		if got := parseWritten(in, shanghai); !got.IsZero() {
			t.Errorf("parseWritten(%q) = %v, want none", in, got)
		}
	}
}
