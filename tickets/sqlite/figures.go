package sqlite

import (
	"cmp"
	"context"
	"slices"
	"time"

	"maildesk/tickets"
)

var (
	openedIn  = statement("opened_in")
	changesIn = statement("changes_in")
	ratingsIn = statement("ratings_in")
	openNow   = statement("open_now")
)

// Figures counts for a report what happened from an instant until another, which is not included, and what is open now. Tickets of
// groups for which sees is false count nowhere. See tickets.Figures for what is what.
func (s *Store) Figures(ctx context.Context, from, until time.Time, sees func(group string) bool) (tickets.Figures, error) {
	c := counting{sees: sees, Figures: tickets.Figures{From: from, Until: until, ByStatus: map[tickets.Status]int{}, ByCategory: map[tickets.Category]int{}, ByGroup: map[string]int{}}}
	err := s.view(ctx, func(v *access) error {
		for _, count := range []func(*access) error{c.opened, c.changed, c.rated, c.open} {
			if err := count(v); err != nil {
				return err
			}
		}
		return nil
	})
	return c.Figures, err
}

// counting is a report in the making.
type counting struct {
	tickets.Figures
	sees func(group string) bool
}

func (c *counting) opened(v *access) error {
	return v.each(openedIn, []any{c.From, c.Until}, func(r row) error {
		var group string
		var n int
		err := r.scan(&group, &n)
		if c.sees(group) {
			c.Opened += n
		}
		return err
	})
}

// changed reads the steps that the timelines record.
func (c *counting) changed(v *access) error {
	resolved, closed, reopened := map[int64]bool{}, map[int64]bool{}, map[int64]bool{}
	err := v.each(changesIn, []any{c.From, c.Until}, func(r row) error {
		var ticket int64
		var group, text string
		if err := r.scan(&ticket, &group, &text); err != nil || !c.sees(group) {
			return err
		}
		for _, step := range tickets.Steps(text) {
			switch from, to := step[0], step[1]; {
			case to == tickets.Resolved:
				resolved[ticket] = true
			case to == tickets.Closed:
				closed[ticket] = true
			case to == tickets.InProgress && (from == tickets.Resolved || from == tickets.Confirmed || !from.Open()):
				reopened[ticket] = true
			}
		}
		return nil
	})
	c.Resolved, c.Closed, c.Reopened = len(resolved), len(closed), len(reopened)
	return err
}

func (c *counting) rated(v *access) error {
	return v.each(ratingsIn, []any{c.From, c.Until}, func(r row) error {
		var group string
		var n, scores int
		err := r.scan(&group, &n, &scores)
		if c.sees(group) {
			c.Ratings, c.Scores = c.Ratings+n, c.Scores+scores
		}
		return err
	})
}

func (c *counting) open(v *access) error {
	load := map[string]*tickets.Load{}
	err := v.each(openNow, nil, func(r row) error {
		var status, category, group, key string
		var n int
		var who tickets.Address
		if err := r.scan(&status, &category, &group, &key, &who.Address, &who.Name, &n); err != nil || !c.sees(group) {
			return err
		}
		c.Open += n
		c.ByStatus[tickets.Status(status)] += n
		c.ByCategory[tickets.Category(category)] += n
		c.ByGroup[group] += n
		if s := tickets.Status(status); s == tickets.Resolved || s == tickets.Confirmed {
			return nil
		}
		if load[key] == nil {
			load[key] = &tickets.Load{Assignee: who}
		}
		load[key].Tickets += n
		return nil
	})
	for _, l := range load {
		c.Load = append(c.Load, *l)
	}
	slices.SortFunc(c.Load, func(a, b tickets.Load) int {
		return cmp.Or(b.Tickets-a.Tickets, cmp.Compare(a.Assignee.Address, b.Assignee.Address))
	})
	return err
}
