package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// shelf is a command line with all that a completion has to know: commands below commands, flags with values of every
// sort, an argument that is a file.
type shelf struct {
	Book struct {
		List struct {
			Format string `short:"f" enum:"md,csv" default:"md" help:"What it's like: short."`
			JSON   bool   `help:"As JSON."`
		} `cmd:"" help:"List books."`
		Read struct {
			Config string `short:"c" complete:"file"`
			File   string `arg:"" complete:"file"`
		} `cmd:"" help:"Read a book."`
	} `cmd:"" help:"Books."`
	Help struct {
		Command []string `arg:"" optional:"" complete:"command"`
	} `cmd:"" help:"Explain."`
}

// TestCompletionInShells lets each shell that is installed complete a line by the script that was made for it.
func TestCompletionInShells(t *testing.T) {
	tests := []struct {
		name string
		line []string // the last word is being typed
		want string   // separated by spaces, in the order of the script
	}{
		{"a command", []string{""}, "book help"},
		{"begun", []string{"bo"}, "book"},
		{"below a command", []string{"book", ""}, "list read"},
		{"flags", []string{"book", "list", "--"}, "--help --format --json"},
		{"values of a flag", []string{"book", "list", "--format", ""}, "md csv"},
		{"values of its short form", []string{"book", "list", "-f", "c"}, "csv"},
		{"behind a value", []string{"book", "list", "-f", "csv", "--j"}, "--json"},
		{"commands as argument", []string{"help", ""}, "book help"},
		{"a file as argument", []string{"book", "read", "novel"}, "novel.txt"},
		{"a file as value", []string{"book", "read", "-c", "novel"}, "novel.txt"},
	}
	for shell, complete := range map[string]func(*testing.T, string, []string) string{
		"bash": completeInBash, "zsh": completeInZsh, "fish": completeInFish,
	} {
		t.Run(shell, func(t *testing.T) {
			if _, err := exec.LookPath(shell); err != nil {
				t.Skipf("%s is not installed", shell)
			}
			script := scriptFor(t, shell)
			for _, test := range tests {
				t.Run(test.name, func(t *testing.T) {
					if got := complete(t, script, test.line); !sameWords(got, test.want) {
						t.Errorf("%q completes to %q, want %q", test.line, got, test.want)
					}
				})
			}
		})
	}
}

// sameWords compares without order, for shells sort as they like.
func sameWords(got, want string) bool {
	has := map[string]int{}
	for _, w := range strings.Fields(got) {
		has[w]++
	}
	for _, w := range strings.Fields(want) {
		has[w]--
	}
	for _, n := range has {
		if n != 0 {
			return false
		}
	}
	return true
}

// scriptFor writes the completion script of the shelf, in a folder that also holds a novel.
func scriptFor(t *testing.T, shell string) string {
	t.Helper()
	parser, err := kong.New(&shelf{}, kong.Name("maildesk"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "novel.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "completion."+shell)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := writeCompletion(f, shell, parser.Model.Node); err != nil {
		t.Fatal(err)
	}
	return path
}

func shellOutput(t *testing.T, script string, command ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Dir = filepath.Dir(script)
	cmd.Env = append(os.Environ(), "HOME="+cmd.Dir, "XDG_CONFIG_HOME="+cmd.Dir, "XDG_DATA_HOME="+cmd.Dir)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v\n%s", command[0], err, &complaints)
	}
	return string(out)
}

// completeInBash calls the function as bash would. compopt works in a real completion alone; here it stands for the
// file names that bash would add.
func completeInBash(t *testing.T, script string, line []string) string {
	const call = `compopt() { COMPREPLY_FILES=1; }
source "$0"
COMP_WORDS=(maildesk "$@") COMP_CWORD=$#
_maildesk
[[ $COMPREPLY_FILES ]] && COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
printf '%s\n' "${COMPREPLY[@]}"`
	return shellOutput(t, script, append([]string{"bash", "--norc", "-c", call, script}, line...)...)
}

// completeInZsh calls the function with the builtins of the completion system replaced by what they would offer.
func completeInZsh(t *testing.T, script string, line []string) string {
	const call = `script=$0 current=${@[-1]}
offer() { for word in "$@"; do [[ ${word%%:*} == $current* ]] && print -r -- ${word%%:*}; done; true; }
compdef() { true; }
compadd() { shift; offer "$@"; }
_describe() { offer "${(@P)2}"; }
_files() { print -rl -- $current*(N); }
source $script
words=(maildesk "$@") CURRENT=$(( $# + 1 ))
_maildesk || true`
	return shellOutput(t, script, append([]string{"zsh", "-f", "-c", call, script}, line...)...)
}

// completeInFish asks fish itself.
func completeInFish(t *testing.T, script string, line []string) string {
	typed := "maildesk " + strings.Join(line, " ")
	out := shellOutput(t, script, "fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, typed)
	var words []string
	for offered := range strings.Lines(out) {
		word, _, _ := strings.Cut(strings.TrimRight(offered, "\n"), "\t")
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
