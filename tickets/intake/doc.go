// Package intake makes the one decision of the desk: what becomes of a mail. Decide is pure and says why; Desk
// gathers what it has to know, applies what it decided and composes what goes out, all in one transaction; Line takes
// mails from several mailboxes, reads several at once and commits them in groups.
//
// It imports tickets, tickets/thread and the parser's packages. What it needs of the store is declared here as Tx.
//
// It guarantees that each sighting of a mail has its row in the ledger, that ticket, entries and outgoing mail commit
// together with it, and that a mail that cannot be taken is quarantined without harm to the next.
package intake
