package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
)

// loader is one reading of one file; it gathers what is wrong.
type loader struct {
	file     string
	dir      string // absolute
	env      func(string) string
	tables   []*table
	errors   Errors
	warnings Warnings
}

// Load reads and checks the configuration in path. env looks up environment variables, "" for one that is not set.
//
// When the configuration cannot be used, the error is an Errors with every problem in it; the Config is then nil. The
// warnings are there in both cases.
func Load(path string, env func(string) string) (*Config, Warnings, error) {
	l := &loader{file: path, env: env}
	values := l.parse()
	var c *Config
	if values != nil {
		c = l.read(l.open("", values))
	}
	if len(l.errors) > 0 {
		return nil, l.warnings, l.errors
	}
	return c, l.warnings, nil
}

func (l *loader) fail(key, what, fix string) {
	l.errors = append(l.errors, Problem{File: l.file, Key: key, What: what, Fix: fix})
}

func (l *loader) warn(key, what, fix string) {
	l.warnings = append(l.warnings, Problem{File: l.file, Key: key, What: what, Fix: fix})
}

// parse returns the file as TOML's own values, nil when there is nothing to read.
func (l *loader) parse() map[string]any {
	absolute, err := filepath.Abs(l.file)
	if err != nil {
		l.fail("", err.Error(), "name the file by its full path")
		return nil
	}
	l.dir = filepath.Dir(absolute)
	data, err := os.ReadFile(l.file)
	if err != nil {
		l.fail("", reason(err), `name it with -c, or let "maildesk init" write one`)
		return nil
	}
	values := map[string]any{}
	if _, err := toml.Decode(string(data), &values); err != nil {
		l.failSyntax(err)
		return nil
	}
	return values
}

func (l *loader) failSyntax(err error) {
	problem := Problem{File: l.file, What: err.Error(), Fix: "mend the TOML there (https://toml.io); the keys are checked after that"}
	var syntax toml.ParseError
	if errors.As(err, &syntax) {
		problem.Line, problem.Key, problem.What = syntax.Position.Line, syntax.LastKey, syntax.Message
	}
	// The message may run over several lines; a problem is one.
	problem.What = strings.Join(strings.Fields(problem.What), " ")
	l.errors = append(l.errors, problem)
}

// reason is an error of the file system without the path, which the problem names anyway.
func reason(err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err.Error()
	}
	return err.Error()
}

func (l *loader) open(path string, values map[string]any) *table {
	t := &table{loader: l, path: path, values: values}
	l.tables = append(l.tables, t)
	return t
}

// path makes a path of the file absolute.
func (l *loader) path(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(l.dir, path)
}

func (l *loader) read(root *table) *Config {
	c := &Config{Path: l.file}
	c.Desk = l.desk(root)
	c.Mailboxes = l.mailboxes(root, c.Desk.Address)
	c.SMTP = l.smtp(root)
	c.Trust = l.trust(root)
	c.Limits = l.limits(root)
	c.Groups = l.groups(root)
	c.Technicians = l.technicians(root)
	c.OnCall = l.onCall(root)
	c.Office = l.office(root, c.Desk.Location)
	c.SLA = l.sla(root, c.Office)
	c.Survey = l.survey(root)
	c.Directory = l.directory(root)
	c.HTTP = l.http(root)
	for _, t := range l.tables {
		t.refuseUnknown()
	}
	l.checkReferences(c)
	l.warnOfWhatWaits(c)
	return c
}
