package main

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"github.com/alecthomas/kong"
)

// completionCmd is "maildesk completion". Its scripts are made from the command line as kong knows it, so that they
// cannot miss a command or a flag.
type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"One of ${enum}."`
}

// Help is the second paragraph of the help page.
func (completionCmd) Help() string {
	return "bash: source <(maildesk completion bash)\n\n" +
		"zsh: maildesk completion zsh > \"${fpath[1]}/_maildesk\"\n\n" +
		"fish: maildesk completion fish > ~/.config/fish/completions/maildesk.fish"
}

func (c *completionCmd) Run(g *globals, parser *kong.Kong) error {
	return writeCompletion(g.stdout, c.Shell, parser.Model.Node)
}

func writeCompletion(w io.Writer, shell string, start *kong.Node) error {
	if err := completionScripts.ExecuteTemplate(w, shell, places(start, nil)); err != nil {
		return fmt.Errorf("write completion script: %w", err)
	}
	return nil
}

// place is a point of the command line where something may be completed: behind a command.
type place struct {
	Path  string // the commands before, "ticket show"; "" is the start
	Words []word // commands, or the values of an argument
	Flags []option
	Files bool // its arguments are files
}

// word is what may be typed, and what it is for.
type word struct{ Text, Help string }

// option is a flag, and what its value may be.
type option struct {
	Long, Short string // without dashes; Short is "" where there is none
	Help        string
	Valued      bool
	Values      []string // nil: anything
	Files       bool     // the value is a file
}

// places lists a node of the command line and everything below it.
func places(node *kong.Node, path []string) []place {
	here := place{Path: strings.Join(path, " ")}
	for _, f := range slices.Concat(node.AllFlags(true)...) {
		here.Flags = append(here.Flags, optionOf(f))
	}
	for _, argument := range node.Positional {
		here.Files = here.Files || isFile(argument)
		for _, value := range enum(argument) {
			here.Words = append(here.Words, word{Text: value})
		}
		if argument.Tag.Get("complete") == "command" {
			here.Words = append(here.Words, commandsOf(node.Parent)...)
		}
	}
	here.Words = append(here.Words, commandsOf(node)...)
	all := []place{here}
	for _, child := range node.Children {
		if !child.Hidden {
			all = append(all, places(child, append(slices.Clone(path), child.Name))...)
		}
	}
	return all
}

func commandsOf(node *kong.Node) []word {
	var names []word
	for _, child := range node.Children {
		if !child.Hidden {
			names = append(names, word{child.Name, helpLine(child.Help)})
		}
	}
	return names
}

func optionOf(f *kong.Flag) option {
	known := option{Long: f.Name, Help: helpLine(f.Help), Valued: !f.IsBool(), Values: enum(f.Value), Files: isFile(f.Value)}
	if f.Short != 0 {
		known.Short = string(f.Short)
	}
	return known
}

// isFile reports whether a value is the name of a file, by the tag complete:"file".
func isFile(value *kong.Value) bool { return value.Tag.Get("complete") == "file" }

func enum(value *kong.Value) []string {
	if value.Enum == "" {
		return nil
	}
	return value.EnumSlice()
}

// helpLine is a help text as a shell shows it beside a word: one line, without quotes that a script would trip over.
func helpLine(help string) string {
	help = strings.NewReplacer("'", "’", `\`, "", "`", "", "$", "").Replace(help)
	return strings.TrimSuffix(strings.Join(strings.Fields(help), " "), ".")
}

//go:embed completion.tmpl
var completionText string

var completionScripts = template.Must(template.New("completion").Funcs(template.FuncMap{
	"words": func(words []word) string {
		texts := make([]string, len(words))
		for i, w := range words {
			texts[i] = w.Text
		}
		return strings.Join(texts, " ")
	},
	"join":  func(texts []string) string { return strings.Join(texts, " ") },
	"colon": func(text string) string { return strings.ReplaceAll(text, ":", `\:`) },
}).Parse(completionText))
