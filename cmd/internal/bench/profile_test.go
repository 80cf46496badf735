package bench

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"testing"
)

// share is a part of a profile, in percent of this process's processor time.
type share struct {
	name    string
	percent float64
}

// areas are where the intake's time goes, by functions whose stacks do not overlap.
var areas = []struct {
	name      string
	functions []string
}{
	{"IMAP", []string{"maildesk/mailin.Watch", "github.com/emersion/go-imap/v2/imapclient.(*Client).read"}},
	{"parse", []string{"maildesk/tickets/intake.(*Mail).read"}},
	{"compose", []string{"maildesk/mailout.(*Composer).Compose"}},
	{"compress", []string{"github.com/klauspost/compress/zstd.(*Encoder).EncodeAll"}},
	{"SQLite", []string{"modernc.org/sqlite/lib.Xsqlite3_step"}},
	{"garbage collector", []string{"runtime.gcBgMarkWorker", "runtime.bgsweep", "runtime.bgscavenge"}},
}

// profile is where a run spent its processor time.
type profile struct {
	areas []share // the largest first, as areas has them; the last is the rest
	top   []share // single functions
}

// measureProfile profiles one more backlog, which is not counted: profiling costs.
func measureProfile(t *testing.T, server inboxes, mails int) profile {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cpu.prof")
	file, err := os.Create(path)
	check(t, err)
	box := server.fill(t, mails)
	takeBacklog(t, box, mails, func() { check(t, pprof.StartCPUProfile(file)) }, pprof.StopCPUProfile)
	check(t, file.Close())

	cumulative := functions(t, path, "-cum")
	rest := share{"rest", 100}
	var p profile
	for _, area := range areas {
		part := share{name: area.name}
		for _, f := range area.functions {
			part.percent += cumulative[f].cum
		}
		rest.percent -= part.percent
		p.areas = append(p.areas, part)
	}
	p.areas = append(p.areas, rest)
	for name, f := range functions(t, path, "-flat") {
		p.top = append(p.top, share{name, f.flat})
	}
	return p
}

type times struct{ flat, cum float64 }

// functions asks pprof for all functions of a profile, in percent.
func functions(t *testing.T, path, order string) map[string]times {
	t.Helper()
	said, err := exec.CommandContext(t.Context(), "go", "tool", "pprof", "-top", order, "-nodecount=100000", "-nodefraction=0", path).Output()
	if err != nil {
		t.Fatalf("pprof: %v", err)
	}
	out := map[string]times{}
	for line := range strings.Lines(string(said)) {
		fields := strings.Fields(line) // flat flat% sum% cum cum% name
		if len(fields) < 6 || !strings.HasSuffix(fields[1], "%") || !strings.HasSuffix(fields[4], "%") {
			continue
		}
		flat, err1 := percent(fields[1])
		cum, err2 := percent(fields[4])
		if err1 == nil && err2 == nil {
			out[fields[5]] = times{flat, cum}
		}
	}
	if len(out) == 0 {
		t.Logf("pprof said nothing of %s", fmt.Sprint(path))
	}
	return out
}

func percent(text string) (float64, error) {
	return strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
}
