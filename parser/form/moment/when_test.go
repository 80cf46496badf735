package moment

import (
	"testing"
	"time"
)

var (
	shanghai = time.FixedZone("CST", 8*3600)
	mail     = time.Date(2023, 11, 15, 9, 31, 20, 0, shanghai) // a Wednesday
)

func TestWhen(t *testing.T) {
	for text, want := range map[string]string{
		"2023-11-15 09:30":    "2023-11-15 09:30",
		"2023-11-15 09:30:59": "2023-11-15 09:30",
		"2023/11/15 9:30":     "2023-11-15 09:30",
		"2023.11.15 9:30":     "2023-11-15 09:30",
		"２０２３－１１－１５　０９：３０": "2023-11-15 09:30",
		"2023-11-15T09:30":              "2023-11-15 09:30",
		"2023-11-15T01:30:00Z":          "2023-11-15 09:30",
		"2023-11-15T09:30:00+08:00":     "2023-11-15 09:30",
		"2023-11-15 09:30 +0800":        "2023-11-15 09:30",
		"2023-11-15 01:30 UTC":          "2023-11-15 09:30",
		"2023-11-15 10:30 (GMT+9)":      "2023-11-15 09:30",
		"2023年11月15日9点半":                "2023-11-15 09:30",
		"2023年11月15日 上午9:30":            "2023-11-15 09:30",
		"2023年11月15日(星期三) 上午9:30":       "2023-11-15 09:30",
		"二〇二三年十一月十五日九点三十分":              "2023-11-15 09:30",
		"2023年11月15号9时30分左右":            "2023-11-15 09:30",
		"11月15日上午9:30":                  "2023-11-15 09:30",
		"11月14日下午三点一刻":                  "2023-11-14 15:15",
		"11/14 15:20":                   "2023-11-14 15:20",
		"12月30日 9点":                     "2022-12-30 09:00", // the last one
		"去年12月3日":                       "2022-12-03 00:00",
		"14号下午2点":                       "2023-11-14 14:00",
		"30号":                           "2023-10-30 00:00",
		"昨天下午3点":                        "2023-11-14 15:00",
		"昨日15:00左右":                     "2023-11-14 15:00",
		"昨天晚上11点":                       "2023-11-14 23:00",
		"昨晚十二点":                         "2023-11-15 00:00",
		"昨晚两点":                          "2023-11-15 02:00",
		"今天凌晨2点":                        "2023-11-15 02:00",
		"今早九点":                          "2023-11-15 09:00",
		"今早":                            "2023-11-15 09:00",
		"今天下午":                          "2023-11-15 09:31", // not later than the mail
		"前天中午":                          "2023-11-13 12:00",
		"前天中午1点":                        "2023-11-13 13:00",
		"大前天 8点45":                      "2023-11-12 08:45",
		"上周五":                           "2023-11-10 00:00",
		"上星期五上午十点":                      "2023-11-10 10:00",
		"周一早上9点":                        "2023-11-13 09:00",
		"周五下午":                          "2023-11-10 15:00",
		"周三 10点":                        "2023-11-08 10:00", // today's is still to come
		"周三 9点":                         "2023-11-15 09:00",
		"上上周日":                          "2023-11-05 00:00",
		"从今天早上8点开始":                     "2023-11-15 08:00",
		"半小时前":                          "2023-11-15 09:01",
		"一个半小时前":                        "2023-11-15 08:01",
		"20分钟前":                         "2023-11-15 09:11",
		"两天前":                           "2023-11-13 00:00",
		"3天前下午4点":                       "2023-11-12 16:00",
		"刚才":                            "2023-11-15 09:31",
		"9:30":                          "2023-11-15 09:30",
		"9:35":                          "2023-11-15 09:35", // clocks differ
		"16:30":                         "2023-11-14 16:30",
		"yesterday 3pm":                 "2023-11-14 15:00",
		"Yesterday, at about 3:15 p.m.": "2023-11-14 15:15",
		"3 pm yesterday":                "2023-11-14 15:00",
		"this morning":                  "2023-11-15 09:00",
		"this morning at 8:15":          "2023-11-15 08:15",
		"last night at 11":              "",
		"last night at 11pm":            "2023-11-14 23:00",
		"yesterday evening 8 PM":        "2023-11-14 20:00",
		"yesterday at noon":             "2023-11-14 12:00",
		"9:30am Nov 15":                 "2023-11-15 09:30",
		"Nov 15, 2023 at 9:30 AM":       "2023-11-15 09:30",
		"15 November 2023 09:30":        "2023-11-15 09:30",
		"Wed, 15 Nov 2023, 9:30":        "2023-11-15 09:30",
		"the 14th of November":          "2023-11-14 00:00",
		"November 14th, 4 o'clock":      "2023-11-14 04:00",
		"12am Nov 14":                   "2023-11-14 00:00",
		"last Friday":                   "2023-11-10 00:00",
		"last Wednesday":                "2023-11-08 00:00",
		"on Monday at 10:00":            "2023-11-13 10:00",
		"Friday afternoon":              "2023-11-10 15:00",
		"the day before yesterday 9am":  "2023-11-13 09:00",
		"2 hours ago":                   "2023-11-15 07:31",
		"half an hour ago":              "2023-11-15 09:01",
		"2 days ago":                    "2023-11-13 00:00",
		"15/11/2023 9:30":               "2023-11-15 09:30",
		"11/14/2023 9:30 am":            "2023-11-14 09:30",

		"":                      "",
		"每天9点":                  "",
		"昨天下午3点还正常":             "",
		"今天早上开机后":               "",
		"last week":             "",
		"05/06/2023":            "", // May or June?
		"2023-02-30":            "",
		"2023-13-01":            "",
		"25:00":                 "",
		"9:30 到 10:30":          "",
		"9:30-10:30":            "",
		"9-10点":                 "",
		"昨天和前天":                 "",
		"yesterday or today":    "",
		"when I open the mail":  "",
		"13pm":                  "",
		"last morning":          "",
		"20 minutes ago at 9am": "",
	} {
		t.Run(text, func(t *testing.T) {
			got, ok := When(text, mail)
			if ok != (want != "") || ok && got.In(shanghai).Format("2006-01-02 15:04") != want {
				t.Errorf("got %v, %v, want %q", got, ok, want)
			}
		})
	}
}

func TestDueLooksAhead(t *testing.T) {
	for text, want := range map[string]string{
		"2023-11-17 18:00": "2023-11-17 18:00",
		"明天下午5点":           "2023-11-16 17:00",
		"明天":               "2023-11-16 23:59",
		"周五":               "2023-11-17 23:59",
		"下周一上午":            "2023-11-20 09:00",
		"周三 9点":            "2023-11-22 09:00",
		"18:00":            "2023-11-15 18:00",
		"8:00":             "2023-11-16 08:00",
		"1月3日":             "2024-01-03 23:59",
		"10号":              "2023-12-10 23:59",
		"后天中午":             "2023-11-17 12:00",
		"tomorrow 5pm":     "2023-11-16 17:00",
		"by Friday":        "2023-11-17 23:59",
		"next Friday":      "2023-11-24 23:59",
		"tonight":          "2023-11-15 20:00",
		"soon":             "",
	} {
		t.Run(text, func(t *testing.T) {
			got, ok := Due(text, mail)
			if ok != (want != "") || ok && got.In(shanghai).Format("2006-01-02 15:04") != want {
				t.Errorf("got %v, %v, want %q", got, ok, want)
			}
		})
	}
}

func TestWhenNeedsAMailWithADate(t *testing.T) {
	if got, ok := When("yesterday 3pm", time.Time{}); ok {
		t.Errorf("got %v", got)
	}
}

func TestWhenKeepsTheMailsZone(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	got, ok := When("今天 8:15", time.Date(2023, 11, 15, 9, 0, 0, 0, berlin))
	if want := time.Date(2023, 11, 15, 8, 15, 0, 0, berlin); !ok || !got.Equal(want) || got.Format("-07:00") != "+01:00" {
		t.Errorf("got %v, %v, want %v", got, ok, want)
	}
}

func TestLength(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"30m": 30 * time.Minute, "1.5h": 90 * time.Minute, "1h30m": 90 * time.Minute, "1h 30min": 90 * time.Minute, "2 hours and 5 minutes": 125 * time.Minute,
		"1小时30分": 90 * time.Minute, "90分钟": 90 * time.Minute, "９０分钟": 90 * time.Minute, "一个半小时": 90 * time.Minute, "1小时半": 90 * time.Minute,
		"半小时": 30 * time.Minute, "半个小时": 30 * time.Minute, "两小时": 2 * time.Hour, "三十分钟": 30 * time.Minute, "half an hour": 30 * time.Minute,
		"an hour": time.Hour, "1:30": 90 * time.Minute, "45 MIN": 45 * time.Minute,
		"": 0, "30": 0, "1d": 0, "0m": 0, "30m 1h": 0, "1h1h": 0, "about an hour": 0, "-5m": 0, "0:00": 0,
	} {
		t.Run(text, func(t *testing.T) {
			if got, ok := Length(text); got != want || ok != (want > 0) {
				t.Errorf("got %v, %v, want %v", got, ok, want)
			}
		})
	}
}

func TestCutNumeral(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		rest string
	}{
		{"5 很快", 5, " 很快"}, {"５很快", 5, "很快"}, {"五分", 5, "分"}, {"二十三", 23, ""}, {"十", 10, ""}, {"九十九", 99, ""}, {"二〇二三", 2023, ""}, {"廿三", 23, ""},
		{"", -1, ""}, {"abc", -1, "abc"}, {"十十", -1, ""}, {"1234567", -1, ""}, {"5十", -1, ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			if n, rest := CutNumeral(c.text); n != c.n || rest != c.rest {
				t.Errorf("got %d, %q, want %d, %q", n, rest, c.n, c.rest)
			}
		})
	}
}

func FuzzWhen(f *testing.F) {
	for _, seed := range []string{"2023-11-15 09:30", "2023年11月15日9点半", "昨天下午3点", "上周五", "昨晚十二点", "yesterday 3pm", "9:30am Nov 15", "last Friday",
		"一个半小时前", "2 hours ago", "9:30 GMT+8", "1h30m", "半小时", "30号", "\xff:\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(string, time.Time) (time.Time, bool){When, Due} {
			got, ok := read(text, mail)
			if !ok {
				continue
			}
			if got.Second() != 0 || got.Nanosecond() != 0 {
				t.Errorf("%q is %v, not to the minute", text, got)
			}
			if y := got.Year(); y < 1 || y > 9999 {
				t.Errorf("%q is in the year %d", text, y)
			}
			if again, ok := When(got.Format(time.RFC3339), mail); !ok || !again.Equal(got) {
				t.Errorf("%q is %v, which reads as %v, %v", text, got, again, ok)
			}
		}
		if length, ok := Length(text); ok && length <= 0 {
			t.Errorf("%q takes %v", text, length)
		}
	})
}
