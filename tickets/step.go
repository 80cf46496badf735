package tickets

import (
	"fmt"
	"strings"
)

const stepHead = "status: "

// Step is the line of a change entry that records a new status.
func Step(from, to Status) string { return fmt.Sprintf("%s%s → %s", stepHead, from, to) }

// Steps reads the changes of status that a change entry records. What a person wrote may stand in its lines as well, and behind
// the word that the line begins with, so a line counts only as a whole.
func Steps(record string) (steps [][2]Status) {
	for line := range strings.Lines(record) {
		line, found := strings.CutPrefix(strings.TrimRight(line, "\r\n"), stepHead)
		from, to, arrow := strings.Cut(line, " → ")
		if found && arrow && Status(from).Next() != nil && Status(to).Next() != nil {
			steps = append(steps, [2]Status{Status(from), Status(to)})
		}
	}
	return steps
}
