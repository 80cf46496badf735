package sqlite

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

//go:embed queries/*.sql
var queryFiles embed.FS

// query is one statement of queries/*.sql. Each session prepares it once and keeps it under its index.
type query struct {
	name  string
	text  string
	index int
	write bool // inserts, updates or deletes
}

// texts are all statements of queries/*.sql by the name in their "-- name:" line; used are those that Go code has
// asked for, by index.
var (
	texts = mustLoad(queryFiles)
	used  []*query
)

// statement hands out a statement of queries/*.sql. It is called when the package starts, so a wrong name is seen at
// once.
func statement(name string) *query {
	text, ok := texts[name]
	if !ok {
		panic("queries/*.sql have no statement " + name)
	}
	q := literal(name, text)
	q.write = !strings.HasPrefix(text, "SELECT")
	return q
}

// literal makes a statement of a text in the code: those that steer transactions.
func literal(name, text string) *query {
	q := &query{name: name, text: text, index: len(used)}
	used = append(used, q)
	return q
}

func mustLoad(files fs.FS) map[string]string {
	names, err := fs.Glob(files, "queries/*.sql")
	if err != nil {
		panic(err)
	}
	out := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err)
		}
		for _, part := range strings.Split(string(text), "-- name: ")[1:] {
			title, body, _ := strings.Cut(part, "\n")
			if _, twice := out[title]; twice {
				panic(name + " names a second statement " + title)
			}
			out[title] = strings.TrimSpace(comments.ReplaceAllString(body, ""))
		}
	}
	for title, body := range out {
		out[title] = include(out, body)
	}
	return out
}

// comments are lines, those above the next name too.
var comments = regexp.MustCompile(`(?m)^--.*$`)

var includes = regexp.MustCompile(`\{[a-z_]+\}`)

// include puts the text of another name, such as a list of columns, where a statement says {name}.
func include(texts map[string]string, body string) string {
	return includes.ReplaceAllStringFunc(body, func(name string) string {
		text, ok := texts[strings.Trim(name, "{}")]
		if !ok {
			panic(fmt.Sprintf("queries/*.sql include %s, which is not there", name))
		}
		return text
	})
}
