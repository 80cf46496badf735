package intake

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maildesk/parser/answer"
	"maildesk/parser/command"
	"maildesk/tickets"
)

var update = flag.Bool("update", false, "write the tables of the documentation anew")

// docs is where the pages are whose tables come from the code.
const docs = "../../docs"

// tables are what stands between "<!-- table: NAME -->" and "<!-- end -->" in the pages.
var tables = map[string]func() string{
	"everyone": func() string { return verbTable(func(v command.Verb) bool { return v.Who == command.Everyone }) },
	"requester": func() string {
		return verbTable(func(v command.Verb) bool { return v.Who.Has(command.Requester) && v.Who != command.Everyone })
	},
	"technician": func() string { return verbTable(forTechnicians) },
	"manager": func() string {
		return verbTable(func(v command.Verb) bool { return v.Who.Has(command.Manager) && !v.Who.Has(command.Technician) })
	},
	"missing":  missingVerbs,
	"words":    wordTable,
	"scores":   scoreTable,
	"statuses": statusTable,
}

func forTechnicians(v command.Verb) bool {
	return v.Who.Has(command.Technician) && !v.Who.Has(command.Requester)
}

// table is a place in a page that the code fills.
var table = regexp.MustCompile(`(?s)<!-- table: (\w+) -->\n.*?<!-- end -->`)

// TestTheTablesOfTheDocs keeps the tables of the pages true to the code; "make docs" writes them.
func TestTheTablesOfTheDocs(t *testing.T) {
	found := map[string]bool{}
	for _, page := range []string{"commands.md", "lifecycle.md"} {
		path := filepath.Join(docs, page)
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		is := table.ReplaceAllStringFunc(string(old), func(block string) string {
			name := table.FindStringSubmatch(block)[1]
			found[name] = true
			render, ok := tables[name]
			if !ok {
				t.Errorf("%s: there is no table %q", page, name)
				return block
			}
			return fmt.Sprintf("<!-- table: %s -->\n\n%s\n<!-- end -->", name, render())
		})
		switch {
		case is == string(old):
		case *update:
			if err := os.WriteFile(path, []byte(is), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("docs/%s does not say what the code does: look at the difference after \"make docs\"", page)
		}
	}
	for name := range tables {
		if !found[name] {
			t.Errorf("no page has the table %q", name)
		}
	}
}

// CarriesOut reports whether this version runs a verb.
func CarriesOut(key string) bool { return runs[key] != nil }

func row(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

func verbTable(in func(command.Verb) bool) string {
	var b strings.Builder
	b.WriteString(row("command", "中文", "takes", "what it does", "example", "例子", "proof"))
	b.WriteString(row(slices.Repeat([]string{"---"}, 7)...))
	for _, v := range command.Verbs() {
		if in(v) && CarriesOut(v.Key) {
			b.WriteString(row(signed(v.English), signed(v.Chinese), takes(v), v.Help.English, "`"+v.Example.English+"`", "`"+v.Example.Chinese+"`", proofOf(v)))
		}
	}
	return b.String()
}

// signed are the names of a verb as they are typed.
func signed(names []string) string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = "`#" + name + "`"
	}
	return strings.Join(out, " ")
}

// arguments say what a verb takes.
var arguments = map[command.Argument]string{
	command.None: "", command.Comment: "remark", command.Value: "one of a set", command.Person: "person or group", command.Addresses: "people", command.Number: "number",
	command.Score: "1–5, remark", command.Length: "time", command.Moment: "date, time", command.Period: "dates", command.Words: "words",
	command.Lines: "text, several lines", command.Message: "the rest: message", command.Internal: "the rest: its own",
}

func takes(v command.Verb) string {
	what := arguments[v.Argument]
	if v.Optional && what != "" {
		return "[" + what + "]"
	}
	return what
}

// proofOf names the proof that a verb asks for, as the page explains them.
func proofOf(v command.Verb) string {
	switch {
	case reads[v.Key]:
		return "none"
	case answers[v.Key]:
		return "answer"
	case v.Strict:
		return "**server**"
	}
	return "usual"
}

func missingVerbs() string {
	var b strings.Builder
	b.WriteString(row("command", "中文", "what it will do"))
	b.WriteString(row("---", "---", "---"))
	for _, v := range command.Verbs() {
		if !CarriesOut(v.Key) {
			b.WriteString(row(signed(v.English), signed(v.Chinese), v.Help.English))
		}
	}
	return b.String()
}

// meanings say what an answer is taken for, in the order of the page.
var meanings = []struct {
	meaning answer.Meaning
	says    string
}{
	{answer.Solved, "confirmed: the survey follows"},
	{answer.Unsolved, "not solved: work goes on"},
	{answer.Thanks, "neither: asked about once"},
	{answer.Other, "passed on, and asked about once"},
}

// samples are plain answers to a solution; what each means is for parser/answer to say.
var samples = []string{
	"已解决", "可以了，谢谢", "好了，能登录了", "It works now, thanks", "solved", "all good now",
	"还是不行", "没解决，提示一样", "又出现了", "still not working", "No luck, same error",
	"收到，谢谢", "好的", "Thanks!", "ok",
	"应该可以了，明天再看看", "可以了，但是打印机还是不行", "我试试", "I will test it tomorrow",
}

func wordTable() string {
	var b strings.Builder
	b.WriteString(row("for example", "is taken for"))
	b.WriteString(row("---", "---"))
	for _, m := range meanings {
		var like []string
		for _, sample := range samples {
			if answer.Read(sample).Meaning == m.meaning {
				like = append(like, "“"+sample+"”")
			}
		}
		b.WriteString(row(strings.Join(like, " "), m.says))
	}
	return b.String()
}

func scoreTable() string {
	var b strings.Builder
	b.WriteString(row("answer to the survey", "score", "remark"))
	b.WriteString(row("---", "---", "---"))
	for _, text := range []string{"5 很快", "4分", "我给 3 分，等了太久", "★★★★", "five", "非常满意", "5 - very quick", "very dissatisfied"} {
		read := answer.ReadSurvey(text)
		score := "none"
		if read.Score > 0 {
			score = fmt.Sprint(read.Score)
		}
		b.WriteString(row("“"+text+"”", score, read.Comment))
	}
	return b.String()
}

func statusTable() string {
	var b strings.Builder
	b.WriteString(row("status", "中文", "can become"))
	b.WriteString(row("---", "---", "---"))
	for _, s := range tickets.Statuses() {
		var next []string
		for _, n := range s.Next() {
			next = append(next, "`"+string(n)+"`")
		}
		b.WriteString(row("`"+string(s)+"`", s.Name(tickets.Chinese), strings.Join(next, " ")))
	}
	return b.String()
}

// named is a test or a story that a page names as the one that shows something.
var (
	named    = regexp.MustCompile("`(Test\\w+)` in `([\\w/]+_test\\.go)`")
	sources  = regexp.MustCompile("`([\\w/.-]+/[\\w.-]+\\.(?:go|md|sql|toml|txtar))`")
	ruleRows = regexp.MustCompile(`(?m)^\| \d+ \|.*$`)
)

// TestTheLifecyclePageIsBacked looks for each test and file that docs/lifecycle.md names; a rule without a test is open.
func TestTheLifecyclePageIsBacked(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(docs, "lifecycle.md"))
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Dir(docs)
	for _, m := range sources.FindAllStringSubmatch(string(page), -1) {
		if _, err := os.Stat(filepath.Join(root, m[1])); err != nil {
			t.Errorf("it names a file that is not there: %s", m[1])
		}
	}
	for _, m := range named.FindAllStringSubmatch(string(page), -1) {
		code, err := os.ReadFile(filepath.Join(root, m[2]))
		if err != nil {
			continue // told above
		}
		if !strings.Contains(string(code), "\nfunc "+m[1]+"(") {
			t.Errorf("%s has no %s", m[2], m[1])
		}
	}
	rows := ruleRows.FindAllString(string(page), -1)
	if len(rows) < 30 {
		t.Errorf("only %d rules are found", len(rows))
	}
	for _, r := range rows {
		if !named.MatchString(r) && !strings.Contains(r, "**open") {
			t.Errorf("neither a test nor “open”: %s", r)
		}
	}
}
