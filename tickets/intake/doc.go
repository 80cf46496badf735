// Package intake makes the one decision of the desk: what becomes of a mail. Decide is pure and says why; Desk
// gathers what it has to know, applies what it decided and composes what goes out, all in one transaction; Line takes
// mails from several mailboxes, reads several at once and commits them in groups.
//
// A mail opens a ticket, or carries on the conversation of one (converse): the requester's plain words confirm, object or
// rate, a technician's go out or stay inside IT, commands are carried out all or none (orders, and one verbs file for each
// sort of command), those on lines of a digest for the tickets of these lines (digest). What a mail may do is weighed by what
// it proves of its sender (proof); what may not be a technician's own is held until its author lets it go. With a ticket's status its timers begin and end (schedule); tickets/timers does what is due.
//
// It imports tickets, tickets/thread, tickets/triage and the parser's packages. What it needs of the store is declared here as Tx.
//
// It guarantees that each sighting of a mail has its row in the ledger, that ticket, entries, timers and outgoing mail commit
// together with it, that a mail tells nobody twice, that a mail that is refused or held changes nothing, and that a mail that
// cannot be taken is quarantined without harm to the next.
package intake
