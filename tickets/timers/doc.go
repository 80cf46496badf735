// Package timers does the work that is due: it asks requesters again whether a solution works, tells the managers in one
// digest of those who never answer, and closes what has been confirmed once nobody is going to rate it.
//
// Timers are rows of the store. The intake sets the first of a ticket's when it is resolved or confirmed, and drops them
// when it is not so any more; here each is carried out once and leaves the next in its place, in one transaction with the
// mail that it writes. Sweep does all that is due at an instant; there is no clock. What a timer comes to is decided
// purely, and against the ticket as it is: a timer that has outlived its reason does nothing. Reminders and lapses count
// office days, so that a holiday expires nothing.
//
// What technicians ask that takes its time is looked up here as well, beside the writer: the intake commits an inquiry with the
// mail as a timer that is due at once, and the answer leaves within moments.
//
// The targets of a ticket have one timer, set by the intake at the next of their alarms. Whoever handles the ticket hears when four
// fifths of a target's time are over, the lead and the managers when all of it is: once for each goal, however long the desk was down,
// and never outside of the hours that count it.
//
// When the server refuses a mail of a ticket for good, the dispatcher commits a timer with the refusal, and whoever handles the ticket is
// told here.
//
// It imports tickets and tickets/calendar.
package timers
