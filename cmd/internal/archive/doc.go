// Package archive reads old mail from files: an mbox (RFC 4155) or a Maildir. It hands out one mail after the other
// and keeps none in memory.
//
// It imports nothing of ours.
package archive
