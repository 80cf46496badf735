package tickets

// Priority is how urgent IT finds a ticket, P0 first; "" before it is assessed.
type Priority string

// The priorities of DOMAIN.md's table.
const (
	P0 Priority = "P0" // a system wholly unavailable, core business hit
	P1 Priority = "P1" // a main function fails, business seriously affected
	P2 Priority = "P2" // part of the functions fail, part of the business affected
	P3 Priority = "P3" // not a malfunction, business unaffected
)

// Priorities returns the priorities, the most urgent first.
func Priorities() []Priority { return []Priority{P0, P1, P2, P3} }

var priorityNames = map[Priority]words{
	P0: {"紧急", "urgent"},
	P1: {"高", "high"},
	P2: {"中", "medium"},
	P3: {"低", "low"},
}

// Valid reports whether p is one of the four.
func (p Priority) Valid() bool { return priorityNames[p] != words{} }

// Name is the priority with its word in a language, such as "P1 高" or "P1 high"; the key alone when it is unknown.
func (p Priority) Name(lang Language) string {
	if name, ok := priorityNames[p]; ok {
		return string(p) + " " + name.in(lang)
	}
	return string(p)
}

// Severity is how bad the requester finds the problem; "" when they did not say.
type Severity string

// The severities of DOMAIN.md's table.
const (
	Severe   Severity = "severe"
	Moderate Severity = "moderate"
	Minor    Severity = "minor"
)

// Severities returns the severities, the worst first.
func Severities() []Severity { return []Severity{Severe, Moderate, Minor} }

var severityNames = map[Severity]words{
	Severe:   {"严重", "severe"},
	Moderate: {"一般", "moderate"},
	Minor:    {"轻微", "minor"},
}

// Valid reports whether s is one of the three.
func (s Severity) Valid() bool { return severityNames[s] != words{} }

// Name is the severity in a language, English for any but Chinese; the key when it is unknown.
func (s Severity) Name(lang Language) string {
	if name, ok := severityNames[s]; ok {
		return name.in(lang)
	}
	return string(s)
}
