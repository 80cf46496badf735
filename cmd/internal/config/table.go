package config

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// table reads one TOML table key by key. Each reader returns its default where the key is absent, and also, with the
// problem noted, where its value is wrong, so that reading goes on and one run finds every error.
type table struct {
	loader *loader
	path   string // how problems name it: desk, sla.P0, mailbox#2
	values map[string]any
	known  []string
}

func (t *table) key(key string) string {
	if t.path == "" {
		return key
	}
	return t.path + "." + key
}

func (t *table) fail(key, what, fix string) { t.loader.fail(t.key(key), what, fix) }
func (t *table) warn(key, what, fix string) { t.loader.warn(t.key(key), what, fix) }

// sound reports whether nothing was found wrong with these keys, so that what is said of them together is worth saying.
func (t *table) sound(keys ...string) bool {
	return !slices.ContainsFunc(t.loader.errors, func(p Problem) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return p.Key == t.key(key) })
	})
}

// take returns the raw value of a key, which is known from now on.
func (t *table) take(key string) (any, bool) {
	if !slices.Contains(t.known, key) {
		t.known = append(t.known, key)
	}
	value, set := t.values[key]
	return value, set
}

// refuseUnknown notes every key that nobody asked for.
func (t *table) refuseUnknown() {
	var unknown []string
	for key := range t.values {
		if !slices.Contains(t.known, key) {
			unknown = append(unknown, key)
		}
	}
	slices.Sort(unknown)
	for _, key := range unknown {
		fix := "known here are " + strings.Join(visible(t.known), ", ")
		if meant := suggest(key, visible(t.known)); meant != "" {
			fix = fmt.Sprintf("did you mean %q?", meant)
		}
		t.fail(key, "unknown key", fix)
	}
}

// visible leaves out the key that is known only to be refused.
func visible(known []string) []string {
	return slices.DeleteFunc(slices.Clone(known), func(key string) bool { return key == "password" })
}

// read returns the value of a key as a T, or fallback.
func read[T any](t *table, key string, fallback T, want string) T {
	raw, set := t.take(key)
	if !set {
		return fallback
	}
	value, ok := raw.(T)
	if !ok {
		t.fail(key, "wrong type", "write "+want)
		return fallback
	}
	return value
}

// parsed returns the text of a key, given or fallback, as parse reads it. Where the fallback is "", so may the text be.
func parsed[T any](t *table, key, fallback string, parse func(string) (T, error), fix string) T {
	text := t.text(key, fallback)
	var zero T
	if text == "" && fallback == "" {
		return zero
	}
	value, err := parse(text)
	if err != nil {
		t.fail(key, err.Error(), fix)
		return zero
	}
	return value
}

// needed is parsed for a key that has no default.
func needed[T any](t *table, key string, parse func(string) (T, error), fix string) T {
	if value, set := t.take(key); !set || value == "" {
		t.fail(key, "missing", fix)
		var zero T
		return zero
	}
	return parsed(t, key, "", parse, fix)
}

// parsedList does the same for a list of texts; what cannot be read is left out.
func parsedList[T any](t *table, key string, fallback []string, parse func(string) (T, error), fix string) []T {
	var values []T
	for _, text := range t.texts(key, fallback) {
		value, err := parse(text)
		if err != nil {
			t.fail(key, err.Error(), fix)
			continue
		}
		values = append(values, value)
	}
	return values
}

func (t *table) text(key, fallback string) string {
	text := read(t, key, fallback, `a text in quotes: "…"`)
	if !t.oneLine(key, text) {
		return fallback
	}
	return text
}

// oneLine refuses control characters: much of what stands here ends up in header fields (RFC 5322 2.2).
func (t *table) oneLine(key, text string) bool {
	if strings.ContainsFunc(text, unicode.IsControl) {
		t.fail(key, "holds a line break or another control character", "write it on one line")
		return false
	}
	return true
}

func (t *table) texts(key string, fallback []string) []string {
	const want = `a list of texts: ["…", "…"]`
	raw := read[[]any](t, key, nil, want)
	if _, set := t.values[key]; !set {
		return fallback
	}
	texts := make([]string, 0, len(raw))
	for _, item := range raw {
		text, ok := item.(string)
		if !ok {
			t.fail(key, "wrong type in the list", "write "+want)
			continue
		}
		if t.oneLine(key, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

func (t *table) flag(key string, fallback bool) bool {
	return read(t, key, fallback, "true or false, without quotes")
}

func (t *table) count(key string, fallback int64) int {
	n := read(t, key, fallback, "a whole number, without quotes")
	if n < 1 || n > 1_000_000 {
		t.fail(key, fmt.Sprintf("%d is out of range", n), "write a number from 1 to 1000000")
		return int(fallback)
	}
	return int(n)
}

func (t *table) choice(key, fallback string, options ...string) string {
	value := t.text(key, fallback)
	if slices.Contains(options, value) {
		return value
	}
	t.fail(key, fmt.Sprintf("%q is not one of its values", value), chooseFrom(value, options))
	return fallback
}

// choices is a list whose items each are one of options.
func (t *table) choices(key string, fallback []string, options ...string) []string {
	parse := func(s string) (string, error) {
		if slices.Contains(options, s) {
			return s, nil
		}
		return "", fmt.Errorf("%q is not one of its values", s)
	}
	return parsedList(t, key, fallback, parse, chooseFrom("", options))
}

func chooseFrom(value string, options []string) string {
	fix := "choose from " + quoted(options)
	if meant := suggest(value, options); value != "" && meant != "" {
		fix = fmt.Sprintf("did you mean %q? %s", meant, fix)
	}
	return fix
}

func quoted(words []string) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(all, ", ")
}

const (
	durationFix = `write a duration of one second or more, such as "90s", "5m", "48h" or "7d"`
	addressFix  = `write a bare address, such as "helpdesk@corp.example"`
	clockFix    = `write hours and minutes, such as "09:00"`
	dateFix     = `write a date or a range, such as "2023-10-07" or "2023-10-01..2023-10-06"`
)

func (t *table) duration(key, fallback string) time.Duration {
	return parsed(t, key, fallback, parseDuration, durationFix)
}

func (t *table) addresses(key string) []string {
	return parsedList(t, key, nil, parseAddress, addressFix)
}

func (t *table) clock(key, fallback string) TimeOfDay {
	return parsed(t, key, fallback, parseTimeOfDay, clockFix)
}

// date reads a TOML date, with or without quotes.
func (t *table) date(key string) time.Time {
	raw, _ := t.take(key)
	switch value := raw.(type) {
	case nil:
		return time.Time{}
	case time.Time:
		return time.Date(value.Year(), value.Month(), value.Day(), 0, 0, 0, 0, time.UTC)
	case string:
		if date, err := time.Parse(time.DateOnly, value); err == nil {
			return date
		}
	}
	t.fail(key, "this is no date", "write it as 2023-11-13")
	return time.Time{}
}

// table opens a sub-table, an empty one when there is none; set says which.
func (t *table) table(name string) (sub *table, set bool) {
	values := read[map[string]any](t, name, nil, "it as a section: ["+t.key(name)+"]")
	return t.loader.open(t.key(name), values), values != nil
}

// tables opens each table of an array: [[name]].
func (t *table) tables(name string) []*table {
	raw, set := t.take(name)
	list, ok := raw.([]map[string]any)
	if empty, isList := raw.([]any); isList && len(empty) == 0 {
		ok = true
	}
	if set && !ok {
		t.fail(name, "wrong type", "write each as a section of its own: [["+name+"]]")
	}
	var all []*table
	for i, values := range list {
		all = append(all, t.loader.open(fmt.Sprintf("%s#%d", name, i+1), values))
	}
	return all
}
