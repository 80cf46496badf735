package mailin

import (
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"maildesk/mailin/imaptest"
)

func TestBacklogComesInOrderAndInBatches(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	const mails = 200
	for _, subject := range subjects(mails) {
		o.post(t, subject)
	}
	o.watch(t)
	rows := o.ledger.acknowledged(t, mails)
	for i, r := range rows {
		if want := uint32(i + 1); r.uid != want {
			t.Fatalf("row %d is UID %d, want %d", i, r.uid, want)
		}
	}
	var sizes []int
	for _, batch := range o.ledger.batches {
		sizes = append(sizes, len(batch))
	}
	if want := []int{64, 64, 64, 8}; !slices.Equal(sizes, want) {
		t.Errorf("batches of %v mails, want %v", sizes, want)
	}
	o.wantFolder(t, "INBOX")
	if got := len(o.folder(t, "Processed")); got != mails {
		t.Errorf("%d mails in Processed, want %d", got, mails)
	}
}

func TestBatchesRunAhead(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	const mails = 4 * batchMails
	for _, subject := range subjects(mails) {
		o.post(t, subject)
	}
	o.ledger.hold = make(chan struct{})
	o.watch(t)
	// Two batches are with the desk, a third is fetched, and no fourth while nothing is committed.
	const fetchesPerBatch = 2
	o.await(t, "UID FETCH", 3*fetchesPerBatch)
	if n := o.server.Count("UID STORE"); n != 0 {
		t.Errorf("%d acknowledgements before any commit", n)
	}
	for range 4 {
		o.ledger.hold <- struct{}{}
	}
	o.ledger.acknowledged(t, mails)
}

func TestBatchIsBoundedInBytes(t *testing.T) {
	sized := func(sizes ...int64) []sighting {
		var all []sighting
		for i, size := range sizes {
			all = append(all, sighting{uid: uint32(i + 1), size: size})
		}
		return all
	}
	for _, tt := range []struct {
		name string
		all  []sighting
		want []int
	}{
		{"nothing", nil, nil},
		{"one that is larger than a batch", sized(20 << 20), []int{1}},
		{"just full", sized(4<<20, 4<<20), []int{2}},
		{"a byte too much", sized(4<<20, 4<<20, 1), []int{2, 1}},
		{"large between small", sized(1, 9<<20, 1), []int{1, 1, 1}},
		{"many empty ones", sized(make([]int64, 65)...), []int{64, 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []int
			for _, batch := range batches(tt.all) {
				got = append(got, len(batch))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// TestSizeLimit has the limit hold before the body is fetched, and against a server that understates.
func TestSizeLimit(t *testing.T) {
	for _, tt := range []struct {
		name   string
		faults []imaptest.Fault
		bodies int // how often a whole mail was asked for
	}{
		{"stated", nil, 1},
		{"understated", []imaptest.Fault{{Verb: "UID FETCH", UID: 1, Do: imaptest.Misstate, Bytes: 100}}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{})
			o.account.MaxSize = 1000
			o.postAt(t, letter("huge")+strings.Repeat("x", 5000), firstStart.AddDate(0, 0, 1))
			o.post(t, "small")
			for _, f := range tt.faults {
				o.server.Inject(f)
			}
			o.watch(t)
			rows := o.ledger.acknowledged(t, 2)
			var large *TooLarge
			if !errors.As(rows[0].problem, &large) || large.Limit != 1000 || large.Size < 5000 {
				t.Errorf("problem %v, want TooLarge", rows[0].problem)
			}
			if want := "From: zhangsan@corp.example\r\nSubject: huge\r\n\r\n"; rows[0].body != want {
				t.Errorf("header %q, want %q", rows[0].body, want)
			}
			if rows[1].problem != nil || rows[1].body != letter("small") {
				t.Errorf("the mail behind it: %+v", rows[1])
			}
			o.wantFolder(t, "Failed", `huge \Seen`)
			o.wantFolder(t, "Processed", `small \Seen`)
		})
	}
}

// TestLargeMailIsSpooled takes 25 MB through without holding them, and leaves no file behind.
func TestLargeMailIsSpooled(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	const size = 25 << 20
	o.postAt(t, letter("video")+strings.Repeat("0123456789abcde\n", size/16), firstStart.AddDate(0, 0, 1))
	var inUse uint64
	o.ledger.decide = func(m *Mail) Disposition {
		tail := make([]byte, 16)
		if _, err := m.Raw.ReadAt(tail, m.Raw.Size()-16); err != nil || string(tail) != "0123456789abcde\n" {
			t.Errorf("the end of the mail is %q, %v", tail, err)
		}
		if m.spool == nil {
			t.Error("the mail is not in a file")
		}
		inUse = allocated()
		return Processed
	}
	before := allocated()
	o.watch(t)
	rows := o.ledger.acknowledged(t, 1)
	if rows[0].size < size {
		t.Errorf("size %d, want at least %d", rows[0].size, size)
	}
	if grown := int64(inUse) - int64(before); grown > size/2 {
		t.Errorf("%d bytes more in use with the mail in flight", grown)
	}
	if left, err := os.ReadDir(o.account.SpoolDir); err != nil || len(left) > 0 {
		t.Errorf("spool folder: %v, %v", left, err)
	}
}

func allocated() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// TestSpoolFailureIsNotTheMailsFault keeps a mail that this machine cannot store.
func TestSpoolFailureIsNotTheMailsFault(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	o.account.SpoolDir += "/spool"
	if err := os.WriteFile(o.account.SpoolDir, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	o.postAt(t, letter("large")+strings.Repeat("x", spoolAbove), firstStart.AddDate(0, 0, 1))
	lost := make(chan error, 1)
	o.opt.Observe = func(e Event) {
		if e.Kind == Lost {
			select {
			case lost <- e.Err:
			default:
				os.Remove(o.account.SpoolDir)
			}
		}
	}
	o.watch(t)
	rows := o.ledger.acknowledged(t, 1)
	if rows[0].problem != nil {
		t.Errorf("the mail is blamed: %v", rows[0].problem)
	}
	if err := <-lost; !isLocal(err) {
		t.Errorf("session lost with %v", err)
	}
}
