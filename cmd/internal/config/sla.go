package config

import (
	"time"

	"maildesk/tickets"
	"maildesk/tickets/calendar"
)

// slaDefaults are the targets of a file that says nothing: what is down is worked on day and night, everything else in office hours.
var slaDefaults = map[tickets.Priority]struct{ respond, resolve, hours string }{
	tickets.P0: {"15m", "4h", "always"},
	tickets.P1: {"1h", "1d", "office"},
	tickets.P2: {"4h", "2d", "office"},
	tickets.P3: {"1d", "5d", "office"},
}

// SLA is a target as it is written: [sla.P0], or [sla.P0.network] for a category, which takes from the priority what it leaves out.
type SLA struct {
	Respond    string
	Resolve    string
	Hours      string                   // always · office
	Target     tickets.Target           // made of all these
	Categories map[tickets.Category]SLA // of a priority
}

// Promises are all targets, as tickets are measured by them.
func (c *Config) Promises() tickets.SLA {
	all := tickets.SLA{}
	for priority, s := range c.SLA {
		promise := tickets.Promise{Target: s.Target, Categories: map[tickets.Category]tickets.Target{}}
		for category, own := range s.Categories {
			promise.Categories[category] = own.Target
		}
		all[priority] = promise
	}
	return all
}

func (l *loader) sla(root *table, office Office) map[tickets.Priority]SLA {
	t, _ := root.table("sla")
	targets := map[tickets.Priority]SLA{}
	for _, priority := range tickets.Priorities() {
		section, _ := t.table(string(priority))
		usual := slaDefaults[priority]
		s := section.target(SLA{Respond: usual.respond, Resolve: usual.resolve, Hours: usual.hours}, office)
		s.Categories = map[tickets.Category]SLA{}
		for _, category := range categories {
			if own, set := section.table(category); set {
				s.Categories[tickets.Category(category)] = own.target(s, office)
			}
		}
		targets[priority] = s
	}
	return targets
}

// target reads a target, with what it leaves out taken from another.
func (t *table) target(usual SLA, office Office) SLA {
	s := SLA{Respond: t.text("respond", usual.Respond), Resolve: t.text("resolve", usual.Resolve), Hours: t.choice("hours", usual.Hours, "always", "office")}
	day := 24 * time.Hour
	s.Target.Hours = calendar.Always
	if open := office.Close.sinceMidnight() - office.Open.sinceMidnight(); s.Hours == "office" && open > 0 {
		day, s.Target.Hours = open, office.Hours
	}
	// In office hours a day is a day at the office: "2d" is two working days, however long they are.
	parse := func(text string) (time.Duration, error) { return parseDurationOf(text, day) }
	s.Target.Respond = parsed(t, "respond", usual.Respond, parse, durationFix)
	s.Target.Resolve = parsed(t, "resolve", usual.Resolve, parse, durationFix)
	if s.Target.Resolve < s.Target.Respond && t.sound("respond", "resolve") {
		_, respond := t.values["respond"]
		_, resolve := t.values["resolve"]
		if respond || resolve {
			t.fail("resolve", s.Resolve+" is shorter than respond, "+s.Respond, "make it the same or longer")
		}
		s.Target.Resolve = s.Target.Respond // two days of an office that is open for an hour
	}
	return s
}
