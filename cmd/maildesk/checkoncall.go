package main

import (
	"context"
	"fmt"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/tickets/sqlite"
)

// weeksShown is how many turns check tells of, the present one included.
const weeksShown = 5

// checkOnCall says who is on call now, and for the next four weeks. store is nil when there is none yet.
func checkOnCall(ctx context.Context, list *checklist, desk *config.Config, store *sqlite.Store, now time.Time) {
	if store != nil {
		switch who, err := store.DutyAt(ctx, now); {
		case err != nil:
			list.failAll("on call", err, "restore a backup, see maildesk help restore")
		case who != "":
			list.ok("on call now: " + who + ", in place of whose turn it is (#oncall)")
		}
	}
	turns := app.Turns(desk)
	if turns == nil {
		return
	}
	const hour = "Mon 2006-01-02 15:04"
	rota, at := app.Rota(desk), now
	for week := range weeksShown {
		end := rota.Ends(at)
		who := turns(at)[0]
		line := fmt.Sprintf("on call from %s until %s: %s <%s>", at.In(desk.Desk.Location).Format(hour), end.In(desk.Desk.Location).Format(hour), who.Name, who.Address)
		if week == 0 {
			line = fmt.Sprintf("on call by turns until %s: %s <%s>", end.In(desk.Desk.Location).Format(hour), who.Name, who.Address)
		}
		list.ok(line)
		at = end
	}
}
