// Package tickets is the desk's own world: tickets, entries, people, the ledger of mails and the notices that go out.
// It knows no SQL and no mail library.
//
// It may import tickets/thread and tickets/calendar. The words are DOMAIN.md's, one per idea; the English keys are
// what other programs read.
package tickets
