package main

import (
	"bytes"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	tests := []struct {
		name string
		err  error
		code int
		said string
	}{
		{"done", nil, 0, ""},
		{"failed", errors.New("open database: disk full"), 1, "maildesk: open database: disk full\n"},
		{"wrong usage", &exitError{exitUsage, errors.New("unknown flag")}, 2, "maildesk: unknown flag\n"},
		{"try again", fmt.Errorf("deliver: %w", &exitError{exitTryAgain, errors.New("disk full")}), 75, "maildesk: deliver: disk full\n"},
		{"said already", errReported, 1, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var said bytes.Buffer
			if code := report(test.err, &said); code != test.code || said.String() != test.said {
				t.Errorf("report = %d, %q; want %d, %q", code, said.String(), test.code, test.said)
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	commit := []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef0123"}, {Key: "vcs.time", Value: "2023-11-15T01:30:00Z"}, {Key: "vcs.modified", Value: "true"}}
	tests := []struct {
		name    string
		version string
		info    debug.BuildInfo
		want    string
	}{
		{"released", "v1.2.3", debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: "(devel)"}}, "maildesk v1.2.3 (go1.26)"},
		{"installed", "", debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: "v1.2.3"}}, "maildesk v1.2.3 (go1.26)"},
		{"built from a clone", "", debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: "(devel)"}, Settings: commit}, "maildesk devel (commit 0123456789ab, changed since, 2023-11-15T01:30:00Z, go1.26)"},
		{"unknown", "", debug.BuildInfo{GoVersion: "go1.26"}, "maildesk devel (go1.26)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := describe(test.version, &test.info); got != test.want {
				t.Errorf("describe = %q, want %q", got, test.want)
			}
		})
	}
}

// mendable is an error that knows its remedy.
type mendable struct{ what, fix string }

func (m mendable) Error() string { return m.what }
func (m mendable) Fix() string   { return m.fix }

func TestFailAll(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"none", nil, ""},
		{"with its remedy", mendable{"no folder", "create it"}, "error  mailbox: no folder; create it\n"},
		{"which it says itself", mendable{"no folder; create it", "create it"}, "error  mailbox: no folder; create it\n"},
		{"without one", errors.New("no\nanswer"), "error  mailbox: no answer; look there\n"},
		{"several", errors.Join(mendable{"no folder", "create it"}, errors.New("no answer")), "error  mailbox: no folder; create it\nerror  mailbox: no answer; look there\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			list := &checklist{out: &out}
			if failed := list.failAll("mailbox", test.err, "look there"); failed != (test.want != "") || list.wrong != failed {
				t.Errorf("failAll = %v, wrong = %v", failed, list.wrong)
			}
			if out.String() != test.want {
				t.Errorf("printed %q, want %q", out.String(), test.want)
			}
		})
	}
}
