package main

// helpCmd is "maildesk help": it prints the same pages as --help.
type helpCmd struct {
	Command []string `arg:"" optional:"" complete:"command" help:"The command to explain."`
}

func (c *helpCmd) Run(g *globals) error {
	parser, helped, err := newParser(g)
	if err != nil {
		return err
	}
	if _, err = parser.Parse(append(c.Command, "--help")); *helped {
		return nil
	}
	return &exitError{exitUsage, usageError(err)}
}
