package bench

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// processors is how long the machine's processors have worked: for this process, for all, and not at all.
type processors struct{ ours, all, idle time.Duration }

// readProcessors reads Linux's counters since the start; elsewhere it knows of this process alone.
func readProcessors(t *testing.T) processors {
	t.Helper()
	var used syscall.Rusage
	check(t, syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	p := processors{ours: time.Duration(used.Utime.Nano() + used.Stime.Nano())}
	stat, err := os.ReadFile("/proc/stat")
	if err != nil {
		return p
	}
	const tick = 10 * time.Millisecond // USER_HZ is 100 on all of Linux's architectures but two
	line, _, _ := strings.Cut(string(stat), "\n")
	for i, field := range strings.Fields(line)[1:9] { // user nice system idle iowait irq softirq steal
		n, err := strconv.ParseInt(field, 10, 64)
		check(t, err)
		if i == 3 || i == 4 {
			p.idle += time.Duration(n) * tick
		} else {
			p.all += time.Duration(n) * tick
		}
	}
	return p
}

func (p processors) since(earlier processors) processors {
	return processors{p.ours - earlier.ours, p.all - earlier.all, p.idle - earlier.idle}
}

// settle collects what an earlier measurement has left.
func settle() {
	runtime.GC()
	runtime.GC()
}
