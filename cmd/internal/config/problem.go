package config

import (
	"fmt"
	"strings"
)

// Problem is one thing that is wrong with a configuration, and how to put it right.
type Problem struct {
	File string // as it was given
	Key  string // such as desk.address or mailbox#2.imap (the second [[mailbox]]); "" when it concerns the whole file
	Line int    // counted from 1; 0 when the parser does not say
	What string
	Fix  string
}

// String is the line "file:key: what is wrong; fix".
func (p Problem) String() string {
	place := p.File
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, p.Line)
	}
	if p.Key != "" {
		place += ":" + p.Key
	}
	return fmt.Sprintf("%s: %s; %s", place, p.What, p.Fix)
}

// Errors is everything that keeps a configuration from being used, in the order of the file's sections.
type Errors []Problem

// Error is a line per problem.
func (e Errors) Error() string { return lines(e) }

// Warnings is what a configuration may have, but hardly as it was meant.
type Warnings []Problem

// String is a line per problem.
func (w Warnings) String() string { return lines(w) }

func lines(problems []Problem) string {
	all := make([]string, len(problems))
	for i, p := range problems {
		all[i] = p.String()
	}
	return strings.Join(all, "\n")
}
