// Package bench measures the whole desk and its parts, and prints one table: `make bench`. It has tests alone. Without
// the flag -bench-table they only rehearse, with few mails and the embedded servers, so that the measurement itself stays
// sound; nothing is ever asserted of a time. What the rows mean stands in docs/performance.md.
//
// The backlog runs through the wiring of `maildesk serve`, against Dovecot where it is installed. The parts alone run in the
// same process and the same round, on the same mails, a piece at a time, so that neither keeps more in memory than the
// daemon does: a big live heap would spare it the garbage collector.
package bench
