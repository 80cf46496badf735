package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// version is given by the linker in a release: -X main.version=v1.2.3. Else the Go tool's record speaks.
var version string

// versionCmd is "maildesk version".
type versionCmd struct{}

func (versionCmd) Run(g *globals) error {
	_, err := fmt.Fprintln(g.stdout, versionLine())
	return err
}

// versionLine says which build this is: its version, and the commit it was made from where the Go tool recorded it.
func versionLine() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return describe(version, info)
}

func describe(version string, info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	var details []string
	if revision := settings["vcs.revision"]; revision != "" {
		details = append(details, "commit "+revision[:min(12, len(revision))])
	}
	if settings["vcs.modified"] == "true" {
		details = append(details, "changed since")
	}
	if at := settings["vcs.time"]; at != "" {
		details = append(details, at)
	}
	details = append(details, info.GoVersion)
	name := cmp.Or(version, strings.Trim(info.Main.Version, "()"), "devel")
	return fmt.Sprintf("maildesk %s (%s)", name, strings.Join(details, ", "))
}
