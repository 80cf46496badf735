package auto

import "strings"

// invitation is a method by which people invite, change, call off and answer (RFC 5546 1.4). PUBLISH is a file to be
// looked at and says nothing about the mail.
func invitation(method string) bool {
	switch strings.ToUpper(strings.TrimSpace(method)) {
	case "REQUEST", "REPLY", "CANCEL", "COUNTER", "DECLINECOUNTER", "ADD", "REFRESH":
		return true
	}
	return false
}

// byPersonsInvitation knows an invitation that a calendar server sends for a person: Google marks it auto-generated,
// although a person wrote it. What answers by itself, a meeting room say, is marked auto-replied and stays a machine's.
func byPersonsInvitation(f Facts) (string, string) {
	if !invitation(f.Method) || strings.Contains(f.lower("Auto-Submitted"), "replied") {
		return "", ""
	}
	if strings.HasPrefix(f.lower("Auto-Submitted"), "auto-generated") && !f.listed() {
		return Calendar, "text/calendar; method=" + strings.ToUpper(f.Method) + " (RFC 6047 2.4)"
	}
	return "", ""
}

// byCalendar knows every other invitation.
func byCalendar(f Facts) (string, string) {
	if !invitation(f.Method) {
		return "", ""
	}
	return Calendar, "text/calendar; method=" + strings.ToUpper(strings.TrimSpace(f.Method)) + " (RFC 6047 2.4)"
}
