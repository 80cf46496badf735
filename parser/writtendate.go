package parser

import (
	"regexp"
	"strings"
	"time"
)

// writtenLayouts are the ways in which clients write a date into a text, after normalWritten.
var writtenLayouts = []string{
	"2006-1-2 15:4:5", "2006-1-2 15:4", "2006-1-2 3:4 PM", "2006-1-2",
	"January 2 2006 3:4:5 PM", "January 2 2006 3:4 PM", "January 2 2006 15:4:5", "January 2 2006 15:4",
	"Jan 2 2006 3:4:5 PM", "Jan 2 2006 3:4 PM", "Jan 2 2006 15:4:5", "Jan 2 2006 15:4",
	"2 January 2006 15:4:5", "2 January 2006 15:4", "2 January 2006 3:4 PM",
	"2 Jan 2006 15:4:5", "2 Jan 2006 15:4", "2 Jan 2006 3:4 PM",
}

// parseWritten reads the date of a forwarded block: as in a header, else as people read it, in Chinese or English, and
// then in the zone loc, for such a date names none. The zero time when it is no date.
func parseWritten(value string, loc *time.Location) time.Time {
	text := normalWritten(value)
	for _, layout := range writtenLayouts {
		if t, err := time.ParseInLocation(layout, text, loc); err == nil {
			return t
		}
	}
	return parseDate(value)
}

var (
	weekday   = regexp.MustCompile(`(?i)(星期|周|週|禮拜)[一二三四五六日天]|\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b`)
	chineseAM = regexp.MustCompile(`(上午|凌晨|早上|中午|下午|晚上)\s*(\d{1,2}:\d{1,2})(:\d{1,2})?`)
	writtenTo = strings.NewReplacer("年", "-", "月", "-", "日", " ", "/", "-", "时", ":", "時", ":", "分", "", "：", ":", ",", " ", "，", " ",
		"(", " ", ")", " ", "（", " ", "）", " ", "\u202f", " ", "\u00a0", " ", " at ", " ", " am", " AM", " pm", " PM")
)

// normalWritten brings a date into digits, English month and AM or PM, with single blanks between.
func normalWritten(value string) string {
	text := writtenTo.Replace(weekday.ReplaceAllString(value, " "))
	text = chineseAM.ReplaceAllStringFunc(text, func(clock string) string {
		m := chineseAM.FindStringSubmatch(clock)
		half := " AM"
		if m[1] == "下午" || m[1] == "晚上" || m[1] == "中午" && strings.HasPrefix(m[2], "12") {
			half = " PM"
		}
		return m[2] + half
	})
	return strings.Join(strings.Fields(text), " ")
}
