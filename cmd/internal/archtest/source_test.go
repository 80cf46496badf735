package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "maildesk"
	root   = "../../.."
)

// source is one Go file of the repository.
type source struct {
	path    string // from the root of the repository, such as parser/message.go
	test    bool
	syntax  *ast.File
	lines   int
	imports []string // as they are written
	files   *token.FileSet
}

// pkg is the folder of the file: the import path without the module's name.
func (s source) pkg() string { return path.Dir(s.path) }

// sources reads every Go file of the repository.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "vendor" || strings.HasPrefix(entry.Name(), ".git")) {
			return fs.SkipDir
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		file, err := readSource(name)
		if err == nil {
			all = append(all, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d Go files found: this test looks in the wrong folder", len(all))
	}
	return all
}

func readSource(name string) (source, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return source{}, err
	}
	relative, err := filepath.Rel(root, name)
	if err != nil {
		return source{}, err
	}
	return parseSource(filepath.ToSlash(relative), string(text))
}

func parseSource(name, text string) (source, error) {
	files := token.NewFileSet()
	syntax, err := parser.ParseFile(files, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, fmt.Errorf("read %s: %w", name, err)
	}
	s := source{path: name, test: strings.HasSuffix(name, "_test.go"), syntax: syntax, lines: strings.Count(text, "\n"), files: files}
	for _, spec := range syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, fmt.Errorf("read %s: %w", name, err)
		}
		s.imports = append(s.imports, imported)
	}
	return s, nil
}

// fits reports whether a package is meant by a pattern: itself, or with /... it and all below it.
func fits(pattern, pkg string) bool {
	if pattern == "..." {
		return true
	}
	folder, below := strings.CutSuffix(pattern, "/...")
	return pkg == folder || below && strings.HasPrefix(pkg, folder+"/")
}

func fitsAny(patterns []string, pkg string) bool {
	for _, pattern := range patterns {
		if fits(pattern, pkg) {
			return true
		}
	}
	return false
}
