package directory

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"maildesk/tickets"
)

// columns are the names that the first line of the file may have; address is required.
var columns = []string{"address", "name", "staff_number", "department", "phone", "language", "manager"}

// lookEvery is how often a look-up asks whether the file has changed.
const lookEvery = 5 * time.Second

// CSV is a staff list. Its methods may be called by several goroutines.
type CSV struct {
	path string
	now  func() time.Time
	log  *slog.Logger

	mu       sync.Mutex
	people   map[string]tickets.Person
	modified time.Time
	looked   time.Time
}

// Open reads the file at path. The error names the line and the fix.
func Open(path string, now func() time.Time, log *slog.Logger) (*CSV, error) {
	c := &CSV{path: path, now: now, log: log, looked: now()}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("directory.csv: %w", err)
	}
	c.modified = info.ModTime()
	if c.people, err = read(path); err != nil {
		return nil, err
	}
	return c, nil
}

// Lookup finds a person by address.
func (c *CSV) Lookup(address string) (tickets.Person, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refresh()
	p, ok := c.people[tickets.AddressKey(address)]
	return p, ok
}

// refresh reads a file that has changed. One that cannot be read leaves what is known, with a word in the log.
func (c *CSV) refresh() {
	now := c.now()
	if now.Sub(c.looked) < lookEvery {
		return
	}
	c.looked = now
	info, err := os.Stat(c.path)
	if err != nil || info.ModTime().Equal(c.modified) {
		return // a file that is being replaced is gone for a moment
	}
	people, err := read(c.path)
	if err != nil {
		c.log.Error("the staff list has changed but cannot be read; the former one stays", "reason", err)
		return
	}
	c.people, c.modified = people, info.ModTime()
	c.log.Info("staff list read", "people", len(people))
}

func read(path string) (map[string]tickets.Person, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("directory.csv: %w", err)
	}
	defer f.Close()
	people, err := parse(f)
	if err != nil {
		return nil, fmt.Errorf("directory.csv %s: %w", path, err)
	}
	return people, nil
}

// parse reads the list (RFC 4180). A byte order mark, as Excel writes it, is passed over.
func parse(r io.Reader) (map[string]tickets.Person, error) {
	lines := csv.NewReader(r)
	lines.TrimLeadingSpace = true
	head, err := lines.Read()
	if err != nil {
		return nil, fmt.Errorf("first line: %w; it names the columns: %s", err, strings.Join(columns, ","))
	}
	at, err := places(head)
	if err != nil {
		return nil, err
	}
	people := map[string]tickets.Person{}
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return people, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := lines.FieldPos(0)
		p, err := person(fields, at)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		people[tickets.AddressKey(p.Address)] = p
	}
}

// places maps the names of columns to their places.
func places(head []string) (map[string]int, error) {
	at := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		if !slices.Contains(columns, name) {
			return nil, fmt.Errorf("line 1: unknown column %q; the columns are %s", name, strings.Join(columns, ","))
		}
		at[name] = i
	}
	if _, ok := at["address"]; !ok {
		return nil, errors.New("line 1: there is no column address")
	}
	return at, nil
}

func person(fields []string, at map[string]int) (tickets.Person, error) {
	field := func(name string) string {
		if i, ok := at[name]; ok {
			return strings.TrimSpace(fields[i])
		}
		return ""
	}
	p := tickets.Person{
		Address: field("address"), Name: field("name"), StaffNumber: field("staff_number"),
		Department: field("department"), Phone: field("phone"), Language: tickets.Language(strings.ToLower(field("language"))),
		Manager: field("manager"),
	}
	switch {
	case !strings.Contains(p.Address, "@"):
		return p, fmt.Errorf("%q is no address", p.Address)
	case p.Manager != "" && !strings.Contains(p.Manager, "@"):
		return p, fmt.Errorf("manager %q is no address", p.Manager)
	case p.Language != "" && p.Language != tickets.Chinese && p.Language != tickets.English:
		return p, fmt.Errorf("language %q: write zh or en, or leave it empty", p.Language)
	}
	return p, nil
}
