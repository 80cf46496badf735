package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"maildesk/cmd/internal/config"
	"maildesk/cmd/internal/directory"
	"maildesk/mailout"
	"maildesk/templates"
	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/thread"
	"maildesk/tickets/timers"
)

// databaseFile is the whole desk, in the data folder.
const databaseFile = "maildesk.db"

// Options are what the wiring takes from its caller.
type Options struct {
	Log     *slog.Logger
	Now     func() time.Time
	Version string // as mail servers and the log are told
	Store   sqlite.Options
}

// App is a desk put together from its configuration: the store is open, nothing runs yet.
type App struct {
	cfg     *config.Config
	opt     Options
	Store   *sqlite.Store
	rules   intake.Policy
	desk    *intake.Desk
	sweeper *timers.Sweeper
	health  *health
}

// Open creates the data folder if need be, opens the store and reads the keys. What it opened is given back by Close.
func Open(ctx context.Context, cfg *config.Config, opt Options) (*App, error) {
	if err := os.MkdirAll(cfg.Desk.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	keys, err := thread.LoadKeys(cfg.Desk.SecretFile)
	if err != nil {
		return nil, err
	}
	composer, err := mailout.NewComposer(identity(cfg), keys, templates.BuiltIn(), opt.Log)
	if err != nil {
		return nil, err
	}
	rules := policy(cfg)
	if cfg.Directory.CSV != "" {
		staff, err := directory.Open(cfg.Directory.CSV, opt.Now, opt.Log)
		if err != nil {
			return nil, err
		}
		rules.Directory = staff.Lookup
	}
	turns, err := Turns(cfg, opt.Now, opt.Log)
	if err != nil {
		return nil, err
	}
	opt.Store.Log = opt.Log
	store, err := sqlite.Open(ctx, DatabasePath(cfg), opt.Store)
	if err != nil {
		return nil, err
	}
	a := &App{cfg: cfg, opt: opt, rules: rules, Store: store, health: newHealth(cfg, store, opt)}
	a.sweeper = sweeper(cfg, rules, ladder(cfg, turns), composer, store, opt)
	a.sweeper.Ring = a.ring
	a.desk = &intake.Desk{
		Update: func(ctx context.Context, f func(intake.Tx) error) error {
			return store.Update(ctx, func(tx *sqlite.Tx) error { return f(tx) })
		},
		Policy: rules, Keys: keys, Composer: composer, Pack: sqlite.Pack, Now: opt.Now, Log: opt.Log,
	}
	return a, nil
}

// Close closes the store.
func (a *App) Close() error { return a.Store.Close() }

// DatabasePath is where a configuration keeps its desk.
func DatabasePath(cfg *config.Config) string { return filepath.Join(cfg.Desk.DataDir, databaseFile) }

func identity(cfg *config.Config) mailout.Identity {
	return mailout.Identity{
		Name: cfg.Desk.Name, NameZH: cfg.Desk.NameZH, Address: cfg.Desk.Address,
		Language: cfg.Desk.Language, Zone: cfg.Desk.Location,
	}
}

func policy(cfg *config.Config) intake.Policy {
	p := intake.Policy{
		Prefix: cfg.Desk.Prefix, Zone: cfg.Desk.Location, Language: cfg.Desk.Language,
		Addresses:    append([]string{cfg.Desk.Address}, cfg.Desk.Aliases...),
		StaffDomains: cfg.Desk.StaffDomains, AllowOutside: cfg.Desk.AllowOutside, Lists: cfg.Desk.Lists,
		AuthservID: cfg.Trust.AuthservID, Require: cfg.Trust.Require, ReopenWithin: cfg.Desk.ReopenWithin, OwnLists: cfg.Desk.OwnLists,
		Limits: intake.Limits{TicketHour: cfg.Limits.SenderTicketHour, SenderHour: cfg.Limits.SenderHour},
		Survey: intake.Survey{Remind: cfg.Survey.Remind, Lapse: cfg.Survey.Lapse}, SLA: cfg.Promises(), Office: cfg.Office.Hours.After,
	}
	for _, t := range cfg.Technicians {
		p.Technicians = append(p.Technicians, intake.Technician{
			Person: tickets.Person{Name: t.Name, Address: t.Address, Language: t.Language}, Aliases: t.Aliases, Manager: t.Manager,
		})
	}
	for _, g := range cfg.Groups {
		p.Groups = append(p.Groups, group(g, cfg.Technicians))
	}
	return p
}

// group is a configured group with its members, in the order of the configuration.
func group(g config.Group, technicians []config.Technician) tickets.Group {
	out := tickets.Group{Name: g.Name, Categories: g.Categories, Assign: tickets.AssignMode(g.Assign), Confidential: g.Confidential, Lead: tickets.Address{Address: g.Lead}}
	for _, t := range technicians {
		if slices.Contains(t.Groups, g.Name) {
			out.Members = append(out.Members, tickets.Address{Name: t.Name, Address: t.Address})
		}
	}
	return out
}
