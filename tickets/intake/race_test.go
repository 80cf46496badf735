//go:build race

package intake_test

// underRace: the race detector makes a mail cost ten times as much, and what is tried mail by mail has no goroutines to race.
// The plain run tries it all.
const underRace = true
