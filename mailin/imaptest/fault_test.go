package imaptest

import "testing"

func TestParseCommand(t *testing.T) {
	for _, tt := range []struct{ name, line, tag, verb, shown string }{
		{"plain", "T1 noop\r\n", "T1", "NOOP", "T1 noop"},
		{"UID form", "T2 uid fetch 1 (FLAGS)\r\n", "T2", "UID FETCH", "T2 uid fetch 1 (FLAGS)"},
		{"end of IDLE", "DONE\r\n", "", "DONE", "DONE"},
		{"password", "T3 LOGIN alice secret\r\n", "T3", "LOGIN", "T3 LOGIN"},
		{"initial response", "T4 AUTHENTICATE PLAIN AGEAYg==\r\n", "T4", "AUTHENTICATE", "T4 AUTHENTICATE"},
		{"response", "AGEAYg==\r\n", "", "", "AGEAYg=="},
		{"empty", "\r\n", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := parseCommand(tt.line)
			if c.tag != tt.tag || c.verb != tt.verb || c.shown() != tt.shown {
				t.Errorf("got %q %q, shown as %q", c.tag, c.verb, c.shown())
			}
		})
	}
}

func TestConcerns(t *testing.T) {
	for _, tt := range []struct {
		line string
		uid  uint32
		want bool
	}{
		{"T1 UID FETCH 5 (FLAGS)", 5, true},
		{"T1 UID FETCH 5 (FLAGS)", 6, false},
		{"T1 UID FETCH 1,3:5 (FLAGS)", 4, true},
		{"T1 UID FETCH 1,3:5 (FLAGS)", 2, false},
		{"T1 UID FETCH 5:3 (FLAGS)", 4, true},
		{"T1 UID MOVE 3:* Processed", 1000, true},
		{"T1 FETCH 5 (FLAGS)", 5, false},
		{"T1 UID", 5, false},
	} {
		if got := parseCommand(tt.line).concerns(tt.uid); got != tt.want {
			t.Errorf("%s concerns %d: %v", tt.line, tt.uid, got)
		}
	}
}

func TestLiteralSize(t *testing.T) {
	for _, tt := range []struct {
		line string
		size int64
		ok   bool
	}{
		{"T1 LOGIN {5}\r\n", 5, true},
		{"T1 LOGIN {5+}\r\n", 5, true},
		{"* 1 FETCH (UID 1 BODY[] {1024}\r\n", 1024, true},
		{"* OK ready\r\n", 0, false},
		{"* OK {x}\r\n", 0, false},
		{"}\r\n", 0, false},
	} {
		if size, ok := literalSize([]byte(tt.line)); size != tt.size || ok != tt.ok {
			t.Errorf("%q: %d, %v", tt.line, size, ok)
		}
	}
}
