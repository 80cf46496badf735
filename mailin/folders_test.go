package mailin

import (
	"slices"
	"testing"

	"github.com/emersion/go-imap/v2"
)

func TestFolderNames(t *testing.T) {
	for _, tt := range []struct {
		name, prefix, delim, configured, want string
	}{
		{"plain", "", "/", "Processed", "Processed"},
		{"levels", "", "/", "IT/已处理", "IT/已处理"},
		{"dots for levels", "", ".", "IT/Processed", "IT.Processed"},
		{"written with dots", "", ".", "IT.Processed", "IT.Processed"},
		{"all below INBOX", "INBOX.", ".", "IT/Processed", "INBOX.IT.Processed"},
		{"prefix written out", "INBOX.", ".", "INBOX.Processed", "INBOX.Processed"},
		{"INBOX itself", "INBOX.", ".", "inbox", "inbox"},
		{"no levels", "", "", "a/b", "a/b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := (namespace{tt.prefix, tt.delim}).name(tt.configured); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestExpand(t *testing.T) {
	for _, tt := range []struct {
		name string
		set  imap.NumSet
		want []uint32
		ok   bool
	}{
		{"nothing", nil, nil, true},
		{"single and range", imap.UIDSet{{Start: 1, Stop: 1}, {Start: 4, Stop: 6}}, []uint32{1, 4, 5, 6}, true},
		{"the highest UIDs", imap.UIDSet{{Start: 4294967294, Stop: 4294967295}}, []uint32{4294967294, 4294967295}, true},
		{"billions", imap.UIDSet{{Start: 1, Stop: 4294967295}}, nil, false},
		{"no end", imap.UIDSet{{Start: 7, Stop: 0}}, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := expand(tt.set)
			if !slices.Equal(got, tt.want) || (err == nil) != tt.ok {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}
