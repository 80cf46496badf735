package archtest

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"
)

func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		report(t, arrows(s))
		report(t, libraries(s))
		report(t, impurities(s))
	}
}

func TestShape(t *testing.T) {
	documented := map[string]bool{}
	all := sources(t)
	for _, s := range all {
		if strings.HasSuffix(s.path, "/doc.go") && s.syntax.Doc != nil {
			documented[s.pkg()] = true
		}
		report(t, oversize(s))
		report(t, clocks(s))
	}
	for _, s := range all {
		if !documented[s.pkg()] {
			documented[s.pkg()] = true // said once
			t.Errorf("%s has no doc.go that says what the package is for", s.pkg())
		}
	}
}

func report(t *testing.T, violations []string) {
	t.Helper()
	for _, v := range violations {
		t.Error(v)
	}
}

// arrows are the imports of ours that the design does not draw.
func arrows(s source) []string {
	at := slices.IndexFunc(rules, func(r rule) bool { return fits(r.packages, s.pkg()) })
	if at < 0 {
		return []string{fmt.Sprintf("%s: the package has no rule: what may it import?", s.path)}
	}
	allowed := rules[at].may
	if s.test {
		allowed = slices.Concat(allowed, rules[at].mayTest, []string{s.pkg()})
	}
	var wrong []string
	for _, imported := range s.imports {
		if ours, is := strings.CutPrefix(imported, module+"/"); is && !fitsAny(allowed, ours) {
			wrong = append(wrong, fmt.Sprintf("%s: %s may not import %s", s.path, s.pkg(), ours))
		}
	}
	return wrong
}

// libraries are the imports of a library that belongs to another package.
func libraries(s source) []string {
	var wrong []string
	for _, imported := range s.imports {
		for _, o := range owned {
			if fits(o.library+"/...", imported) && !fitsAny(o.owners, s.pkg()) {
				wrong = append(wrong, fmt.Sprintf("%s: only %s may import %s", s.path, strings.Join(o.owners, " and "), imported))
			}
		}
	}
	return wrong
}

// impurities are the imports by which a pure package could touch the world.
func impurities(s source) []string {
	if s.test || !fitsAny(pure, s.pkg()) {
		return nil
	}
	var wrong []string
	for _, imported := range s.imports {
		if slices.Contains(world, imported) {
			wrong = append(wrong, fmt.Sprintf("%s: %s is pure and may not import %s", s.path, s.pkg(), imported))
		}
	}
	return wrong
}

// oversize is a file or a function that one does not hold in the head.
func oversize(s source) []string {
	if s.test {
		return nil
	}
	var wrong []string
	if s.lines > maxFileLines {
		wrong = append(wrong, fmt.Sprintf("%s has %d lines, more than %d: split it by concept", s.path, s.lines, maxFileLines))
	}
	for _, declared := range s.syntax.Decls {
		function, is := declared.(*ast.FuncDecl)
		if !is {
			continue
		}
		if n := s.files.Position(function.End()).Line - s.files.Position(function.Pos()).Line + 1; n > maxFunctionLines {
			wrong = append(wrong, fmt.Sprintf("%s: %s has %d lines, more than %d", s.path, function.Name.Name, n, maxFunctionLines))
		}
	}
	return wrong
}

// clocks are the places where logic looks at the clock itself.
func clocks(s source) []string {
	if s.test || !fitsAny(clockless, s.pkg()) {
		return nil
	}
	var wrong []string
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		selector, is := n.(*ast.SelectorExpr)
		if !is || selector.Sel.Name != "Now" && selector.Sel.Name != "Since" && selector.Sel.Name != "Until" {
			return true
		}
		if from, is := selector.X.(*ast.Ident); is && from.Name == "time" {
			wrong = append(wrong, fmt.Sprintf("%s: time.%s: the instant is the caller's to give", s.files.Position(n.Pos()), selector.Sel.Name))
		}
		return true
	})
	return wrong
}

// TestViolationsAreFound keeps the checks honest: each must object to a file that breaks its rule.
func TestViolationsAreFound(t *testing.T) {
	long := strings.Repeat("\n", maxFunctionLines)
	tests := []struct {
		name  string
		path  string
		text  string
		check func(source) []string
		want  string // "": allowed
	}{
		{"mailin knows no tickets", "mailin/mail.go", `import "maildesk/tickets"`, arrows, "mailin/mail.go: mailin may not import tickets"},
		{"its tests neither", "mailin/mail_test.go", `import "maildesk/tickets"`, arrows, "mailin/mail_test.go: mailin may not import tickets"},
		{"its tests have a server", "mailin/mail_test.go", `import "maildesk/mailin/imaptest"`, arrows, ""},
		{"itself has not", "mailin/mail.go", `import "maildesk/mailin/imaptest"`, arrows, "mailin/mail.go: mailin may not import mailin/imaptest"},
		{"commands use words", "parser/command/verb.go", `import "maildesk/tickets"`, arrows, ""},
		{"the parser does not", "parser/html.go", `import "maildesk/tickets"`, arrows, "parser/html.go: parser may not import tickets"},
		{"no rule", "mailin/cache/cache.go", ``, arrows, "mailin/cache/cache.go: the package has no rule: what may it import?"},
		{"SQL elsewhere", "cmd/internal/app/app.go", `import "database/sql"`, libraries, "cmd/internal/app/app.go: only tickets/sqlite/... may import database/sql"},
		{"IMAP elsewhere", "cmd/internal/demo/demo.go", `import "github.com/emersion/go-imap/v2/imapclient"`, libraries, "cmd/internal/demo/demo.go: only mailin and mailin/imaptest may import github.com/emersion/go-imap/v2/imapclient"},
		{"SMTP in its place", "mailout/dispatcher.go", `import "github.com/wneessen/go-mail/smtp"`, libraries, ""},
		{"a file in the parser", "parser/html.go", `import "os"`, impurities, "parser/html.go: parser is pure and may not import os"},
		{"a file in its tests", "parser/html_test.go", `import "os"`, impurities, ""},
		{"a long function", "parser/html.go", "func long() {" + long + "}", oversize, "parser/html.go: long has 81 lines, more than 80"},
		{"a long file", "parser/html.go", strings.Repeat("\n", maxFileLines), oversize, "parser/html.go has 401 lines, more than 400: split it by concept"},
		{"a clock", "tickets/intake/decide.go", "import \"time\"\nvar at = time.Now()", clocks, "tickets/intake/decide.go:3:10: time.Now: the instant is the caller's to give"},
		{"a clock at the edge", "mailin/watch.go", "import \"time\"\nvar at = time.Now()", clocks, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := parseSource(test.path, "package p\n"+test.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(test.check(s), "\n"); got != test.want {
				t.Errorf("violations: %q\nwant: %q", got, test.want)
			}
		})
	}
}
