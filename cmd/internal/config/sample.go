package config

import (
	"bytes"
	_ "embed"
)

//go:embed sample.toml
var sample []byte

// Sample is the commented configuration that "maildesk init" writes: every key, the optional ones commented out with
// their defaults.
func Sample() []byte { return bytes.Clone(sample) }
