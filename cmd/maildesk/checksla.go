package main

import (
	"fmt"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/tickets"
)

// checkTargets shows what each target comes to for a report that comes late on the last day before the office closes for a day or
// more: that is where the hours, the days off and the days worked for them show.
func checkTargets(list *checklist, desk *config.Config, now time.Time) {
	reported := lateReport(desk.Office, now)
	for _, priority := range tickets.Priorities() {
		s := desk.SLA[priority]
		list.ok(example(string(priority), s, reported))
		for _, category := range tickets.Categories() {
			if own, set := s.Categories[category]; set {
				list.ok(example(string(priority)+" "+string(category), own, reported))
			}
		}
	}
}

func example(name string, s config.SLA, reported time.Time) string {
	const form = "Mon 2006-01-02 15:04"
	by := func(d time.Duration) string {
		return s.Target.Hours.Add(reported, d).In(reported.Location()).Format(form)
	}
	counted := "office hours"
	if s.Hours == "always" {
		counted = "day and night"
	}
	return fmt.Sprintf("sla %s: reported %s → answer by %s, solved by %s (%s and %s, %s)", name, reported.Format(form),
		by(s.Target.Respond), by(s.Target.Resolve), s.Respond, s.Resolve, counted)
}

// lateReport is half an hour before the office next closes for a day or more, as far as the next two weeks know; of an office that
// never does, before it closes next. The zone is that of now.
func lateReport(o config.Office, now time.Time) time.Time {
	open := time.Duration(o.Close.Hour-o.Open.Hour)*time.Hour + time.Duration(o.Close.Minute-o.Open.Minute)*time.Minute
	var first time.Time
	year, month, day := now.Date()
	for ahead := range 14 {
		end := time.Date(year, month, day+ahead, o.Close.Hour, o.Close.Minute, 0, 0, now.Location())
		at := end.Add(-min(30*time.Minute, open/2))
		if !o.Hours.IsOpen(at) {
			continue
		}
		if o.Hours.NextOpen(end).Sub(end) >= 24*time.Hour {
			return at
		}
		if first.IsZero() {
			first = at
		}
	}
	if first.IsZero() { // holidays for all that time
		return o.Hours.NextOpen(now)
	}
	return first
}
