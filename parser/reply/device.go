package reply

import (
	"strings"
	"unicode/utf8"
)

// isDeviceLine reports the line by which a phone or an app signs: "Sent from my iPhone", "发自我的iPhone", "Get Outlook for iOS".
func isDeviceLine(body string) bool {
	if len(body) < 6 || len(body) > 200 || utf8.RuneCountInString(body) > 110 {
		return false
	}
	lower := strings.ToLower(strings.Trim(linkTarget(body), "<>()[]*_~· \u200e\u200f-—"))
	if strings.Contains(lower, "outlook") && getsOutlook(lower) {
		return true
	}
	for _, opening := range openingsByByte[firstByte(lower)] {
		if rest, ok := strings.CutPrefix(lower, opening); ok {
			return isDevicePhrase(opening, strings.TrimSpace(rest))
		}
	}
	unstopped := strings.TrimRight(lower, ".。")
	for _, ending := range deviceEndings {
		if strings.HasSuffix(unstopped, ending) {
			return hasDevice(lower)
		}
	}
	return hasSuffixWords(lower, "from mobile", "via mobile", "from my mobile", "from phone")
}

// openingsByByte are deviceOpenings by the byte that each begins with.
var openingsByByte = func() (table [256][]string) {
	for _, opening := range deviceOpenings {
		table[opening[0]] = append(table[opening[0]], opening)
	}
	return table
}()

// firstByte is the first byte of s, 0 when there is none.
func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// linkTarget cuts the address behind a link: "mail](https://…) for Windows", "TypeApp<http://…>".
func linkTarget(body string) string {
	if at := strings.Index(body, "<http"); at > 0 {
		body = body[:at]
	}
	for {
		from := strings.Index(body, "](")
		if from < 0 {
			return strings.ReplaceAll(body, "[", "")
		}
		to := strings.IndexByte(body[from:], ')')
		if to < 0 {
			return strings.ReplaceAll(body[:from], "[", "")
		}
		body = body[:from] + body[from+to+1:]
	}
}

func hasSuffixWords(lower string, endings ...string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(lower, ending) && strings.Count(lower, " ") <= 3 {
			return true
		}
	}
	return false
}

// getsOutlook reports Outlook's advertisement for itself, in whatever language.
func getsOutlook(lower string) bool {
	if strings.Count(lower, " ") > 9 || strings.Contains(lower, "?") {
		return false
	}
	for _, system := range [...]string{"ios", "android", "aka.ms", "outlook for mac"} {
		if strings.Contains(lower, system) {
			return true
		}
	}
	return false
}

// isDevicePhrase judges what follows "Sent from": a device or an app in few words. A sentence that goes on, "Sent from
// my desk, is much easier", is prose.
func isDevicePhrase(opening, rest string) bool {
	if rest == "" || strings.ContainsAny(rest, "?？") {
		return false
	}
	clause := rest
	if at := strings.IndexAny(rest, ",.;，。；"); at >= 0 {
		clause = rest[:at]
	}
	words := strings.Count(clause, " ") + 1
	if hasDevice(clause) {
		return words <= 12
	}
	mine := strings.HasSuffix(opening, " my") || strings.HasSuffix(opening, "我的")
	return mine && clause == strings.TrimRight(rest, ".!。！") && words <= 4 && utf8.RuneCountInString(clause) <= 30
}

func hasDevice(lower string) bool {
	for _, device := range devices {
		if containsWords(lower, device) {
			return true
		}
	}
	return false
}
