package parser

import "fmt"

// Limits of the structure; what goes beyond them is left out of the understanding with a warning, never of the mail.
const (
	defaultMaxDepth = 50
	defaultMaxParts = 1000
	defaultMaxText  = 2 << 20
	maxHeader       = 1 << 20 // bytes of one part's header
	maxFields       = 2000
	maxRepairs      = 10 // multiparts that are read again for their boundary
)

// limits fills in the defaults.
func (opt Options) limits() Options {
	if opt.MaxDepth <= 0 {
		opt.MaxDepth = defaultMaxDepth
	}
	if opt.MaxParts <= 0 {
		opt.MaxParts = defaultMaxParts
	}
	if opt.MaxText <= 0 {
		opt.MaxText = defaultMaxText
	}
	return opt
}

// warnings collects what had to be guessed, each sentence once.
type warnings []string

func (w *warnings) add(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, have := range *w {
		if have == text {
			return
		}
	}
	*w = append(*w, text)
}
