// Package calendar counts the office's time: when it is open, how much of its time lies between two instants, and when
// a time limit or a number of office days is over.
//
// It is a leaf: it imports nothing of ours, and it has no clock.
//
// An instant is office time when the clock on the office's wall then shows a time from opening to closing, on a day
// that is worked. That is exact wherever clocks are changed: an office that is open from 01:00 to 05:00 has three hours
// on the night in which 02:00 becomes 03:00 and five on the night in which 03:00 becomes 02:00, and a date that a zone
// left out is no office day. A day is worked when it is listed as a workday (调休); else it is not when it is listed as
// a holiday; else its day of the week decides.
//
// SLA targets are office time, which Add counts. Reminders and lapses are office days, which After counts, so that a
// holiday expires nothing: over the National Day holidays of 2023 (2023-09-29 to 2023-10-06, with 10-07 and 10-08
// worked instead) "48h" after Thursday 09-28 16:00 is Sunday 10-08 16:00.
package calendar
