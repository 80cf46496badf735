package reply

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files from what Split returns")

// fixture is a text of testdata, named after the client and its quirk, and its golden file.
type fixture struct{ name, text, golden string }

func fixtures(t testing.TB) []fixture {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no fixtures in testdata: %v", err)
	}
	var found []fixture
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		found = append(found, fixture{name, string(text), filepath.Join("testdata", name+".golden")})
	}
	return found
}

func TestGolden(t *testing.T) {
	for _, f := range fixtures(t) {
		t.Run(f.name, func(t *testing.T) {
			got := render(f.text)
			if *update {
				if err := os.WriteFile(f.golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(f.golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// render shows the parts of a text, and the forwarded mail, as golden files hold them.
func render(text string) string {
	p := Read(text).Split()
	var b strings.Builder
	for _, part := range []struct{ name, text string }{{"new", p.New}, {"quoted", p.Quoted}, {"signature", p.Signature}} {
		if part.text != "" {
			fmt.Fprintf(&b, "=== %s\n%s\n", part.name, part.text)
		}
	}
	if p.Inline {
		b.WriteString("=== inline\n")
	}
	if f, ok := Read(text).Forwarded(); ok {
		fmt.Fprintf(&b, "=== forwarded\nname: %s\naddress: %s\nsubject: %s\ndate: %s\nexplicit: %v\nat: %.20q\n", f.Name, f.Address, f.Subject, f.Date, f.Explicit, text[f.Offset:])
	}
	return b.String()
}
