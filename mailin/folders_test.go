package mailin

import "testing"

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
