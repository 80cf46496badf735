package moment

// part is a part of the day: the hour that it stands for when none is said, and how it reads the hours of a twelve-hour
// clock.
type part struct {
	hour  int // 0 for no part at all
	reads reading
}

type reading uint8

const (
	asWritten reading = iota
	beforeNoon
	aroundNoon // 12 is noon, 1 and 2 are after it
	afterNoon
	atNight // 6 to 11 are before midnight, 12 is midnight, less is after it
)

var (
	dawn      = part{4, beforeNoon}
	morning   = part{9, beforeNoon}
	noon      = part{12, aroundNoon}
	afternoon = part{15, afterNoon}
	evening   = part{20, atNight}
	am        = part{9, beforeNoon}
	pm        = part{15, afterNoon}
)

// parts are the words for them.
var parts = map[string]part{
	"凌晨": dawn, "清晨": {7, beforeNoon}, "早晨": morning, "早上": morning, "早": morning, "晨": {7, beforeNoon}, "上午": morning, "午前": morning,
	"中午": noon, "正午": noon, "下午": afternoon, "午后": afternoon, "傍晚": {18, afterNoon}, "晚上": evening, "晚间": evening, "晚": evening,
	"夜里": evening, "夜间": evening, "夜": evening, "深夜": {23, atNight}, "半夜": {23, atNight},
	"morning": morning, "noon": noon, "afternoon": afternoon, "evening": evening, "night": evening, "am": am, "pm": pm,
}

// clock is the hour, 0 to 24, and the minute that were said.
func (s *statement) clock() (hour, minute int) {
	switch {
	case s.hour == unsaid && s.part.hour != 0:
		return s.part.hour, 0
	case s.hour == unsaid && s.tense == future:
		return 23, 59
	case s.hour == unsaid:
		return 0, 0
	}
	return s.part.read(s.hour), s.minute
}

// read turns the hour of a twelve-hour clock into that of the day. Hours after noon are clear by themselves.
func (p part) read(hour int) int {
	if hour > 12 || hour == 0 {
		return hour
	}
	switch p.reads {
	case beforeNoon:
		return hour % 12
	case aroundNoon:
		if hour <= 3 {
			return hour + 12
		}
	case afterNoon:
		return hour%12 + 12
	case atNight:
		if hour >= 5 {
			return hour + 12 // 12 at night is the end of the day
		}
		return hour + 24 // the small hours after it
	}
	return hour
}
