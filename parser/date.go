package parser

import (
	"strings"
	"time"
)

// dateLayouts are the ways in which dates are written, beside RFC 5322 3.3 in its many dialects.
var dateLayouts = []string{
	"2 Jan 2006 15:4:5 -0700",
	"2 Jan 2006 15:4 -0700",
	"2 Jan 06 15:4:5 -0700",
	"2 Jan 06 15:4 -0700",
	"Jan 2 15:4:5 2006 -0700",
	"Jan 2 2006 15:4:5 -0700",
	"Jan 2 15:4:5 -0700 2006",
	"2 January 2006 15:4:5 -0700",
	"2006-1-2 15:4:5 -0700",
	"2006/1/2 15:4:5 -0700",
	"2006-01-02T15:04:05-0700",
	"2006-01-02T15:04:05Z07:00",
}

// zones are the zone names of RFC 5322 4.3 and those that mailers are seen to write; others mean UTC.
var zones = map[string]string{
	"ut": "+0000", "utc": "+0000", "gmt": "+0000", "z": "+0000", "est": "-0500", "edt": "-0400", "cst": "-0600", "cdt": "-0500",
	"mst": "-0700", "mdt": "-0600", "pst": "-0800", "pdt": "-0700", "met": "+0100", "mez": "+0100", "cet": "+0100", "cest": "+0200",
	"eet": "+0200", "eest": "+0300", "bst": "+0100", "jst": "+0900", "kst": "+0900", "hkt": "+0800", "msk": "+0300",
}

// parseDate reads a Date field; the zero time when it is no date. The result is in the zone that the field names.
func parseDate(value string) time.Time {
	if t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", strings.TrimSpace(value)); err == nil && t.Year() > 1900 {
		return t // as nearly all mailers write it
	}
	text := normalDate(value)
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() > 1900 {
			return t
		}
	}
	return time.Time{}
}

// dateSigns undoes the signs that stand between the words of a date, and the dots between the numbers of a time.
var dateSigns = strings.NewReplacer(",", " ", ".", ":", "\"", " ")

// normalDate drops weekday and comments and gives every date a numeric zone of four digits.
func normalDate(value string) string {
	if at := strings.IndexByte(value, '('); at > 0 {
		value = value[:at]
	}
	value = dateSigns.Replace(value)
	words := strings.Fields(value)
	if len(words) > 0 && isWeekday(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 || len(words) > 8 {
		return ""
	}
	if strings.Count(words[0], "-") == 2 && strings.IndexAny(words[0], "JFMASOND") > 0 {
		words = append(strings.Split(words[0], "-"), words[1:]...) // 15-Nov-2023
	}
	return strings.Join(numericZone(words), " ")
}

func isWeekday(word string) bool {
	if len(word) < 3 {
		return false
	}
	switch strings.ToLower(word[:3]) {
	case "mon", "tue", "wed", "thu", "fri", "sat", "sun":
		return true
	}
	return false
}

func numericZone(words []string) []string {
	for i := 1; i < len(words); i++ {
		word := words[i]
		switch offset, named := zones[strings.ToLower(word)]; {
		case named:
			words[i] = offset
			return words[:zoneEnd(words, i)]
		case len(word) >= 2 && (word[0] == '+' || word[0] == '-'):
			words[i] = fullOffset(word)
			return words[:zoneEnd(words, i)]
		}
	}
	if last := words[len(words)-1]; strings.Contains(last, "T") && strings.Contains(last, "-") {
		return words
	}
	if last := words[len(words)-1]; !strings.ContainsAny(last, "0123456789") {
		words = words[:len(words)-1] // a zone that nobody knows
	}
	return append(words, "+0000")
}

// zoneEnd keeps the year that asctime writes behind the zone.
func zoneEnd(words []string, zone int) int {
	if zone+1 < len(words) && len(words[zone+1]) == 4 && zone < 5 {
		return zone + 2
	}
	return zone + 1
}

// fullOffset turns +8, +08, +800 and +08:00 (the colon may come as one) into +0800.
func fullOffset(zone string) string {
	digits := strings.ReplaceAll(zone[1:], ":", "")
	switch len(digits) {
	case 1:
		digits = "0" + digits + "00"
	case 2:
		digits += "00"
	case 3:
		digits = "0" + digits
	}
	return zone[:1] + digits
}
