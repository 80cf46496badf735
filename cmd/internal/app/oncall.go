package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/cmd/internal/oncall"
	"maildesk/tickets"
	"maildesk/tickets/calendar"
	"maildesk/tickets/timers"
)

// Turns says who is on call by turns at an instant: whose turn it is, and who follows. It is nil for a desk without a rota
// or calendar; the error is the calendar's.
func Turns(cfg *config.Config, now func() time.Time, log *slog.Logger) (func(at time.Time) []tickets.Address, error) {
	all := technicians(cfg)
	if path := cfg.OnCall.Calendar; path != "" {
		c, err := oncall.Open(path, all, cfg.Desk.Location, now, log)
		if err != nil {
			return nil, err
		}
		return c.Turns, nil
	}
	var people []tickets.Address
	for _, address := range cfg.OnCall.Rota {
		at := slices.IndexFunc(all, func(t tickets.Address) bool { return t.Address == address })
		people = append(people, all[at]) // the configuration lists nobody else
	}
	if len(people) == 0 {
		return nil, nil
	}
	rota := Rota(cfg)
	return func(at time.Time) []tickets.Address {
		turn := rota.Turn(at)
		var once []tickets.Address // who has two turns follows once
		for _, who := range slices.Concat(people[turn:], people[:turn]) {
			if !slices.Contains(once, who) {
				once = append(once, who)
			}
		}
		return once
	}, nil
}

func technicians(cfg *config.Config) []tickets.Address {
	var all []tickets.Address
	for _, t := range cfg.Technicians {
		all = append(all, tickets.Address{Name: t.Name, Address: t.Address})
	}
	return all
}

// Rota is the desk's, of at least one technician: turns change on Mondays, when the office opens.
func Rota(cfg *config.Config) calendar.Rota {
	open := time.Duration(cfg.Office.Open.Hour)*time.Hour + time.Duration(cfg.Office.Open.Minute)*time.Minute
	return calendar.NewRota(len(cfg.OnCall.Rota), cfg.OnCall.Start, open, cfg.Desk.Location)
}

// ladder is who is alerted of a P0.
func ladder(cfg *config.Config, turns func(at time.Time) []tickets.Address) timers.Ladder {
	l := timers.Ladder{Repeat: cfg.OnCall.Repeat, Turns: turns}
	for _, rung := range cfg.OnCall.Ladder {
		l.Rungs = append(l.Rungs, timers.Rung(rung))
	}
	return l
}

// ringTime is how long the webhook and the command of an alert may take each.
const ringTime = 10 * time.Second

// call is what a webhook is sent as JSON, and a command finds in its environment.
type call struct {
	Number  string `json:"number"`
	Subject string `json:"subject"`
	Rung    int    `json:"rung"` // of the ladder, from 1
}

// ring runs the webhook and the command of on_call beside an alert's mails. What fails is logged: the mails are on their way.
func (a *App) ring(ctx context.Context, ticket int64, rung int) {
	if a.cfg.OnCall.Webhook == "" && a.cfg.OnCall.Command == "" {
		return
	}
	t, err := a.Store.TicketByID(ctx, ticket)
	if err != nil || t == nil || !t.Alerts() {
		return
	}
	c := call{Number: t.Number, Subject: t.Subject, Rung: rung + 1}
	if a.rules.Confidential(t.Group) {
		c.Subject = ""
	}
	for what, run := range map[string]func(context.Context, call) error{"webhook": a.webhook, "command": a.command} {
		bounded, cancel := context.WithTimeout(ctx, ringTime)
		if err := run(bounded, c); err != nil {
			a.opt.Log.ErrorContext(ctx, "the alert's "+what+" failed; its mails go out all the same", "ticket", t.Number, "reason", err)
		}
		cancel()
	}
}

// webhook posts the alert to on_call.webhook.
func (a *App) webhook(ctx context.Context, c call) error {
	if a.cfg.OnCall.Webhook == "" {
		return nil
	}
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.cfg.OnCall.Webhook, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("it answered %s", response.Status)
	}
	return nil
}

// command runs on_call.command, a program without arguments, with the alert in its environment.
func (a *App) command(ctx context.Context, c call) error {
	if a.cfg.OnCall.Command == "" {
		return nil
	}
	program := exec.CommandContext(ctx, a.cfg.OnCall.Command)
	program.Env = append(os.Environ(), "MAILDESK_NUMBER="+c.Number, "MAILDESK_SUBJECT="+c.Subject, "MAILDESK_RUNG="+strconv.Itoa(c.Rung))
	program.WaitDelay = time.Second
	if said, err := program.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, bytes.TrimSpace(said[:min(len(said), 200)]))
	}
	return nil
}
