package tickets

import "time"

// Figures are what a report counts, as far as its reader may see the tickets.
type Figures struct {
	From, Until time.Time // Until is not included
	// In the period: tickets that came in, whatever became of them, and tickets that were resolved, closed or taken up again after
	// they had been resolved, confirmed, closed or cancelled. A ticket counts once in each, however often it happened, and not by
	// commands that were taken back.
	Opened, Resolved, Closed, Reopened int
	// Ratings of the tickets that were closed in the period and are closed still, and the sum of their scores of 1 to 5.
	Ratings, Scores int

	// Now: the tickets that are open (Status.Open).
	Open       int
	ByStatus   map[Status]int
	ByCategory map[Category]int // "" is not sorted
	ByGroup    map[string]int   // "" is none
	Load       []Load           // the most loaded first: what is still to be solved
}

// Load is how many tickets somebody has still to solve: those that are open, and neither resolved nor confirmed.
type Load struct {
	Assignee Address // zero: nobody has them
	Tickets  int
}
