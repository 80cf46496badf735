package ops

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Health is how the parts of a desk are. Its methods may be called from several goroutines.
type Health struct {
	now func() time.Time

	mu    sync.Mutex
	parts []*Part
}

// NewHealth knows no part yet; now is the clock.
func NewHealth(now func() time.Time) *Health { return &Health{now: now} }

// Part is one part of the desk that works or does not: a mailbox, the outbox, the store.
type Part struct {
	health   *Health
	name     string
	patience time.Duration

	// Under health.mu.
	success time.Time // of the last OK, zero before the first
	detail  string    // what the last OK said
	failure string    // what went wrong since, "" when nothing did
	alarm   bool      // the failure needs a person
}

// Part adds a part. It is red until its first OK, and again when there was none for longer than patience: a part that
// is silent is as bad as one that fails. Without patience (0) it may be silent for ever.
func (h *Health) Part(name string, patience time.Duration) *Part {
	p := &Part{health: h, name: name, patience: patience}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts = append(h.parts, p)
	return p
}

// OK says that the part has just worked; detail says at what, such as "connected".
func (p *Part) OK(detail string) {
	p.health.mu.Lock()
	defer p.health.mu.Unlock()
	p.success, p.detail, p.failure, p.alarm = p.health.now(), detail, "", false
}

// Failed says that the part did not work and is trying again. It turns red when its patience ends.
func (p *Part) Failed(err error) {
	p.health.mu.Lock()
	defer p.health.mu.Unlock()
	p.failure = err.Error()
}

// Alarm says that the part will not work before a person has mended something. It is red at once, until the next OK.
func (p *Part) Alarm(err error) {
	p.health.mu.Lock()
	defer p.health.mu.Unlock()
	p.failure, p.alarm = err.Error(), true
}

// status is one part as it is now.
type status struct {
	name    string
	red     bool
	success time.Time
	words   string
}

func (h *Health) statuses() []status {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	all := make([]status, len(h.parts))
	for i, p := range h.parts {
		all[i] = status{name: p.name, red: p.red(now), success: p.success, words: p.words(now)}
	}
	return all
}

// Ready reports whether no part is red, and how each one is, a line a part.
func (h *Health) Ready() (ready bool, page string) {
	all := h.statuses()
	var b strings.Builder
	for _, s := range all {
		verdict := "ok "
		if s.red {
			verdict = "red"
		}
		fmt.Fprintf(&b, "%s  %s: %s\n", verdict, s.name, s.words)
	}
	return !slices.ContainsFunc(all, func(s status) bool { return s.red }), b.String()
}

func (p *Part) red(now time.Time) bool {
	return p.alarm || p.success.IsZero() || p.patience > 0 && now.Sub(p.success) > p.patience
}

// words say how the part is: when it last worked, and what is wrong.
func (p *Part) words(now time.Time) string {
	said := "has not worked since the start"
	if !p.success.IsZero() {
		said = fmt.Sprintf("%s, last worked %s ago", p.detail, now.Sub(p.success).Round(time.Second))
	}
	if p.failure != "" {
		said += "; " + strings.Join(strings.Fields(p.failure), " ")
	}
	return said
}
