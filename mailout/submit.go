package mailout

import (
	"context"
	"time"

	"maildesk/tickets"
)

// Submit hands one mail over beside every outbox: one attempt, with somebody waiting for its end. The error says what to
// change.
func Submit(ctx context.Context, server Server, mail tickets.Outgoing) error {
	e, err := server.endpoint()
	if err != nil {
		return err
	}
	s, err := connect(ctx, server, Timeouts{Command: 30 * time.Second}.orDefault())
	if err != nil {
		return advised(e, err)
	}
	defer s.quit(ctx)
	if _, fault := s.send(ctx, mail); fault != nil {
		return advised(e, fault)
	}
	return nil
}
