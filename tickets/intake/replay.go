package intake

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
)

// Replayed is a decision as it was made, and as today's rules make it from what was known then.
type Replayed struct {
	Then, Now Decision
}

// Replay reads a kept mail again and decides it again.
func Replay(raw *io.SectionReader, opt parser.Options, m tickets.LedgerMessage) (Replayed, error) {
	var r Replayed
	var known Known
	if err := json.Unmarshal(m.Decision, &r.Then); err != nil {
		return r, fmt.Errorf("replay message %d: read its decision: %w", m.ID, err)
	}
	if err := json.Unmarshal(m.Known, &known); err != nil {
		return r, fmt.Errorf("replay message %d: read what was known: %w", m.ID, err)
	}
	if zone, err := time.LoadLocation(known.Zone); err == nil && known.Zone != "" { // JSON keeps the offset of that day alone
		known.Now = known.Now.In(zone)
	}
	message, err := parser.Parse(raw, opt)
	if err != nil {
		return r, fmt.Errorf("replay message %d: %w", m.ID, err)
	}
	r.Now = Decide(message, known)
	return r, nil
}
