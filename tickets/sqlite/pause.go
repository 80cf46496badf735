package sqlite

import (
	"encoding/json"
	"fmt"
	"time"

	"maildesk/tickets"
)

// packPauses writes pauses as the column has them: [from, until] in Unix milliseconds, until 0 for one that goes on; "" for none.
func packPauses(pauses []tickets.Pause) string {
	if len(pauses) == 0 {
		return ""
	}
	spans := make([][2]int64, len(pauses))
	for i, p := range pauses {
		spans[i][0] = p.From.UnixMilli()
		if !p.Until.IsZero() {
			spans[i][1] = p.Until.UnixMilli()
		}
	}
	packed, err := json.Marshal(spans)
	if err != nil { // numbers always fit
		panic(err)
	}
	return string(packed)
}

func unpackPauses(packed string) ([]tickets.Pause, error) {
	if packed == "" {
		return nil, nil
	}
	var spans [][2]int64
	if err := json.Unmarshal([]byte(packed), &spans); err != nil {
		return nil, fmt.Errorf("read pauses: %w", err)
	}
	pauses := make([]tickets.Pause, len(spans))
	for i, span := range spans {
		pauses[i].From = time.UnixMilli(span[0]).UTC()
		if span[1] != 0 {
			pauses[i].Until = time.UnixMilli(span[1]).UTC()
		}
	}
	return pauses, nil
}
