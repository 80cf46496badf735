package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/tickets/sqlite"
)

// weeksShown is how many turns check tells of, the present one included.
const weeksShown = 5

// checkOnCall says who is on call now, and for the next four weeks. store is nil when there is none yet.
func checkOnCall(ctx context.Context, list *checklist, desk *config.Config, store *sqlite.Store, now time.Time, log *slog.Logger) {
	if store != nil {
		switch who, err := store.DutyAt(ctx, now); {
		case err != nil:
			list.failAll("on call", err, "restore a backup, see maildesk help restore")
		case who != "":
			list.ok("on call now: " + who + ", in place of whose turn it is (#oncall)")
		}
	}
	turns, err := app.Turns(desk, func() time.Time { return now }, log)
	if list.failAll("on call", err, "mend that event") || turns == nil {
		return
	}
	const hour = "Mon 2006-01-02 15:04"
	at := now
	for week := range weeksShown {
		when := "now, by turns"
		if week > 0 {
			when = "from " + at.In(desk.Desk.Location).Format(hour)
		}
		who := "nobody: the managers are alerted"
		if on := turns(at); len(on) > 0 {
			who = fmt.Sprintf("%s <%s>", on[0].Name, on[0].Address)
		}
		list.ok(fmt.Sprintf("on call %s: %s", when, who))
		at = nextTurn(desk, at)
	}
}

// nextTurn is when the rota's next turn begins, or a week later where a calendar says who is on call.
func nextTurn(desk *config.Config, at time.Time) time.Time {
	if desk.OnCall.Calendar != "" {
		return at.AddDate(0, 0, 7)
	}
	return app.Rota(desk).Ends(at)
}
