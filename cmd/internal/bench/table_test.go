package bench

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

var (
	wanted = flag.Bool("bench-table", false, "measure in full and print the table of docs/performance.md")
	rounds = flag.Int("bench-rounds", 3, "how often backlog, parts and outbox are measured; the table has medians")
)

// plan is how much is measured.
type plan struct {
	rounds  int
	backlog int // mails
	outbox  int
	single  int
	early   int
	late    int
	big     int // bytes
}

var (
	rehearsal = plan{rounds: 1, backlog: 128, outbox: 30, single: 10, early: 10, late: 100, big: 2 << 20}
	full      = plan{backlog: 5000, outbox: 2000, single: 500, early: 100, late: 10000, big: 25_000_000}
)

// results are all that one run has measured.
type results struct {
	server   string
	backlogs []backlog
	parts    []parts
	readers  []readers
	outboxes []outbox
	profile  profile
	single   []time.Duration
	growth   growth
	memory   memory
}

// TestBenchTable measures and prints. Nothing is asserted of what it finds.
func TestBenchTable(t *testing.T) {
	p, server := rehearsal, inboxes(&embedded{})
	if *wanted {
		p = full
		p.rounds = *rounds
		if _, err := exec.LookPath("dovecot"); err == nil {
			server = startDovecot(t)
		}
	}
	r := measure(t, p, server)
	if *wanted {
		r.print()
	}
}

func measure(t *testing.T, p plan, server inboxes) results {
	t.Helper()
	r := results{server: server.name()}
	for range p.rounds {
		b := measureBacklog(t, server, p.backlog)
		r.backlogs = append(r.backlogs, b)
		r.parts = append(r.parts, measureParts(t, server, p.backlog))
		r.readers = append(r.readers, measureReaders(t, p.backlog))
		r.outboxes = append(r.outboxes, measureOutbox(t, b.desk, p.outbox))
	}
	r.profile = measureProfile(t, server, p.backlog)
	r.single = measureOneMail(t, p.single)
	r.growth = measureGrowth(t, p.early, p.late)
	r.memory = measureMemory(t, p.big)
	return r
}

func (r results) print() {
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer out.Flush()
	row := func(what, figure, note string) { fmt.Fprintf(out, "%s\t%s\t%s\n", what, figure, note) }
	row(fmt.Sprintf("maildesk, %d processors, %s", runtime.GOMAXPROCS(0), r.server), "", runtime.Version())
	r.printBacklog(row)
	r.printProfile(row)
	r.printReaders(row)
	row("one mail, server to confirmation, p50", milliseconds(quantile(r.single, 0.5)), fmt.Sprintf("%d mails, one in flight", len(r.single)))
	row("one mail, server to confirmation, p99", milliseconds(quantile(r.single, 0.99)), "aim: below 50 ms")
	row(fmt.Sprintf("mail %d, to the commit", r.growth.earlyAt), milliseconds(r.growth.early), "median of a window")
	row(fmt.Sprintf("mail %d, to the commit", r.growth.lateAt), milliseconds(r.growth.late), fmt.Sprintf("%.2f times the early one", r.growth.ratio()))
	row("memory of serve, resident, idle", megabytes(r.memory.idle), "")
	row("memory of serve, most ever", megabytes(r.memory.peak), fmt.Sprintf("one mail of %d MB taken; aim: below 64 MiB", r.memory.size/1e6))
	rate, least, most := spread(r.outboxes, outbox.rate)
	row("outbox to an SMTP server", perSec(rate), fmt.Sprintf("%.0f to %.0f, %d mails, %d connection", least, most, r.outboxes[0].mails, r.outboxes[0].connections))
}

func (r results) printBacklog(row func(what, figure, note string)) {
	rate, least, most := spread(r.backlogs, backlog.rate)
	row(fmt.Sprintf("backlog of %d mails, whole way", r.backlogs[0].mails), perSec(rate), fmt.Sprintf("%.0f to %.0f in %d rounds; aim: 1,500", least, most, len(r.backlogs)))
	for _, part := range []struct {
		name string
		rate func(parts) float64
		note string
	}{
		{"fetch", func(p parts) float64 { return p.fetch }, "in batches, nothing moved"},
		{"parse", func(p parts) float64 { return p.parse }, "on all processors"},
		{"compose", func(p parts) float64 { return p.compose }, "one after the other, as the writer does"},
		{"commit", func(p parts) float64 { return p.commit }, fmt.Sprintf("the same writes, %.1f KB a mail, synchronous=FULL", float64(r.parts[0].bytes)/1e3)},
	} {
		rate, least, most := spread(r.parts, part.rate)
		row("  "+part.name+" alone", perSec(rate), fmt.Sprintf("%.0f to %.0f; %s", least, most, part.note))
	}
	ratios := make([]float64, len(r.backlogs))
	for i, b := range r.backlogs {
		ratios[i] = 100 * b.rate() / r.parts[i].slowest()
	}
	slices.Sort(ratios)
	row("  whole way of the slowest part", fmt.Sprintf("%.0f %%", ratios[len(ratios)/2]), "of the same round; aim: 60 %")
	each := func(part func(processors) time.Duration) string {
		used, _, _ := spread(r.backlogs, func(b backlog) float64 { return float64(part(b.used).Microseconds()) / float64(b.mails) })
		return fmt.Sprintf("%.0f µs", used)
	}
	row("  processor time of a mail, maildesk", each(func(p processors) time.Duration { return p.ours }), "")
	row("  processor time of a mail, others", each(func(p processors) time.Duration { return p.all - p.ours }), "the mail server, and whatever else the machine did")
	row("  idle", each(func(p processors) time.Duration { return p.idle }), "")
}

// printReaders compares what reading a mail takes with what decoding it takes.
func (r results) printReaders(row func(what, figure, note string)) {
	times := func(of func(readers) time.Duration) float64 {
		median, _, _ := spread(r.readers, func(one readers) float64 { return float64(of(one)) / float64(time.Microsecond) })
		return median
	}
	ratio := func(other func(readers) time.Duration) string {
		median, _, _ := spread(r.readers, func(one readers) float64 { return float64(one.desk) / float64(other(one)) })
		return fmt.Sprintf("the desk takes %.2f times as long", median)
	}
	enmime, walk := func(one readers) time.Duration { return one.enmime }, func(one readers) time.Duration { return one.walk }
	row("reading a mail, one processor", fmt.Sprintf("%.0f µs", times(func(one readers) time.Duration { return one.desk })), "with all that is found out")
	row("  enmime", fmt.Sprintf("%.0f µs", times(enmime)), "decoding only; "+ratio(enmime))
	row("  a walk of go-message", fmt.Sprintf("%.0f µs", times(walk)), "decoding only; "+ratio(walk)+"; aim: 2")
}

// printProfile prints the areas and the ten functions that take most.
func (r results) printProfile(row func(what, figure, note string)) {
	for _, s := range r.profile.areas {
		row("  of maildesk's time, "+s.name, fmt.Sprintf("%.0f %%", s.percent), "")
	}
	top := slices.SortedFunc(slices.Values(r.profile.top), func(a, b share) int { return cmp.Compare(b.percent, a.percent) })
	for _, s := range top[:min(len(top), 10)] {
		row("  in one function", fmt.Sprintf("%.0f %%", s.percent), s.name)
	}
}

// spread is the median, the least and the most of a figure.
func spread[T any](all []T, figure func(T) float64) (median, least, most float64) {
	var sorted []float64
	for _, one := range all {
		sorted = append(sorted, figure(one))
	}
	slices.Sort(sorted)
	return sorted[len(sorted)/2], sorted[0], sorted[len(sorted)-1]
}

// quantile is the value below which a part q of all lies.
func quantile(all []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1e3)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

// perSec writes a rate with its thousands apart.
func perSec(rate float64) string {
	text := fmt.Sprintf("%.0f", rate)
	if n := len(text); n > 3 {
		text = strings.Join([]string{text[:n-3], text[n-3:]}, ",")
	}
	return text + "/s"
}
