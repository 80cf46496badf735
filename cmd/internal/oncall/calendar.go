package oncall

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"

	"maildesk/tickets"
)

// lookEvery is how often a look-up asks whether the file has changed.
const lookEvery = 5 * time.Second

// ahead is how far a look-up sees: whoever has no turn until then does not follow in turn.
const ahead = 60 * 24 * time.Hour

// Calendar is who is on call by a calendar's events. Its methods may be called by several goroutines.
type Calendar struct {
	path   string
	people []tickets.Address // who may be on call
	zone   *time.Location    // of events that name none
	now    func() time.Time
	log    *slog.Logger

	mu       sync.Mutex
	turns    []turn
	modified time.Time
	looked   time.Time
}

// turn is an event: one time, or again and again.
type turn struct {
	who    tickets.Address
	begin  time.Time
	length time.Duration
	again  *rrule.Set // nil for one time
}

// Open reads the file at path. Only people can be on call; the error names the event that is nobody's.
func Open(path string, people []tickets.Address, zone *time.Location, now func() time.Time, log *slog.Logger) (*Calendar, error) {
	c := &Calendar{path: path, people: people, zone: zone, now: now, log: log, looked: now()}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("on_call.calendar: %w", err)
	}
	c.modified = info.ModTime()
	c.turns, err = c.read()
	return c, err
}

// Turns are those who are on call at an instant, and who follows until two months later, each once. Of events that overlap
// the one that began last counts.
func (c *Calendar) Turns(at time.Time) []tickets.Address {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refresh()
	type shift struct {
		who   tickets.Address
		begin time.Time
	}
	var now, later []shift
	for _, t := range c.turns {
		for _, begin := range t.between(at.Add(-t.length), at.Add(ahead)) {
			switch {
			case begin.After(at):
				later = append(later, shift{t.who, begin})
			case begin.Add(t.length).After(at):
				now = append(now, shift{t.who, begin})
			}
		}
	}
	slices.SortStableFunc(now, func(a, b shift) int { return b.begin.Compare(a.begin) })
	slices.SortStableFunc(later, func(a, b shift) int { return a.begin.Compare(b.begin) })
	var out []tickets.Address
	for _, s := range append(now, later...) {
		if len(now) > 0 && !slices.Contains(out, s.who) {
			out = append(out, s.who)
		}
	}
	return out
}

// between are the beginnings of a turn in a span, both ends included.
func (t turn) between(from, until time.Time) []time.Time {
	if t.again != nil {
		return t.again.Between(from, until, true)
	}
	if t.begin.Before(from) || t.begin.After(until) {
		return nil
	}
	return []time.Time{t.begin}
}

// refresh reads a file that has changed. One that cannot be read leaves what is known, with a word in the log.
func (c *Calendar) refresh() {
	now := c.now()
	if now.Sub(c.looked) < lookEvery {
		return
	}
	c.looked = now
	info, err := os.Stat(c.path)
	if err != nil || info.ModTime().Equal(c.modified) {
		return // a file that is being replaced is gone for a moment
	}
	turns, err := c.read()
	if err != nil {
		c.log.Error("the on-call calendar has changed but cannot be read; the former one stays", "reason", err)
		return
	}
	c.turns, c.modified = turns, info.ModTime()
	c.log.Info("on-call calendar read", "events", len(turns))
}

func (c *Calendar) read() ([]turn, error) {
	file, err := os.Open(c.path)
	if err != nil {
		return nil, fmt.Errorf("on_call.calendar: %w", err)
	}
	defer file.Close()
	cal, err := ical.NewDecoder(file).Decode()
	if err != nil {
		return nil, fmt.Errorf("on_call.calendar %s: %w; export it as iCalendar (.ics)", c.path, err)
	}
	moved, err := c.moved(cal)
	if err != nil {
		return nil, fmt.Errorf("on_call.calendar %s: %w", c.path, err)
	}
	var turns []turn
	var wrong []error
	for _, e := range cal.Events() {
		if status, err := e.Status(); err == nil && status == ical.EventCancelled {
			continue
		}
		t, err := c.turn(e)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("on_call.calendar %s: event %q: %w", c.path, title(e), err))
			continue
		}
		if t.again != nil {
			for _, begin := range moved[uid(e)] {
				t.again.ExDate(begin)
			}
		}
		turns = append(turns, t)
	}
	return turns, errors.Join(wrong...)
}

// moved are the occurrences of each series that have an event of their own in their place, or are cancelled (RFC 5545 3.8.4.4).
func (c *Calendar) moved(cal *ical.Calendar) (map[string][]time.Time, error) {
	moved := map[string][]time.Time{}
	for _, e := range cal.Events() {
		p := e.Props.Get(ical.PropRecurrenceID)
		if p == nil {
			continue
		}
		begin, err := p.DateTime(c.zone)
		if err != nil {
			return nil, fmt.Errorf("event %q: recurrence-id: %w", title(e), err)
		}
		moved[uid(e)] = append(moved[uid(e)], begin)
	}
	return moved, nil
}

func uid(e ical.Event) string {
	text, _ := e.Props.Text(ical.PropUID)
	return text
}

func title(e ical.Event) string {
	text, _ := e.Props.Text(ical.PropSummary)
	return text
}

func (c *Calendar) turn(e ical.Event) (turn, error) {
	var t turn
	var err error
	if t.begin, err = e.DateTimeStart(c.zone); err != nil {
		return t, fmt.Errorf("begin: %w", err)
	}
	end, err := e.DateTimeEnd(c.zone)
	if err != nil {
		return t, fmt.Errorf("end: %w", err)
	}
	if t.length = end.Sub(t.begin); t.length <= 0 {
		return t, errors.New("it ends before it begins")
	}
	if t.again, err = e.RecurrenceSet(c.zone); err != nil {
		return t, fmt.Errorf("recurrence: %w", err)
	}
	who, ok := c.person(e)
	if !ok {
		return t, errors.New("it is nobody's: invite the technician who is on call, or write their name or address into its title")
	}
	t.who = who
	return t, nil
}

// person is whose an event is.
func (c *Calendar) person(e ical.Event) (tickets.Address, bool) {
	for _, p := range e.Props.Values(ical.PropAttendee) {
		address := strings.TrimPrefix(strings.ToLower(p.Value), "mailto:")
		if at := slices.IndexFunc(c.people, func(a tickets.Address) bool { return tickets.SameAddress(a.Address, address) }); at >= 0 {
			return c.people[at], true
		}
	}
	summary := strings.ToLower(title(e))
	named := slices.DeleteFunc(slices.Clone(c.people), func(a tickets.Address) bool {
		return !strings.Contains(summary, tickets.AddressKey(a.Address)) && (a.Name == "" || !strings.Contains(summary, strings.ToLower(a.Name)))
	})
	// The longest name wins: "Li Wei Min" is not Li Wei.
	slices.SortStableFunc(named, func(a, b tickets.Address) int { return cmp.Compare(len(b.Name), len(a.Name)) })
	if len(named) == 0 {
		return tickets.Address{}, false
	}
	return named[0], true
}
