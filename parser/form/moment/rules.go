package moment

import (
	"regexp"
	"strings"
	"time"
)

// rule reads one thing that a text may begin with.
type rule struct {
	pattern *regexp.Regexp
	read    func(s *statement, m []string) bool // false: it matches, but what it says cannot be
}

const (
	numeral   = `(\d{1,4}|[〇零一二两兩三四五六七八九十廿]{1,4})`
	monthName = `(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?`
	dayName   = `(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\b\.?`
	partZh    = `(凌晨|清晨|早晨|早上|上午|午前|中午|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|深夜|半夜)`
	ordinal   = `(\d{1,2})(?:st|nd|rd|th)?\b`
)

// rules are tried in this order. Text is in half-width signs and lower case.
var rules = []rule{
	// Dates in digits.
	{re(`(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})(?:t|日|号|\b)`), readISO},
	{re(`(\d{1,2})/(\d{1,2})/(\d{4})\b`), readSlashed},
	{re(`(\d{1,2})[-/](\d{1,2})(?:日|号|\b)`), readMonthDay},
	{re(numeral + ` ?年 ?` + numeral + ` ?月 ?` + numeral + ` ?[日号號]?`), readChineseDate},
	{re(`(今年|去年)?` + numeral + ` ?月 ?` + numeral + ` ?[日号號]?`), readChineseMonthDay},
	{re(`(?:本月|这个月|这月)?` + numeral + ` ?[日号號]`), readChineseDay},
	{re(monthName + ` ?` + ordinal + `(?:,? (\d{4})\b)?`), func(s *statement, m []string) bool { return s.setDay(atoi(m[3]), monthOf(m[1]), atoi(m[2])) }},
	{re(ordinal + `(?: of)? ` + monthName + `(?:,? (\d{4})\b)?`), func(s *statement, m []string) bool { return s.setDay(atoi(m[3]), monthOf(m[2]), atoi(m[1])) }},

	// Days counted from the mail's.
	{re(`(大前|前|昨|今|明|大后|后|後)(?:天|日|儿)?(早上|晚上|早晨|凌晨|早|晚|夜|晨)`), readDayPart},
	{re(`(大前|前|昨|今|明|大后|后|後)(?:天|日|儿)`), func(s *statement, m []string) bool { return s.setOffset(offsets[m[1]]) }},
	{re(`(?:the )?day (before yesterday|after tomorrow)\b`), func(s *statement, m []string) bool { return s.setOffset(offsets[m[1]]) }},
	{re(`(today|yesterday|tomorrow)\b`), func(s *statement, m []string) bool { return s.setOffset(offsets[m[1]]) }},
	{re(`(this|last|tomorrow|yesterday) (morning|afternoon|evening|night)\b`), readEnglishDayPart},
	{re(`(tonight)\b`), func(s *statement, _ []string) bool { return s.setOffset(0) && s.setPart(evening) }},

	// Weekdays.
	{re(`(上上|上|本|这|這|下下|下)?(?:一?个|個)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天1-6])`), readChineseWeekday},
	{re(`(?:(this|last|next) )?` + dayName), readEnglishWeekday},

	// So long ago.
	{re(`(?:刚才|剛才|刚刚|剛剛|刚|现在|現在|just now|right now|now)`), func(s *statement, _ []string) bool { return s.setAgo(0) }},
	{re(`(半|` + numeral + `)(?:个|個)?(半)? ?(小时|小時|钟头|分钟|分鐘)(半)?(?:以?前|之前)`), readChineseAgo},
	{re(numeral + ` ?天(?:以?前|之前)`), func(s *statement, m []string) bool { return s.setOffset(-number(m[1])) }},
	{re(`(\d{1,3}|an?|half an|one|two|three|four|five|six) ?(hours?|hrs?|h|minutes?|mins?|m|days?) ago\b`), readEnglishAgo},

	// Clocks.
	{re(`(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)? ?([ap])\.? ?m\b\.?`), func(s *statement, m []string) bool { return s.setTwelve(m[1], m[2], m[3]) }},
	{re(`(\d{1,2}) ?([ap])\.? ?m\b\.?`), func(s *statement, m []string) bool { return s.setTwelve(m[1], "0", m[2]) }},
	{re(`(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:hrs?\b|h\b|\b)`), func(s *statement, m []string) bool { return s.setClock(atoi(m[1]), atoi(m[2])) }},
	{re(`(\d{1,2}) o'?clock\b`), func(s *statement, m []string) bool { return s.setClock(atoi(m[1]), 0) }},
	{re(`half past (\d{1,2})\b`), func(s *statement, m []string) bool { return s.setClock(atoi(m[1]), 30) }},
	{re(numeral + ` ?[点點时時](?:钟|鐘|整)?(?:过|多)?(?:(半|一刻|三刻)|` + numeral + ` ?分?)?`), readChineseClock},
	{re(`(?:at )?midnight\b`), func(s *statement, _ []string) bool { return s.setClock(0, 0) }},
	{re(partZh), func(s *statement, m []string) bool { return s.setPart(parts[m[1]]) }},
	{re(`(?:(?:in|on) the )?(morning|noon|afternoon|evening)\b`), func(s *statement, m []string) bool { return s.setPart(parts[m[1]]) }},
	{re(`(?:at )?night\b`), func(s *statement, _ []string) bool { return s.setPart(evening) }},

	// Zones.
	{re(`(?:北京时间|北京時間|beijing time|china standard time)`), func(s *statement, _ []string) bool { return s.setZone(8 * 3600) }},
	{re(`\(?(?:utc|gmt) ?([+-])(\d{1,2}):?(\d{2})?\)?`), readZone},
	{re(`([+-])(\d{2})(\d{2})\b`), readZone},
	{re(`(\+)(\d{2}):(\d{2})\b`), readZone}, // with a minus it is a span: 9:30-10:30
	{re(`(?:utc|gmt|z)\b`), func(s *statement, _ []string) bool { return s.setZone(0) }},

	// What says nothing more.
	{re(`(?:左右|大约|大約|大概|约|約|差不多|前后|前後|许|的|在|于|從|从|自|是|开始|開始|起|发生|發生|发现|發現|出现|出現|那天|当天|當天|,|，|。|、|;|\.|\(|\)|~|-|@)`), saysNothing},
	{re(`(?:at about|at around|about|around|approximately|approx\.?|circa|ca\.|at|on|in|since|from|of|the|by|before|first noticed|noticed|started|was|it)\b`), saysNothing},
}

func re(pattern string) *regexp.Regexp { return regexp.MustCompile(`^` + pattern) }

func saysNothing(*statement, []string) bool { return true }

// atoi is the value of a numeral, 0 when it is missing.
func atoi(text string) int { return max(number(text), 0) }

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

func monthOf(name string) int { return strings.Index(months, name)/3 + 1 }

// offsets are the days from the mail's.
var offsets = map[string]int{
	"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "後": 2, "大后": 3,
	"before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after tomorrow": 2, "last": -1, "this": 0,
}

func readISO(s *statement, m []string) bool { return s.setDay(atoi(m[1]), atoi(m[3]), atoi(m[4])) }

// readSlashed reads 15/11/2023 and 11/15/2023. Where both could be the month, nobody knows which is.
func readSlashed(s *statement, m []string) bool {
	a, b, year := atoi(m[1]), atoi(m[2]), atoi(m[3])
	switch {
	case a > 12, a == b:
		return s.setDay(year, b, a)
	case b > 12:
		return s.setDay(year, a, b)
	}
	return false
}

// readMonthDay reads 11/15 and 11-15, the month first as in Chinese; 15/11 can only be the other way round.
func readMonthDay(s *statement, m []string) bool {
	a, b := atoi(m[1]), atoi(m[2])
	if a > 12 {
		a, b = b, a
	}
	return s.setDay(0, a, b)
}

func readChineseDate(s *statement, m []string) bool {
	year := number(m[1])
	if year >= 0 && year < 100 {
		year += 2000
	}
	return s.setDay(year, number(m[2]), number(m[3]))
}

func readChineseMonthDay(s *statement, m []string) bool {
	year := 0
	switch m[1] {
	case "今年":
		year = s.mail.Year()
	case "去年":
		year = s.mail.Year() - 1
	}
	return s.setDay(year, number(m[2]), number(m[3]))
}

// readChineseDay reads 15号: of this month, or of the one before or after it, as the tense has it.
func readChineseDay(s *statement, m []string) bool {
	day, month := number(m[1]), s.mail
	switch {
	case s.tense == past && day > s.mail.Day():
		month = s.mail.AddDate(0, 0, -s.mail.Day())
	case s.tense == future && day < s.mail.Day():
		month = s.mail.AddDate(0, 1, 1-s.mail.Day())
	}
	return s.setDay(month.Year(), int(month.Month()), day)
}

func readDayPart(s *statement, m []string) bool {
	return s.setOffset(offsets[m[1]]) && s.setPart(parts[m[2]])
}

func readEnglishDayPart(s *statement, m []string) bool {
	if m[1] == "last" && m[2] != "night" && m[2] != "evening" {
		return false
	}
	return s.setOffset(offsets[m[1]]) && s.setPart(parts[m[2]])
}

// readChineseWeekday counts weeks from Monday: 上周五 is the Friday of last week. 周五 alone is the last or next one. Beside a
// date it is only said again: 11月15日(周三).
func readChineseWeekday(s *statement, m []string) bool {
	if s.dated && m[1] == "" {
		return true
	}
	day := strings.Index("一二三四五六日", m[2])/len("一") + 1
	switch {
	case m[2] == "天":
		day = 7
	case m[2] <= "9":
		day = number(m[2])
	}
	if m[1] == "" {
		return s.setWeekday(day)
	}
	weeks := map[string]int{"上上": -2, "上": -1, "本": 0, "这": 0, "這": 0, "下": 1, "下下": 2}[m[1]]
	return s.setOffset(day - weekdayOf(s.mail) + 7*weeks)
}

// readEnglishWeekday: "last Friday" is the last one before the mail's day, "next Friday" that of next week.
func readEnglishWeekday(s *statement, m []string) bool {
	if s.dated && m[1] == "" {
		return true
	}
	day := strings.Index("montuewedthufrisatsun", m[2])/3 + 1
	days := day - weekdayOf(s.mail)
	switch {
	case m[1] == "":
		return s.setWeekday(day)
	case m[1] == "next", m[1] == "last" && days >= 0:
		days += map[string]int{"next": 7, "last": -7}[m[1]]
	}
	return s.setOffset(days)
}

// setWeekday notes a weekday alone: the mail's own day counts unless its time tells otherwise.
func (s *statement) setWeekday(day int) bool {
	days := day - weekdayOf(s.mail)
	switch {
	case s.tense == past && days > 0:
		days -= 7
	case s.tense == future && days < 0:
		days += 7
	}
	s.bareWeekday = true
	return s.setOffset(days)
}

// weekdayOf is 1 for Monday to 7 for Sunday.
func weekdayOf(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func readChineseAgo(s *statement, m []string) bool {
	unit := unitOf(m[4])
	if m[1] == "半" {
		return s.setAgo(unit / 2)
	}
	ago := time.Duration(number(m[1])) * unit
	if m[3] != "" || m[5] != "" {
		ago += unit / 2
	}
	return s.setAgo(ago)
}

func readEnglishAgo(s *statement, m []string) bool {
	count, known := map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}[m[1]]
	if !known {
		count = atoi(m[1])
	}
	switch {
	case m[1] == "half an":
		return strings.HasPrefix(m[2], "h") && s.setAgo(time.Hour/2)
	case strings.HasPrefix(m[2], "d"):
		return s.setOffset(-count)
	}
	return s.setAgo(time.Duration(count) * unitOf(m[2]))
}

func (s *statement) setTwelve(hour, minute, half string) bool {
	if atoi(hour) > 12 || atoi(hour) == 0 {
		return false
	}
	return s.setClock(atoi(hour), atoi(minute)) && s.setPart(parts[half+"m"])
}

func readChineseClock(s *statement, m []string) bool {
	minute := atoi(m[3])
	switch m[2] {
	case "半":
		minute = 30
	case "一刻":
		minute = 15
	case "三刻":
		minute = 45
	}
	return s.setClock(number(m[1]), minute)
}

func (s *statement) setZone(seconds int) bool {
	if s.zone != nil {
		return false
	}
	s.zone = time.FixedZone("", seconds)
	return true
}

// readZone reads an offset. Only behind a clock is it one.
func readZone(s *statement, m []string) bool {
	seconds := atoi(m[2])*3600 + atoi(m[3])*60
	if s.hour == unsaid || seconds > 14*3600 {
		return false
	}
	if m[1] == "-" {
		seconds = -seconds
	}
	return s.setZone(seconds)
}
