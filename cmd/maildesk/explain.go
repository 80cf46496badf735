package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"maildesk/cmd/internal/config"
	"maildesk/parser"
)

// explainCmd is "maildesk explain".
type explainCmd struct {
	JSON   bool     `help:"Print one JSON object a line."`
	Config string   `short:"c" placeholder:"FILE" complete:"file" help:"Read as the desk of this configuration does: its prefix, lists and trusted server."`
	Files  []string `arg:"" name:"file" complete:"file" help:"Mails as they came (.eml); - is standard input."`
}

func (c *explainCmd) Run(g *globals) error {
	opt, err := c.options(g)
	if err != nil {
		return err
	}
	show := c.printer(g)
	failed := false
	for _, file := range c.Files {
		m, err := readMail(file, g.stdin, opt)
		if err != nil {
			// One mail that cannot be read says nothing of the others.
			printError(fmt.Errorf("%s: %w", file, err), g.stderr)
			failed = true
			continue
		}
		if err := show(file, m); err != nil {
			return fmt.Errorf("explain %s: %w", file, err)
		}
	}
	if failed {
		return errReported
	}
	return nil
}

func (c *explainCmd) options(g *globals) (parser.Options, error) {
	if c.Config == "" {
		return parser.Options{Prefix: "IT"}, nil
	}
	desk, _, err := config.Load(c.Config, g.env)
	if err != nil {
		return parser.Options{}, err
	}
	return parser.Options{Prefix: desk.Desk.Prefix, AuthservID: desk.Trust.AuthservID, OwnLists: desk.Desk.OwnLists}, nil
}

func (c *explainCmd) printer(g *globals) func(file string, m *parser.Message) error {
	if !c.JSON {
		coloured := g.coloured()
		return func(file string, m *parser.Message) error { return showPage(g.stdout, coloured, file, m) }
	}
	lines := json.NewEncoder(g.stdout)
	lines.SetEscapeHTML(false) // addresses stay readable: <liwei@corp.example>
	return func(file string, m *parser.Message) error { return lines.Encode(parser.Explain(file, m)) }
}

// readMail parses a file, or standard input when its name is "-".
func readMail(file string, stdin io.Reader, opt parser.Options) (*parser.Message, error) {
	if file == "-" {
		data, err := io.ReadAll(stdin)
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		return parser.Parse(io.NewSectionReader(bytes.NewReader(data), 0, int64(len(data))), opt)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, withoutPath(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file; pass its mail on standard input and name it -")
	}
	return parser.Parse(io.NewSectionReader(f, 0, info.Size()), opt)
}

// withoutPath is an error of the file system alone, where the message names the file anyway.
func withoutPath(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
