// Package oncall reads from an iCalendar file (RFC 5545), as calendars export it, who is on call. Each event is a turn: of the
// attendee, else of the person whose address or name the summary has. Recurrences (RRULE, EXDATE) count, cancelled events do
// not. The file is read again when it has changed.
package oncall
