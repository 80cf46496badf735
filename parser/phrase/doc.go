// Package phrase looks for many phrases in one pass over a text, and asks regular expressions only about texts that have
// one of the words which every match of theirs holds.
//
// It imports nothing of ours. It is pure and takes time in proportion to the text.
package phrase
